"""How words fit into columns: columns as wide as their longest word, breaks only in words that fit nowhere whole."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from kzcase.paper.style import Look
from kzcase.paper.syllables import SOFT_HYPHEN, syllables

_WORD: Final = re.compile(r"[^\s\u200b]+")
_LETTERS: Final = re.compile(r"(?:[^\W\d_]|[ʻʼ]){4,}")
_SLACK: Final = 0.5  # points; what rounding may cost


def text_width(text: str, look: Look) -> float:
    """How wide a text is on one line, in points."""
    return float(stringWidth(text, look.font, look.size))


def widest_word(text: str, look: Look) -> float:
    """How wide a column must be, in points, so that no word of the text is broken."""
    return max((text_width(word, look) for word in _words(text)), default=0.0)


def with_breaks(text: str, look: Look, width: float, *, uzbek: bool = False) -> str:
    """The text with soft hyphens in the words that are wider than a column of `width` points, and in no others."""
    return _WORD.sub(lambda found: _broken(found[0], look, width, uzbek), text)


def _broken(word: str, look: Look, width: float, uzbek: bool) -> str:
    if text_width(word, look) + _SLACK <= width:
        return word
    return _LETTERS.sub(lambda found: SOFT_HYPHEN.join(syllables(found[0], uzbek=uzbek)), word)


def column_widths(
    needed: Sequence[float], wanted: Sequence[float], shares: Sequence[float], width: float
) -> list[float]:
    """Columns that together are `width` points wide.

    With room to spare each has what it wants and its share of the rest; with less, none is narrower than it needs;
    with less than that, the widest give way, so that as few words as possible are broken.
    """
    spare = width - sum(wanted)
    if spare >= 0:
        return [want + spare * share / sum(shares) for want, share in zip(wanted, shares, strict=True)]
    if sum(needed) > width:
        return _levelled(needed, width)
    left = (width - sum(needed)) / (sum(wanted) - sum(needed))
    return [need + left * (want - need) for need, want in zip(needed, wanted, strict=True)]


def _levelled(needed: Sequence[float], width: float) -> list[float]:
    """What each needs, the largest cut down to one height so that all fit into `width`."""
    left = width
    ordered = sorted(needed)
    for at, need in enumerate(ordered):
        level = left / (len(ordered) - at)
        if need > level:
            return [min(each, level) for each in needed]
        left -= need
    return list(needed)


def fitting_columns(labels: Sequence[str], look: Look, columns: int, width: float, beside: float) -> int:
    """Into how many columns, at most, labels go: no word is broken, none takes more than two lines, and all stand on
    one line each where that costs no more than one row."""
    wide = _most_columns(labels, look, columns, width - _SLACK, beside, lines=2)
    whole = _most_columns(labels, look, wide, width - _SLACK, beside, lines=1)
    rows = [-(-len(labels) // count) for count in (wide, whole)]
    chosen = whole if rows[1] <= rows[0] + 1 else wide
    return chosen if chosen == columns else -(-len(labels) // -(-len(labels) // chosen))  # no row nearly empty


def _most_columns(labels: Sequence[str], look: Look, columns: int, width: float, beside: float, *, lines: int) -> int:
    for count in range(columns, 1, -1):
        room = width / count - beside
        if all(widest_word(label, look) <= room and _lines_of(label, look, room) <= lines for label in labels):
            return count
    return 1


def _lines_of(label: str, look: Look, room: float) -> int:
    """How many lines a label takes in a column of `room` points."""
    return 1 if text_width(label, look) <= room else len(simpleSplit(label, look.font, look.size, room))


def _words(text: str) -> Iterable[str]:
    return (found[0] for found in _WORD.finditer(text))
