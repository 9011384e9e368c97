"""Backups as folders on a stick or another disk: found, described, given their name only once they are whole."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import cbor2

from kzcase.db.backup import Extent, Progress
from kzcase.db.files import Folder
from kzcase.db.vault import names
from kzcase.domain.backups import Taken
from kzcase.domain.errors import BackupDamaged, DiskTrouble, NewerVersionNeeded, NoBackup, SeveralCasebooks
from kzcase.domain.ids import Id
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.reading import is_digest, is_number, must, plain_cbor
from kzcase.journal.sealing import SealBroken, seal, unseal
from kzcase.keys.copies import Disk

SUFFIX: Final = ".kzbackup"
UNFINISHED: Final = ".unfinished"
GOING: Final = ".going"
FORMAT: Final = 1
_ABOUT: Final = "about"
_LONGEST_ABOUT: Final = 16 << 20
_PURPOSE: Final = b"backup about"
_TAG_BYTES: Final = 6
_PIECE: Final = 1 << 20


def tag_of(casebook_id: bytes, incarnation: Id) -> str:
    """By which the backups of one casebook on one laptop are known; says nothing about either."""
    return hashlib.sha256(b"kzcase backup" + casebook_id + incarnation).digest()[:_TAG_BYTES].hex()


@dataclass(frozen=True, slots=True)
class Described:
    """What stands beside a backup: in the clear what finds and checks its files, sealed what it holds."""

    path: Path
    tag: str
    number: int
    taken_at: datetime
    files: dict[str, tuple[int, bytes]]
    sealed: bytes

    @property
    def folder(self) -> Folder:
        """Its files, named as in a casebook."""
        return Folder(self.path)

    @property
    def taken(self) -> Taken:
        """What rotation needs to know."""
        return Taken(self.number, self.taken_at)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for size, _digest in self.files.values())

    def holds(self, key: bytes) -> Extent:
        """What the backup holds, by the key of its store."""
        try:
            held = plain_cbor(unseal(key, _PURPOSE, self._bound(), self.sealed))
            *counts, tables = held
            must(len(held) == len(fields(Extent)), all(map(is_number, counts)), type(tables) is dict)
            must(all(type(name) is str and type(digest) is bytes for name, digest in tables.items()))
        except (SealBroken, ValueError, TypeError) as error:
            raise BackupDamaged(part=_ABOUT) from error
        return Extent(*held)

    def _bound(self) -> bytes:
        return _bound(self.tag, self.number, self.taken_at, self.files)

    def damaged_files(self) -> list[str]:
        """Files that are not, byte for byte, what was verified when the backup was made."""
        found = []
        for name, described in sorted(self.files.items()):
            with suppress(OSError):
                if (self.path / name).is_file() and _described(self.path / name) == described:
                    continue
            found.append(name)
        return found


def _bound(tag: str, number: int, taken_at: datetime, files: dict[str, tuple[int, bytes]]) -> bytes:
    listed = [[name, *described] for name, described in sorted(files.items())]
    return cbor2.dumps([FORMAT, tag, number, taken_at.isoformat(), listed])


def describe(path: Path, tag: str, number: int, taken_at: datetime, held: Extent, key: bytes) -> Described:
    """Write down what a copy is, beside it; it is on the disk when this returns."""
    names = sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())
    files = {name: _described(path / name) for name in names if name not in (_ABOUT, "lock")}
    extent = [held.cases, held.acts, held.operations, held.releases, held.tables]
    sealed = seal(key, _PURPOSE, _bound(tag, number, taken_at, files), cbor2.dumps(extent))
    listed = [[name, *described] for name, described in sorted(files.items())]
    disk = Disk()
    disk.write(path / _ABOUT, cbor2.dumps([FORMAT, tag, number, taken_at.isoformat(), listed, sealed]))
    disk.sync(path / _ABOUT)
    return Described(path, tag, number, taken_at, files, sealed)


def _described(file: Path) -> tuple[int, bytes]:
    summed, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            summed.update(piece)
            size += len(piece)
    return size, summed.digest()


def read_about(path: Path) -> Described:
    """What a backup says about itself. `NoBackup` when it is none, `BackupDamaged` when that cannot be read."""
    if not (path / _ABOUT).is_file():  # a pipe of that name would be waited for
        raise NoBackup(path.name)
    try:
        with (path / _ABOUT).open("rb") as stream:
            content = stream.read(_LONGEST_ABOUT)
    except OSError as error:
        raise NoBackup(path.name) from error
    try:
        version, *rest = plain_cbor(content)
        must(is_number(version))
        if version != FORMAT:
            raise NewerVersionNeeded(version=f"0.{version}")
        return _parsed(path, *rest)
    except (ValueError, TypeError) as error:
        raise BackupDamaged(path.name, part=_ABOUT) from error


def _parsed(path: Path, tag: Any, number: Any, taken_at: Any, listed: Any, sealed: Any) -> Described:
    must(type(tag) is str, is_number(number), type(taken_at) is str, type(listed) is list, type(sealed) is bytes)
    files = {name: (size, digest) for name, size, digest in listed}
    must(all(_is_plain(name) and is_number(size) and is_digest(digest) for name, (size, digest) in files.items()))
    moment = datetime.fromisoformat(taken_at)
    must(moment.tzinfo is not None)
    return Described(path, tag, number, moment, files, sealed)


def _is_plain(name: object) -> bool:
    """A file below the backup's own folder: `..` and whole paths would read elsewhere."""
    parts = name.split("/") if type(name) is str else []
    return 0 < len(parts) <= 2 and all(part not in ("", ".", "..") and "\\" not in part for part in parts)


