"""Where files live: what ships with the program, and this laptop's settings folder."""

import errno
import os
import stat
import sys
from pathlib import Path
from typing import IO, Final

import platformdirs

_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_BYTES: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_HANDED_OVER: Final = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


class NotPlain(OSError):
    """A link, a folder or something else stands where the program writes a file of its own."""


def shipped() -> Path:
    """The folder that holds `resources/` and `translations/`: the bundle when frozen, else the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources(*parts: str) -> Path:
    """A file or folder below `resources/`."""
    return shipped().joinpath("resources", *parts)


def translations() -> Path:
    """The folder of the catalogues."""
    return shipped() / "translations"


def home() -> Path:
    """The program's own settings folder; `KZCASE_HOME` moves it. Never holds case data."""
    chosen = os.environ.get("KZCASE_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_config_dir("kzcase", appauthor=False))


def must_be_plain(path: Path, *, folder: bool = False) -> None:
    """`NotPlain` when what stands there is not an ordinary file (or `folder`) of one name; nothing there is fine."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    if not (stat.S_ISDIR(found.st_mode) if folder else _is_plain(found)):
        raise NotPlain(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def open_own(path: Path, *, make: bool = False, empty: bool = False, buffering: int = -1) -> IO[bytes]:
    """A file of the program's own for writing: `make` it where there is none, `empty` what is there.

    Never through a link: whoever may change the folder could otherwise have the program write over any file. So
    nothing is emptied before one has seen what was opened.
    """
    must_be_plain(path)  # where the system knows no O_NOFOLLOW, this is all there is
    try:
        opened = os.open(path, os.O_RDWR | _NO_LINKS | _BYTES | (os.O_CREAT if make else 0), 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR):
            raise NotPlain(error.errno, error.strerror, str(path)) from error
        raise
    try:
        if not _is_plain(os.fstat(opened)):
            raise NotPlain(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        if empty:
            os.ftruncate(opened, 0)
        return os.fdopen(opened, "r+b", buffering)
    except OSError:
        os.close(opened)
        raise


def open_plain(path: Path) -> IO[bytes]:
    """A file somebody named, for reading: `NotPlain` for a named pipe, for which one would wait for ever.

    What the shell handed over as an open descriptor (`<(command)`) is read: there is somebody at its other end.
    """
    if str(path).startswith(_HANDED_OVER):
        return path.open("rb")
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BYTES)
    try:
        kind = os.fstat(opened).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if stat.S_ISFIFO(kind):
            raise NotPlain(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        if not stat.S_ISREG(kind) and hasattr(os, "O_NONBLOCK"):
            os.set_blocking(opened, True)  # a terminal is read as before
        return os.fdopen(opened, "rb")
    except OSError:
        os.close(opened)
        raise


def _is_plain(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_nlink <= 1
