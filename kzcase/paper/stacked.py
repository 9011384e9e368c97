"""Tables whose rows have several lines each: for repeats with more questions than a page is wide.

The head names every column of every line and comes again on each page; what belongs to one row stays on one page.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor

from kzcase.paper import style
from kzcase.paper.blocks import table_block

if TYPE_CHECKING:
    from kzcase.paper.sheet import Sheet

_NUMBERS: Final = 7 * style.MM  # the column that counts the rows
_PADDING: Final = 3.0
_MOST_EMPTY: Final = 5
_WHOLE: Final = 0.9 * style.HEIGHT  # a row that is taller goes on overleaf: its words are worth more than its look


def stacked_table(
    sheet: "Sheet",
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: int,
    *,
    notes: Sequence[str] = (),
    empty_rows: int = 0,
) -> Any:
    """Rows of `heads` many cells, broken into lines of `columns`; below each row its note, if it has one."""
    lines = lines_of(len(heads), columns)
    widths = [_NUMBERS, *[(style.WIDTH - _NUMBERS) / columns] * columns]
    inner = widths[1] - 2 * _PADDING
    head = _lines(sheet, "№", heads, columns, inner, style.SMALL_COLUMN)
    body, looks, groups = list[list[Any]](), _look(lines, columns), list[tuple[int, int]]()
    for number, cells in enumerate(rows, 1):
        first = lines + len(body)
        body += _lines(sheet, str(number), cells, columns, inner, style.CELL)
        if number <= len(notes) and notes[number - 1]:
            looks.append(("SPAN", (1, lines + len(body)), (-1, lines + len(body))))
            said = sheet.styled(notes[number - 1], style.HINT, width=style.WIDTH - _NUMBERS - 2 * _PADDING)
            body.append(["", said, *[""] * (columns - 1)])
        groups.append((first, lines + len(body) - 1))
    for number in range(len(rows) + 1, len(rows) + empty_rows + 1):
        groups.append((lines + len(body), lines + len(body) + lines - 1))
        body += [[str(number) if not line else "", *[""] * columns] for line in range(lines)]
    heights = [None] * (lines + len(body) - lines * empty_rows) + [style.LINE] * (lines * empty_rows)
    looks += [("LINEBELOW", (0, last), (-1, last), 0.9, HexColor(style.OUTLINE)) for _first, last in groups]
    made = table_block([*head, *body], widths, looks, heights, repeat=lines)
    together = _fitting(made, groups) if rows else groups
    return table_block([*head, *body], widths, [*looks, *_kept(together)], heights, repeat=lines)


def lines_of(cells: int, columns: int) -> int:
    """Into how many lines a row of so many cells is broken."""
    return -(-cells // columns)


def rows_to_write(lines: int) -> int:
    """How many empty rows of so many lines a blank sheet offers: about half a page, and never fewer than two."""
    return max(2, min(_MOST_EMPTY, int(style.HEIGHT / 2 // (lines * style.LINE))))


def _lines(sheet: "Sheet", first: str, cells: Sequence[str], columns: int, width: float, look: style.Look) -> list[Any]:
    """One row as lines of the table, its number before the first of them."""
    found = [sheet.styled(cell, look, width=width) if cell else "" for cell in cells]
    found += [""] * (lines_of(len(cells), columns) * columns - len(cells))
    number = sheet.styled(first, style.SMALL)
    return [
        [number if not at else "", *found[at * columns : (at + 1) * columns]] for at in range(len(found) // columns)
    ]


def _look(lines: int, columns: int) -> list[tuple[Any, ...]]:
    hairline = HexColor(style.HAIRLINE)
    return [
        ("BACKGROUND", (0, 0), (-1, lines - 1), HexColor(style.PALE)),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, HexColor(style.OUTLINE)),
        ("LINEBELOW", (0, lines - 1), (-1, lines - 1), 0.9, HexColor(style.OUTLINE)),
        ("LINEBELOW", (1, 0), (-1, -1), 0.5, hairline),
        ("LINEBEFORE", (1, 0), (columns, -1), 0.5, hairline),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ]


def _fitting(table: Any, groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows that fit on a page whole."""
    table.wrap(style.WIDTH, style.HEIGHT)
    heights = table._rowHeights
    return [(first, last) for first, last in groups if sum(heights[first : last + 1]) <= _WHOLE]


def _kept(groups: Sequence[tuple[int, int]]) -> list[tuple[Any, ...]]:
    return [("NOSPLIT", (0, first), (-1, last)) for first, last in groups]
