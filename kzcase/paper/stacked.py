"""Tables whose rows have several lines each: for repeats with more questions than a page is wide.

The head names every column of every line and comes again on each page; rows of many lines name each place in
themselves. What belongs to one row stays on one page.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor

from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.kept import Kept

if TYPE_CHECKING:
    from kzcase.paper.sheet import Sheet

_NUMBERS: Final = 7 * style.MM  # the column that counts the rows
_PADDING: Final = 3.0
_MOST_EMPTY: Final = 5
_DEEP: Final = 4  # lines from which on a row names each of its places
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
    if lines >= _DEEP and (named := _named_places(sheet, heads, rows, columns, notes, empty_rows)):
        return named
    widths = [_NUMBERS, *[(style.WIDTH - _NUMBERS) / columns] * columns]
    inner = widths[1] - 2 * _PADDING
    head = _lines(sheet, "№", heads, columns, inner, style.SMALL_COLUMN)
    body, looks, groups = list[list[Any]](), _look(lines, columns), list[tuple[int, int]]()
    for number, cells in enumerate(rows, 1):
        first = lines + len(body)
        body += _lines(sheet, str(number), cells, columns, inner, style.CELL)
        if number <= len(notes) and notes[number - 1]:
            looks.append(("SPAN", (1, lines + len(body)), (-1, lines + len(body))))
            body.append(_note(sheet, notes[number - 1], columns))
        groups.append((first, lines + len(body) - 1))
    for number in range(len(rows) + 1, len(rows) + empty_rows + 1):
        groups.append((lines + len(body), lines + len(body) + lines - 1))
        body += [[str(number) if not line else "", *[""] * columns] for line in range(lines)]
    heights = [None] * (lines + len(body) - lines * empty_rows) + [style.LINE] * (lines * empty_rows)
    looks += [("LINEBELOW", (0, last), (-1, last), 0.9, HexColor(style.OUTLINE)) for _first, last in groups]
    made = table_block([*head, *body], widths, looks, heights, repeat=lines)
    together, least = _fitting(made, groups, lines)
    return Kept([table_block([*head, *body], widths, [*looks, *_kept(together)], heights, repeat=lines)], least=least)


def _named_places(
    sheet: "Sheet", heads: Sequence[str], rows: Sequence[Sequence[str]], columns: int, notes: Sequence[str], empty: int
) -> Any:
    """Rows of many lines: nobody finds the fifth line of a head again, so each place says itself what stands there."""
    widths = [_NUMBERS, *[(style.WIDTH - _NUMBERS) / columns] * columns]
    body, heights, groups = list[list[Any]](), list[float | None](), list[tuple[int, int]]()
    inner, looks = widths[1] - 2 * _PADDING, list[tuple[Any, ...]]()
    for number in range(1, len(rows) + empty + 1):
        first, written = len(body), number <= len(rows)
        values = _lines(sheet, "", rows[number - 1] if written else [""] * len(heads), columns, inner, style.CELL)
        for named, said in zip(
            _lines(sheet, str(number), heads, columns, inner, style.SMALL_COLUMN), values, strict=True
        ):
            looks.append(("LINEBELOW", (1, len(body) + 1), (-1, len(body) + 1), 0.5, HexColor(style.HAIRLINE)))
            body += [named, said]
            heights += [None, None if written else style.LINE]
        if written and notes and notes[number - 1]:
            looks.append(("SPAN", (1, len(body)), (-1, len(body))))
            body.append(_note(sheet, notes[number - 1], columns))
            heights.append(None)
        looks.append(("LINEABOVE", (0, first), (-1, first), 0.9, HexColor(style.OUTLINE)))
        groups.append((first, len(body) - 1))
    looks += [
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, HexColor(style.OUTLINE)),
        ("LINEBEFORE", (1, 0), (columns, -1), 0.5, HexColor(style.HAIRLINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ]
    whole, least = _fitting(table_block(body, widths, looks, heights), groups, 0)
    if len(whole) < len(groups):  # a row higher than a page must be torn within its cells
        return None
    return Kept([table_block(body, widths, [*looks, *_kept(whole)], heights, torn=False)], least=least)


def _note(sheet: "Sheet", said: str, columns: int) -> list[Any]:
    """What is said of one row, below it."""
    told = sheet.styled(said, style.HINT, width=style.WIDTH - _NUMBERS - 2 * _PADDING)
    return ["", told, *[""] * (columns - 1)]


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


def _fitting(table: Any, groups: Sequence[tuple[int, int]], head: int) -> tuple[list[tuple[int, int]], float]:
    """The rows that fit on a page whole, under the head; and how much room there must be to begin at all."""
    table.wrap(style.WIDTH, style.HEIGHT)
    heights = table._rowHeights
    under = sum(heights[:head])
    whole = [(first, last) for first, last in groups if under + sum(heights[first : last + 1]) <= _WHOLE]
    begins = bool(whole) and whole[0] == groups[0]
    return whole, under + sum(heights[groups[0][0] : groups[0][1] + 1]) if begins else 0.0


def _kept(groups: Sequence[tuple[int, int]]) -> list[tuple[Any, ...]]:
    return [("NOSPLIT", (0, first), (-1, last)) for first, last in groups]
