"""Where a copy of a casebook stands: the latest one, or one put back, restored or copied, and thus a new device.

Two laptops that write under one incarnation give one number to two different acts. So whatever is not plainly the
casebook that was closed here last takes a new incarnation before anybody writes in it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import urandom
from pathlib import Path
from typing import Any, Final

import cbor2

from kzcase.db import read_log
from kzcase.db.facts import begin_facts, device_code
from kzcase.db.files import Folder
from kzcase.db.findings import Finding
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.sealer import load_chain
from kzcase.db.sql import Sql
from kzcase.db.witness import KEY_BYTES, Found, Mark, Seal, WitnessFile, at_home, carries_tag
from kzcase.domain.errors import CasebookDamaged
from kzcase.domain.ids import Id, new_id
from kzcase.domain.standing import Standing, Why
from kzcase.i18n import Words, _, ngettext
from kzcase.journal.acts import act_id_of

UNSURE: Final = "unsure"
BACKUP_TARGET: Final = "backup_target"


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The witnesses of one incarnation: the folder's, this laptop's and, where it can be reached, the backups'."""

    folder: WitnessFile
    home: WitnessFile
    target: WitnessFile | None

    @classmethod
    def of(cls, sql: Sql, folder: Folder) -> "Witnesses":
        """Those of the incarnation the database has."""
        seal = seal_of(sql)
        chosen = fact(sql, BACKUP_TARGET)
        target = target_witness(Path(chosen.decode()), seal) if chosen else None
        return cls(WitnessFile(folder.witness, seal), at_home(seal), target)

    def note(self, mark: Mark) -> None:
        """After every commit, in the folder and at home; a backup target is told only by a backup."""
        self.folder.note(mark)
        self.home.note(mark)

    def begin(self) -> None:
        """Make the files that are not there yet."""
        self.folder.begin()
        self.home.begin()

    def flush(self) -> None:
        """Bring them to the disk, at the end of the day."""
        self.folder.flush()
        self.home.flush()


def target_witness(target: Path, seal: Seal) -> WitnessFile:
    """The witness on a backup target."""
    return WitnessFile(target / f"{seal.tag.hex()}.witness", seal)


def seal_of(sql: Sql) -> Seal:
    """Closes and opens the marks of this database's incarnation."""
    key = fact(sql, "witness_key")
    if len(key) != KEY_BYTES:
        raise CasebookDamaged(part="witness")
    return Seal.of(fact(sql, "incarnation"), key)


def next_mark(sql: Sql, now: datetime) -> Mark:
    """Count one commit, inside the transaction that will be it; what is to be noted once it is acknowledged."""
    commits = int.from_bytes(fact(sql, "commits"), "big") + 1
    put_fact(sql, "commits", commits.to_bytes(8, "big"))
    return _mark(sql, commits, now)


def _mark(sql: Sql, commits: int, now: datetime) -> Mark:
    incarnation = fact(sql, "incarnation")
    chain = load_chain(sql, incarnation)
    looks = read_log.head(sql)
    releases = sql.value("SELECT max(number) FROM releases") or 0
    numbers = sql.value("SELECT sum(last) FROM counters") or 0
    millis = int(now.timestamp() * 1000)
    last = (chain.index, chain.previous, looks.count, releases, millis)
    return Mark(commits, *last, last_look=looks.digest, numbers=numbers)


def stored_mark(sql: Sql) -> Mark:
    """How far the database itself got."""
    return _mark(sql, int.from_bytes(fact(sql, "commits"), "big"), datetime.fromtimestamp(0, UTC))


# Comparing


@dataclass(frozen=True, slots=True)
class Compared:
    """What the witnesses say about a database: why it is not the latest, and the furthest mark that says so."""

    why: Why | None = None
    mark: Mark | None = None
    own: Mark | None = None
    spoiled: tuple[str, ...] = ()
    other_place: str = ""

    @property
    def missing(self) -> int:
        """How many changes are missing, as far as that can be told."""
        return max(0, self.mark.commits - self.own.commits) if self.mark and self.own else 0


def compare(sql: Sql, folder: Folder, witnesses: Witnesses) -> Compared:
    """Hold the database against its witnesses; nothing is changed."""
    own = stored_mark(sql)
    files = [each for each in (witnesses.folder, witnesses.home, witnesses.target) if each is not None]
    found = [each.read() for each in files]
    spoiled = tuple(file.path.name for file, each in zip(files, found, strict=True) if each.spoiled)
    ahead = [each.mark for each in found if each.mark and _is_ahead(sql, each.mark, own)]
    if ahead:
        return Compared(Why.OLDER, max(ahead, key=lambda mark: mark.commits), own, spoiled)
    if found[0].foreign:
        return Compared(Why.OLDER, None, own, spoiled)
    other = _other_place(folder, found[1], witnesses.home)
    return Compared(Why.COPIED if other else None, found[1].mark, own, spoiled, other)


