"""One stored filling-in of a form as the asker may see it: answers with the very questions they were given to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Answer, AnswerSheet, Case, OtherAnswer
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission, Sight
from kzcase.forms.server_marks import is_mark
from kzcase.queries.case_page import name_of
from kzcase.queries.forms import form_of
from kzcase.queries.reach import must_be_open


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """The answers that hold, why some are missing, and the unusual ones that were confirmed: by journal path.

    `rows` are the ids of every row of a path, what was replaced included, for whoever corrects it. `disputed` are the
    paths that two people corrected without knowing of each other; the later answer is shown.
    """

    answers: dict[str, str]
    missing: dict[str, str]
    confirmed: tuple[str, ...]
    rows: Mapping[str, tuple[Id, ...]]
    disputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherSaid:
    """What came with a filled form and no question of it explains: an XML element, word for word."""

    path: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filling:
    """When somebody filled a sheet in, or corrected it."""

    at: datetime | None
    author: str


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """Answers and reasons by journal path, and the XForm of the version they answer. `shown` are the classes the
    asker sees now; whoever reads `answers` leaves out questions of other classes. `fillings`: the first, then every
    correction up to now, whatever moment the answers are of. `others` came beside the answers and are sensitive, as
    everything nobody knows; of whoever does not see that only their number is told."""

    case: str
    number: str
    source: str
    language: str
    author: str
    answered_at: datetime | None
    answers: dict[str, str]
    missing: dict[str, str]
    shown: frozenset[FieldClass]
    form_id: str = ""
    version: str = ""
    edition: str = ""
    confirmed: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    fillings: tuple[Filling, ...] = ()
    others: tuple[OtherSaid, ...] = ()
    hidden_others: int = 0


def stored_sheet(reader: Reader, sheet_id: str, at: datetime | None = None) -> StoredSheet:
    """One sheet by its id, as it is or as it was at a moment. NotFound where there is none, or where its form version
    has not arrived yet."""
    reader.must_be_allowed(Permission.READ_CASES)
    sheet = reader.session.get(AnswerSheet, from_hex(sheet_id) or b"")
    if sheet is None or sheet.struck:
        raise NotFound(place="form", what=sheet_id[:64])
    must_be_open(reader, sheet.case_id, sheet_id, "form")
    form = form_of(reader, sheet.form_id or "", sheet.form_version or "")
    case = reader.session.get_one(Case, sheet.case_id)
    found = answers_of(reader, sheet.id, at)
    others = tuple(each for each in others_of(reader, sheet.id) if not is_mark(each.path))
    seen = reader.sight(FieldClass.SENSITIVE) is Sight.SHOW
    return StoredSheet(
        case=case.id.hex(),
        number=case.number or "",
        source=form.xml,
        language=sheet.language or "",
        author=name_of(reader, sheet.author_id) or "",
        answered_at=sheet.answered_at,
        answers=found.answers,
        missing=found.missing,
        shown=frozenset(each for each in FieldClass if reader.sight(each) is Sight.SHOW),
        form_id=form.id,
        version=form.version,
        edition=form.declared_version,
        confirmed=found.confirmed,
        disputed=found.disputed,
        fillings=_fillings(reader, sheet),
        others=others if seen else (),
        hidden_others=0 if seen else len(others),
    )


def others_of(reader: Reader, sheet: Id) -> tuple[OtherSaid, ...]:
    """What came with a sheet and no question explains, in the order in which it came."""
    wanted = (OtherAnswer.sheet_id == sheet, OtherAnswer.struck.is_not(True))
    rows = reader.session.scalars(select(OtherAnswer).where(*wanted).order_by(OtherAnswer.position, OtherAnswer.id))
    return tuple(OtherSaid(row.path or "", row.content) for row in rows if row.content)


def answers_of(reader: Reader, sheet: Id, at: datetime | None = None) -> StoredAnswers:
    """What holds on a sheet now, or held at a moment."""
    by_path: dict[str, list[Answer]] = {}
    for row in _rows(reader, sheet):
        if row.path and (at is None or row.answered_at is None or row.answered_at <= at):
            by_path.setdefault(row.path, []).append(row)
    holding = {path: _holding(rows) for path, rows in by_path.items()}
    last = {path: max(rows, key=_when) for path, rows in holding.items()}
    return StoredAnswers(
        answers={path: row.value for path, row in last.items() if row.value},
        missing={path: row.missing for path, row in last.items() if row.missing and not row.value},
        confirmed=tuple(path for path, row in last.items() if row.confirmed and row.value),
        rows={path: tuple(row.id for row in rows) for path, rows in by_path.items()},
        disputed=tuple(path for path, rows in holding.items() if len({(r.value, r.missing) for r in rows}) > 1),
    )


def _rows(reader: Reader, sheet: Id) -> Iterable[Answer]:
    """By path, and so with the repeats in the order in which they came into being."""
    wanted = (Answer.sheet_id == sheet, Answer.struck.is_not(True))
    return reader.session.scalars(select(Answer).where(*wanted).order_by(Answer.path, Answer.id))


def _holding(rows: list[Answer]) -> list[Answer]:
    """Those nobody has replaced; never none."""
    replaced = {each for row in rows for each in (row.replaces or "").split()}
    return [row for row in rows if row.id.hex() not in replaced] or rows


def _when(row: Answer) -> tuple[str, bytes]:
    return (row.answered_at.isoformat() if row.answered_at else "", row.id)


def _fillings(reader: Reader, sheet: AnswerSheet) -> tuple[Filling, ...]:
    later = {(row.answered_at, row.author_id) for row in _rows(reader, sheet.id) if row.answered_at}
    moments = [(sheet.answered_at, sheet.author_id), *sorted(later, key=lambda each: (each[0], each[1] or b""))]
    return tuple(Filling(moment, name_of(reader, author) or "") for moment, author in moments)
