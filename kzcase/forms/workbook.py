"""Reads an office's own XLSForm (.xlsx, .md, .csv) from a stranger safely, and makes XForms of rows by pyxform."""

import lzma
import re
import struct
import warnings
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, unescape

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.languages import code_of
from kzcase.forms.objections import objection
from kzcase.forms.settings import read_settings, with_namespace
from kzcase.forms.sheets import Sheets
from kzcase.forms.xform_about import ABOUT, TITLE
from kzcase.forms.xml_reading import check_xml
from kzcase.i18n import _

LARGEST_TEXT_FILE = 4 * 2**20
LONGEST_CELL = 2**20
_MOST_UNPACKED = 32 * 2**20
_MOST_FILES = 500
_MOST_ROWS = 20_000
_MOST_COLUMNS = 300
_RATIO = 120
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
        _check_text(untrusted_data)
    try:
        with warnings.catch_warnings():  # what a newer Excel wrote beside the cells does not matter here
            warnings.simplefilter("ignore", UserWarning)
            found = get_xlsform(untrusted_data, file_type=ending)
    except PyXFormError as error:
        raise objection(str(error), Sheets([], [], [], [], [], is_workbook=True)) from error
    except (*_BROKEN_PACKAGE, *_BROKEN_TABLE) as error:
        raise BadForm(why=_("The file is not a form in {ending} format.", ending=ending)) from error
    return _sheets(found)


def _check_text(data: bytes) -> None:
    if len(data) > LARGEST_TEXT_FILE:
        raise TooLarge(limit="4 MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadForm(why=_("The file is not UTF-8 text.")) from error
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST_CELL:
            raise TooLarge(str(number), limit="1 MB")
        if line.count("|") > _MOST_COLUMNS or line.count(",") > LONGEST_CELL // 8:
            raise TooLarge(str(number), limit=_("{count} columns", count=_MOST_COLUMNS))
        if number > _MOST_ROWS:
            raise TooLarge(limit=_("{count} rows", count=_MOST_ROWS))


def _check_package(data: bytes) -> None:
    """Refuse a workbook that unpacks to more than a form can need, before anything else reads it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            files = package.infolist()
            if len(files) > _MOST_FILES or sum(file.file_size for file in files) > _MOST_UNPACKED:
                raise TooLarge(limit="32 MB")
            for file in files:
                if file.file_size > 2**20 and file.file_size > _RATIO * max(1, file.compress_size):
                    raise TooLarge(file.filename[:80], limit="32 MB")
            for file in files:
                if file.filename.endswith((".xml", ".rels")):
                    check_xml(package.read(file))
    except _BROKEN_PACKAGE as error:
        raise BadForm(why=_("The file is not a form in {ending} format.", ending=".xlsx")) from error


def _sheets(found: Any) -> Sheets:
    survey, choices = list(found.survey or ()), list(found.choices or ())
    for rows in (survey, choices):
        if len(rows) > _MOST_ROWS:
            raise TooLarge(limit=_("{count} rows", count=_MOST_ROWS))
        for at, row in enumerate(rows):
            if any(len(str(text)) > LONGEST_CELL for text in row.values()):
                raise TooLarge(str(at + 2), limit="1 MB")
    if not survey:
        raise BadForm(why=_("The file holds no questions."))
    others = {
        name: getattr(found, name)
        for name in found.__slots__
        if name not in ("survey", "choices", "settings") and getattr(found, name) is not None
    }
    settings, title, about = read_settings(found.settings or ())
    return Sheets(
        survey=survey,
        choices=choices,
        settings=settings,
        survey_rows=range(2, len(survey) + 2),
        choice_rows=range(2, len(choices) + 2),
        title=title,
        about=about,
        is_workbook=True,
        others={name: value for name, value in others.items() if not name.startswith(("survey", "choices"))},
    )


def to_xform(sheets: Sheets, fallback_name: str) -> str:
    """The standard XForm of these rows. Raises BadForm with the line that pyxform objects to."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    workbook = replace(sheets, settings=with_namespace(sheets)).as_workbook()
    workbook["fallback_form_name"] = fallback_name
    try:
        made = convert(workbook, warnings=[])
    except PyXFormError as error:
        raise objection(str(error), sheets) from error
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
