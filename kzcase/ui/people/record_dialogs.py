"""Dialogs for the records of a person, each made from what the record is declared to hold."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.custody import ReturnDocument, TakeDocument, return_document, take_document
from kzcase.actions.people import NameFacts, PersonFacts
from kzcase.actions.proceedings import CloseProceeding, DecideSafeguard, close_proceeding, decide_safeguard
from kzcase.actions.records import FACTS, AddRecord, CorrectRecord, add_record, correct_record
from kzcase.actions.relations import AddRelation, add_relation
from kzcase.domain.person_rows import EvidenceRow, PersonPage, RecordRow
from kzcase.domain.records import HOUSEHOLD_EVIDENCE, RECORDS, TIES, Holds, RecordField, RecordKind, told
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language
from kzcase.ui.drafts import place
from kzcase.ui.fields import put
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP_APPROXIMATE, ApproximateDateEdit, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

HISTORY: Final = _("The history keeps what stood there before.")
SUSPICION: Final = _(
    "A suspicion is no accusation. Say where it is from; it is kept for a limited time and shown to nobody else."
)


def record_dialog(
    work: Work, office: Office, page: PersonPage, kind: RecordKind, parent: QWidget, row: RecordRow | None = None
) -> FormDialog:
    """A new record of one kind, or one that is put right."""
    rows = {each.name: _row(office, page, each) for each in kind.fields}
    if row is not None:
        for name, value in row.values.items():
            if name in rows:
                _put(rows[name].field, value)
    names = list(rows)
    return FormDialog(
        work,
        kind.add if row is None else _("Put right"),
        rows,
        [names[at : at + 2] for at in range(0, len(names), 2)],
        _("Add") if row is None else _("Save"),
        _adding(kind, page.person.id) if row is None else _correcting(kind, row.id),
        needed=[each.name for each in kind.fields if each.needed],
        places={f"facts.{name}": name for name in rows},
        hint=None if row is None else HISTORY,
        draft=place("record", page.person.id, kind.name, *(() if row is None else (row.id,))),
        parent=parent,
    )


def _row(office: Office, page: PersonPage, field: RecordField) -> FieldRow:
    help_words = HELP_APPROXIMATE if field.holds is Holds.APPROXIMATE else None
    return FieldRow(field.words, _field(office, page, field), help_words, required=field.needed)


def _field(office: Office, page: PersonPage, field: RecordField) -> QWidget:
    match field.holds:
        case Holds.CODE:
            return CodeCombo(office.choices(field.codes))
        case Holds.DAY:
            return DateEdit()
        case Holds.APPROXIMATE:
            return ApproximateDateEdit()
        case Holds.COUNT:
            return LineEdit(digits=True, max_length=12)
        case Holds.RECORD:
            return CodeCombo(_records(office, page, field))
        case Holds.LINE:
            return LineEdit()


def _records(office: Office, page: PersonPage, field: RecordField) -> tuple[Choice, ...]:
    """The records of this person that another one can name; of what proves a step, also the household's."""
    kind = next(each for each in RECORDS.values() if each.table == field.codes)
    own = tuple(Choice(row.id, verbatim(title(row, office))) for row in page.of(kind.name))
    if field.name != HOUSEHOLD_EVIDENCE:
        return own
    there = {choice.code for choice in own}
    others = (row for row in page.evidence if row.document not in there)
    return (*own, *(Choice(row.document, verbatim(_whose(office, row))) for row in others))


def _whose(office: Office, row: EvidenceRow) -> str:
    """A paper of somebody else of the household: what it is, and whose."""
    return f"{language.text(office.said('document_type', row.kind))} · {row.name or MASK}"


def title(row: RecordRow, office: Office) -> str:
    """The first words of a record, enough to know it by."""
    said = [text for _field, text in told(row.record, row.values, office.rulebook.codes, language.current())]
    return " · ".join(said[: RECORDS[row.record].in_title]) or language.text(RECORDS[row.record].words)


def _put(field: QWidget, value: str) -> None:
    if isinstance(field, DateEdit):
        field.set_value(date.fromisoformat(value))
    else:
        put(field, value)


def _said(kind: RecordKind, values: Mapping[str, str]) -> Any:
    """What was typed, as the facts of an act; what is empty is not said."""
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    for name in (each.name for each in kind.fields if each.holds is Holds.COUNT and each.name in given):
        given[name] = int("".join(sign for sign in given[name] if sign.isdecimal()) or "0")
    return FACTS[kind.name](**given)


def _adding(kind: RecordKind, person: str) -> Callable[[Any, Mapping[str, str]], Any]:
    return lambda book, values: add_record(book, AddRecord(person=person, facts=_said(kind, values)))


