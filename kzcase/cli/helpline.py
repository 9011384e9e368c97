"""The helpline without its window: what is open on the line, its information sheets, and its papers."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from kzcase.cli.desk import Way, as_json, on_casebook
from kzcase.cli.documents.line import (
    CallFiguresMade,
    CallFound,
    CallsFound,
    CallShown,
    LineCounts,
    LineOpen,
    LinePaperMade,
    ServiceCalled,
    SheetFound,
    SheetsFound,
    SheetTaken,
)
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE, argument, group, option
from kzcase.domain.errors import TooLarge
from kzcase.i18n import LANGUAGES, Language, _, ngettext, verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzcase.domain.codes import CodeList
    from kzcase.domain.line_rows import ShiftCounts

_LONGEST: Final = 1_000
_COUNT: Final = click.IntRange(1, 100_000)
_SKIPPED: Final = click.IntRange(0, 1_000_000_000)


@group("helpline", _("See what is open on the helpline, find calls and information sheets, and print its papers."))
def helpline_command() -> None:
    """The helpline."""


@helpline_command.command("open", words=_("Show the shift, promised call-backs, signals and urgent calls."))
@on_casebook
@option("--shift", default="", metavar="ID", words=_("The shift by number or id; your own, or today, otherwise."))
@option("--interpreter", is_flag=True, words=_("Of the call-backs only those that wait for an interpreter."))
def open_command(way: Way, *, shift: str, interpreter: bool) -> None:
    """What whoever comes next must know. No number to call is in it."""
    from kzcase.queries.call_backs import open_call_backs
    from kzcase.queries.shifts import hand_over

    with way.desk() as desk:
        with desk.book.read() as reader:
            over = hand_over(reader, shift)
            waiting = open_call_backs(reader, interpreter=True) if interpreter else over.call_backs
        lists = {} if way.as_json else desk.book.rulebook.codes
        found = LineOpen(
            shift=over.shift,
            call_backs=list(waiting),
            urgent=list(over.urgent),
            signals=list(over.signals),
            counts=msgspec.convert({**asdict(over.counts), **_by_code(over.counts, lists)}, LineCounts),
        )
        answer(found, way.as_json, desk.book.rulebook)


def _by_code(counts: "ShiftCounts", lists: "Mapping[str, CodeList]") -> dict[str, dict[str, int]]:
    """By code for programs, by name for people."""
    counted = {"topics": ("call_topic", counts.topics), "outcomes": ("call_outcome", counts.outcomes)}
    return {each: _named(lists.get(name), dict(found)) for each, (name, found) in counted.items()}


def _named(known: "CodeList | None", found: dict[str, int]) -> dict[str, int]:
    if known is None:
        return found
    return {known.name(code, language()) if code in known else code: count for code, count in found.items()}


@helpline_command.command("calls", words=_("List calls, the latest first, or find them by number or telephone."))
@on_casebook
@argument("text", _("The number of a call or its beginning, or the caller's telephone in any spelling."), default="")
@option("--limit", type=_COUNT, metavar="N", default=200, show_default=True, words=_("How many at most."))
@option("--offset", type=_SKIPPED, metavar="N", default=0, show_default=True, words=_("How many to skip."))
def calls_command(way: Way, *, text: str, limit: int, offset: int) -> None:
    """No number to call is in it; a search is entered in the read log."""
    from kzcase.actions.reading import find_calls
    from kzcase.queries.office import call_count, call_list

    if len(text) > _LONGEST:
        raise TooLarge(place="text", limit=_LONGEST)
    with way.desk() as desk:
        if text:
            rows, found = find_calls(desk.book, text, limit + offset)
            rows, total = rows[offset:], None
        else:
            with desk.book.read() as reader:
                rows, total = call_list(reader, offset=offset, limit=limit), call_count(reader)
            found = total
        answer(
            CallsFound(calls=[CallFound.without_note(row) for row in rows], total=total),
            way.as_json,
            desk.book.rulebook,
        )
    if text and not found:
        tell(
            _(
                "No call was found. A call is found by its number or the beginning of it, or by the caller’s "
                "telephone; a part from the middle and the words of a note are not searched. Without TEXT all "
                "calls are listed."
            )
        )
    elif text and found > len(rows):
        tell(_("{count} of {total} calls, the latest first", count=len(rows), total=found))
    elif total is not None and not way.as_json:
        tell(ngettext("{count} call", "{count} calls", total))


@helpline_command.command("show", words=_("Show one call by its number or id, and what came of it."))
@on_casebook
@argument("call", _("The call's number or id."))
@reason_option
def show_command(way: Way, *, call: str, reason: str) -> None:
    """Masked as the acting person's roles see it; the look is in the read log first."""
    from kzcase.actions.reading import read_call

    with way.desk() as desk:
        row, came = read_call(desk.book, call, reason)
        shown = CallShown(
            listed=CallFound.without_note(row),
            note=row.note,
            more_cases=list(came.more_cases),
            signals=list(came.signals),
            sheets=[SheetTaken(sheet=sheet, language=spoken) for sheet, spoken in came.sheets],
            services=[ServiceCalled(service=service, at=at) for service, at in came.services],
            call_backs=came.call_backs,
            masked=sorted((row.masked & {"note"}) | came.masked),
        )
        titles = {each.id: verbatim(each.title[language()]) for each in desk.book.rulebook.sheets}
        answer(shown, way.as_json, desk.book.rulebook, titles)


