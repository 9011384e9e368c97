"""Frozen access: whose is closed for now, which laptops were lost, and who could open it again."""

from collections.abc import Collection

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import Freeze, Revocation, Staff, StaffRole
from kzcase.db.tables.registers import Incident
from kzcase.domain.ids import Id
from kzcase.domain.incidents import CLOSED, LOST_LAPTOP
from kzcase.domain.permissions import Role

OPEN = "open"
"""Anything but a clear “open” keeps access frozen, a word of a newer version included."""


def freezes_of(reader: Reader, staff: Id | None = None) -> list[Freeze]:
    """The freezes that hold now, of one colleague or of all."""
    query = select(Freeze).where(Freeze.state.is_distinct_from(OPEN), Freeze.struck.is_not(True))
    found = reader.session.scalars(
        (query if staff is None else query.where(Freeze.staff_id == staff)).order_by(Freeze.id)
    )
    return list(found)


def frozen_staff(reader: Reader) -> frozenset[Id]:
    """The colleagues whose access is frozen."""
    return frozenset(row.staff_id for row in freezes_of(reader) if row.staff_id)


def here_with(reader: Reader, roles: Collection[Role]) -> frozenset[Id]:
    """The colleagues who work here and hold one of these roles."""
    held = (StaffRole.role.in_([role.value for role in roles]), StaffRole.struck.is_not(True))
    query = select(Staff.id).join(StaffRole, StaffRole.staff_id == Staff.id)
    return frozenset(reader.session.scalars(query.where(*held, Staff.removed_on.is_(None))))


def lost_laptops(reader: Reader) -> frozenset[Id]:
    """The laptops that open incidents call lost."""
    lost = (Incident.kind == LOST_LAPTOP, Incident.state.is_distinct_from(CLOSED), Incident.struck.is_not(True))
    query = select(Incident.device_id).where(*lost, Incident.device_id.is_not(None))
    return frozenset(device for device in reader.session.scalars(query) if device)


def stopped_on(reader: Reader, device: Id) -> frozenset[Id]:
    """The colleagues whose later acts on a laptop do not count."""
    query = select(Revocation.staff_id).where(Revocation.incarnation == device, Revocation.struck.is_not(True))
    return frozenset(staff for staff in reader.session.scalars(query) if staff)


def laptop_is_frozen(reader: Reader, device: Id) -> bool:
    """Whether nothing written on a laptop counts from a known point on, by whomever who works here."""
    here = frozenset(reader.session.scalars(select(Staff.id).where(Staff.removed_on.is_(None))))
    return bool(here) and here <= stopped_on(reader, device)


def kem_keys(reader: Reader) -> dict[Id, bytes]:
    """The public keys to which the store key is sealed."""
    return {one.id: one.kem_key for one in reader.session.query(Staff) if one.kem_key}
