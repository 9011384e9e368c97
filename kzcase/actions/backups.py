"""Backups: an encrypted copy under a key of its own, which counts only once it has been read back from the disk."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kzcase.actions.backup_files import (
    Described,
    backups_in,
    clear_left_over,
    copy_chunks,
    describe,
    name_of,
    remove,
    tag_of,
    unfinished,
)
from kzcase.actions.desk import Desk
from kzcase.actions.writing_anew import write_anew
from kzcase.db import erasure_register
from kzcase.db.backup import Extent, Progress, copy_findings, copy_store
from kzcase.db.backup_memory import Made, load_made, note_past, save_made, save_target
from kzcase.db.check_pages import page_findings
from kzcase.db.files import Folder
from kzcase.db.local_facts import fact
from kzcase.db.room import free_bytes, on_one_disk
from kzcase.db.sql import Sql
from kzcase.db.standing import seal_of, stored_mark, target_witness
from kzcase.db.tables.organisation import StaffRole
from kzcase.db.vault import named_chunks
from kzcase.db.witness import Mark, Seal
from kzcase.domain.backups import BackupRow, PastCopy, to_keep
from kzcase.domain.errors import (
    BackupDamaged,
    BackupInside,
    CasebookDamaged,
    DiskTrouble,
    NoStick,
    NotAFile,
    while_writing,
)
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Role
from kzcase.keys.changes import copy_with_new_key
from kzcase.keys.copies import store
from kzcase.keys.secret import StoreKey

_SPARE: Final = 1 << 20
_COPIED: Final = 50
_ATTACHED: Final = 60
_PROVED: Final = 90
ALL: Final = 100


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known before the copy begins."""

    target: Path
    tag: str
    number: int
    at: datetime
    seal: Seal
    administrators: frozenset[Id]

    @property
    def final(self) -> Path:
        return self.target / name_of(self.tag, self.number, self.at)


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def back_up(desk: Desk, target: Path, progress: Progress = no_progress) -> BackupRow:
    """Write a backup into a folder, read it back, give it its name, and let the rules take older ones away.

    `progress` may raise to stop it. Whatever happens before the end, earlier backups are untouched.
    """
    write_anew(desk.book, progress)  # a copy would hold what may still lie between the rows of old pages
    plan, key = _plan(desk, _usable(desk, target)), StoreKey.fresh()
    clear_left_over(plan.target, plan.tag)
    with unfinished(plan.final) as place:
        held, mark, missing = _copy(desk, plan, place, key, progress)
        _prove(desk, Folder(place), key, held, part_of(progress, _ATTACHED, _PROVED))
        described = describe(place, plan.tag, plan.number, plan.at, held, bytes(key.reveal()))
    row = BackupRow(str(plan.final), plan.number, plan.at, held.cases, held.operations, described.size, missing)
    witness = target_witness(plan.target, plan.seal)
    witness.begin()
    witness.note(mark)
    witness.flush()
    _remember(desk, plan, row, key)
    removed = _rotate(desk, plan)
    progress(ALL, ALL)
    return replace(row, removed=removed, same_disk=on_one_disk(desk.path, plan.target))


STICKS: Final = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where a desktop shows sticks and further disks."""


def on_absent_stick(target: Path) -> bool:
    """Whether a folder belongs to a stick by its place, and none is mounted there."""
    for folder in (target, *target.parents):
        if folder.is_mount():
            return False
        if folder in STICKS:
            return True
    return False


def _usable(desk: Desk, target: Path) -> Path:
    target, own = target.resolve(), desk.path.resolve()
    if target == own or own in target.parents:
        raise BackupInside(target.name)
    if target.exists() and not target.is_dir():
        raise NotAFile(target.name)
    if not target.exists() and on_absent_stick(target):
        raise NoStick(target.name, what=str(target))
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise while_writing(error, target.name) from error
    wanted = _size(desk.path)
    if free_bytes(target) < wanted + wanted // 20 + _SPARE:
        raise DiskTrouble(target.name, reason=os.strerror(errno.ENOSPC))
    return target


def _size(folder: Path) -> int:
    database, attachments = Folder(folder).database, Folder(folder).attachments
    files = [database, *(each for each in attachments.rglob("*") if each.is_file())]
    return sum(file.stat().st_size for file in files)


def _plan(desk: Desk, target: Path) -> _Plan:
    with desk.book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        tag = tag_of(desk.keys.keyfile.casebook_id, fact(sql, "incarnation"))
        made, seal = load_made(sql), seal_of(sql)
        query = select(StaffRole.staff_id).where(StaffRole.role == Role.ADMINISTRATOR, StaffRole.struck.is_not(True))
        administrators = frozenset(staff for staff in reader.session.scalars(query) if staff)
        now = reader.now
    before = max((one.number for one in backups_in(target, tag)), default=0)
    number = 1 + max(before, made.row.number if made else 0)
    return _Plan(target, tag, number, now, seal, administrators)


def _copy(desk: Desk, plan: _Plan, place: Path, key: StoreKey, progress: Progress) -> tuple[Extent, Mark, int]:
    """Database, attachments and key file, all as they are at one moment."""
    copy = Folder(place)
    copy.attachments.mkdir(parents=True, mode=0o700)
    place.chmod(0o700)
    copy.database.touch(mode=0o600)
    with desk.book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        mark, chunks = stored_mark(sql), named_chunks(sql)
        held = copy_store(sql, copy.database, bytes(key.reveal()), part_of(progress, 0, _COPIED))
    missing = copy_chunks(desk.path, place, chunks, part_of(progress, _COPIED, _ATTACHED))
    keys = desk.keys
    store(place, copy_with_new_key(keys.keyfile, keys.store_key, new=key, keep=plan.administrators))
    return held, mark, missing


def _prove(desk: Desk, copy: Folder, key: StoreKey, held: Extent, progress: Progress) -> None:
    """The copy is read from the disk. What is wrong with it may be wrong with the casebook itself."""
    found = copy_findings(copy, bytes(key.reveal()), held, progress)
    if not found:
        return
    if any(page_findings(Folder(desk.path).database, bytes(desk.keys.store_key.reveal()))):
        raise CasebookDamaged(part=Folder(desk.path).database.name)
    raise BackupDamaged(part=found[0].what)


def _remember(desk: Desk, plan: _Plan, row: BackupRow, key: StoreKey) -> None:
    with desk.book.local() as session:
        sql = Sql.of(session.connection())
        save_target(sql, str(plan.target))
        save_made(sql, Made(row, bytes(key.reveal())))
        erasure_register.note(sql)


def _rotate(desk: Desk, plan: _Plan) -> tuple[str, ...]:
    """Take away what newer backups pushed out; only those of this casebook on this laptop, and never by age alone."""
    found = backups_in(plan.target, plan.tag)
    kept = to_keep([one.taken for one in found])
    return take_away(desk, [one for one in found if one.number not in kept])


def take_away(desk: Desk, going: Sequence[Described]) -> tuple[str, ...]:
    """Destroy backups and remember it; their names. One that a stick does not let go of is not among them."""
    gone = []
    for one in going:
        remove(one.path)
        if not one.path.exists():
            gone.append(one)
    now = desk.book.now()
    with desk.book.local() as session:
        lines = (PastCopy("removed", now, one.number, True, path=str(one.path)) for one in gone)
        note_past(Sql.of(session.connection()), *lines)
    return tuple(one.path.name for one in gone)


def part_of(progress: Progress, start: int, end: int) -> Progress:
    """The progress of one part, as part of the whole."""
    return lambda done, total: progress(start + (end - start) * done // max(total, 1), ALL)
