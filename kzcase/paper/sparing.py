"""Pages that hold next to nothing are saved: blocks move together, in every part of a paper by itself."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from reportlab.platypus import CondPageBreak, Spacer

from kzcase.paper.kept import nearer

_LITTLE: Final = 0.45  # of the last page
_NEARER: Final = (0.5, 0.3)  # of a gap, where a little room would save a page
_MOST_TRIED: Final = 12  # pages; a longer part may end as it does

LayOut = Callable[[Sequence[Any]], tuple[bytes, int, float]]
"""Makes the PDF of blocks, and says how many pages it has and how much of the last one is written on."""


def spared(blocks: Sequence[Any], lay_out: LayOut) -> tuple[Sequence[Any], bytes]:
    """The blocks and their PDF: as they are, or moved together as little as it takes to save the last page."""
    paper, pages, last = lay_out(blocks)
    if 1 < pages <= _MOST_TRIED and last < _LITTLE:
        for share in _NEARER:
            closer = nearer(blocks, share)
            saved, fewer, _last = lay_out(closer)
            if fewer < pages:
                return closer, saved
    return blocks, paper


def parts_of(blocks: Sequence[Any]) -> list[list[Any]]:
    """What begins on pages of their own."""
    parts: list[list[Any]] = [[]]
    for block in blocks:
        if isinstance(block, CondPageBreak) and parts[-1]:
            parts[-1] = without_last_gaps(parts[-1])
            parts.append([])
        parts[-1].append(block)
    return parts


def without_last_gaps(blocks: list[Any]) -> list[Any]:
    """A gap after the last line must not open a page of its own."""
    last = len(blocks)
    while last and isinstance(blocks[last - 1], Spacer):
        last -= 1
    return blocks[:last]
