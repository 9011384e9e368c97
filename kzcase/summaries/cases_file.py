"""A file of cases that never was in a casebook: one row a person, one column a variable."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzcase.disclosure.codebook import ALL
from kzcase.domain.errors import BadInput, BadInputs, BadSummary, TooLarge
from kzcase.i18n import _
from kzcase.summaries.incoming import bytes_of

LARGEST: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 200
LONGEST: Final = 200
"""Signs in one category; longer cells are texts about people, not categories."""
MOST_PROBLEMS: Final = 20
EMPTY: Final = "(empty)"
"""What an empty cell is counted as: leaving such people out would hide that something is not known."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Columns of equal length; only those that were asked for."""

    columns: dict[str, tuple[str, ...]]
    people: int


def read_cases(path: Path, wanted: Collection[str]) -> Cases:
    """Read the wanted columns; BadSummary or BadInputs name the line, never what stands there."""
    return parse_cases(bytes_of(path, LARGEST), wanted)


def parse_cases(raw: bytes, wanted: Collection[str]) -> Cases:
    """Comma, semicolon or tab; UTF-8 with or without BOM, else Windows-1251."""
    text = _decoded(raw)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _read(lines, wanted)
    except csv.Error:
        raise BadSummary(f"line {lines.line_num}", why=_("this line cannot be read as CSV.")) from None


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSummary("cases", why=_("the file is neither UTF-8 nor Windows-1251 text."))


def _delimiter(text: str) -> str:
    head = text[:10_000].split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _read(lines: Iterator[list[str]], wanted: Collection[str]) -> Cases:
    head = [name.strip() for name in next(lines, [])]
    places = _places(head, wanted)
    picked: list[tuple[str, ...]] = []
    problems: list[BadInput] = []
    for number, row in enumerate(lines, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(picked) >= MOST_ROWS:
            raise TooLarge("cases", limit=MOST_ROWS)
        problem = _problem(row, len(head), places, number)
        if problem:
            problems.append(problem)
        elif not problems:
            picked.append(tuple(row[place].strip() or EMPTY for place in places.values()))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BadInputs(problems)
    columns = tuple(zip(*picked, strict=True)) if picked else tuple(() for _name in places)
    return Cases(dict(zip(places, columns, strict=True)), len(picked))


def _places(head: list[str], wanted: Collection[str]) -> dict[str, int]:
    if not head or len(head) > MOST_COLUMNS:
        raise BadSummary("line 1", why=_("a line with the names of the columns is expected."))
    for name in wanted:
        if head.count(name) != 1:
            raise BadSummary("line 1", why=_("the column “{name}” must stand there exactly once.", name=name))
    return {name: head.index(name) for name in sorted(wanted)}


def _problem(row: list[str], width: int, places: dict[str, int], number: int) -> BadInput | None:
    if len(row) != width:
        return BadSummary(
            f"line {number}", why=_("{found} cells instead of {expected}.", found=len(row), expected=width)
        )
    for name, place in places.items():
        cell = row[place].strip()
        if cell == ALL or len(cell) > LONGEST or (cell and not cell.isprintable()):
            return BadSummary(f"line {number}, {name}", why=_("this is not a category that can be counted."))
    return None
