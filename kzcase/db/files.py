"""The folder of a casebook: `NAME.kzcase/` with its database, its lock and two copies of the key file."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from kzcase.db.placing import must_be_safe
from kzcase.db.room import BALLAST, make_ballast
from kzcase.domain.errors import (
    AlreadyThere,
    CasebookDamaged,
    CasebookInUse,
    CasebookOnlyRead,
    DiskTrouble,
    NoCasebook,
    NotOurFile,
    only_read,
    reason_of,
)
from kzcase.paths import NotPlain, must_be_plain, open_own

SUFFIX: Final = ".kzcase"
_DATABASE: Final = "casebook.db"
_SIDES: Final = ("", "-wal", "-shm", "-journal")
_KEYS: Final = ("keys-a", "keys-b")
_FILES: Final = (
    *(_DATABASE + end for end in _SIDES),
    *(key + end for key in _KEYS for end in ("", ".new")),
    *("lock", "witness", "spool", "tries", BALLAST),
)
"""Every file that is written in the folder of a casebook, besides attachments, which nobody writes twice."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of one casebook are. Names say nothing about what is inside."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / _DATABASE

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

    def must_be_plain(self) -> None:
        """`NotOurFile` when a link or something else stands where the program writes files of its own."""
        for name in _FILES:
            _plain_or_words(self.path / name)
        for inner in (self.attachments, self.attachments / "new"):
            _plain_or_words(inner, folder=True)


def must_be_ours(database: Path) -> None:
    """The same for a database and the files the store keeps beside it."""
    for end in _SIDES:
        _plain_or_words(database.with_name(database.name + end))


def _plain_or_words(path: Path, *, folder: bool = False) -> None:
    try:
        must_be_plain(path, folder=folder)
    except NotPlain as error:
        raise NotOurFile(path.name, what=path.name) from error
    except OSError as error:
        raise DiskTrouble(reason=reason_of(error)) from error


def existing(path: Path) -> Folder:
    """The folder of a casebook that is there; says in words when it is not."""
    folder = Folder(path)
    folder.must_be_plain()
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
            open_own(file, make=True).close()
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
            stream = open_own(self._folder.lock, make=True)
        except OSError as error:
            if only_read(error):
                raise CasebookOnlyRead(reason=reason_of(error)) from error
            raise DiskTrouble(reason=reason_of(error)) from error
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
