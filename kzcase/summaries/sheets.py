"""A release as people read it: tables with names instead of codes, a chart or two, and the sentence of guarantee."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Final

from kzcase.disclosure.codebook import ALL
from kzcase.disclosure.tables import Cell, Table
from kzcase.domain.charts import MOST_BARS, MOST_SERIES, Bar, BarChart
from kzcase.domain.papers import Organisation, SheetHeader
from kzcase.domain.periods import periods_words
from kzcase.domain.summary import SummarySheet, SummaryTable
from kzcase.i18n import Language, Words, _, pgettext, render
from kzcase.paper import fonts
from kzcase.paper.tables import DataSheet, Value, xlsx_bytes
from kzcase.summaries.indicators import Indicators
from kzcase.summaries.release import STAMPS, Release

ACROSS: Final = 8
"""At most so many categories lie across; more would not fit a page."""
DEMONSTRATION: Final = _("DEMONSTRATION · invented people and events")
EVERYBODY: Final = pgettext("table margin", "all")


class Reader:
    """Names of variables and categories in one language; without indicators the file's own."""

    def __init__(self, language: Language, indicators: Indicators | None) -> None:
        self.language, self.indicators = language, indicators

    def variable(self, name: str) -> str:
        """The name of a variable."""
        return self.indicators.label(name, None, self.language) if self.indicators else printable(name)

    def category(self, variable: str, category: str) -> str:
        """The name of a category, or “all”."""
        if category == ALL:
            return render(EVERYBODY, self.language)
        found = self.indicators.label(variable, category, self.language) if self.indicators else category
        return printable(found)

    def title(self, table: Table) -> str:
        """The variables of a table, as a title."""
        return " × ".join(self.variable(name) for name in table)


def printable(text: str) -> str:
    """The text with letters that the paper's font lacks replaced; only names from a file can hold such."""
    return fonts.printable(text)


def summary_sheet(
    release: Release, reader: Reader, *, organisation: str, printed_on: date, demonstration: bool = False
) -> SummarySheet:
    """The release as a paper."""
    header = SheetHeader(Organisation(printable(organisation)), "S-01", "1", printed_on, demonstration=demonstration)
    tables = [table for table in release.tables if table]
    return SummarySheet(
        header=header,
        title=printable(release.title) or release.heading,
        facts=tuple(_facts(release, reader.language)),
        stamps=tuple(STAMPS[stamp] for stamp in release.stamps),
        guarantee=release.guarantee.with_arguments(bound=release.bound),
        footnote=release.footnote.with_arguments(base=release.base, bound=release.bound),
        tables=tuple(_crossed(release, table, reader) for table in tables),
        charts=tuple(chart for table in tables if (chart := _chart(release, table, reader)) is not None),
    )


def workbook(release: Release, reader: Reader, sheet: SummarySheet) -> bytes:
    """The release as XLSX: one sheet a table. Above each stands whose it is, what of, and the guarantee: a table may
    be passed on alone."""
    above = tuple(_above(sheet, reader.language))
    return xlsx_bytes(
        [
            DataSheet(
                reader.title(table),
                tuple(str(column) for column in crossed.columns),
                tuple(tuple(_number(cell) for cell in row) for row in crossed.rows),
                above=above,
            )
            for table, crossed in zip((table for table in release.tables if table), sheet.tables, strict=True)
        ]
    )


def _above(sheet: SummarySheet, language: Language) -> Iterator[str]:
    yield _plain(sheet.title, language)
    if sheet.header.organisation.name:
        yield sheet.header.organisation.name
    yield from (f"{_plain(name, language)}: {_plain(value, language)}" for name, value in sheet.facts)
    if sheet.header.demonstration:
        yield render(DEMONSTRATION, language)
    yield from (render(words, language) for words in (*sheet.stamps, sheet.guarantee, sheet.footnote))


def _plain(text: Words | str, language: Language) -> str:
    return text if isinstance(text, str) else render(text, language)


def _number(cell: object) -> Value:
    return cell.value if isinstance(cell, Count) else str(cell)


class Count(str):
    """A number that will stand in a table of texts."""

    __slots__ = ()

    @property
    def value(self) -> int:
        """The number itself."""
        return int(self)


def _facts(release: Release, language: Language) -> Iterator[tuple[Words, str]]:
    if any(release.periods):
        yield _("Reporting period"), render(periods_words(release.periods), language)
    yield release.in_all, str(release.counts[()])
    yield _("Rounded to"), str(release.base)
    if release.codebook.version:
        yield _("Version of the codebook"), release.codebook.version


def _crossed(release: Release, table: Table, reader: Reader) -> SummaryTable:
    """The table with its last variable across if that fits, all margins included, impossible rows left out."""
    last = release.codebook.categories(table[-1])
    wide = len(table) > 1 and len(last) <= ACROSS
    down = table[:-1] if wide else table
    across = (*last, ALL) if wide else (ALL,)
    heads = [reader.variable(name) for name in down]
    heads += [reader.category(table[-1], one) for one in across] if wide else [render(release.unit, reader.language)]
    rows = []
    for categories in product(*((*release.codebook.categories(name), ALL) for name in down)):
        named = dict(zip(down, categories, strict=True))
        cells = [_cell({**named, **({table[-1]: one} if wide else {})}, table) for one in across]
        if cells[-1] in release.counts:
            counts = [Count(release.counts[cell]) if cell in release.counts else "–" for cell in cells]
            rows.append((*(reader.category(name, one) for name, one in named.items()), *counts))
    return SummaryTable(reader.title(table), tuple(heads), tuple(rows))


def _cell(named: dict[str, str], table: Table) -> Cell:
    return tuple((name, named[name]) for name in table if named[name] != ALL)


def _chart(release: Release, table: Table, reader: Reader) -> BarChart | None:
    """Bars for one variable, stacked bars for two; empty categories are left out of the picture."""
    if len(table) > 2:
        return None
    down = table[0]
    across: Sequence[str] = release.codebook.categories(table[1]) if len(table) == 2 else (ALL,)
    shown = [one for one in release.codebook.categories(down) if release.counts.get(((down, one),), 0)]
    if not shown or len(shown) > MOST_BARS or len(across) > MOST_SERIES:
        return None
    series = tuple(reader.category(table[-1], one) for one in across)
    bars = tuple(
        Bar(
            reader.category(down, one),
            tuple(
                float(release.counts.get(_cell({down: one, table[-1]: one if len(table) == 1 else other}, table), 0))
                for other in across
            ),
        )
        for one in shown
    )
    return BarChart(reader.title(table), series, bars)
