"""What a stranger's .csv or .md form may be, looked at before anything is made of its cells."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.sheets import Row
from kzcase.i18n import Words, _

LARGEST_FILE: Final = 4 * 2**20
LONGEST_CELL: Final = 32_767
"""As much as a cell of a workbook holds."""
MOST_ROWS: Final = 6_000
"""Of all sheets together: a thousand questions and five thousand choices; a longer list lies in a file beside."""
MOST_COLUMNS: Final = 300
MOST_CELLS: Final = 60_000
"""That have something in them."""
_MARKS: Final = re.compile("[,;\t]")
_SHEETS: Final = ("survey", "choices", "external_choices", "settings")
LONGEST_HEADING: Final = 500
"""What stands before and after each `::` of a heading is looked up; a language with its code has thirty signs."""


def checked_sheet_text(ending: str, untrusted_data: bytes) -> bytes:
    """The table with commas, as every library reads it: Excel puts a mark before it, and in Russian semicolons in it.

    Raises BadForm or TooLarge with the line.
    """
    if len(untrusted_data) > LARGEST_FILE:
        raise TooLarge(limit="4 MB")
    try:
        text = untrusted_data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadForm(why=_("The file is not UTF-8 text.")) from error
    cells, sheet, headed = 0, "", True
    mark = _mark_of(text) if ending == ".csv" else ""
    rows = _csv_rows(text, mark) if mark else _bars(text)
    for number, (line, row) in enumerate(rows, 1):
        cells += sum(1 for cell in row if cell and not cell.isspace())
        if len(row) > MOST_COLUMNS:
            raise TooLarge(str(line), limit=_("{count} columns", count=MOST_COLUMNS))
        if any(len(cell.strip()) > LONGEST_CELL for cell in row):
            raise TooLarge(str(line), limit=signs(LONGEST_CELL))
        _check_begun(sheet, row, line)
        sheet, headed = (row[0].strip().lower(), False) if row and row[0].strip() else (sheet, headed)
        if not headed and any(map(str.strip, row[1:])):
            _check_twice(sheet, row[1:])
            headed = True
        if number > MOST_ROWS:
            raise TooLarge(str(line), limit=_("{count} rows", count=MOST_ROWS))
        if cells > MOST_CELLS:
            raise TooLarge(str(line), limit=_("{count} cells", count=MOST_CELLS))
    return (text if mark in ("", ",") else _with_commas(_csv_rows(text, mark))).encode()


def _mark_of(text: str) -> str:
    """What stands between the cells: the first such sign, for no name of a sheet has one."""
    found = _MARKS.search(text)
    return found[0] if found else ","


def _with_commas(rows: Iterable[tuple[int, Sequence[str]]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(row for _line, row in rows)
    return out.getvalue()


def _csv_rows(text: str, mark: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row and the line of the file on which it begins."""
    begins = 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise TooLarge(str(begins), limit=signs(LONGEST_CELL)) from error
        raise BadForm(str(begins), why=_("This row cannot be read as a row of a table.")) from error


def _bars(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each line of a Markdown table, divided no further than it may be."""
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.split("|", MOST_COLUMNS + 1)[1:]


def _check_begun(sheet: str, row: Sequence[str], line: int) -> None:
    """Refuse the columns of a survey where no sheet was named before: one table alone holds no form."""
    if not sheet and {"type", "name"} <= {cell.strip().lower() for cell in row}:
        why = _(
            "The name of the sheet is missing above this row. Please write “{sheet}” into the row before it, in the "
            "first column, and leave the first column empty in all rows of the sheet: "
            "`survey`, then `,type,name,label`.",
            sheet="survey",
        )
        raise BadForm(str(line), why=why)


def _check_twice(sheet: str, headings: Sequence[str]) -> None:
    """Of two columns of one name only the last would be read, and nobody would know."""
    if sheet not in _SHEETS:
        return
    named = [heading.strip() for heading in headings if heading.strip()]
    for at, name in enumerate(named):
        if name in named[:at]:
            raise BadForm(f"1 · {sheet} · {name[:40]}", why=_("“{name}” is given twice.", name=name[:40]))


def signs(count: int) -> Words:
    """So many, as a limit."""
    return _("{count} signs", count=count)


def check_headings(sheet: str, rows: Iterable[Row]) -> None:
    """Refuse a heading that no sheet has: each `::` in it costs memory for every row below."""
    for heading in {str(each): None for row in rows for each in row}:
        if len(heading) > LONGEST_HEADING:
            raise TooLarge(f"1 · {sheet} · {heading[:40]}", limit=signs(LONGEST_HEADING))
