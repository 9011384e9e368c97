"""Files commands read and write: read only as far as is sensible, written whole or not at all."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec

from kzcase.domain.errors import DiskTrouble, NotAFile, NotFound, NotJsonFile, TooLarge

LARGEST: Final = 64 << 20


def read_file(path: str, limit: int = LARGEST) -> bytes:
    """The bytes of a file, `-` being standard input. `NotFound`, `TooLarge` or `DiskTrouble` otherwise."""
    try:
        if path == "-":
            content = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as stream:
                content = stream.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        raise NotFound(what=place_of(path)) from None
    except OSError as error:
        raise DiskTrouble(place=place_of(path), reason=error.strerror or type(error).__name__) from error
    if len(content) > limit:
        raise TooLarge(place=place_of(path), limit=f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} KB")
    return content


def read_json(path: str) -> Any:
    """What a JSON file says; `NotJsonFile` when it does not, however deep it is nested."""
    content = read_file(path)
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotJsonFile(place=place_of(path)) from error


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """A temporary name in the same folder, synced, then renamed: a power cut leaves the old file or the new one."""
    if not path.name or path.is_dir() or path.is_symlink() or (path.exists() and not path.is_file()):
        raise NotAFile(place=place_of(str(path)) or "-o")
    unfinished = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as stream:
            unfinished.chmod(mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DiskTrouble(place=place_of(str(path)), reason=error.strerror or type(error).__name__) from error


def place_of(path: str) -> str:
    """A file's own name: enough to know it by, and no message carries somebody's home folder."""
    return Path(path).name[:100] or path[:100]
