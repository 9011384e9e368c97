"""The key file follows the journal: whoever left loses their slot, the store key is changed, newer shares count."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from kzcase.db import engine
from kzcase.db.drafts import forget
from kzcase.db.files import Folder
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.local import Draft
from kzcase.db.tables.organisation import ShareIssue, Staff
from kzcase.db.troubles import in_words
from kzcase.domain.errors import AccessFrozen, DiskTrouble, NoLongerHere
from kzcase.domain.ids import Id
from kzcase.keys.changes import frozen_kem, holders, rotate_store_key, stage_store_key, unfreeze
from kzcase.keys.copies import store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.keyfile import Opened, unlock
from kzcase.keys.layout import WRAP_BYTES, KeyFile
from kzcase.keys.recovery import adopt_wraps
from kzcase.keys.secret import StoreKey
from kzcase.queries.freezes import frozen_staff, kem_keys

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

Wraps = tuple[bytes, ...]


def unlocked(path: Path, passphrase: str, floor: Parameters = FLOOR) -> Opened:
    """What a passphrase opens, with a change of store key brought to its end if one was interrupted.

    Only for whoever holds the casebook's lock: it may re-encrypt the database.
    """
    keys = unlock(path, passphrase, floor)
    if keys.staged_key is not None:
        with suppress(DiskTrouble):  # it is tried again at the next opening
            keyfile = settled(path, keys.keyfile, keys.store_key, keys.staged_key)
            return replace(keys, keyfile=keyfile, store_key=keys.staged_key, staged_key=None)
    return keys


def settled(path: Path, keyfile: KeyFile, store_key: StoreKey, staged: StoreKey) -> KeyFile:
    """Go on where a change of store key stopped: the key file with the staged key alone, which is in force now."""
    database, old, new = Folder(path).database, bytes(store_key.reveal()), bytes(staged.reveal())
    with in_words():
        if engine.key_in_force(database, (new, old)) == old:
            engine.rekey(database, old, new)
    rotated = rotate_store_key(keyfile, store_key, staged)
    with suppress(DiskTrouble):
        store(path, rotated)
    return rotated


def follow_journal(desk: "Desk") -> None:
    """Bring the key file to what the journal says; done at each opening, and right after the acts it follows from.

    `NoLongerHere` when it is the person at the desk who was removed, `AccessFrozen` when theirs is frozen.
    `DiskTrouble` leaves the rest for later.
    """
    with desk.book.read() as reader:
        said = _said(reader)
    try:
        _follow(desk, said)
    finally:
        if desk.keys.identity.staff_id in said.left:  # also where the disk refused to take their slot away
            raise NoLongerHere
        if desk.keys.identity.staff_id in said.frozen:
            raise AccessFrozen


def change_store_key(desk: "Desk", *, leaving: Collection[Id] = (), frozen: Collection[Id] = ()) -> None:
    """A new store key for everybody but those who leave, and those whose access is frozen.

    Both keys stand in the key file until the database is under the new one, so a kill at any moment leaves a casebook
    that everybody who stays can open; the next opening goes on from there.
    """
    old, new = desk.keys.store_key, StoreKey.fresh()
    _keep(desk, stage_store_key(desk.keys.keyfile, old, new, leaving=leaving, frozen=frozen))
    desk.keys = replace(desk.keys, staged_key=new)
    desk.book.rekey(bytes(new.reveal()))
    rotated = rotate_store_key(desk.keys.keyfile, old, new)
    desk.keys = replace(desk.keys, keyfile=rotated, store_key=new, staged_key=None)
    store(desk.path, rotated)
    old.wipe()


@dataclass(frozen=True, slots=True)
class _Said:
    """What the journal says about the key file: who left, who is frozen, everybody's public key, and all wraps issued.

    `drafts`: those whose drafts nobody will read.
    """

    left: frozenset[Id]
    frozen: frozenset[Id]
    kems: Mapping[Id, bytes]
    drafts: frozenset[Id]
    wraps: tuple[Wraps, ...]

    def newer_than(self, current: Wraps) -> Wraps | None:
        """The latest wraps, where the key file has an earlier issue.

        A key file whose wraps the journal does not know is ahead of it: an older database must not bring back
        shares that were replaced.
        """
        return self.wraps[-1] if current in self.wraps[:-1] else None


def _follow(desk: "Desk", said: _Said) -> None:
    if desk.keys.staged_key is None:
        _let_go(desk, said)
        _let_in_again(desk, said)
        newer = said.newer_than(desk.keys.keyfile.recovery_wraps)
        if newer is not None:
            _keep(desk, adopt_wraps(desk.keys.keyfile, desk.keys.store_key, newer))
    if said.drafts:
        with desk.book.local() as session:  # shown to their owner alone, so nobody could ever finish them
            owned = session.scalars(select(Draft.id).where(Draft.staff_id.in_(said.drafts)))
            forget(Sql.of(session.connection()), list(owned))


def _said(reader: Reader) -> _Said:
    left = frozenset(reader.session.scalars(select(Staff.id).where(Staff.removed_on.is_not(None))))
    owners = frozenset(reader.session.scalars(select(Draft.staff_id).distinct()))
    issues = select(ShareIssue.wraps).where(ShareIssue.wraps.is_not(None)).order_by(ShareIssue.number, ShareIssue.id)
    frozen, kems = frozen_staff(reader), kem_keys(reader)
    return _Said(
        left, frozen, kems, owners & left, tuple(_pieces(wraps or b"") for wraps in reader.session.scalars(issues))
    )


def _pieces(wraps: bytes) -> Wraps:
    return tuple(wraps[at : at + WRAP_BYTES] for at in range(0, len(wraps), WRAP_BYTES))


def _let_go(desk: "Desk", said: _Said) -> None:
    slots = {holder.staff_id for holder in holders(desk.keys.keyfile, desk.keys.store_key)}
    closed = _closed(desk)
    leaving, frozen = slots & said.left, (slots & said.frozen) - said.left
    if (leaving or frozen - closed) and slots - leaving - frozen:
        change_store_key(desk, leaving=leaving, frozen=frozen)  # the last slot stays: who else could say what is inside


def _let_in_again(desk: "Desk", said: _Said) -> None:
    again = {one: said.kems[one] for one in _closed(desk) - said.frozen if one in said.kems}
    if again:
        _keep(desk, unfreeze(desk.keys.keyfile, desk.keys.store_key, again))


def _closed(desk: "Desk") -> frozenset[Id]:
    """Whose slots open nothing."""
    keyfile = desk.keys.keyfile
    every = holders(keyfile, desk.keys.store_key)
    return frozenset(one.staff_id for one in every if one.public_kem == frozen_kem(keyfile, one.staff_id))


def _keep(desk: "Desk", keyfile: KeyFile) -> None:
    store(desk.path, keyfile)
    desk.replace_keyfile(keyfile)
