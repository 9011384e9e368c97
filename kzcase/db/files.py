"""The folder of a casebook: `NAME.kzcase/` with its database, its lock and two copies of the key file."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from kzcase.db.placing import must_be_safe
from kzcase.db.room import BALLAST, make_ballast
from kzcase.domain.errors import AlreadyThere, CasebookDamaged, CasebookInUse, DiskTrouble, NoCasebook

SUFFIX: Final = ".kzcase"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of one casebook are. Names say nothing about what is inside."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "casebook.db"

    @property
    def lock(self) -> Path:
        """Held by the one program that has the casebook open."""
        return self.path / "lock"

    @property
    def ballast(self) -> Path:
        """Room kept free for a full disk."""
        return self.path / BALLAST

    @property
    def witness(self) -> Path:
        """How far the database got, to recognise an older one."""
        return self.path / "witness"

    @property
    def attachments(self) -> Path:
        """Encrypted attachments."""
        return self.path / "attachments"


def existing(path: Path) -> Folder:
    """The folder of a casebook that is there; says in words when it is not."""
    folder = Folder(path)
    if not folder.database.exists():
        raise CasebookDamaged(part=folder.database.name) if folder.lock.exists() else NoCasebook(path.name)
    return folder


def made(path: Path) -> Folder:
    """A new, empty folder for a casebook; an existing casebook is never overwritten."""
    if path.exists() and any(path.iterdir() if path.is_dir() else [path]):
        raise AlreadyThere(path.name)
    must_be_safe(path)
    folder = Folder(path)
    try:
        folder.attachments.mkdir(parents=True, mode=0o700)
        for file in (folder.database, folder.lock):
            file.touch(mode=0o600)
        make_ballast(folder.ballast)
        path.chmod(0o700)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or "") from error
    return folder


class Lock:
    """One program at a time: an operating-system lock that dies with its process, so none is ever stale."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._stream: IO[bytes] | None = None

    def take(self) -> None:
        """Hold the casebook, or say that another program has it."""
        try:
            stream = self._folder.lock.open("a+b")
        except OSError as error:
            raise DiskTrouble(reason=error.strerror or "") from error
        try:
            _lock(stream)
        except OSError as error:
            stream.close()
            raise CasebookInUse from error
        self._stream = stream

    def release(self) -> None:
        """Let others in."""
        if self._stream:
            self._stream.close()
            self._stream = None


def _lock(stream: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
