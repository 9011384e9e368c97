"""The line's keys: the one in use, who can open what is closed to it, and who should but cannot yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import LineKey, LineKeyCopy
from kzcase.db.tables.organisation import Staff, StaffRole
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission


@dataclass(frozen=True, slots=True)
class LineKeyState:
    """The key call sheets are closed to now; empty where the line has none. `lacking`: colleagues without a copy."""

    key: Id
    public: bytes = field(repr=False)
    mine: bool = False
    lacking: int = 0


def line_key(reader: Reader) -> LineKeyState:
    """The newest key of the line."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    live = select(LineKey).where(LineKey.struck.is_not(True), LineKey.public.is_not(None))
    found = reader.session.scalars(live.order_by(LineKey.made_on.desc(), LineKey.id)).first()
    if found is None:
        return LineKeyState(b"", b"")
    held = holders(reader, found.id)
    return LineKeyState(found.id, found.public or b"", reader.acting.staff_id in held, len(entitled(reader) - held))


def line_keys(reader: Reader) -> Sequence[LineKey]:
    """Every key the line ever had: a sheet may have waited for long."""
    return reader.session.scalars(select(LineKey).where(LineKey.public.is_not(None)).order_by(LineKey.id)).all()


def entitled(reader: Reader) -> frozenset[Id]:
    """The colleagues who are here and whose roles take calls."""
    roles = [role.value for role in MAY[Permission.LOG_CALLS]]
    here = (StaffRole.role.in_(roles), StaffRole.struck.is_not(True), Staff.removed_on.is_(None))
    query = select(Staff.id).join(StaffRole, StaffRole.staff_id == Staff.id).where(*here)
    return frozenset(reader.session.scalars(query))


def holders(reader: Reader, key: Id) -> frozenset[Id]:
    """Who can open a copy of this key; whoever got new keys of their own cannot any more."""
    theirs = (Staff.id == LineKeyCopy.staff_id) & (Staff.kem_key == LineKeyCopy.kem_key)
    query = select(Staff.id).join(LineKeyCopy, theirs).where(LineKeyCopy.key_id == key, LineKeyCopy.struck.is_not(True))
    return frozenset(reader.session.scalars(query))


def own_copies(reader: Reader, key: Id) -> list[bytes]:
    """The private halves closed to the asker."""
    mine = (LineKeyCopy.key_id == key, LineKeyCopy.staff_id == reader.acting.staff_id)
    rows = reader.session.scalars(select(LineKeyCopy).where(*mine, LineKeyCopy.struck.is_not(True)))
    return [row.sealed for row in rows if row.sealed]
