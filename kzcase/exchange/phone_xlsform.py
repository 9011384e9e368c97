"""Makes the XLSForm of a form ready for phones: the workbook that servers such as KoboToolbox take."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kzcase.exchange.instances import CASE_SCANNED, CASE_TYPED, FORM_MARK
from kzcase.exchange.own_tables import changed_tables, choices_with
from kzcase.exchange.phone_xform import SCANNED, TYPED, edition_on_phones, title_on_phones
from kzcase.exchange.writing import form_mark
from kzcase.forms.definition import Form
from kzcase.forms.languages import HEADINGS
from kzcase.forms.sheets import Row, Sheets
from kzcase.i18n import LANGUAGES, Words, render
from kzcase.paper.tables import DataSheet, xlsx_bytes

_OURS: Final = ("bind::kzcase:", "attribute::kzcase:")
_FIRST: Final = ("type", "name", "list_name")


def phone_xlsform(form: Form, sheets: Sheets, public_key: bytes, key: str) -> bytes:
    """The workbook as it leaves; privacy classes and what only kzcase reads stay here."""
    survey = [*_home(form), *map(_plain, sheets.survey)]
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


def _home(form: Form) -> Iterator[Row]:
    """The rows by which answers find their version and their case."""
    yield {"type": "calculate", "name": FORM_MARK, "calculation": f"'{form_mark(form)}'"}
    yield {"type": "text", "name": CASE_TYPED, **_labels(TYPED)}
    yield {"type": "barcode", "name": CASE_SCANNED, **_labels(SCANNED)}


def _labels(words: Words) -> dict[str, str]:
    return {f"label::{HEADINGS[language]}": render(words, language) for language in LANGUAGES}


def _plain(row: Mapping[str, Any]) -> Row:
    return {heading: str(text) for heading, text in row.items() if not heading.startswith(_OURS)}


def _sheet(name: str, rows: Sequence[Row]) -> DataSheet:
    headings = tuple(
        dict.fromkeys([*(h for h in _FIRST if any(h in row for row in rows)), *(h for r in rows for h in r)])
    )
    cells = tuple(tuple(row.get(heading) for heading in headings) for row in rows)
    return DataSheet(name, headings, cells, for_programs=True)
