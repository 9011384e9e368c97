"""The program's code lists as choices of a form, so that a form file never writes them out again."""

import re
from functools import lru_cache

from kzcase import paths
from kzcase.domain.codes import CodeList, read_code_list
from kzcase.forms.languages import HEADINGS
from kzcase.forms.sheets import Row
from kzcase.i18n import LANGUAGES

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
"""Of a list. A form or an administrator's file may name any: a longer one no system takes as the name of a file."""


@lru_cache(maxsize=256)
def code_list(name: str) -> CodeList | None:
    """The code list of this name as it ships; None where there is none."""
    if not _NAME.fullmatch(name):
        return None
    file = paths.resources("codes", f"{name}.csv")
    return read_code_list(name, file.read_text(encoding="utf-8")) if file.is_file() else None


def choices_of(name: str) -> list[Row]:
    """The rows of a choice list: every code that is not retired, with its names and further columns for filters."""
    found = code_list(name)
    return [
        {
            "list_name": name,
            "name": code.code,
            **{key: value for key, value in code.attributes.items() if "/" not in value},
            **{f"label::{HEADINGS[language]}": code.name(language) for language in LANGUAGES},
        }
        for code in (found.choices() if found else ())
    ]
