"""The spool: room kept ready for entries of the read log, for when the disk is full or the casebook is being written.

A file of fixed size beside the database, filled with noise when it is made, so that an entry overwrites bytes that are
there already. What is used and what is noise is told apart only with the casebook's key; what an entry says, only with
the audit key.
"""

import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kzcase.domain.errors import DiskTrouble
from kzcase.journal.sealing import SealBroken, seal, unseal
from kzcase.paths import open_own

SLOT: Final = 512
SLOTS: Final = 256
_HEAD: Final = struct.Struct(">QH")
_ROOM: Final = SLOT - 48  # without salt and tag of the seal
_PURPOSE: Final = b"read log spool"


class Spool:
    """Entries that wait for their place in the read log, each with a number that is never given twice."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._file, self._key = file, key

    def prepare(self) -> None:
        """Make the file where it is missing or of another size; a disk that refuses is told when an entry comes."""
        try:
            if not self._file.exists() or self._file.stat().st_size != SLOT * SLOTS:
                with open_own(self._file, make=True, empty=True) as stream:
                    stream.write(os.urandom(SLOT * SLOTS))
        except OSError:
            return

    def waiting(self) -> dict[int, tuple[int, bytes]]:
        """By place in the file: the number of each entry and its sealed bytes."""
        try:
            with self._file.open("rb") as stream:
                content = stream.read(SLOT * SLOTS)  # whatever its size: it is ours only so far
        except OSError:
            return {}
        places = (content[at * SLOT : (at + 1) * SLOT] for at in range(SLOTS))
        return {at: found for at, place in enumerate(places) if (found := self._opened(at, place)) is not None}

    def _opened(self, at: int, place: bytes) -> tuple[int, bytes] | None:
        try:
            content = unseal(self._key, _PURPOSE, at.to_bytes(4, "big"), place)
        except (SealBroken, ValueError):  # noise
            return None
        number, length = _HEAD.unpack_from(content)
        return number, content[_HEAD.size :][:length]

    def put(self, at: int, number: int, sealed: bytes) -> None:
        """Keep an entry in one place of the file; it is on the disk when this returns. `DiskTrouble` otherwise."""
        content = (_HEAD.pack(number, len(sealed)) + sealed).ljust(_ROOM, b"\0")
        if len(content) > _ROOM:
            raise ValueError("no entry of ours is as long")
        self._write([(at, seal(self._key, _PURPOSE, at.to_bytes(4, "big"), content))])

    def clear(self, places: Iterable[int]) -> None:
        """Noise again where entries were that are in the log by now."""
        self._write([(at, os.urandom(SLOT)) for at in places])

    def _write(self, places: list[tuple[int, bytes]]) -> None:
        try:
            with open_own(self._file, buffering=0) as stream:
                for at, content in places:
                    stream.seek(at * SLOT)
                    stream.write(content)
                os.fsync(stream.fileno())
        except OSError as error:
            raise DiskTrouble(reason=error.strerror or type(error).__name__) from error
