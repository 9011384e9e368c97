"""Makes the XLSForm of a form ready for phones: the workbook that servers such as KoboToolbox take."""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kzcase.exchange.own_tables import changed_tables, choices_with
from kzcase.exchange.phone_xform import SCANNED, TYPED, edition_on_phones, in_all, said_in, title_on_phones
from kzcase.exchange.writing import form_mark
from kzcase.forms.definition import Form
from kzcase.forms.sheets import Row, Sheets
from kzcase.forms.way_home import CASE_SCANNED, CASE_TYPED, FORM_MARK
from kzcase.i18n import Words
from kzcase.paper.tables import DataSheet, xlsx_bytes

_OURS: Final = ("bind::kzcase:", "attribute::kzcase:")
_FIRST: Final = ("type", "name", "list_name")


def phone_xlsform(form: Form, sheets: Sheets, public_key: bytes, key: str) -> bytes:
    """The workbook as it leaves; privacy classes and what only kzcase reads stay here."""
    survey = [*_home(form, sheets), *map(_plain, sheets.survey)]
    settings = _plain({**(sheets.settings[0] if sheets.settings else {}), "form_id": form.id})
    settings.pop("namespaces", None)
    settings.pop("submission_url", None)
    settings["form_title"] = title_on_phones(form) or settings.get("form_title", "")
    tables = changed_tables(form)
    settings["version"] = edition_on_phones(form, key, tables)
    if public_key:
        settings["public_key"] = base64.b64encode(public_key).decode()
    choices = choices_with(list(sheets.choices), tables)
    parts = (("survey", survey), ("choices", list(map(_plain, choices))), ("settings", [settings]))
    return xlsx_bytes([_sheet(name, rows) for name, rows in parts if rows])


def _home(form: Form, sheets: Sheets) -> Iterator[Row]:
    """The rows by which answers find their version and their case, in the languages of the form and no others."""
    headings = dict.fromkeys(str(heading) for row in sheets.survey for heading in row if _is_label(heading))
    yield {"type": "calculate", "name": FORM_MARK, "calculation": f"'{form_mark(form)}'"}
    yield {"type": "text", "name": CASE_TYPED, **_labels(TYPED, headings)}
    yield {"type": "barcode", "name": CASE_SCANNED, **_labels(SCANNED, headings)}


def _is_label(heading: object) -> bool:
    return str(heading).partition(":")[0].strip().lower() == "label"


def _labels(words: Words, headings: Iterable[str]) -> dict[str, str]:
    named = {heading: heading.partition(":")[2].strip(": ") for heading in headings}
    return {heading: said_in(words, language) if language else in_all(words) for heading, language in named.items()}


def _plain(row: Mapping[str, Any]) -> Row:
    return {heading: str(text) for heading, text in row.items() if not heading.startswith(_OURS)}


def _sheet(name: str, rows: Sequence[Row]) -> DataSheet:
    headings = tuple(
        dict.fromkeys([*(h for h in _FIRST if any(h in row for row in rows)), *(h for r in rows for h in r)])
    )
    cells = tuple(tuple(row.get(heading) for heading in headings) for row in rows)
    return DataSheet(name, headings, cells, for_programs=True)
