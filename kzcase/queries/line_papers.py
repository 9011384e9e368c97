"""What the helpline's papers say: the sheet of a signal, the report of a shift, and an information sheet."""

from datetime import datetime
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CrimeSignal
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.line_papers import InformationPaper, ShiftReport, SignalSheet
from kzcase.domain.line_rows import HandOver, SignalRow
from kzcase.domain.papers import Text
from kzcase.domain.permissions import Permission
from kzcase.domain.sheets import sheet_named
from kzcase.i18n import Language, _, on_the_wall, render, verbatim
from kzcase.queries.call_reach import call_must_be_open
from kzcase.queries.letters import header, organisation
from kzcase.queries.shifts import hand_over

ABOUT_THE_LINE: Final = "about_the_line"
NO_GROUND: Final = (None, "", "none")


def signal_sheet_row(reader: Reader, reference: str, language: Language) -> SignalSheet:
    """The sheet of one signal. Where there is no ground, who somebody is is not in the row at all."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(CrimeSignal, from_hex(reference) or b"")
    if row is None or row.struck:
        raise NotFound(place="signal", what=reference[:64])
    call_must_be_open(reader, row.call_id, reference, "signal")
    grounded = row.ground not in NO_GROUND

    def name(code_list: str, code: str | None) -> Text:
        return verbatim(reader.rulebook.list(code_list).name(code, language)) if code else ""

    return SignalSheet(
        header=header(reader, "P06", row.number or ""),
        unit=row.unit or "",
        made_at=_wall(row.made_at),
        facts=(
            (_("Danger"), name("signal_danger", row.danger)),
            (_("Where"), verbatim(row.place or "")),
            (_("How many people"), verbatim(str(row.people) if row.people is not None else "")),
            (_("Children among them"), name("yes_no", row.children)),
        ),
        told=row.facts or "",
        heard=_wall(row.heard_at),
        ground=name("signal_ground", row.ground),
        identity=(row.identity or "") if grounded else "",
        reason=(row.reason or "") if grounded else "",
        withheld=not grounded,
    )


def shift_report_row(reader: Reader, shift: str, language: Language) -> ShiftReport:
    """The report of a shift, or of the day where there is none. No number to call is in it."""
    over = hand_over(reader, shift)
    row = over.shift
    return ShiftReport(
        header=header(reader, "P07", row.number if row else ""),
        facts=(
            (_("Opened"), verbatim(_wall(row.opened_at if row else None))),
            (_("Closed"), verbatim(_wall(row.closed_at if row else None))),
            (_("Operator"), verbatim((row.opened_by if row else "") or "")),
            (_("Handed over to"), verbatim((row.handed_to if row else "") or "")),
        ),
        counts=_counted(reader, over, language),
        call_backs=tuple(
            (
                _wall(each.due_at),
                each.due_there,
                _name(reader, "language", each.language, language),
                str(each.tries),
                each.call_number,
            )
            for each in over.call_backs
        ),
        signals=tuple(_signal(each) for each in over.signals),
        urgent=tuple(
            (
                each.number,
                _wall(each.at),
                ", ".join(_name(reader, "call_topic", code, language) for code in each.topics),
                ", ".join(each.services) or "–",
            )
            for each in over.urgent
        ),
        words=(row.words if row else "") or "",
    )


def _signal(row: SignalRow) -> tuple[Text, ...]:
    status = _("to pass on") if row.sent_at is None else _("passed on")
    return (row.number, row.unit, f"{row.due:%d.%m.%Y}" if row.due else "–", status)


def _counted(reader: Reader, over: HandOver, language: Language) -> tuple[tuple[Text, Text], ...]:
    counts = over.counts
    topics = ", ".join(f"{_name(reader, 'call_topic', code, language)} {count}" for code, count in counts.topics)
    ended = ", ".join(f"{_name(reader, 'call_outcome', code, language)} {count}" for code, count in counts.outcomes)
    return (
        (_("Calls"), verbatim(str(counts.calls))),
        (_("Topics"), verbatim(topics or "–")),
        (_("How the calls ended"), verbatim(ended or "–")),
        (_("Emergency services called"), verbatim(str(counts.emergencies))),
        (_("Signals of a crime"), verbatim(str(counts.signals))),
        (_("Information sheets given"), verbatim(str(counts.sheets))),
        (_("Call-backs promised, kept"), verbatim(f"{counts.promised}, {counts.kept}")),
        (_("Outreach: visits, people reached"), verbatim(f"{counts.outreach}, {counts.reached}")),
    )


def _name(reader: Reader, code_list: str, code: str | None, language: Language) -> str:
    found = reader.rulebook.list(code_list).get(code) if code else None
    return found.name(language) if found is not None else code or ""


def information_row(reader: Reader, sheet: str, language: Language) -> InformationPaper:
    """An information sheet as it stands today. It is about nobody, so no row of a person or case is read for it; the
    one about this line names our own number before the one that everybody has."""
    found = sheet_named(reader.rulebook.sheets, sheet, language, reader.today)
    ours = organisation(reader).phone if found.id == ABOUT_THE_LINE else ""
    own = (render(_("Our number: {number}.", number=ours), language),) if ours else ()
    return InformationPaper(
        header=header(reader, "P08", version=found.edition),
        title=found.title[language],
        lines=(*own, *found.lines[language]),
        source=found.source[language],
        checked_on=f"{found.checked_on:%d.%m.%Y}",
        doubtful=found.doubtful,
    )


def _wall(moment: datetime | None) -> str:
    return on_the_wall(moment) if moment is not None else ""
