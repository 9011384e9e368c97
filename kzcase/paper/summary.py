"""The protected summary on paper: what it promises, its tables and charts, and how to read the numbers."""

from kzcase.domain.summary import LIMITS, SummarySheet, SummaryTable
from kzcase.i18n import Language
from kzcase.paper import style
from kzcase.paper.sheet import Sheet


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
    sheet.heading(table.title)
    numbers = len(table.columns) - sum(not str(cell).isdigit() for cell in table.rows[0]) if table.rows else 0
    words = len(table.columns) - numbers
    sheet.table(table.columns, table.rows, shares=(*([1.8] * words), *([1.0] * numbers)))
