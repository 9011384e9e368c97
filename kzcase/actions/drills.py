"""Drills: the latest backup restored into a store that is thrown away, to know before the day it is needed."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzcase.actions.backup_files import Described, backups_in, tag_of
from kzcase.actions.backups import ALL, no_progress, part_of
from kzcase.actions.desk import Desk
from kzcase.actions.restoring import clear, restored_store
from kzcase.db.backup import Progress
from kzcase.db.backup_memory import load_made, save_drill, target_of
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.files import Folder
from kzcase.db.findings import Finding
from kzcase.db.local_facts import fact
from kzcase.db.sql import Sql
from kzcase.db.troubles import in_words
from kzcase.domain.backups import Drill
from kzcase.domain.errors import BackupDamaged, CasebookDamaged, NoBackup, NotSealedForYou
from kzcase.i18n import _
from kzcase.keys.closing import keys_for_person, mac_holds
from kzcase.keys.copies import load
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.secret import StoreKey

_RESTORED: Final = 60
_PLACE: Final = "drill"


@dataclass(frozen=True, slots=True)
class Drilled:
    """How a drill went: the backup, what was found wrong, and how much came out of it."""

    drill: Drill
    backup: str
    findings: tuple[Finding, ...] = ()


def drill(
    desk: Desk, target: Path | None = None, progress: Progress = no_progress, *, floor: Parameters = FLOOR
) -> Drilled:
    """Restore the latest backup of this casebook into a store nobody keeps, rebuild it, compare, and remember it.

    `NoBackup` when there is none at the target, which by default is where backups go.
    """
    backup, key = _latest(desk, target, floor)
    place = desk.path / _PLACE
    clear(place)  # an interrupted one; its key went with the program
    try:
        cases, operations, found = _tried(desk, backup, key, place, progress)
    except (BackupDamaged, CasebookDamaged) as error:
        cases, operations, found = 0, 0, (Finding("backup", error.sentence()),)
    finally:
        clear(place)
    tried = Drill(desk.book.now(), backup.number, not found, cases, operations)
    with desk.book.local() as session:
        save_drill(Sql.of(session.connection()), tried)
    progress(ALL, ALL)
    return Drilled(tried, str(backup.path), found)


def _latest(desk: Desk, target: Path | None, floor: Parameters) -> tuple[Described, StoreKey | None]:
    with desk.book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        made, chosen = load_made(sql), target_of(sql)
        tag = tag_of(desk.keys.keyfile.casebook_id, fact(sql, "incarnation"))
    place = target or (Path(chosen) if chosen else None)
    found = backups_in(place, tag) if place else []
    if not found or place is None:
        raise NoBackup(place.name if place else "")
    backup = found[-1]
    remembered = made.key if made and made.row.number == backup.number else None
    return backup, _key(desk, backup, remembered, floor)


def _key(desk: Desk, backup: Described, remembered: bytes | None, floor: Parameters) -> StoreKey | None:
    """As an administrator's slot opens it, else as it is remembered; None when its key file is not sound."""
    try:
        copies = load(backup.path, floor).copies
    except CasebookDamaged:
        return None
    for copy in copies:
        mine = keys_for_person(copy, desk.keys.identity)
        for key in (mine.store_key if mine else None, StoreKey(remembered) if remembered else None):
            if key is not None and mac_holds(copy, key):
                return key
    if remembered is None:
        raise NotSealedForYou(backup.path.name)
    return None


def _tried(
    desk: Desk, backup: Described, key: StoreKey | None, place: Path, progress: Progress
) -> tuple[int, int, tuple[Finding, ...]]:
    if key is None:
        return 0, 0, (Finding("keys", _("The key file of the backup is damaged.")),)
    new = StoreKey.fresh()
    held, missing = restored_store(backup, key, place, new, desk.book.now(), part_of(progress, 0, _RESTORED))
    report = check_files(place, bytes(new.reveal()), deep=True, progress=part_of(progress, _RESTORED, ALL))
    found = [*report.findings, *_unlike(desk, Folder(place), new)]
    if missing:
        found.append(Finding("attachments", _("Some attachments in the backup are damaged.")))
    return held.cases, held.operations, tuple(found)


_TIPS: Final = "SELECT incarnation, max(index_in_chain), header FROM acts GROUP BY incarnation"


def _unlike(desk: Desk, copy: Folder, key: StoreKey) -> list[Finding]:
    """The last act of every laptop in the copy is the very act the casebook has at that place."""
    with in_words(), closing(connect(copy.database, bytes(key.reveal()), writable=False)) as connection:
        tips = Sql(connection).rows(_TIPS)
    with desk.book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        query = "SELECT header FROM acts WHERE incarnation = ? AND index_in_chain = ?"
        other = [tip for tip in tips if sql.value(query, tip[:2]) != tip[2]]
    return [Finding("content", _("The backup holds acts that this casebook does not have."))] if other else []