def _is_ahead(sql: Sql, mark: Mark, own: Mark) -> bool:
    """Whether somebody saw this incarnation further than the database is, or on another road."""
    counts = ((mark.commits, own.commits), (mark.acts, own.acts), (mark.looks, own.looks), (mark.numbers, own.numbers))
    if mark.left or any(seen > there for seen, there in counts):
        return True
    if not read_log.reaches(sql, read_log.Head(mark.looks, mark.last_look)):
        return True
    if not mark.acts:
        return False
    return sql.row("SELECT 1 FROM acts WHERE id = ?", (act_id_of(mark.head),)) is None


def _other_place(folder: Folder, home: Found, file: WitnessFile) -> str:
    """Where else on this laptop the same incarnation is; empty when it only moved."""
    here = str(folder.path.resolve())
    if not home.place or home.place == here:
        return ""
    other = Folder(Path(home.place))
    same = other.database.exists() and carries_tag(other.witness, file.seal)
    return home.place if same and not _same_folder(other.path, folder.path) else ""


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


# Settling


def settle(sql: Sql, folder: Folder, now: datetime, *, shared: bool = False) -> Witnesses:
    """On opening: an older or copied casebook becomes a new device; its witnesses note where it stands now.

    `shared`: acts of another laptop have come that carry this one's incarnation.
    """
    if not fact(sql, "witness_key"):  # begun before there were witnesses
        sql.run("BEGIN IMMEDIATE")
        put_fact(sql, "witness_key", urandom(KEY_BYTES))
        sql.run("COMMIT")
    witnesses = Witnesses.of(sql, folder)
    found = compare(sql, folder, witnesses)
    if shared and found.why is None:
        found = replace(found, why=Why.COPIED)
    if found.why is not None:
        releases = max(found.mark.releases if found.mark else 0, found.own.releases if found.own else 0)
        standing = Standing(found.why, now, found.mark.moment if found.mark else None, found.missing, releases)
        become_new_device(sql, standing)
        if found.why is Why.OLDER and found.mark is not None:
            witnesses.home.leave(found.mark)
        witnesses = Witnesses.of(sql, folder)
    witnesses.begin()
    here = str(folder.path.resolve())
    if witnesses.home.read().place != here:
        witnesses.home.note_place(here)
    witnesses.note(replace(stored_mark(sql), at=int(now.timestamp() * 1000)))
    return witnesses


def become_new_device(sql: Sql, standing: Standing) -> None:
    """A new incarnation, code and witness key; no period is closed until the last release number is known."""
    incarnation = _unused_incarnation(sql)
    sql.run("BEGIN IMMEDIATE")
    for name, value in begin_facts(incarnation).items():
        put_fact(sql, name, value)
    put_fact(sql, UNSURE, _encoded(standing))
    sql.run("COMMIT")


def _unused_incarnation(sql: Sql) -> Id:
    """One whose short code no laptop we know of has: case numbers must not repeat."""
    known = {code for (code,) in sql.rows("SELECT code FROM devices")} | {fact(sql, "code").decode()}
    while True:
        incarnation = new_id()
        if device_code(incarnation) not in known:
            return incarnation


def load_standing(sql: Sql) -> Standing | None:
    """Why this copy is not sure of being the latest; None when it is."""
    stored = fact(sql, UNSURE)
    if not stored:
        return None
    why, since, until, missing, releases, needed = cbor2.loads(stored)
    moments = (datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
    return Standing(Why(why), *moments, missing, releases, needed)


def save_standing(sql: Sql, standing: Standing | None) -> None:
    """Keep it, or settle it."""
    put_fact(sql, UNSURE, _encoded(standing) if standing else b"")


def _encoded(standing: Standing) -> bytes:
    s = standing
    until = s.until.isoformat() if s.until else None
    fields: list[Any] = [s.why.value, s.since.isoformat(), until, s.missing, s.releases, s.needed]
    return cbor2.dumps(fields)


def standing_findings(sql: Sql, folder: Folder) -> list[Finding]:
    """What a check says about it, changing nothing. A copy that was never opened has no witnesses yet."""
    if not fact(sql, "witness_key"):
        return []
    witnesses = Witnesses.of(sql, folder)
    found = compare(sql, folder, witnesses)
    said = [Finding("witness", _("The counter {name} beside the casebook can no longer be read.", name=name))
            for name in found.spoiled]  # fmt: skip
    if found.why is Why.OLDER:
        said.append(Finding("rollback", _older(found)))
    if found.why is Why.COPIED:
        said.append(Finding("copied", _("The same casebook also lies in another folder of this laptop.")))
    return said


def _older(found: Compared) -> Words:
    if found.missing:
        return ngettext(
            "An older state of this casebook was put back: {count} change is missing.",
            "An older state of this casebook was put back: {count} changes are missing.",
            found.missing,
        )
    return _("An older state of this casebook was put back, or it went on elsewhere.")
