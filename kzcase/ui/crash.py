"""What is kept of a fault in the program: kinds of error, files and line numbers, never a value or a sentence."""

import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from kzcase import __version__, paths

KEPT_BYTES: Final = 64 * 1024
DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Account:
    """One fault, told without anything a person typed."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def account_of(error: BaseException) -> Account:
    """Kinds, files, functions and lines of an error and of what led to it."""
    return Account(tuple(line for each in _chain(error) for line in _told(each)))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen = set[int]()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def _told(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    for code, line in frames[-DEEPEST:]:
        yield f"  {_short(code.co_filename)}:{line} {code.co_name}"


def _short(filename: str) -> str:
    """A path below the package or the library folder; never the name of a person's home folder."""
    parts = Path(filename).parts
    for anchor in ("kzcase", "site-packages", "tests"):
        if anchor in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(anchor) :])
    return parts[-1] if parts else "?"


def log_path() -> Path:
    """The local file faults are kept in; nothing is ever sent."""
    return paths.home() / "faults.log"


def record(account: Account) -> None:
    """Append one account to the local file, which never grows beyond 64 KiB; a full disk is no reason to fail."""
    path = log_path()
    entry = (
        f"kzcase {__version__} python {sys.version_info.major}.{sys.version_info.minor} {sys.platform}\n{account}\n\n"
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = path.read_bytes()[-KEPT_BYTES // 2 :] if path.exists() else b""
        with paths.open_own(path, make=True, empty=True) as stream:
            stream.write((kept + entry.encode("utf-8", "replace"))[-KEPT_BYTES:])
    except OSError:
        return


def install(crashed: Callable[[Account], object]) -> None:
    """Let every fault that nobody caught on the window's thread end here: recorded, then told quietly."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        account = account_of(error)
        record(account)
        crashed(account)

    sys.excepthook = hook
