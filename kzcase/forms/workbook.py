"""Reads an office's own XLSForm (.xlsx, .md, .csv) from a stranger safely, and makes XForms of rows by pyxform."""

import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, unescape

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.directories import PACKINGS, check_directory
from kzcase.forms.languages import code_of
from kzcase.forms.objections import NO_SHEET, objection
from kzcase.forms.or_other import with_others
from kzcase.forms.settings import read_settings, with_namespace
from kzcase.forms.sheet_texts import LONGEST_CELL, MOST_ROWS, check_headings, checked_sheet_text, signs
from kzcase.forms.sheets import Row, Sheets, cell
from kzcase.forms.xform import MOST_QUESTIONS
from kzcase.forms.xform_about import ABOUT, TITLE
from kzcase.forms.xml_reading import check_xml
from kzcase.i18n import _

_MOST_UNPACKED = 32 * 2**20
_MOST_FILES = 500
_MOST_TAGS = 250_000
"""Signs `<` in all parts of a workbook: forty thousand cells. Reading so many takes three quarters of a second."""
_RATIO = 120
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
_BROKEN_PACKAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, RuntimeError, NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
"""What reading a damaged package comes to, by the way it is packed."""
_BROKEN_TABLE: Final = (TypeError, KeyError, AttributeError, StopIteration, IndexError, AssertionError, ParseError)
"""What the library that reads tables comes to where something is missing in them."""


