"""Wrong passphrases at a casebook: noted beside it, because nothing inside it can be written before it is open.

A small file of moments, nothing else; the next person who gets in enters them in the read log.
"""

import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kzcase.paths import open_own

MOST: Final = 64
_MOMENT: Final = struct.Struct(">Q")


class Tries:
    """The moments of wrong passphrases since somebody last got in; of very many the first and the latest."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def note(self, at: datetime) -> None:
        """One more. A disk that refuses does not change what the person is told."""
        kept = [*self.moments()[: MOST - 1], at]
        with suppress(OSError):
            self._write(kept)

    def moments(self) -> list[datetime]:
        """When they were."""
        try:
            with self._file.open("rb") as stream:
                content = stream.read(MOST * _MOMENT.size)
        except OSError:
            return []
        whole = content[: len(content) // _MOMENT.size * _MOMENT.size]
        return [moment for (millis,) in _MOMENT.iter_unpack(whole) if millis and (moment := _moment(millis))]

    def hand_over(self, enter: Callable[[datetime], object]) -> None:
        """Give each moment to the log, then forget them."""
        moments = self.moments()
        for moment in moments:
            enter(moment)
        if moments:
            with suppress(OSError):
                self._write([])

    def _write(self, moments: list[datetime]) -> None:
        packed = b"".join(_MOMENT.pack(int(at.timestamp() * 1000)) for at in moments)
        with open_own(self._file, make=True) as stream:
            stream.write(packed.ljust(MOST * _MOMENT.size, b"\0"))


def _moment(millis: int) -> datetime | None:
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(millis / 1000, UTC)
    return None
