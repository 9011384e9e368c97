"""Erasings that were done: what the certificate says, and which laptops may not know of them yet."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select

from kzcase.db.erasing import bytes_to_go, how_pages_went
from kzcase.db.local_facts import fact
from kzcase.db.reader import Reader
from kzcase.db.recorder import stored_heads
from kzcase.db.sql import Sql
from kzcase.db.tables.erasures import Erasure
from kzcase.db.tables.organisation import Device
from kzcase.domain.erasures import ATTACHMENTS, TEXTS, ErasureRow, counts_read
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.registers import RegisterRow
from kzcase.journal.hlc import moment
from kzcase.queries.case_page import name_of


def erasures(reader: Reader) -> list[ErasureRow]:
    """All of them, the latest first."""
    reader.must_be_allowed(Permission.ERASE)
    rows = reader.session.scalars(select(Erasure).order_by(Erasure.erased_on.desc(), Erasure.number.desc()))
    return [_row(reader, row) for row in rows]


def erasure(reader: Reader, reference: str) -> ErasureRow:
    """One by its number or id."""
    reader.must_be_allowed(Permission.ERASE)
    return _row(reader, _found(reader, reference))


def bytes_to_write_anew(reader: Reader) -> int:
    """The size of the file while it waits to be written anew after an erasing; it tells nothing of anybody."""
    return bytes_to_go(Sql.of(reader.session.connection()))


def destroyed(reader: Reader) -> Iterator[RegisterRow]:
    """For the register of acts of destruction: day, number, reason, when it was asked for, and by whom it was done."""
    rows = reader.session.scalars(select(Erasure).order_by(Erasure.erased_on.desc(), Erasure.number.desc()))
    for row in rows:
        yield RegisterRow((row.erased_on, row.number, row.reason, row.asked_on, name_of(reader, row.author_id)))


def when_erased(reader: Reader, reference: str) -> datetime:
    """The moment of the act: whatever was copied before it holds what was erased."""
    row = _found(reader, reference)
    winner = stored_heads(Sql.of(reader.session.connection()), "erasures", row.id).of("person_id").winner
    return moment(winner[2]) if winner else reader.now


def _found(reader: Reader, reference: str) -> Erasure:
    query = select(Erasure).where((Erasure.id == from_hex(reference)) | (Erasure.number == reference.strip()))
    found = reader.session.scalars(query.limit(1)).first()
    if found is None:
        raise NotFound(place="erasure", what=reference[:64])
    return found


def _row(reader: Reader, row: Erasure) -> ErasureRow:
    counts = counts_read(row.counts)
    own = fact(Sql.of(reader.session.connection()), "incarnation")
    others = reader.session.scalars(select(Device.code).where(Device.id != own).order_by(Device.code))
    return ErasureRow(
        number=row.number or row.id.hex(),
        person=(row.person_id or b"").hex(),
        reason=row.reason or "",
        asked_on=row.asked_on,
        erased_on=row.erased_on,
        by=name_of(reader, row.author_id) or "",
        values={name: count for name, count in counts.items() if name not in (ATTACHMENTS, TEXTS)},
        texts=counts.get(TEXTS, 0),
        attachments=counts.get(ATTACHMENTS, 0),
        together=_together(reader, row),
        pages=how_pages_went(Sql.of(reader.session.connection())),
        unconfirmed=tuple(code for code in others if code),
    )


def _together(reader: Reader, row: Erasure) -> tuple[str, ...]:
    """The numbers of the other records of the same human that went in the same act."""
    first = row.together_with or row.id
    same = (or_(Erasure.id == first, Erasure.together_with == first), Erasure.id != row.id)
    return tuple(sorted(number for number in reader.session.scalars(select(Erasure.number).where(*same)) if number))
