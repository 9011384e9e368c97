"""The settings sheet of an XLSForm: what pyxform takes, and what we add to it about the form as a whole."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kzcase.domain.errors import BadForm
from kzcase.forms.about import WHOLE_FORM, about_form
from kzcase.forms.languages import code_of
from kzcase.forms.own_attributes import KZCASE
from kzcase.forms.sheets import Row, Sheets, cell
from kzcase.i18n import _

_OWN = "attribute::kzcase:"
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
_TITLES = frozenset({"form_title", "title", "set_form_title"})
_FIRST_ROW = 2
"""Where the one row of the settings stands, below its headings."""
_NAMESPACE = f'kzcase="{KZCASE}"'


def read_settings(rows: Iterable[Mapping[str, str]]) -> tuple[list[Row], dict[str, str], dict[str, str]]:
    """The rows for pyxform, the titles and the purposes by language (`about::Русский (ru)`)."""
    kept: list[Row] = []
    title: dict[str, str] = {}
    about: dict[str, str] = {}
    for row in rows:
        kept.append({})
        for heading, text in row.items():
            column, _colons, language = (part.strip() for part in str(heading).partition("::"))
            if column.lower() in _TITLES and language:
                title[code_of(language)] = str(text)
            elif column.lower() == "about" and language:
                about[code_of(language)] = str(text)
            else:
                kept[-1][f"{_OWN}about" if column.lower() == "about" else str(heading)] = text
    return kept, title, about


def with_namespace(sheets: Sheets) -> list[Row]:
    """The settings with our own namespace declared wherever a column of the form uses it."""
    used = any("::kzcase:" in str(heading) for row in (*sheets.survey, *sheets.settings) for heading in row)
    rows = [dict(row) for row in sheets.settings] or [Row()]
    if used and KZCASE not in str(rows[0].get("namespaces", "")):
        rows[0]["namespaces"] = f"{rows[0].get('namespaces', '')} {_NAMESPACE}".strip()
    return rows if rows[0] else []


def id_problem(form_id: str, sheets: Sheets | None) -> BadForm | None:
    """Why an office cannot have a form of this id, with where the id was written."""
    if _ID.fullmatch(form_id):
        return None
    place = sheets.place(_FIRST_ROW, "form_id", "settings") if sheets is not None and sheets.is_workbook else "form_id"
    return BadForm(place, why=_("The id of a form has Latin letters, digits and _ . - only: “{id}”.", id=form_id[:64]))


def written_id_problem(sheets: Sheets) -> BadForm | None:
    """The same of the id that the settings sheet names, before anything is made of the rows."""
    named = next((found for row in sheets.settings if (found := cell(row, "form_id", "id_string"))), "")
    return id_problem(named, sheets) if named else None


def settings_problems(sheets: Sheets) -> Iterator[BadForm]:
    """What an office's settings sheet says about the form as a whole that cannot be used."""
    for row in sheets.settings:
        told = {str(heading).removeprefix(_OWN): str(text) for heading, text in row.items() if _is_own(heading)}
        _fields, wrong = about_form(told)
        for name, why in wrong.items():
            yield BadForm(settings_place(sheets, f"{_OWN}{name}"), why=why)
        for name in told:
            if name not in (*WHOLE_FORM, "about"):
                why = _("“{name}” is not known here.", name=name[:40])
                yield BadForm(settings_place(sheets, f"{_OWN}{name[:40]}"), why=why)


def settings_place(sheets: Sheets, column: str) -> str:
    """Where something of the form as a whole stands; only a workbook has a sheet for it."""
    return sheets.place(_FIRST_ROW, column, "settings") if sheets.is_workbook else f"settings · {column}"


def _is_own(heading: object) -> bool:
    return str(heading).startswith(_OWN)
