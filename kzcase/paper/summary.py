"""The protected summary on paper: what it promises, its tables and charts, and how to read the numbers."""

from typing import Final

from kzcase.domain.papers import Text
from kzcase.domain.summary import LIMITS, SummarySheet, SummaryTable
from kzcase.i18n import Language
from kzcase.paper import style
from kzcase.paper.sheet import Sheet

_WORDS: Final = 1.8  # shares of the width
_NUMBERS: Final = 1.0
_WITHHELD: Final = "–"


def summary_pdf(summary: SummarySheet, language: Language) -> bytes:
    """The summary as PDF; it holds protected numbers only."""
    sheet = Sheet(summary.header, language)
    sheet.title(summary.title)
    for stamp in summary.stamps:
        sheet.paragraph(stamp, style.STRONG)
    sheet.paragraph(summary.guarantee)
    if summary.facts:
        sheet.fields(summary.facts)
    for chart in summary.charts:
        sheet.chart(chart)
    for table in summary.tables:
        _table(sheet, table)
    sheet.paragraph(summary.footnote, style.STRONG)
    sheet.paragraph(LIMITS, style.HINT)
    return sheet.to_bytes()


def _table(sheet: Sheet, table: SummaryTable) -> None:
    """A table with more room for words than for numbers."""
    sheet.heading(table.title)
    counted = [all(_is_number(row[at]) for row in table.rows) for at in range(len(table.columns))]
    sheet.table(table.columns, table.rows, shares=[_NUMBERS if number else _WORDS for number in counted])


def _is_number(cell: Text) -> bool:
    return isinstance(cell, str) and (cell.isdigit() or cell == _WITHHELD)
