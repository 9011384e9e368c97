"""A list of cases as a file: who took which along and why is in the read log first; what is hidden stays hidden."""

from collections.abc import Iterator
from typing import Final

from kzcase.actions.checks import code
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.case_filter import CaseFilter, checked
from kzcase.domain.errors import TooLarge
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CaseRow
from kzcase.i18n import Language, Words, _, render
from kzcase.queries.cases import case_list

MOST: Final = 100_000
AT_ONCE: Final = 2_000
COLUMNS: Final[tuple[tuple[str, Words], ...]] = (
    ("number", _("Number")),
    ("kind", _("Kind")),
    ("stage", _("Stage")),
    ("region", _("Region")),
    ("worker", _("Worker")),
    ("opened_on", _("Opened")),
    ("closed_on", _("Closed")),
)
WITH_NAMES: Final[tuple[tuple[str, Words], ...]] = (("name", _("Name")), ("sex", _("Sex")), ("birth", _("Born")))
"""Only where somebody asked for them; of others' cases and before “show names” the cells are empty all the same."""
FORMATS: Final = ("csv", "xlsx")


def export_list(
    book: Casebook, chosen: CaseFilter, reason: str, form: str, language: Language, *, names: bool = False
) -> bytes:
    """The chosen cases as CSV or XLSX, the latest first, for whoever may take lists along. `reason` is a code of the
    list `export_reason`; it stands in the read log with how much was taken, and never what was chosen by name."""
    checked(chosen)
    with book.read() as reader:
        reader.must_be_allowed(Permission.EXPORT_LISTS)
    wanted = code(book.rulebook, "export_reason", reason, "reason")
    record_look(book, Look.LIST, reason=wanted, detail=f"{form}{'.names' if names else ''}")
    columns = (*COLUMNS[:1], *WITH_NAMES, *COLUMNS[1:]) if names else COLUMNS
    with book.read("long") as reader:
        rows = tuple(_cells(reader, row, columns, language) for row in _every(reader, chosen))
    return _file(form, tuple(render(words, language) for _field, words in columns), rows, language)


def _every(reader: Reader, chosen: CaseFilter) -> Iterator[CaseRow]:
    for offset in range(0, MOST + 1, AT_ONCE):
        rows = case_list(reader, offset=offset, limit=AT_ONCE, chosen=chosen)
        if offset >= MOST and rows:
            raise TooLarge("list", limit=MOST)
        yield from rows
        if len(rows) < AT_ONCE:
            return


def _cells(reader: Reader, row: CaseRow, columns: tuple[tuple[str, Words], ...], language: Language) -> tuple[str, ...]:
    return tuple(_cell(reader, row, name, language) for name, _words in columns)


def _cell(reader: Reader, row: CaseRow, name: str, language: Language) -> str:
    value = getattr(row, name)
    if value is None or name in row.masked:
        return ""
    match name:
        case "kind" | "region" | "sex":
            return reader.rulebook.codes["case_kind" if name == "kind" else name].name(value, language)
        case "stage":
            pathway = reader.rulebook.pathways.get(row.kind or "")
            stage = pathway.stage(value) if pathway else None
            return {"kk": stage.kk, "ru": stage.ru, "en": stage.en}[language] if stage else str(value)
        case "opened_on" | "closed_on":
            return str(value.isoformat())
        case _:
            return str(value)


def _file(form: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], language: Language) -> bytes:
    from kzcase.paper.tables import DataSheet, csv_bytes, xlsx_bytes

    if form == "xlsx":
        return xlsx_bytes([DataSheet(render(_("Cases"), language), columns, rows)])
    return csv_bytes(columns, rows, delimiter=";", bom=True)
