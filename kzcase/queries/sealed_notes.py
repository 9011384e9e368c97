"""Sealed notes: that they are there, of which kind, by whom and when. What they say, only their readers can open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import SealedNote, SealedNoteKey
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import NotAReader, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import SealedNoteRow
from kzcase.queries.cases import case_id
from kzcase.queries.kept_away import who_may_open
from kzcase.queries.reach import must_be_open


@dataclass(frozen=True, slots=True)
class ClosedNote:
    """A sealed note as it is stored, with the copy of its key that is the asker's own."""

    id: Id
    case: Id
    kind: str
    box: bytes = field(repr=False)
    sealed_key: bytes = field(repr=False)


def sealed_notes(reader: Reader, case: Id) -> tuple[SealedNoteRow, ...]:
    """The sealed notes of a case; who reads them is told to their readers only."""
    query = select(SealedNote).where(SealedNote.case_id == case, SealedNote.struck.is_not(True))
    notes = list(reader.session.scalars(query.order_by(SealedNote.written_at, SealedNote.id)))
    readers = _readers(reader, case) if notes else {}
    names = _names(reader, {row.author_id for row in notes} | {one for each in readers.values() for one in each})
    return tuple(_row(reader, row, readers.get(row.id, ()), names) for row in notes)


def _readers(reader: Reader, case: Id) -> Mapping[Id, tuple[Id, ...]]:
    found: dict[Id, dict[Id, None]] = {}
    keys = select(SealedNoteKey).where(SealedNoteKey.case_id == case, SealedNoteKey.struck.is_not(True))
    for key in reader.session.scalars(keys.order_by(SealedNoteKey.id)):
        if key.sealed_note_id and key.staff_id:
            found.setdefault(key.sealed_note_id, {})[key.staff_id] = None
    return {note: tuple(each) for note, each in found.items()}


def _names(reader: Reader, staff: Iterable[Id | None]) -> Mapping[Id | None, str]:
    rows = reader.session.scalars(select(Staff).where(Staff.id.in_([one for one in staff if one])))
    return {row.id: row.name or "" for row in rows}


def _row(reader: Reader, row: SealedNote, readers: tuple[Id, ...], names: Mapping[Id | None, str]) -> SealedNoteRow:
    mine = reader.acting.staff_id in readers
    told = tuple(sorted(names.get(one, "") for one in readers)) if mine else ()
    return SealedNoteRow(row.id.hex(), row.kind, names.get(row.author_id), row.written_at, mine, told)


@dataclass(frozen=True, slots=True)
class PossibleReader:
    """A colleague to whom a note of this case can be sealed; `me`: the asker themselves."""

    staff: str
    name: str
    me: bool
    public_kem: bytes = field(repr=False)


def possible_readers(reader: Reader, reference: str) -> tuple[PossibleReader, ...]:
    """Whoever may open the case, by name; the asker first."""
    may_open = who_may_open(reader, case_id(reader, reference))
    rows = reader.session.scalars(select(Staff).where(Staff.id.in_(may_open)).order_by(Staff.name, Staff.id))
    me = reader.acting.staff_id
    found = [PossibleReader(one.id.hex(), one.name or "", one.id == me, one.kem_key or b"") for one in rows]
    return tuple(sorted(found, key=lambda one: not one.me))


def closed_note(reader: Reader, reference: str) -> ClosedNote:
    """One sealed note for one of its readers; `NotAReader` for anybody else who may open the case."""
    reader.must_be_allowed(Permission.READ_CASES)
    row = reader.session.get(SealedNote, from_hex(reference) or b"")
    if row is None or row.struck or row.case_id is None:
        raise NotFound(place="note", what=reference[:64])
    must_be_open(reader, row.case_id, reference, "note")
    mine = (SealedNoteKey.sealed_note_id == row.id, SealedNoteKey.staff_id == reader.acting.staff_id)
    query = select(SealedNoteKey).where(*mine, SealedNoteKey.struck.is_not(True)).order_by(SealedNoteKey.id)
    key = next((one for one in reader.session.scalars(query) if one.sealed), None)
    if key is None:
        raise NotAReader(place="note")
    return ClosedNote(row.id, row.case_id, row.kind or "", row.box or b"", key.sealed or b"")
