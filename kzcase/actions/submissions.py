"""Answers from phones: a whole file of them is taken in by one act, which can be undone as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from kzcase.actions.cases import OpenCase, add_case
from kzcase.actions.finding import find_open_case
from kzcase.actions.forms import add_sheet, keep_version, must_fit
from kzcase.actions.guards import must_be_free_to_hand_over
from kzcase.actions.reading import having_said_why
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.cases import Case, OtherAnswer
from kzcase.db.tables.people import Person
from kzcase.db.vault import Vault
from kzcase.domain.errors import MissingPerson, NoSuchQuestion, NothingToTakeIn
from kzcase.domain.ids import Id, new_id
from kzcase.forms.answers import AnswerSheet
from kzcase.paper.incoming.door import Clean

_NOT_KNOWN: Final = (None, "", "unknown", "not_asked")


@dataclass(frozen=True, slots=True)
class SentAnswers:
    """One filled form from a phone, worked out already: for a case, or with the case to open for it."""

    sheet: AnswerSheet = field(repr=False)
    instance: str
    case: str = ""
    opening: OpenCase | None = None
    answered_at: datetime | None = None
    media: tuple[tuple[str, Clean], ...] = field(default=(), repr=False)
    others: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Where an element lay that no question explains, and the element as it came."""


@dataclass(frozen=True, slots=True)
class TakeInAnswers:
    """What of a file of answers is taken in."""

    answers: Sequence[SentAnswers] = field(repr=False)
    look_reason: str = ""


def take_in_answers(book: Casebook, wish: TakeInAnswers) -> Done:
    """All of them, or none: sheets, the photos beside them, and cases opened for them. Nothing that is known of
    anybody is overwritten: answers set a field of a case or person only where it stood empty."""
    if not wish.answers:
        raise NothingToTakeIn
    return having_said_why(book, wish, lambda: _taken_in(book, wish))


def _taken_in(book: Casebook, wish: TakeInAnswers) -> Done:
    vault, ids = Vault(book.folder.attachments), dict[str, Id]()
    chunks: list[bytes] = []
    try:
        with book.write("answers.imported") as act:
            for number, sent in enumerate(wish.answers, 1):
                case = _case(act, sent, book.facts.code, f"[{number - 1}].case")
                form, said = sent.sheet.form.id, sent.sheet.values()
                must_be_free_to_hand_over(act, case, form, said, f"[{number - 1}].form")
                ids[f"case-{number}"] = case.id
                ids[f"sheet-{number}"] = _add(act, case, sent)
                for title, clean in sent.media:
                    chunks.append(_add_file(act, vault, case, title, clean))
    except BaseException:
        for each in chunks:
            vault.drop(each)
        raise
    for each in chunks:
        vault.keep(each)
    return Done(act.id, act.changed, ids)


def _case(act: Act, sent: SentAnswers, laptop: str, place: str) -> Case:
    if sent.case:
        return find_open_case(act, sent.case, place)
    if sent.opening is None:
        raise MissingPerson(place=place)
    return add_case(act, sent.opening, laptop)[0]


def _add(act: Act, case: Case, sent: SentAnswers) -> Id:
    sheet = sent.sheet
    must_fit(sheet)
    keep_version(act, sheet.form)
    _fill_in(act, case, sheet)
    row = add_sheet(act, case, sheet, "", sent.answered_at, sent.instance)
    for position, (path, content) in enumerate(sent.others, 1):
        kept = {"path": _lasting(sheet, path), "content": content}
        act.add(OtherAnswer(sheet_id=row.id, case_id=case.id, position=position, **kept))
    return row.id


def _lasting(sheet: AnswerSheet, path: str) -> str:
    """The path with what holds the element called as the journal calls it, so that it is found when numbers move."""
    above, _slash, name = path.rpartition("/")
    try:
        return f"{sheet.journal_path(above)}/{name}" if above else name
    except NoSuchQuestion:
        return path


def _fill_in(act: Act, case: Case, sheet: AnswerSheet) -> None:
    """Fields of the case and the person that a form may set: only what nobody has said yet."""
    for (entity, column), value in saved_values(sheet).items():
        row: Any = case if entity == "case" else act.session.get(Person, case.client_id)
        if row is not None and getattr(row, column) in _NOT_KNOWN and not act.is_disputed(row, column):
            setattr(row, column, value)


def saved_values(sheet: AnswerSheet) -> Mapping[tuple[str, str], str]:
    """(case or person, column) → what the answers would set there."""
    found: dict[tuple[str, str], str] = {}
    for question in sheet.form.walk():
        entity, _dot, column = question.save_to.partition(".")
        if entity in ("case", "person") and sheet.relevant(question.path) and (value := sheet.get(question.path)):
            found[entity, column] = value
    return found


def _add_file(act: Act, vault: Vault, case: Case, title: str, clean: Clean) -> bytes:
    row_id = new_id()
    key, chunks = vault.put(row_id, clean.content)
    row = Attachment(id=row_id, case_id=case.id, title=title or None, media_type=clean.media_type)
    row.pages, row.size, row.key, row.chunks = clean.pages, len(clean.content), key, chunks
    row.added_on, row.author_id = act.today, act.acting.staff_id
    act.add(row)
    return chunks