def backups_in(target: Path, tag: str | None = None) -> list[Described]:
    """The finished backups below a folder, oldest number first; what cannot be read is left alone."""
    found = []
    with suppress(OSError):
        for path in sorted(target.iterdir()):
            if path.name.endswith(SUFFIX) and not path.name.startswith(".") and path.is_dir():
                with suppress(NoBackup, BackupDamaged, NewerVersionNeeded):
                    found.append(read_about(path))
    return sorted((one for one in found if tag in (None, one.tag)), key=lambda one: (one.tag, one.number))


def the_backup(place: Path) -> Described:
    """The backup at a place: that folder itself, or the latest one among those it holds."""
    if (place / _ABOUT).exists():
        return read_about(place)
    found = backups_in(place)
    if not found:
        raise NoBackup(place.name)
    if len({one.tag for one in found}) > 1:
        raise SeveralCasebooks(place.name)
    return found[-1]


# Writing


@contextmanager
def unfinished(final: Path) -> Iterator[Path]:
    """A folder beside the final one, which gets its name only when the block ends well; otherwise it is gone."""
    place = final.with_name(f".{final.name}{UNFINISHED}")
    try:
        shutil.rmtree(place, ignore_errors=True)
        yield place
        publish(place, final)
    except OSError as error:
        raise DiskTrouble(final.name, reason=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def publish(place: Path, final: Path, disk: Disk | None = None) -> None:
    """Everything safely on the disk first, then the name."""
    disk = disk or Disk()
    for file in sorted(each for each in place.rglob("*") if each.is_file()):
        disk.sync(file)
    for folder in (*(each for each in place.rglob("*") if each.is_dir()), place):
        disk.sync_folder(folder)
    disk.replace(place, final)
    disk.sync_folder(final.parent)


def name_of(tag: str, number: int, taken_at: datetime) -> str:
    """Neutral: a mark, a running number and the moment on the wall in Kazakhstan, as all papers and screens say it.

    Nothing reads it back: backups are found and sorted by what stands in them.
    """
    return f"{tag}-{number:05d}-{taken_at.astimezone(KAZAKHSTAN):%Y%m%d-%H%M%S}{SUFFIX}"


def remove(path: Path) -> None:
    """Take a backup away: its name first, so that no half one is ever taken for a whole one."""
    going = path.with_name(f".{path.name}{GOING}")
    with suppress(OSError):
        path.replace(going)
    shutil.rmtree(going, ignore_errors=True)


def clear_left_over(target: Path, tag: str) -> None:
    """What an interrupted backup or removal of this casebook left behind."""
    with suppress(OSError):
        for path in target.glob(f".{tag}-*"):
            if path.name.endswith((UNFINISHED, GOING)):
                shutil.rmtree(path, ignore_errors=True)


def copy_file(source: Path, target: Path) -> None:
    """A file's bytes, readable only by its owner; `BackupDamaged` is told by whoever compares digests."""
    with source.open("rb") as reading:
        opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(opened, "wb") as writing:
            shutil.copyfileobj(reading, writing, _PIECE)


def copy_chunks(casebook: Path, copy: Path, chunks: Sequence[bytes], progress: Progress) -> int:
    """The attachments that records name; how many pieces are not whole in the casebook itself."""
    wanted = sorted({name for each in chunks for name in names(each)})
    missing = 0
    for done, name in enumerate(wanted, 1):
        missing += not _copy_chunk(Folder(casebook).attachments, Folder(copy).attachments / name, name)
        progress(done, len(wanted))
    return missing


def _copy_chunk(vault: Path, target: Path, name: str) -> bool:
    if target.exists():
        return True
    for source in (vault / name, vault / "new" / name):
        with suppress(FileNotFoundError):
            copy_file(source, target)
            if _described(target)[1].hex() == name:
                return True
            target.unlink()
    return False
