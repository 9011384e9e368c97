"""Two copies of the key file: replaced one after the other so that a power cut leaves one that opens."""

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TypeVar

from kzcase.domain.errors import CasebookDamaged, DiskTrouble, NewerVersionNeeded
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.layout import HEADER_BYTES, ID_AT, ID_BYTES, MAGIC, MAX_BYTES, KeyFile, damaged, parse

NAMES: Final = ("keys-a", "keys-b")

Found = TypeVar("Found")
Sound = TypeVar("Sound")


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """The copies that could be read, the newest first; `needs_repair` when they are not two equal ones."""

    copies: tuple[KeyFile, ...]
    needs_repair: bool = False

    def by_revision(self) -> tuple[tuple[KeyFile, ...], ...]:
        """The copies grouped by revision, the highest first."""
        return tuple(tuple(copies) for _revision, copies in groupby(self.copies, lambda copy: copy.revision))


class Disk:
    """The four things a safe replacement asks of a file system; in one place, to rehearse power cuts."""

    def write(self, path: Path, content: bytes) -> None:
        """A new file that only its owner can read."""
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(opened, "wb") as stream:
            stream.write(content)

    def sync(self, path: Path) -> None:
        """Returns once the file's content is on the disk."""
        with path.open("rb+") as stream:
            _flush_to_disk(stream.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """The target becomes the source, all at once."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Returns once the folder's list of names is on the disk. Windows does this by itself."""
        if sys.platform != "win32":
            opened = os.open(folder, os.O_RDONLY)
            try:
                _flush_to_disk(opened)
            finally:
                os.close(opened)


def store(folder: Path, keyfile: KeyFile, disk: Disk | None = None) -> None:
    """Both copies become this one, A safely before B; an equal copy stays untouched. `DiskTrouble` if not."""
    disk, content = disk or Disk(), keyfile.encoded()
    try:
        for name in NAMES:
            _replace(folder / name, content, disk)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or type(error).__name__) from error


def load(folder: Path, floor: Parameters = FLOOR) -> KeyFiles:
    """The copies that can be read. A damaged one is left out while the other is sound.

    `CasebookDamaged` when none is sound, `NewerVersionNeeded` when any was written by a newer program,
    `DiskTrouble` when none can be read. `floor` is lowered only by tests.
    """
    contents = [_read(folder / name) for name in NAMES]
    copies = [found for content in set(contents) if content and (found := _sound(content, floor))]
    if not copies:
        raise damaged()
    newest_first = sorted(copies, key=lambda copy: (copy.revision, copy.encoded()), reverse=True)
    return KeyFiles(tuple(newest_first), needs_repair=len(set(contents)) > 1)


def casebook_id(folder: Path) -> bytes | None:
    """Whose key file stands here, read off its beginning and not believed any further; None when there is none."""
    for name in NAMES:
        beginning = _read(folder / name) or b""
        if beginning.startswith(MAGIC) and len(beginning) >= HEADER_BYTES:
            return beginning[ID_AT : ID_AT + ID_BYTES]
    return None


def first_sound(
    files: KeyFiles,
    find: Callable[[KeyFile], Found | None],
    check: Callable[[KeyFile, Found], Sound | None],
) -> Sound | None:
    """What was found in a copy and passed the check. None: the newest copies hold nothing of the kind.

    An older copy counts only when every newer one proved false (`CasebookDamaged` when all did): it may still
    hold the slot of somebody who was removed, or a passphrase that was changed.
    """
    proved_false = False
    for copies in files.by_revision():
        found = [(copy, seen) for copy in copies if (seen := find(copy)) is not None]
        sound = next((good for copy, seen in found if (good := check(copy, seen)) is not None), None)
        if sound is not None:
            return sound
        if not found:
            break
        proved_false = True
    if proved_false:
        raise damaged()
    return None


def _replace(target: Path, content: bytes, disk: Disk) -> None:
    if _read(target) == content:
        return
    waiting = target.with_name(target.name + ".new")
    disk.write(waiting, content)
    disk.sync(waiting)  # before the rename, or a power cut leaves the new name over an empty file
    disk.replace(waiting, target)
    disk.sync_folder(target.parent)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError:  # missing, or unreadable as a damaged copy may be: the other copy decides
        return None


def _sound(content: bytes, floor: Parameters) -> KeyFile | None:
    try:
        return parse(content, floor)
    except NewerVersionNeeded:
        raise  # repairing from the other copy would undo what the newer program did
    except CasebookDamaged:
        return None


def _flush_to_disk(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # there fsync stops at the drive's own cache
    else:
        os.fsync(descriptor)
