"""A file of cases that never was in a casebook: one row a person, one column a variable."""

import codecs
import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzcase.disclosure.codebook import ALL
from kzcase.domain.errors import BadInput, BadInputs, BadSummary, TooLarge
from kzcase.i18n import _
from kzcase.summaries.incoming import bytes_of, lines_of

LARGEST: Final = 48 << 20
MOST_ROWS: Final = 200_000
"""Twice the largest casebook thought of. So many are read in half a second, then the last may be wrong."""
MOST_COLUMNS: Final = 200
LONGEST_LINE: Final = 1 << 17
"""Signs: two hundred columns of the longest categories are forty thousand."""
LONGEST: Final = 200
"""Signs in one category; longer cells are texts about people, not categories."""
MOST_DIFFERENT: Final = 160_000
"""Categories of all wanted columns together: sixty columns of a thousand, and one that numbers 100,000 incidents."""
MOST_PROBLEMS: Final = 20
EMPTY: Final = "(empty)"
"""What an empty cell is counted as: leaving such people out would hide that something is not known."""
_PIECE: Final = 1 << 20


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
    if len(raw) > LARGEST:
        raise TooLarge("cases", limit=f"{LARGEST >> 20} MB")
    encoding = _encoding(raw)
    delimiter = _delimiter(raw[: 4 * 10_000].decode(encoding, "replace")[:10_000])
    lines = csv.reader(_lines(raw, encoding), delimiter=delimiter)
    try:
        return _Reading(lines, wanted).cases()
    except csv.Error:
        raise BadSummary(f"line {lines.line_num}", why=_("this line cannot be read as CSV.")) from None


def _encoding(raw: bytes) -> str:
    """Found out piece by piece: the whole text would take four times the memory of the file."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        reader = codecs.getincrementaldecoder(encoding)()
        try:
            for at in range(0, len(raw), _PIECE):
                reader.decode(raw[at : at + _PIECE])
            reader.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise BadSummary("cases", why=_("the file is neither UTF-8 nor Windows-1251 text."))


def _lines(raw: bytes, encoding: str) -> Iterator[str]:
    """None longer than a row may be, and not endlessly many empty ones."""
    for number, line in enumerate(lines_of(raw, encoding, LONGEST_LINE)):
        if number > 2 * MOST_ROWS:
            raise TooLarge("cases", limit=MOST_ROWS)
        yield line


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


class _Reading:
    """One file on its way into columns. Each spelling of a category is looked at once."""

    def __init__(self, lines: Iterator[list[str]], wanted: Collection[str]) -> None:
        head = [name.strip() for name in next(lines, [])]
        self._lines = lines
        self._width = len(head)
        self._places = _places(head, wanted)
        self._known: tuple[dict[str, str], ...] = tuple({} for _name in self._places)
        self._columns: tuple[list[str], ...] = tuple([] for _name in self._places)
        self._room = MOST_DIFFERENT

    def cases(self) -> Cases:
        people, problems = 0, list[BadInput]()
        for number, row in enumerate(self._lines, 2):
            try:
                people += self._take(row, number)
            except BadSummary as problem:
                problems.append(problem)
            if people > MOST_ROWS:
                raise TooLarge("cases", limit=MOST_ROWS)
            if len(problems) >= MOST_PROBLEMS:
                break
        if problems:
            raise BadInputs(problems)
        return Cases({name: tuple(told) for name, told in zip(self._places, self._columns, strict=True)}, people)

    def _take(self, row: list[str], number: int) -> bool:
        """Whether this row is a person."""
        if not any(row) or not any(map(str.strip, row)):
            return False
        if len(row) != self._width:
            why = _("{found} cells instead of {expected}.", found=len(row), expected=self._width)
            raise BadSummary(f"line {number}", why=why)
        told = [
            known.get(row[place]) or self._category(known, row[place], number, name)
            for known, (name, place) in zip(self._known, self._places.items(), strict=True)
        ]
        for column, category in zip(self._columns, told, strict=True):
            column.append(category)
        return True

    def _category(self, known: dict[str, str], cell: str, number: int, name: str) -> str:
        said = cell.strip()
        if said == ALL or len(said) > LONGEST or not said.isprintable():
            raise BadSummary(f"line {number}, {name}", why=_("this is not a category that can be counted."))
        self._room -= 1
        if self._room < 0:
            raise TooLarge(f"line {number}, {name}", limit=MOST_DIFFERENT)
        known[cell] = said or EMPTY
        return known[cell]


def _places(head: list[str], wanted: Collection[str]) -> dict[str, int]:
    if not head or len(head) > MOST_COLUMNS:
        raise BadSummary("line 1", why=_("a line with the names of the columns is expected."))
    for name in wanted:
        if head.count(name) != 1:
            raise BadSummary("line 1", why=_("the column “{name}” must stand there exactly once.", name=name))
    return {name: head.index(name) for name in sorted(wanted)}
