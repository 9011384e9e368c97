"""The rows an office wrote, kept inside the form's own text, so that the workbook can leave the house again."""

import json
import re
from typing import Final
from xml.sax.saxutils import escape, unescape

from kzcase.forms.own_attributes import KZCASE
from kzcase.forms.sheets import Sheets

_TAG: Final = "kzcase-sheets"
_KEPT: Final = re.compile(rf'<{_TAG} xmlns="{re.escape(KZCASE)}">([^<]*)</{_TAG}>')
_HEAD: Final = re.compile(r"</(?:[\w.-]+:)?head\s*>")


def with_sheets(xml: str, sheets: Sheets) -> str:
    """The XForm with its rows at the end of its head, where no phone looks."""
    said = {"survey": list(sheets.survey), "choices": list(sheets.choices), "settings": list(sheets.settings)}
    text = escape(json.dumps(said, ensure_ascii=False, sort_keys=False, default=str))
    found = _HEAD.search(xml)
    if found is None:
        return xml
    return f'{xml[: found.start()]}<{_TAG} xmlns="{KZCASE}">{text}</{_TAG}>{xml[found.start() :]}'


def sheets_in(xml: str) -> Sheets | None:
    """The rows that are kept in an XForm; None where there are none."""
    found = _KEPT.search(xml)
    if found is None:
        return None
    said = json.loads(unescape(found[1]))
    survey, choices, settings = ([dict(row) for row in said[name]] for name in ("survey", "choices", "settings"))
    lines, further = range(2, len(survey) + 2), range(2, len(choices) + 2)
    return Sheets(survey, choices, settings, lines, further, is_workbook=True)


def without_sheets(xml: str) -> str:
    """The XForm alone, as it leaves."""
    return _KEPT.sub("", xml)
