"""The desk: a casebook opened by one person with their passphrase, or founded by its first administrator."""

from dataclasses import dataclass, replace
from pathlib import Path

from kzcase.db.casebook import FOUNDING, Casebook, Clock, Opening, utc_now
from kzcase.db.files import existing
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import AuditKeyCopy, Device, Organisation, Staff, StaffRole
from kzcase.domain.errors import CasebookDamaged, NotYourSlot
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.journal.acts import founding_tag
from kzcase.keys.copies import store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.identity import Identity, OpeningKey, seal_to
from kzcase.keys.keyfile import Created, Opened, create, unlock
from kzcase.keys.layout import KeyFile
from kzcase.keys.secret import Secret

FOUNDER_ROLES = (Role.ADMINISTRATOR, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR)


@dataclass(slots=True)
class Desk:
    """An open casebook and what the passphrase opened."""

    path: Path
    book: Casebook
    keys: Opened

    def replace_keyfile(self, keyfile: KeyFile) -> None:
        """The key file as it is on disk now."""
        self.keys = replace(self.keys, keyfile=keyfile)

    def close(self) -> None:
        """Lock: close the files and wipe the keys."""
        self.book.close()
        self.keys.wipe()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class FoundCasebook:
    """A new organisation with its first administrator."""

    organisation: str
    administrator: str
    demonstration: bool = False


def open_desk(
    path: Path, passphrase: str, *, as_name: str | None = None, clock: Clock = utc_now, floor: Parameters = FLOOR
) -> Desk:
    """Open a casebook. `as_name` must be the person whose slot the passphrase opens."""
    existing(path)
    keys = unlock(path, passphrase, floor)
    if as_name is not None and keys.identity.name != as_name:
        keys.wipe()
        raise NotYourSlot
    try:
        book = Casebook.open(path, Opening(bytes(keys.store_key.reveal()), keys.identity, clock))
    except BaseException:
        keys.wipe()
        raise
    if book.facts.root_key != keys.root_public:  # a slot remembers whose casebook it belongs to
        book.close()
        keys.wipe()
        raise CasebookDamaged(part=path.name)
    return Desk(path, book, keys)


def found_casebook(
    path: Path,
    wish: FoundCasebook,
    passphrase: str,
    *,
    clock: Clock = utc_now,
    parameters: Parameters | None = None,
    floor: Parameters = FLOOR,
) -> tuple[Casebook, Created]:
    """A new casebook; its recovery shares are in `Created` this once."""
    created = create(
        passphrase,
        new_id(),
        wish.administrator,
        organisation=wish.organisation,
        parameters=parameters,
        floor=floor,
    )
    identity, root = created.identity, created.root.public_sign
    tag = founding_tag(identity.public_sign, root)
    book = Casebook.create(path, Opening(bytes(created.store_key.reveal()), identity, clock), tag)
    store(path, created.keyfile)
    audit = OpeningKey(Secret.fresh())
    with book.write(FOUNDING) as act:
        act.add(
            Organisation(
                id=tag,
                name=wish.organisation,
                root_key=root,
                audit_key=audit.public_kem,
                office_id=new_id(),
                demonstration=wish.demonstration,
            )
        )
        add_staff_rows(act, identity, FOUNDER_ROLES)
        add_audit_copy(act, identity, bytes(audit.secret.reveal()))
        act.add(Device(id=book.facts.incarnation, code=book.facts.code, certified_on=act.today))
    audit.wipe()
    return book, created


def audit_purpose(act: Act) -> bytes:
    """What a copy of the audit key is sealed for."""
    return b"kzcase audit key 1" + act.organisation


def add_audit_copy(act: Act, reader: Identity, key: bytes) -> None:
    """Give somebody who may read the read log their copy of its key."""
    act.add(AuditKeyCopy(staff_id=reader.staff_id, sealed=seal_to(reader.public_kem, audit_purpose(act), key)))


def add_staff_rows(act: Act, identity: Identity, roles: tuple[Role, ...]) -> Staff:
    """A colleague's row with their public keys, and one row for each role."""
    colleague = act.add(
        Staff(
            id=identity.staff_id,
            name=identity.name,
            sign_key=identity.public_sign,
            kem_key=identity.public_kem,
            added_on=act.today,
        )
    )
    for role in dict.fromkeys(roles):
        act.add(StaffRole(staff_id=colleague.id, role=role.value))
    return colleague