@helpline_command.command("sheets", words=_("Find information sheets by words of any language."))
@argument("text", _("Words to look for."), required=False, default="")
@option("--topic", default="", metavar="CODE", words=_("Only sheets on this topic: a code of the list call_topic."))
@option("--country", default="", metavar="CODE", words=_("Only what citizens of this country need: its two letters."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the sheets."))
@as_json
def sheets_command(*, text: str, topic: str, country: str, spoken: Language | None, as_json: bool) -> None:
    """The sheets that ship; no casebook is needed."""
    from kzcase.db.rulebook import baseline
    from kzcase.domain.sheets import sheets_about

    rules, chosen = baseline(), spoken or language()
    topics = [rules.list("call_topic")[topic].code] if topic else []
    land = rules.list("country")[country].code if country else ""
    fitting = sheets_about(rules.sheets, date.today(), typed=text, topics=topics, country=land)
    sheets = [
        SheetFound(
            sheet=each.id,
            title=each.title[chosen],
            lines=list(each.lines[chosen]),
            topics=list(each.topics),
            source=each.source[chosen],
            checked_on=each.checked_on,
            doubtful=each.doubtful,
            edition=each.edition,
        )
        for each in fitting
    ]
    answer(SheetsFound(sheets=sheets), as_json, rules)


@helpline_command.command("print", words=_("Print a signal, the report of a shift or an information sheet as PDF."))
@argument("paper", _("signal_sheet, shift_report or information_sheet."))
@on_casebook
@option("--of", "of", default="", metavar="ID", words=_("The signal or shift by id, or the information sheet."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the paper."))
@option("--safe", default="", metavar="CODE", words=_("For what is taken away: yes or office, once somebody asked."))
@option("-o", "--output", type=PLACE, required=True, metavar="F", words=_("The PDF to write."))
def print_command(way: Way, *, paper: str, of: str, spoken: Language | None, safe: str, output: Path) -> None:
    """Entered in the read log before it is made."""
    import hashlib

    from kzcase.actions.line_papers import print_line_paper

    check_target(output)
    chosen = spoken or language()
    with way.desk() as desk:
        made = print_line_paper(desk.book, paper, of, chosen, safe=safe)
    write_whole(output, made.content)
    sha256 = hashlib.sha256(made.content).hexdigest()
    answer(LinePaperMade(paper=paper, lang=chosen, file=str(output), sha256=sha256), way.as_json)


@helpline_command.command("summary", words=_("Make a protected summary of a quarter of calls."))
@on_casebook
@option("--period", required=True, metavar="Q", words=_("The quarter, such as 2026-Q3; it must be over."))
@option("--out", required=True, type=PLACE, metavar="DIR", words=_("Folder for the release."))
@option(
    "--table",
    "tables",
    multiple=True,
    metavar="T",
    words=_("Columns of one table, such as topic,macro; all otherwise."),
)
@option("--sign", default="", metavar="ID", words=_("Sign this release as the second person instead, by id."))
@option("--again", is_flag=True, words=_("Write over files that are there, once the release is signed."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the paper."))
def summary_command(
    way: Way, *, period: str, out: Path, tables: tuple[str, ...], sign: str, again: bool, spoken: Language | None
) -> None:
    """A quarter is closed the first time; afterwards the same numbers come again."""
    from kzcase.actions.releases import approve_release
    from kzcase.domain.errors import AlreadyThere, NotFound
    from kzcase.domain.ids import from_hex
    from kzcase.summaries.calls import prepare_calls
    from kzcase.summaries.casebook import released
    from kzcase.summaries.files import ABOUT
    from kzcase.summaries.spec import Spec

    chosen = spoken or language()
    with way.desk() as desk:
        if sign:
            release = from_hex(sign)
            if release is None:
                raise NotFound(place="release", what=sign[:64])
            approve_release(desk.book, release)
            again = True
        if (out / ABOUT).exists() and not again:
            raise AlreadyThere(out.name)
        wanted = tuple(tuple(table.split(",")) for table in tables)
        figures = prepare_calls(desk.book, Spec(5, wanted, period))
        assert figures is not None  # nothing watches it that could stop it
        figures.close(desk.book)
        entered = released(desk.book, figures, out, language=chosen, replace_files=again)
        made = CallFiguresMade(
            period=period,
            out=str(out),
            calls=entered.people,
            base=entered.base,
            bound=entered.bound,
            stamps=list(entered.stamps),
            closed=entered.closed,
            release=entered.release.hex(),
            fingerprints=entered.fingerprints,
        )
        answer(made, way.as_json, desk.book.rulebook)
