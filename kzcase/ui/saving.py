"""Keeping a copy of a paper or a file where the person chose; trouble with the disk is said in words."""

from pathlib import Path

from kzcase.domain.errors import DiskTrouble


def write_copy(path: Path, content: bytes) -> None:
    """Write a file, off the window's thread. `DiskTrouble` where the disk refuses."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DiskTrouble(reason=type(error).__name__) from error
