"""Salvaging: a casebook that can no longer be read whole is built anew, from its journal and from a backup."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzcase.actions.backup_files import copy_chunks, the_backup, unfinished
from kzcase.actions.backups import ALL, no_progress, part_of
from kzcase.actions.devices import certify_this_laptop
from kzcase.actions.restoring import ensure_new, open_backup, restored_store
from kzcase.db.backup import Progress
from kzcase.db.casebook import Casebook, Clock, Opening, utc_now
from kzcase.db.check import check_files
from kzcase.db.files import Folder, Lock, existing
from kzcase.db.salvage import Salvaged, salvage
from kzcase.db.sql import Sql
from kzcase.db.standing import save_standing
from kzcase.domain.errors import CasebookDamaged, NotYourSlot, TooLittleLeft
from kzcase.domain.standing import Standing, Why
from kzcase.keys.changes import copy_with_new_key, holders
from kzcase.keys.copies import store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.keyfile import Opened, unlock
from kzcase.keys.secret import StoreKey

_READ: Final = 30
_BEGUN: Final = 50


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came over: acts and cases; holes in the old store, attachments not whole, findings of a check."""

    path: str
    acts: int
    cases: int
    holes: int
    missing: int
    from_backup: bool
    findings: int


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What the steps have in common: from where to where, what was read, and under which keys."""

    damaged: Path
    place: Path
    read: Salvaged
    keys: Opened
    key: StoreKey
    clock: Clock

    @property
    def opening(self) -> Opening:
        return Opening(self.key.reveal(), self.keys.identity, self.clock)


def rescue(
    damaged: Path,
    new: Path,
    passphrase: str,
    *,
    backup: Path | None = None,
    as_name: str | None = None,
    progress: Progress = no_progress,
    clock: Clock = utc_now,
    floor: Parameters = FLOOR,
) -> Rescued:
    """Build a new casebook from what can be read of a damaged one, which stays as it is.

    With a backup its acts come first; what the damaged casebook has beyond them is laid over it. Whoever could open
    the damaged one can open the new one. Every act is judged again by its signature, as if it came from elsewhere.
    """
    with ExitStack() as end:
        lock = Lock(existing(damaged))
        lock.take()
        end.callback(lock.release)
        ensure_new(damaged, new)
        keys = unlock(damaged, passphrase, floor)
        end.callback(keys.wipe)
        if as_name is not None and keys.identity.name != as_name:
            raise NotYourSlot
        read = _read(damaged, keys, alone=backup is None)
        progress(_READ, ALL)
        with unfinished(new) as place:
            work = _Work(damaged, place, read, keys, StoreKey.fresh(), clock)
            _begin(work, backup, passphrase, floor)
            progress(_BEGUN, ALL)
            return _brought_over(work, new, backup is not None, part_of(progress, _BEGUN, ALL))


def _read(damaged: Path, keys: Opened, *, alone: bool) -> Salvaged:
    """What can be read; nothing at all is enough where there is a backup to begin with."""
    try:
        return salvage(Folder(damaged).database, bytes(keys.store_key.reveal()))
    except CasebookDamaged as error:
        if alone:
            raise TooLittleLeft from error
        return Salvaged(b"", (), (), (), 1)


def _begin(work: _Work, backup: Path | None, passphrase: str, floor: Parameters) -> None:
    """An empty casebook of the same organisation, or the one in the backup; opened by the same people as before."""
    if backup is None:
        Casebook.create(work.place, work.opening, work.read.organisation).close()
    else:
        found = the_backup(backup)
        opened = open_backup(found, passphrase, floor=floor)
        restored_store(found, opened.store_key, work.place, work.key, work.clock(), no_progress)
        opened.wipe()
    keyfile, store_key = work.keys.keyfile, work.keys.store_key
    everybody = [holder.staff_id for holder in holders(keyfile, store_key)]
    store(work.place, copy_with_new_key(keyfile, store_key, new=work.key, keep=everybody))


def _brought_over(work: _Work, new: Path, from_backup: bool, progress: Progress) -> Rescued:
    missing = copy_chunks(work.damaged, work.place, work.read.chunks, no_progress)
    with Casebook.open(work.place, work.opening) as book:
        book.take_in(work.read.parts, work.read.keys)
        if book.facts.root_key != work.keys.root_public:
            raise TooLittleLeft(work.damaged.name)
        before = book.standing
        book.standing = Standing(Why.SALVAGED, work.clock(), releases=before.releases if before else 0)
        with book.local() as session:
            save_standing(Sql.of(session.connection()), book.standing)
        certify_this_laptop(book)
        with book.read("long") as reader:
            acts = reader.number("SELECT count(*) FROM acts")
            cases = reader.number("SELECT count(*) FROM cases WHERE struck IS NOT 1")
    report = check_files(work.place, bytes(work.key.reveal()), deep=True, progress=progress)
    return Rescued(str(new), acts, cases, work.read.holes, missing, from_backup, len(report.findings))