def read_workbook(ending: str, untrusted_data: bytes) -> Sheets:
    """The rows of an .xlsx, .md or .csv form. Raises BadForm or TooLarge."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    if ending == ".xlsx":
        _check_package(untrusted_data)
    else:
        untrusted_data = checked_sheet_text(ending, untrusted_data)
    try:
        with warnings.catch_warnings():  # what a newer Excel wrote beside the cells does not matter here
            warnings.simplefilter("ignore", UserWarning)
            found = get_xlsform(untrusted_data, file_type=ending)
    except PyXFormError as error:
        wrong = objection(error, Sheets([], [], [], [], [], is_workbook=True))
        if twice := _TWICE.search(str(error)):
            wrong.place = _place_of_heading(ending, untrusted_data, twice[1].strip())
        raise wrong from error
    except (*_BROKEN_PACKAGE, *_BROKEN_TABLE) as error:
        raise BadForm(why=_("The file is not a form in {ending} format.", ending=ending)) from error
    return _sheets(found)


_TWICE: Final = re.compile(r"Duplicate column header: (.*)")


def _place_of_heading(ending: str, untrusted_data: bytes, heading: str) -> str:
    """On which sheet a heading stands twice; the reader of tables does not say."""
    sheet = ""
    if ending == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(BytesIO(untrusted_data), read_only=True)
        heads = ((each.title, next(each.iter_rows(max_row=1, values_only=True), ())) for each in book.worksheets)
        sheet = next((title for title, cells in heads if [str(cell).strip() for cell in cells].count(heading) > 1), "")
    return " · ".join(filter(None, ("1", sheet[:40], heading[:40])))


def _check_package(data: bytes) -> None:
    """Refuse a workbook that unpacks to more than a form can need, before anything else reads it."""
    check_directory(data, _MOST_FILES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            files = package.infolist()
            if len(files) > _MOST_FILES or sum(file.file_size for file in files) > _MOST_UNPACKED:
                raise TooLarge(limit="32 MB")
            for file in files:
                if file.compress_type not in PACKINGS:
                    raise BadForm(why=_("The file is not a form in {ending} format.", ending=".xlsx"))
                if file.file_size > 2**20 and file.file_size > _RATIO * max(1, file.compress_size):
                    raise TooLarge(file.filename[:80], limit="32 MB")
            _check_parts(package.read(file) for file in files if file.filename.endswith((".xml", ".rels")))
    except _BROKEN_PACKAGE as error:
        raise BadForm(why=_("The file is not a form in {ending} format.", ending=".xlsx")) from error


def _check_parts(parts: Iterable[bytes]) -> None:
    """Rows and cells are counted before anything is made of them."""
    tags = rows = 0
    for part in parts:
        tags, rows = tags + part.count(b"<"), rows + len(_ROW.findall(part))
        if rows > MOST_ROWS or tags > _MOST_TAGS:
            raise TooLarge(limit=_("{count} rows", count=MOST_ROWS))
        check_xml(part)


def _sheets(found: Any) -> Sheets:
    survey, choices = list(found.survey or ()), list(found.choices or ())
    if len(survey) > MOST_QUESTIONS:
        raise TooLarge("survey", limit=_("{count} questions", count=MOST_QUESTIONS))
    for name in found.__slots__:
        if name.endswith(_HEADER):
            check_headings(name.removesuffix(_HEADER), getattr(found, name) or ())
    for rows in (survey, choices, list(getattr(found, "external_choices", None) or ())):
        for at, row in enumerate(rows):
            if any(len(str(text)) > LONGEST_CELL for text in row.values()):
                raise TooLarge(str(at + 2), limit=signs(LONGEST_CELL))
    if not survey:
        raise BadForm(why=_("The file holds no questions.") if found.survey_header else NO_SHEET)
    others = {
        name: getattr(found, name)
        for name in found.__slots__
        if name not in ("survey", "choices", "settings") and getattr(found, name) is not None
    }
    settings, title, about = read_settings(found.settings or ())
    further = list(others.pop("external_choices", None) or ())
    return _written_out(
        survey,
        choices,
        further,
        settings=settings,
        title=title,
        about=about,
        others={name: value for name, value in others.items() if not name.startswith(_SHEETS)},
    )


_HEADER: Final = "_header"
_SHEETS: Final = ("survey", "choices", "external_choices")
_EXTERNAL: Final = re.compile(r"select[ _]one[ _]external\s+(\S+)", re.IGNORECASE)


def _written_out(survey: list[Row], choices: list[Row], further: list[Row], **rest: Any) -> Sheets:
    """The rows as every form has them: a list on the sheet `external_choices` is a list like the others, and
    `or_other` is a choice and a question. ODK keeps the former apart only because its phones are slow with them."""
    inside = {cell(row, "list_name", "list") for row in choices}
    for row in survey:
        for heading, text in row.items():
            asked = _EXTERNAL.fullmatch(str(text).strip()) if str(heading).strip().lower() == "type" else None
            if asked:
                row[heading] = f"select_one {_list_name(asked[1], inside)}"
    further = [_like_the_others(row, choices, inside) for row in further]
    named = [(cell(row, "list_name", "list"), cell(row, "name", "value")) for row in further]
    if len(set(named)) < len(named):  # a filter tells them apart
        rest["settings"] = [{**row, "allow_choice_duplicates": "yes"} for row in rest["settings"] or [Row()]]
    return with_others(
        Sheets(
            survey=survey,
            choices=[*choices, *further],
            survey_rows=range(2, len(survey) + 2),
            choice_rows=[*range(2, len(choices) + 2), *range(2, len(further) + 2)],
            own_choices=len(choices),
            is_workbook=True,
            **rest,
        )
    )


def _list_name(name: str, inside: Container[str]) -> str:
    """Both sheets may have a list of the same name; then this one is called otherwise."""
    return f"{name}_external" if name in inside else name


def _like_the_others(row: Row, choices: Sequence[Row], inside: Container[str]) -> Row:
    """A row of the sheet `external_choices` under the headings of the sheet `choices`."""
    called = next((str(each) for found in choices for each in found if _is_list_name(each)), "list_name")
    return {
        called if _is_list_name(heading) else heading: _list_name(str(text).strip(), inside)
        if _is_list_name(heading)
        else text
        for heading, text in row.items()
    }


def _is_list_name(heading: object) -> bool:
    return str(heading).strip().lower().replace(" ", "_") in ("list_name", "list")


def to_xform(sheets: Sheets, fallback_name: str) -> str:
    """The standard XForm of these rows. Raises BadForm with the line that pyxform objects to."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    workbook = replace(sheets, settings=with_namespace(sheets)).as_workbook()
    workbook["fallback_form_name"] = fallback_name
    try:
        made = convert(workbook, warnings=[])
    except PyXFormError as error:
        raise objection(error, sheets) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadForm(why=_("The rows cannot be turned into a form.")) from error
    xml: str = made.xform
    return _with_titles(xml, sheets)


_TRANSLATION = re.compile(r'<translation lang="([^"]*)"[^>]*>')


def _with_titles(xml: str, sheets: Sheets) -> str:
    """Title and purpose in each language, beside the other texts: an XForm itself has only one title."""

    def texts(found: re.Match[str]) -> str:
        language = code_of(unescape(found[1]))
        said = ((TITLE, sheets.title.get(language)), (ABOUT, sheets.about.get(language)))
        made = (f'<text id="{name}"><value>{escape(text)}</value></text>' for name, text in said if text)
        return found[0] + "".join(made)

    return _TRANSLATION.sub(texts, xml)
