"""Restoring: a casebook out of a backup, which is only read; what comes out is compared, and is a new device."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kzcase.actions.backup_files import Described, copy_file, the_backup, unfinished
from kzcase.actions.backups import ALL, no_progress, part_of
from kzcase.actions.devices import certify_this_laptop
from kzcase.actions.erased_before import adopt, erase_again
from kzcase.db.backup import Extent, Progress, copy_closed_store, extent
from kzcase.db.backup_memory import forget_all
from kzcase.db.casebook import Casebook, Clock, Opening, utc_now
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.files import Folder, made
from kzcase.db.sql import Sql
from kzcase.db.standing import become_new_device
from kzcase.db.troubles import in_words
from kzcase.domain.errors import AlreadyThere, BackupDamaged, BackupInside, NotAFile, NotYourSlot, while_reading
from kzcase.domain.standing import Standing, Why
from kzcase.keys.changes import copy_with_new_key, holders
from kzcase.keys.copies import load, store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.identity import Identity
from kzcase.keys.keyfile import open_with_passphrase
from kzcase.keys.layout import KeyFile
from kzcase.keys.recovery import open_with_shares
from kzcase.keys.secret import StoreKey
from kzcase.keys.shares import Share

_COPIED: Final = 70
_ATTACHED: Final = 80


@dataclass(frozen=True, slots=True)
class Restored:
    """A casebook that was made out of a backup: which moment it shows, how much it holds, its new device code.

    `missing`: pieces of attachments that the backup no longer had whole.
    """

    path: str
    backup: str
    taken_at: datetime
    cases: int
    operations: int
    device: str
    missing: int


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """What opened a backup: a person's passphrase, or two shares, and then nobody in particular."""

    store_key: StoreKey
    keyfile: KeyFile
    identity: Identity | None = None

    def wipe(self) -> None:
        """Forget them."""
        self.store_key.wipe()
        if self.identity is not None:
            self.identity.wipe()


def open_backup(
    backup: Described, passphrase: str, *, as_name: str | None = None, floor: Parameters = FLOOR
) -> BackupKeys:
    """By an administrator's passphrase of the day the backup was made. The backup is only read."""
    opened = open_with_passphrase(load(backup.path, floor), passphrase)
    if as_name is not None and opened.identity.name != as_name:
        opened.wipe()
        raise NotYourSlot
    return BackupKeys(opened.store_key, opened.keyfile, opened.identity)


def open_backup_with_shares(backup: Described, one: Share, other: Share, *, floor: Parameters = FLOOR) -> BackupKeys:
    """By two recovery shares."""
    recovered = open_with_shares(load(backup.path, floor), one, other)
    recovered.recovery.wipe()
    recovered.root.wipe()
    return BackupKeys(recovered.store_key, recovered.keyfile)


def ensure_new(backup: Path, casebook: Path) -> None:
    """Nothing is overwritten, and nothing is put into the backup."""
    if not casebook.name:
        raise NotAFile(place="CASEBOOK")
    if casebook.exists() and (not casebook.is_dir() or any(casebook.iterdir())):
        raise AlreadyThere(casebook.name)
    if (casebook.resolve() == backup.resolve()) or backup.resolve() in casebook.resolve().parents:
        raise BackupInside(casebook.name)


def restore(
    place: Path, casebook: Path, keys: BackupKeys, progress: Progress = no_progress, clock: Clock = utc_now
) -> Restored:
    """Make a casebook out of a backup, under a key and with a device identity of its own."""
    backup = the_backup(place)
    ensure_new(backup.path, casebook)
    with unfinished(casebook) as unfinished_place:
        new = StoreKey.fresh()
        held, missing = restored_store(backup, keys.store_key, unfinished_place, new, clock(), progress)
        everybody = [holder.staff_id for holder in holders(keys.keyfile, keys.store_key)]
        store(unfinished_place, copy_with_new_key(keys.keyfile, keys.store_key, new=new, keep=everybody))
    adopt(backup.path.parent)
    device = _settle(casebook, keys, new, clock)
    new.wipe()
    progress(ALL, ALL)
    return Restored(
        str(casebook), str(backup.path), backup.taken_at, held.cases, held.operations, device, missing
    )  # fmt: skip


def _settle(casebook: Path, keys: BackupKeys, key: StoreKey, clock: Clock) -> str:
    """The code of the new device; entered in the journal where the person may."""
    if keys.identity is None:
        with in_words(), closing(connect(Folder(casebook).database, bytes(key.reveal()), writable=False)) as connection:
            code: bytes = Sql(connection).value("SELECT value FROM local_facts WHERE name = 'code'")
        return code.decode()
    with Casebook.open(casebook, Opening(key.reveal(), keys.identity, clock)) as book:
        certify_this_laptop(book)
        erase_again(book)
        return book.facts.code


def restored_store(
    backup: Described, key: StoreKey, place: Path, new: StoreKey, now: datetime, progress: Progress
) -> tuple[Extent, int]:
    """Database and attachments of a casebook out of a backup, compared with what went in; what it holds."""
    damaged = set(backup.damaged_files())
    if backup.folder.database.name in damaged:
        raise BackupDamaged(backup.path.name, part=backup.folder.database.name)
    expected, folder = backup.holds(bytes(key.reveal())), made(place)
    _copy_database(backup, key, folder, new, expected, part_of(progress, 0, _COPIED))
    with in_words(), closing(connect(folder.database, bytes(new.reveal()))) as connection:
        sql = Sql(connection)
        become_new_device(sql, Standing(Why.RESTORED, now, backup.taken_at, 0, expected.releases))
        forget_all(sql)
    progress(_COPIED, ALL)
    whole = _copy_attachments(backup, folder, damaged)
    progress(_ATTACHED, ALL)
    report = check_files(place, bytes(new.reveal()), progress=part_of(progress, _ATTACHED, ALL))
    found = [one for one in report.findings if one.check != "attachments"]
    if found:
        raise BackupDamaged(backup.path.name, part=found[0].what)
    named = [name for name in backup.files if name.startswith("attachments/")]
    return expected, len(named) - whole


def _copy_database(
    backup: Described, key: StoreKey, folder: Folder, new: StoreKey, expected: Extent, progress: Progress
) -> None:
    """Through a copy of the file: opening the backup itself would write beside it."""
    raw = folder.path / "from-backup.db"
    try:
        copy_file(backup.folder.database, raw)
        copy_closed_store(raw, bytes(key.reveal()), folder.database, bytes(new.reveal()), progress)
    except OSError as error:
        raise while_reading(error, backup.path.name) from error
    finally:
        for leftover in (raw, raw.with_name(f"{raw.name}-wal"), raw.with_name(f"{raw.name}-shm")):
            leftover.unlink(missing_ok=True)
    with in_words(), closing(connect(folder.database, bytes(new.reveal()), writable=False)) as connection:
        different = extent(Sql(connection)).differences(expected)
    if different:
        raise BackupDamaged(backup.path.name, part=different[0])


def _copy_attachments(backup: Described, folder: Folder, damaged: Iterable[str]) -> int:
    """Those that are whole; how many these were."""
    whole = [name for name in backup.files if name.startswith("attachments/") and name not in damaged]
    for name in whole:
        copy_file(backup.path / name, folder.attachments / Path(name).name)
    return len(whole)


def clear(place: Path) -> None:
    """Take away a store that was restored only to try."""
    shutil.rmtree(place, ignore_errors=True)
