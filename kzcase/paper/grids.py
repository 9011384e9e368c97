"""Tables on paper: columns wide enough for their words, numbers to the right, the head repeated on every page."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor

from kzcase.domain.papers import Text
from kzcase.paper import fitting, style
from kzcase.paper.blocks import table_block
from kzcase.paper.style import Look

if TYPE_CHECKING:
    from kzcase.paper.sheet import Sheet

_PADDING: Final = 4.0  # on either side of a cell
_WIDEST_WORD: Final = 0.4  # of the page: a longer word is broken rather than given still more room
_WIDEST: Final = 0.6  # of the page: what a column of long texts may ask for
_LOOSE: Final = 1.6  # how much wider than its words a table of numbers may be
_MEASURED: Final = 500  # rows; more say nothing new about a column
_NUMBER: Final = re.compile("[–−-]?|[–−-]?[0-9][0-9 \u00a0\u202f]*([.,][0-9]+)?[ \u00a0\u202f]?%?")


def grid(
    sheet: "Sheet",
    columns: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    *,
    shares: Sequence[float],
    empty_rows: int = 0,
    field: Text = "",
) -> Any:
    """The table as one block; `shares` are parts of the width, kept as far as the words allow.

    A letter that cannot be printed is reported under `field`, or under the head of its column.
    """
    heads = [sheet.say(column) for column in columns]
    said = [[sheet.say(cell, field or head) for cell, head in zip(row, columns, strict=True)] for row in rows]
    numbers = [bool(said) and all(_NUMBER.fullmatch(row[at]) for row in said) for at in range(len(heads))]
    look = _head_look(heads, said)
    needed = _needed(heads, said, look)
    wanted = _wanted(heads, said, look) if said or not empty_rows else needed  # an empty table is there to be filled
    width = min(style.WIDTH, _LOOSE * sum(wanted)) if any(numbers) else style.WIDTH
    widths = fitting.column_widths(needed, wanted, shares or [1.0] * len(heads), width)
    head = [
        sheet.styled(text, replace(look, side="right") if number else look, width=width - 2 * _PADDING)
        for text, width, number in zip(heads, widths, numbers, strict=True)
    ]
    looks = [style.NUMBER if number else style.CELL for number in numbers]
    cells: list[list[Any]] = [[sheet.styled(*each) for each in zip(row, looks, strict=True)] for row in said]
    cells += [[""] * len(heads) for _row in range(empty_rows)]
    to_write = [not any(cell.strip() for cell in row) for row in said] + [True] * empty_rows
    heights = [None, *(style.LINE if empty else None for empty in to_write)]
    return table_block([head, *cells], widths, _look(any(to_write)), heights, repeat=1)


def _head_look(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Look:
    """Heads in smaller letters where their words would not fit beside each other otherwise."""
    fits = sum(_needed(heads, rows, style.COLUMN)) <= style.WIDTH
    return style.COLUMN if fits else style.SMALL_COLUMN


def _needed(heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> list[float]:
    """Widths in which no word is broken."""
    widest = []
    for at, head in enumerate(heads):
        words = [fitting.widest_word(row[at], style.CELL) for row in rows[:_MEASURED]]
        widest.append(max([fitting.widest_word(head, look), *words]))
    return [min(each + 2 * _PADDING + 1, _WIDEST_WORD * style.WIDTH) for each in widest]


def _wanted(heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> list[float]:
    """Widths in which cells take one line and heads about two, where the page is wide enough for that."""
    texts = []
    for at, head in enumerate(heads):
        cells = [fitting.text_width(row[at], style.CELL) for row in rows[:_MEASURED]]
        texts.append(max([0.6 * fitting.text_width(head, look), *cells]))
    asked = [min(each + 2 * _PADDING + 1, _WIDEST * style.WIDTH) for each in texts]
    return [max(pair) for pair in zip(asked, _needed(heads, rows, look), strict=True)]


def _look(to_write: bool) -> list[tuple[Any, ...]]:
    return [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(style.PALE)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor(style.HAIRLINE)),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, HexColor(style.OUTLINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        *([("INNERGRID", (0, 1), (-1, -1), 0.6, HexColor(style.HAIRLINE))] if to_write else []),
    ]
