"""What laptops wrote about the same field of a consent, or of a review, without knowing of each other: every answer,
whose, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Consent
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.journal.heads import FieldHeads
from kzcase.journal.hlc import moment
from kzcase.queries.case_page import name_of
from kzcase.queries.reach import must_be_open
from kzcase.queries.veil import Veil

SETTLED_BY_CHOOSING: Final = (
    *("state", "partner_id", "purpose", "classes", "valid_until", "given_by", "assent", "guardian", "capacity"),
    *("guardianship_told_on", "best_interests_on"),
)
"""The fields of a consent that somebody settles by saying which answer is right."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the answers: as it is stored, who wrote it, and when."""

    value: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of a consent, or of a review, with every answer; the strictest holds until somebody settles it."""

    field: str
    answers: tuple[Answered, ...]


def disputes_of(reader: Reader, consent: str) -> tuple[Dispute, ...]:
    """The disputed fields of one consent, each with its answers in the order in which they were written."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    row = reader.session.get(Consent, from_hex(consent) or b"")
    if row is None or row.struck:
        raise NotFound(place="consent", what=consent[:64])
    must_be_open(reader, row.case_id, consent, "consent")
    return _disputed(reader, row, SETTLED_BY_CHOOSING)


def reviews_of(reader: Reader, release: str) -> tuple[Dispute, ...]:
    """The different reviews of one emergency, and what was written with each as far as the asker may read it."""
    reader.must_be_allowed(Permission.CONFIRM_FACTS)
    row = reader.session.get(EmergencyRelease, from_hex(release) or b"")
    if row is None or row.struck:
        raise NotFound(place="release", what=release[:64])
    must_be_open(reader, row.case_id, release, "release")
    hidden = Veil(reader, "emergency_releases").hides("review_text")
    return _disputed(reader, row, ("review",) if hidden else ("review", "review_text"))


def _disputed(reader: Reader, row: Consent | EmergencyRelease, names: Sequence[str]) -> tuple[Dispute, ...]:
    """The fields of a row with several heads, each with its answers in the order in which they were written."""
    sql, key = Sql.of(reader.session.connection()), (row.__tablename__, row.id)
    heads = heads_of_rows(sql, (key,)).get(key)
    fields: Mapping[str, FieldHeads] = heads.fields if heads else {}
    return tuple(
        Dispute(name, tuple(sorted(_answers(reader, sql, row.case_id or b"", fields[name]), key=lambda one: one.at)))
        for name in names
        if name in fields and len(fields[name].live) > 1
    )


def _answers(reader: Reader, sql: Sql, scope: Id, field: FieldHeads) -> Iterator[Answered]:
    keyrings = Keyrings()
    for act, seq, hlc in field.live:
        part = store.part_with(sql, scope, (act, seq))
        made = store.operations_of(sql, part, keyrings.ring(sql, scope, part.bodies)) if part else []
        said = next((each.value for each in made if each.dot == (act, seq)), None)
        author = sql.value("SELECT author FROM acts WHERE id = ?", (act,))
        yield Answered(_text(said), name_of(reader, author if isinstance(author, bytes) else None), moment(hlc))


def _text(value: object) -> str:
    """A stored value as text: an id in hexadecimal, a day as ISO writes it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
