"""The key of the read log: who holds a copy they can open, and who should have one but does not yet."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import AuditKeyCopy, Staff
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission
from kzcase.queries.freezes import frozen_staff, here_with


def log_key_holders(reader: Reader) -> frozenset[Id]:
    """Supervisors and auditors who are here and can open the read log."""
    live = select(AuditKeyCopy.staff_id, AuditKeyCopy.kem_key, Staff.kem_key).join(
        Staff, Staff.id == AuditKeyCopy.staff_id
    )
    rows = reader.session.execute(live.where(AuditKeyCopy.struck.is_not(True), AuditKeyCopy.sealed.is_not(None)))
    copies = {staff for staff, closed_to, kem in rows if closed_to is None or closed_to == kem}
    return _readers(reader) & copies


def without_log_key(reader: Reader) -> frozenset[Id]:
    """Supervisors and auditors who are here and cannot open the read log yet."""
    return _readers(reader) - log_key_holders(reader) - frozen_staff(reader)


def who_hands_on(reader: Reader) -> tuple[str, ...]:
    """Whose next opening of the casebook hands the key on, by name; nobody: two recovery shares do."""
    able = log_key_holders(reader) - frozen_staff(reader)
    names = reader.session.scalars(select(Staff.name).where(Staff.id.in_(able)).order_by(Staff.name))
    return tuple(name or "" for name in names)


def _readers(reader: Reader) -> frozenset[Id]:
    return here_with(reader, MAY[Permission.READ_LOG])
