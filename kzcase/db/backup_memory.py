"""What a laptop remembers of its backups: where they go, the last verified one, restore tried and check made."""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Final

import cbor2

from kzcase.db.local_facts import fact, put_fact
from kzcase.db.sql import Sql
from kzcase.db.standing import BACKUP_TARGET
from kzcase.domain.backups import BackupRow, Drill, PastCopy, SelfCheck

_MADE: Final = "last_backup"
_DRILL: Final = "last_drill"
_CHECK: Final = "last_check"
_PAST: Final = "copies_past"
LONGEST: Final = 1_000
"""So many lines are remembered: about two years of a backup a day and what became of it."""


@dataclass(frozen=True, slots=True)
class Made:
    """The last verified backup, and the key of its store: with it a restore is tried without anybody's passphrase."""

    row: BackupRow
    key: bytes


def target_of(sql: Sql) -> str | None:
    """The folder backups go to."""
    return fact(sql, BACKUP_TARGET).decode(errors="surrogateescape") or None


def save_target(sql: Sql, target: str) -> None:
    """Another folder from now on."""
    put_fact(sql, BACKUP_TARGET, target.encode(errors="surrogateescape"))


def load_made(sql: Sql) -> Made | None:
    """The last verified backup, if there was one."""
    stored = fact(sql, _MADE)
    if not stored:
        return None
    key, path, number, at, *counts = cbor2.loads(stored)
    return Made(BackupRow(path, number, datetime.fromisoformat(at), *counts), key)


def save_made(sql: Sql, made: Made) -> None:
    """Remember a backup that was verified."""
    row = made.row
    fields = [row.path, row.number, row.taken_at.isoformat(), row.cases, row.operations, row.size, row.missing]
    put_fact(sql, _MADE, cbor2.dumps([made.key, *fields]))
    note_past(sql, PastCopy("backup", row.taken_at, row.number, not row.missing, row.cases, row.path))


def load_drill(sql: Sql) -> Drill | None:
    """The last restore that was tried, if there was one."""
    stored = fact(sql, _DRILL)
    if not stored:
        return None
    at, *rest = cbor2.loads(stored)
    return Drill(datetime.fromisoformat(at), *rest)


def save_drill(sql: Sql, drill: Drill) -> None:
    """Remember how trying to restore went."""
    at, *rest = astuple(drill)
    put_fact(sql, _DRILL, cbor2.dumps([at.isoformat(), *rest]))
    note_past(sql, PastCopy("drill", drill.at, drill.number, drill.passed, drill.cases))


def load_past(sql: Sql) -> list[PastCopy]:
    """What became of all copies, oldest first."""
    stored = fact(sql, _PAST)
    lines = cbor2.loads(stored) if stored else []
    return [PastCopy(kind, datetime.fromisoformat(at), *rest) for kind, at, *rest in lines]


def note_past(sql: Sql, *lines: PastCopy) -> None:
    """Remember what was made, tried or removed; the oldest lines go when there are too many."""
    kept = [*load_past(sql), *lines][-LONGEST:]
    listed = [[one.kind, one.at.isoformat(), one.number, one.well, one.cases, one.path] for one in kept]
    put_fact(sql, _PAST, cbor2.dumps(listed))


def load_checked(sql: Sql) -> SelfCheck | None:
    """The last time the whole casebook was looked through."""
    stored = fact(sql, _CHECK)
    if not stored:
        return None
    at, findings = cbor2.loads(stored)
    return SelfCheck(datetime.fromisoformat(at), findings)


def save_checked(sql: Sql, checked: SelfCheck) -> None:
    """Remember how looking the casebook through went."""
    put_fact(sql, _CHECK, cbor2.dumps([checked.at.isoformat(), checked.findings]))


def forget_all(sql: Sql) -> None:
    """A restored copy has no backups of its own yet."""
    for name in (_MADE, _DRILL, _CHECK, _PAST, BACKUP_TARGET):
        put_fact(sql, name, b"")
