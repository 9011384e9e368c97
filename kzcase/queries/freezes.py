"""Frozen access: whose is closed for now, which laptops were lost, and who could open it again."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import Freeze, Revocation, Staff, StaffRole
from kzcase.db.tables.registers import Incident
from kzcase.domain.ids import Id, new_id
from kzcase.domain.incidents import CLOSED, LOST_LAPTOP
from kzcase.domain.permissions import Role
from kzcase.journal.acts import decode_header
from kzcase.journal.heads import decode
from kzcase.journal.parts import rows_in

OPEN = "open"
"""Anything but a clear “open” keeps access frozen, a word of a newer version included."""
NEEDED: Final = (Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Whose agreement opens a frozen access: one act by each, signed with the right that role gave its author."""
_WHOSE: Final = 8
"""Bytes: a freeze's id begins as its colleague's, so that nobody can turn it into somebody else's."""
_AGREEMENTS: Final = text(
    "SELECT a.header, a.signature, p.content FROM acts a JOIN parts p ON p.act_id = a.id"
    " WHERE a.kind = 'access.unfrozen'"
    " AND a.id NOT IN (SELECT act_id FROM waiting UNION SELECT act_id FROM quarantine)"
)
_ROLES: Final = text(
    "SELECT r.role, h.heads FROM staff_roles r JOIN heads h ON h.entity = 'staff_roles' AND h.id = r.id"
)


def freezes_of(reader: Reader, staff: Id | None = None) -> list[Freeze]:
    """The freezes that hold now, of one colleague or of all.

    What a row says is not enough: whoever may freeze could write “open” into it by hand. It is open where the journal
    holds an act of agreement by each of the two roles, neither by the colleague concerned. A row cannot be struck.
    """
    rows = list(reader.session.scalars(select(Freeze).order_by(Freeze.id)))
    said_open = [row for row in rows if row.state == OPEN]
    agreed = agreements(reader) if said_open else {}
    opened = {row.id for row in said_open if set(NEEDED) <= _agreed_to(row, agreed)}
    return [row for row in rows if row.id not in opened and (staff is None or staff in whose(reader, row))]


def agreements(reader: Reader) -> dict[Id, dict[Id, set[Role]]]:
    """For each freeze who agreed to opening it, and by which roles: read off acts that count, and what they name."""
    roles = {}
    for role, encoded in reader.session.execute(_ROLES):
        heads = decode(encoded).fields.get("role")
        roles.update(dict.fromkeys(heads.dots if heads else (), role))
    found: dict[Id, dict[Id, set[Role]]] = {}
    for header, signature, content in reader.session.execute(_AGREEMENTS):
        said = decode_header(header, signature)
        role = roles.get(said.authority) or ""
        for entity, row_id in rows_in(content) if role in set(NEEDED) else ():
            if entity == Freeze.__tablename__:
                found.setdefault(row_id, {}).setdefault(said.author, set()).add(Role(role))
    return found


def _agreed_to(row: Freeze, agreed: Mapping[Id, Mapping[Id, set[Role]]]) -> set[Role]:
    """The roles that agreed to opening this freeze; the colleague's own word does not count."""
    others = (roles for author, roles in agreed.get(row.id, {}).items() if author[:_WHOSE] != row.id[:_WHOSE])
    return set[Role]().union(*others)


def agreed_by_roles(reader: Reader, row: Freeze) -> set[Role]:
    """The roles that have agreed to opening this freeze so far."""
    return _agreed_to(row, agreements(reader))


def whose(reader: Reader, row: Freeze) -> frozenset[Id]:
    """Whose access it closes: the one its id begins as; where nobody's does, the one it names."""
    everybody = reader.session.scalars(select(Staff.id))
    return frozenset(one for one in everybody if one[:_WHOSE] == row.id[:_WHOSE]) or frozenset(
        {row.staff_id} - {None}  # type: ignore[arg-type]
    )


def freeze_id(staff: Id) -> Id:
    """The id of a new freeze of this colleague."""
    return staff[:_WHOSE] + new_id()[_WHOSE:]


def frozen_staff(reader: Reader) -> frozenset[Id]:
    """The colleagues whose access is frozen."""
    return frozenset(one for row in freezes_of(reader) for one in whose(reader, row))


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
