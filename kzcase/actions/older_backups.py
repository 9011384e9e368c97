"""Backups older than an erasing: found wherever this laptop put one, and destroyed once a newer one stands."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kzcase.actions.backup_files import Described, backups_in, tag_of
from kzcase.actions.backups import back_up, no_progress, take_away
from kzcase.actions.desk import Desk
from kzcase.actions.writing_anew import write_anew
from kzcase.db.backup import Progress
from kzcase.db.backup_memory import load_past, target_of
from kzcase.db.local_facts import fact
from kzcase.db.sql import Sql
from kzcase.domain.backups import BackupRow, PastCopy
from kzcase.queries.erasures import when_erased


@dataclass(frozen=True, slots=True)
class Older:
    """Backups made before a moment: those lying there now, and the names of those on a disk that is not here."""

    there: tuple[Described, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, as their folders are called."""
        return (*(one.path.name for one in self.there), *self.elsewhere)


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new backup, and the names of the older ones that were destroyed for it."""

    made: BackupRow
    destroyed: tuple[str, ...]


def older_than(desk: Desk, reference: str) -> Older:
    """Backups of this casebook made before an erasing, of this laptop and of those it was before a rollback."""
    with desk.book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        past, chosen, at = load_past(sql), target_of(sql), when_erased(reader, reference)
        own = tag_of(desk.keys.keyfile.casebook_id, fact(sql, "incarnation"))
    left = _not_removed(past)
    tags = {own, *(_tag(path) for path in left)}
    places = {*(path.parent for path in left), *((Path(chosen),) if chosen else ())}
    there = [one for place in sorted(places) for one in backups_in(place) if one.tag in tags and one.taken_at <= at]
    away = [path.name for path, made in left.items() if made.at <= at and not _is_here(path.parent)]
    return Older(tuple(there), tuple(away))


def renew(desk: Desk, reference: str, progress: Progress = no_progress) -> Renewed | None:
    """A new verified backup where backups go, and only then every older one within reach is destroyed.

    None, and nothing is destroyed, where that place is not chosen or not here. Raises what `back_up` raises.
    """
    write_anew(desk.book, progress)
    with desk.book.read() as reader:
        chosen = target_of(Sql.of(reader.session.connection()))
    if not chosen or not _is_here(Path(chosen)):
        return None
    made = back_up(desk, Path(chosen), progress)
    return Renewed(made, (*made.removed, *take_away(desk, older_than(desk, reference).there)))


def _not_removed(past: list[PastCopy]) -> dict[Path, PastCopy]:
    left: dict[Path, PastCopy] = {}
    for line in past:
        if line.kind == "backup":
            left[Path(line.path)] = line
        elif line.kind == "removed":
            left.pop(Path(line.path), None)
    return left


def _tag(path: Path) -> str:
    return path.name.partition("-")[0]


def _is_here(place: Path) -> bool:
    with suppress(OSError):
        return place.is_dir()
    return False
