"""Files commands read and write: read only as far as is sensible, written whole or not at all."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kzcase.domain.errors import (
    IsAFolder,
    NoSuchFile,
    NoSuchFolder,
    NotAFile,
    TooLarge,
    while_reading,
    while_writing,
)
from kzcase.domain.json_text import read_json
from kzcase.paths import open_plain

LARGEST: Final = 64 << 20


def read_file(path: str, limit: int = LARGEST) -> bytes:
    """The bytes of a file, `-` being standard input. Errors name the file: `NoSuchFile`, `IsAFolder`, `TooLarge` …"""
    try:
        if path == "-":
            content = _standard_input(limit)
        else:
            with open_plain(Path(path)) as stream:
                content = stream.read(limit + 1)
    except OSError as error:
        raise while_reading(error, place_of(path)) from error
    except ValueError:  # a name no file can have
        raise NoSuchFile(what=place_of(path)) from None
    if len(content) > limit:
        raise TooLarge(place_of(path), limit=f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} KB")
    return content


def lying_by(path: str, further: Sequence[str] = ()) -> Callable[[str], bytes | None]:
    """What reads a file by its bare name: one of those given besides, else one in the folder of a file, or in the
    folder for its media. Only what is asked for is read."""
    given, folder = {Path(each).name: each for each in further}, Path(path).parent
    media = (folder, folder / f"{Path(path).stem}-media", folder / "media")

    def read(name: str) -> bytes | None:
        if name in given:
            return read_file(given[name])
        if path == "-" or Path(name).name != name:
            return None
        return next((read_file(str(each / name)) for each in media if (each / name).is_file()), None)

    return read


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise NoSuchFile(what="-")
    return sys.stdin.buffer.read(limit + 1)


def read_json_file(path: str) -> Any:
    """What a JSON file says, every name once; `NotJson` with its line when it does not."""
    return read_json(read_file(path), place_of(path))


def check_target(path: Path) -> None:
    """Refuse a place where no ordinary file can be written, before any work is done for it."""
    shown = place_of(str(path)) or "-o"
    try:
        if path.is_dir():
            raise IsAFolder(shown)
        if path.name in ("", "-") or path.is_symlink() or (path.exists() and not path.is_file()):
            raise NotAFile(shown)
        if not path.parent.is_dir():
            raise NoSuchFolder(shown, what=place_of(str(path.parent)))
    except OSError as error:
        raise while_writing(error, shown) from error


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """A temporary name in the same folder, synced, then renamed: a power cut leaves the old file or the new one."""
    import secrets

    check_target(path)
    unfinished = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as stream:
            unfinished.chmod(mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise while_writing(error, place_of(str(path)), place_of(str(path.parent))) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def place_of(path: str) -> str:
    """A file's own name: enough to know it by, and no message carries somebody's home folder."""
    return Path(path).name[:100] or path[:100]
