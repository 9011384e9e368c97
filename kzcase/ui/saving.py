"""Keeping a copy of a paper or a file where the person chose; trouble with the disk is said in words."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from kzcase.domain.errors import DiskTrouble


def write_copy(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone, off the window's thread. `DiskTrouble` where the disk
    refuses."""
    unfinished = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        with open(unfinished, "xb", opener=_for_its_owner) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise DiskTrouble(reason=type(error).__name__) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