def _correcting(kind: RecordKind, record: str) -> Callable[[Any, Mapping[str, str]], Any]:
    return lambda book, values: correct_record(book, CorrectRecord(record=record, facts=_said(kind, values)))


def relation_dialog(work: Work, office: Office, page: PersonPage, parent: QWidget) -> FormDialog:
    """Somebody who belongs to the person and is not written down yet."""
    ties = tuple(choice for listed in TIES for choice in office.choices(listed))
    rows = {
        "kind": FieldRow(_("Who they are to this person"), CodeCombo(ties), required=True),
        "said_by": FieldRow(_("Where this is from"), CodeCombo(office.choices("said_by"))),
        "family": FieldRow(_("Family name"), LineEdit()),
        "given": FieldRow(_("Given name"), LineEdit(), required=True),
        "sex": FieldRow(_("Sex"), CodeCombo(office.choices("sex"))),
        "birth": FieldRow(_("Born"), ApproximateDateEdit(), HELP_APPROXIMATE),
    }

    def added(book: Any, values: Mapping[str, str]) -> Any:
        names = [NameFacts(family=values["family"], given=values["given"])]
        who = PersonFacts(names=names, sex=values["sex"] or "unknown", birth=values["birth"] or None)
        said = values["said_by"] or None
        return add_relation(book, AddRelation(person=page.person.id, kind=values["kind"], new_person=who, said_by=said))

    return FormDialog(
        work,
        _("Add somebody who belongs to them"),
        rows,
        (("kind", "said_by"), ("family", "given"), ("sex", "birth")),
        _("Add"),
        added,
        needed=("kind", "given"),
        places={"kind": "kind", "said_by": "said_by", "new_person.birth": "birth", "new_person": "given"},
        hint=SUSPICION,
        draft=place("relation", page.person.id),
        parent=parent,
    )


def custody_dialog(work: Work, record: str, kept: bool, parent: QWidget) -> FormDialog:
    """An original taken for safekeeping, or given back."""
    rows = {"on": FieldRow(_("On"), DateEdit())}
    if not kept:
        rows["kept_where"] = FieldRow(_("Where it is kept"), LineEdit())

    def act(book: Any, values: Mapping[str, str]) -> Any:
        on = values["on"] or None
        if kept:
            return return_document(book, ReturnDocument(document=record, on=on))
        return take_document(book, TakeDocument(document=record, on=on, kept_where=values["kept_where"]))

    words = _("Give the original back") if kept else _("Take the original for safekeeping")
    return FormDialog(work, words, rows, [list(rows)], _("Save"), act, hint=RECEIPT, parent=parent)


RECEIPT: Final = _("The person gets a receipt, and the original back whenever they ask for it.")


def safeguard_dialog(work: Work, office: Office, record: str, parent: QWidget) -> FormDialog:
    """The protection of a victim in a proceeding: claimed, or declined by somebody who was told of it."""
    choices = [choice for choice in office.choices("safeguard") if choice.code != "not_asked"]
    rows = {
        "safeguard": FieldRow(_("Protection of a victim"), CodeCombo(choices), required=True),
        "on": FieldRow(_("On"), DateEdit()),
    }
    return FormDialog(
        work,
        _("Protection of a victim"),
        rows,
        (("safeguard", "on"),),
        _("Save"),
        lambda book, values: decide_safeguard(
            book, DecideSafeguard(proceeding=record, safeguard=values["safeguard"], on=values["on"] or None)
        ),
        needed=("safeguard",),
        parent=parent,
    )


def end_dialog(work: Work, office: Office, record: str, parent: QWidget) -> FormDialog:
    """How a proceeding ended."""
    rows = {
        "outcome": FieldRow(_("How it ended"), CodeCombo(office.choices("proceeding_outcome")), required=True),
        "on": FieldRow(_("Ended on"), DateEdit()),
        "ban_until": FieldRow(_("Ban on entry until"), DateEdit()),
    }
    return FormDialog(
        work,
        _("How it ended"),
        rows,
        (("outcome",), ("on", "ban_until")),
        _("Save"),
        lambda book, values: close_proceeding(
            book,
            CloseProceeding(
                proceeding=record,
                outcome=values["outcome"],
                on=values["on"] or None,
                ban_until=values["ban_until"] or None,
            ),
        ),
        needed=("outcome",),
        parent=parent,
    )


def words_of(pairs: Sequence[tuple[Words, str]]) -> str:
    """Labels and values in one line; a label that asks has its own sign at its end."""
    said = ((language.text(label), value) for label, value in pairs)
    return "  ·  ".join(f"{label} {value}" if label.endswith("?") else f"{label}: {value}" for label, value in said)
