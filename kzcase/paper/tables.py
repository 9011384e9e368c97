"""Tables as files: CSV and XLSX bytes in which no cell can run as a formula and no trace of an author is left."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kzcase.domain.errors import TooLarge

Value = str | int | float | None
TRIGGERS: Final = frozenset("=+-@\t\r\n\0＝＋－＠")
"""A spreadsheet may run a text that begins so (OWASP ASVS 1.2.10)."""
MOST_ROWS: Final = 1_000_000
WIDEST: Final = 48
_NO_MOMENT: Final = datetime(2000, 1, 1)  # a fixed stamp, so that files tell no time


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One sheet of a workbook: a name, lines above the table, column heads and rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    for_programs: bool = False
    """Cells stand letter by letter: a program reads them. They are typed as text, so no spreadsheet runs them."""


def safe(text: str) -> str:
    """The text as a cell that stays text: an apostrophe before anything a spreadsheet could run."""
    start = text.lstrip(" \u00a0\ufeff")[:1]
    return f"'{text}" if start in TRIGGERS and start else text


def csv_bytes(
    columns: Sequence[str], rows: Sequence[Sequence[Value]], *, delimiter: str = ",", bom: bool = False
) -> bytes:
    """UTF-8, RFC 4180 quoting, CRLF; with a BOM and `;` it opens in an office program of this region."""
    _bounded(len(rows))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe(column) for column in columns])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def xlsx_bytes(sheets: Sequence[DataSheet]) -> bytes:
    """A workbook made in memory: texts typed as text, numbers as numbers, no author, no times, no links."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"author": "", "title": "", "created": _NO_MOMENT})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    taken: set[str] = set()
    for sheet in sheets:
        _bounded(len(sheet.rows))
        _write(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, bold, wrapped)
    book.close()
    return stream.getvalue()


def _bounded(rows: int) -> None:
    if rows > MOST_ROWS:
        raise TooLarge("table", limit=MOST_ROWS)


def _cell(value: Value) -> Value:
    return safe(value) if isinstance(value, str) else value


def _write(page: Any, sheet: DataSheet, bold: Any, wrapped: Any) -> None:
    line = 0
    for text in sheet.above:
        page.merge_range(line, 0, line, max(6, len(sheet.columns) - 1), "", wrapped)
        page.write_string(line, 0, safe(text), wrapped)
        page.set_row(line, 15 * (1 + len(text) // 90))
        line += 1
    for column, name in enumerate(sheet.columns):
        page.write_string(line, column, safe(name), bold)
        widest = max([len(name), *(len(str(row[column])) for row in sheet.rows[:200])])
        page.set_column(column, column, min(WIDEST, widest + 2))
    for row in sheet.rows:
        line += 1
        for column, value in enumerate(row):
            _write_cell(page, line, column, value, plain=sheet.for_programs)
    for text in sheet.below:
        line += 1
        page.write_string(line, 0, safe(text))


def _write_cell(page: Any, line: int, column: int, value: Value, *, plain: bool) -> None:
    match value:
        case None:
            page.write_blank(line, column, None)
        case str():
            page.write_string(line, column, value if plain else safe(value))
        case int() | float():
            page.write_number(line, column, value)


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 signs, none of Excel's forbidden ones, never twice the same."""
    plain = "".join("-" if sign in "[]:*?/\\'" else sign for sign in name)[:26].strip() or "1"
    chosen, number = plain, 2
    while chosen.lower() in taken:
        chosen, number = f"{plain} {number}", number + 1
    taken.add(chosen.lower())
    return chosen
