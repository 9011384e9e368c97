"""Sealed notes: that they are there, of which kind, by whom and when. What they say, only their readers can open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import SealedNote, SealedNoteKey
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import NotAReader, NotFound, SealedToEarlierKey
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import SealedNoteRow
from kzcase.queries.cases import case_id
from kzcase.queries.kept_away import who_may_open
from kzcase.queries.reach import must_be_open


@dataclass(frozen=True, slots=True)
class ClosedNote:
    """A sealed note as it is stored, with the copies of its key that are the asker's own."""

    id: Id
    case: Id
    kind: str
    box: bytes = field(repr=False)
    sealed_keys: tuple[bytes, ...] = field(repr=False)


def sealed_notes(reader: Reader, case: Id) -> tuple[SealedNoteRow, ...]:
    """The sealed notes of a case; who reads them is told to their readers only."""
    query = select(SealedNote).where(SealedNote.case_id == case, SealedNote.struck.is_not(True))
    notes = list(reader.session.scalars(query.order_by(SealedNote.written_at, SealedNote.id)))
    named = _keys(reader, SealedNoteKey.case_id == case) if notes else []
    readers, fresh = _by_note(named), _by_note(opening(reader, named))
    names = _names(reader, {row.author_id for row in notes} | {one for each in readers.values() for one in each})
    here = who_may_open(reader, case) if notes else frozenset()
    return tuple(_row(reader, row, readers.get(row.id, ()), fresh.get(row.id, ()), here, names) for row in notes)


def readers_of_notes(reader: Reader) -> Mapping[Id, frozenset[Id]]:
    """Of every sealed note those who can read it now: here, entitled, and with a copy closed to the keys they have."""
    there = select(SealedNote.id, SealedNote.case_id).where(SealedNote.struck.is_not(True), SealedNote.box.is_not(None))
    cases = {note: case for note, case in reader.session.execute(there) if case}
    fresh = _by_note(opening(reader, _keys(reader)))
    able = {case: who_may_open(reader, case) for case in set(cases.values())}
    return {note: frozenset(fresh.get(note, ())) & able[case] for note, case in cases.items()}


def opening(reader: Reader, keys: Sequence[SealedNoteKey]) -> list[SealedNoteKey]:
    """Those of these copies that are closed to the keys their readers have now; recovery gives somebody others."""
    rows = reader.session.execute(select(Staff.id, Staff.kem_key))
    kems: dict[Id | None, bytes | None] = {row[0]: row[1] for row in rows}
    unsaid = [key for key in keys if key.kem_key is None]
    older = _closed_before_a_recovery(reader, unsaid) if unsaid else frozenset()
    return [
        key for key in keys if (key.id not in older if key.kem_key is None else key.kem_key == kems.get(key.staff_id))
    ]


def _closed_before_a_recovery(reader: Reader, keys: Iterable[SealedNoteKey]) -> frozenset[Id]:
    """Of copies that do not say to which key they are closed: those that came before the reader's keys of today."""
    rows = [(SealedNoteKey.__tablename__, key.id) for key in keys]
    staff = [(Staff.__tablename__, one) for one in {key.staff_id for key in keys} if one]
    heads = heads_of_rows(Sql.of(reader.session.connection()), [*rows, *staff])

    def when(entity: str, row: Id | None, field_name: str) -> int:
        found = heads.get((entity, row or b""))
        winner = found.of(field_name).winner if found else None
        return winner[2] if winner else 0

    return frozenset(
        key.id
        for key in keys
        if when(SealedNoteKey.__tablename__, key.id, "sealed") < when(Staff.__tablename__, key.staff_id, "kem_key")
    )


def _keys(reader: Reader, *where: ColumnElement[bool]) -> Sequence[SealedNoteKey]:
    there = (SealedNoteKey.struck.is_not(True), SealedNoteKey.sealed.is_not(None), *where)
    return reader.session.scalars(select(SealedNoteKey).where(*there).order_by(SealedNoteKey.id)).all()


def _by_note(keys: Iterable[SealedNoteKey]) -> Mapping[Id, tuple[Id, ...]]:
    found: dict[Id, dict[Id, None]] = {}
    for key in keys:
        if key.sealed_note_id and key.staff_id:
            found.setdefault(key.sealed_note_id, {})[key.staff_id] = None
    return {note: tuple(each) for note, each in found.items()}


def _names(reader: Reader, staff: Iterable[Id | None]) -> Mapping[Id | None, str]:
    rows = reader.session.scalars(select(Staff).where(Staff.id.in_([one for one in staff if one])))
    return {row.id: row.name or "" for row in rows}


def _row(
    reader: Reader,
    row: SealedNote,
    named: tuple[Id, ...],
    fresh: tuple[Id, ...],
    here: frozenset[Id],
    names: Mapping[Id | None, str],
) -> SealedNoteRow:
    """Who can read it is told to whom it was sealed, also where they got other keys since."""
    me = reader.acting.staff_id
    told = tuple(sorted(names.get(one, "") for one in fresh if one in here)) if me in named else ()
    author = names.get(row.author_id)
    earlier = me in named and me not in fresh
    return SealedNoteRow(row.id.hex(), row.kind, author, row.written_at, me in fresh, told, earlier_key=earlier)


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
    mine = _keys(reader, SealedNoteKey.sealed_note_id == row.id, SealedNoteKey.staff_id == reader.acting.staff_id)
    if not mine:
        raise NotAReader(place="note")
    fresh = tuple(key.sealed or b"" for key in opening(reader, mine))
    if not fresh:
        raise SealedToEarlierKey(place="note")
    return ClosedNote(row.id, row.case_id, row.kind or "", row.box or b"", fresh)


def can_read(reader: Reader, note: Id) -> frozenset[Id]:
    """The colleagues with a copy that opens for them now."""
    fresh = opening(reader, _keys(reader, SealedNoteKey.sealed_note_id == note))
    return frozenset(key.staff_id for key in fresh if key.staff_id)
