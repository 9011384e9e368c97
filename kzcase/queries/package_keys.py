"""Our keys for packages: which there are, who holds which, and the card that partners get."""

from collections.abc import Mapping

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import Staff, StaffRole
from kzcase.db.tables.referrals import PackageKey, PackageKeyCopy
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission


def package_keys(reader: Reader) -> list[PackageKey]:
    """Our keys, the latest first: partners may still close packages to older ones."""
    query = select(PackageKey).where(PackageKey.struck.is_not(True), PackageKey.public.is_not(None))
    return sorted(reader.session.scalars(query), key=lambda row: (str(row.made_on or ""), row.id), reverse=True)


def own_package_key(reader: Reader) -> bytes:
    """The public half that is on our key card now; empty where none was made."""
    return next((row.public for row in package_keys(reader) if row.public), b"")


def copies_of(reader: Reader, staff_id: Id) -> Mapping[Id, list[bytes]]:
    """key → what was closed to one colleague."""
    found: dict[Id, list[bytes]] = {}
    query = select(PackageKeyCopy).where(PackageKeyCopy.staff_id == staff_id, PackageKeyCopy.struck.is_not(True))
    for row in reader.session.scalars(query):
        if row.key_id and row.sealed:
            found.setdefault(row.key_id, []).append(row.sealed)
    return found


def who_may_open(reader: Reader) -> frozenset[Id]:
    """The colleagues here who may refer: keys are closed to them."""
    roles = {role.value for role in MAY[Permission.REFER]}
    query = select(StaffRole.staff_id).where(StaffRole.role.in_(roles), StaffRole.struck.is_not(True))
    here = select(Staff.id).where(Staff.removed_on.is_(None), Staff.struck.is_not(True), Staff.kem_key.is_not(None))
    entitled = {each for each in reader.session.scalars(query) if each}
    return frozenset(entitled & set(reader.session.scalars(here)))


def holders_of(reader: Reader) -> Mapping[Id, frozenset[Id]]:
    """key → colleagues who have a copy closed to the keys they have now."""
    kem = dict(reader.session.execute(select(Staff.id, Staff.kem_key)).all())
    found: dict[Id, set[Id]] = {}
    for row in reader.session.scalars(select(PackageKeyCopy).where(PackageKeyCopy.struck.is_not(True))):
        if row.key_id and row.staff_id and row.kem_key == kem.get(row.staff_id):
            found.setdefault(row.key_id, set()).add(row.staff_id)
    return {key: frozenset(staff) for key, staff in found.items()}


def lacking_our_keys(reader: Reader) -> int:
    """How many colleagues could open packages for us, had they a copy of the keys the asker holds."""
    held, holders = copies_of(reader, reader.acting.staff_id), holders_of(reader)
    keys = [row.id for row in package_keys(reader) if row.id in held]
    return len(frozenset().union(*(who_may_open(reader) - holders.get(key, frozenset()) for key in keys)))
