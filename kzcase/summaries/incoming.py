"""Files that come in from outside, read only as far as is sensible."""

import io
from collections.abc import Iterator
from pathlib import Path

from kzcase.domain.errors import TooLarge, while_reading
from kzcase.paths import open_plain


def bytes_of(path: Path, limit: int, name: str = "") -> bytes:
    """What a file holds; `name` is what errors call it. Nothing is trusted about its size: a pipe has none.

    `NoSuchFile`, `IsAFolder`, `Unreadable` or `TooLarge` otherwise.
    """
    shown = name or path.name[:100]
    try:
        with open_plain(path) as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise while_reading(error, shown) from error
    if len(content) > limit:
        raise TooLarge(shown, limit=f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} KB")
    return content


def lines_of(raw: bytes, encoding: str, longest: int) -> Iterator[str]:
    """The lines of a text one by one: all at once it would take four times the memory. `TooLarge` for a long one."""
    stream = io.TextIOWrapper(io.BytesIO(raw), encoding, newline="")
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise TooLarge(f"line {number}", limit=longest)
        yield line
