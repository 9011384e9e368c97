"""The questions by which answers from phones find their version and their case: put in where a form leaves, and taken
out again where its blank comes back as a form file."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from xml.sax.saxutils import quoteattr, unescape

from kzcase.forms.sheets import Row, Sheets, cell

FORM_MARK: Final = "kzcase_form"
"""The element by which a form made here is known again, whatever a server calls it: id, edition, version."""
CASE_TYPED: Final = "kzcase_case"
CASE_SCANNED: Final = "kzcase_qr"
HOME: Final = (FORM_MARK, CASE_TYPED, CASE_SCANNED)
_KEY: Final = "public_key"
_MARK: Final = re.compile(r"\S+ (?P<edition>.+) (?P<version>[0-9a-f]{32})")
_NAMES: Final = f"{CASE_TYPED}|{CASE_SCANNED}"
_IN_INSTANCE: Final = re.compile(f"<{FORM_MARK}>([^<]*)</{FORM_MARK}><{CASE_TYPED}/><{CASE_SCANNED}/>")
_PUT_IN: Final = re.compile(
    rf'<bind nodeset="/[^"/]+/(?:{_NAMES})" type="\w+"/>'
    rf'|<input ref="/[^"/]+/(?:{_NAMES})"><label(?: [^>]*/>|>[^<]*</label>)</input>'
    rf'|<text id="(?:{_NAMES})"><value>[^<]*</value></text>'
    r'|<submission base64RsaPublicKey="[^"]*"/>'
)
_VERSION: Final = re.compile(r"""\s(?:[\w.-]+:)?version\s*=\s*("[^"]*"|'[^']*')""")


def without_home(sheets: Sheets) -> Sheets:
    """The rows of a blank that left for phones as they were before; every row keeps the line it stands on."""
    mark = next((_MARK.fullmatch(_calculated(row)) for row in sheets.survey if cell(row, "name") == FORM_MARK), None)
    if mark is None:
        return sheets
    kept = [at for at, row in enumerate(sheets.survey) if cell(row, "name") not in HOME]
    return replace(
        sheets,
        survey=[sheets.survey[at] for at in kept],
        survey_rows=[sheets.survey_rows[at] for at in kept],
        settings=[*_settings(sheets.settings, mark)],
    )


def _calculated(row: Row) -> str:
    return cell(row, "calculation").strip("'")


def _settings(rows: Iterable[Row], mark: re.Match[str]) -> Iterable[Row]:
    """Without the key of the office, and with the edition as its author called it."""
    for row in rows:
        kept = {heading: text for heading, text in row.items() if heading != _KEY}
        if "version" in kept:
            kept["version"] = _edition(str(kept["version"]), mark)
        yield {heading: text for heading, text in kept.items() if heading != "version" or text}


def _edition(on_phones: str, mark: re.Match[str]) -> str:
    """Whoever gave the blank another version since meant it."""
    own = "" if mark["edition"] == "-" else mark["edition"]
    return own if on_phones.startswith(f"{own or '1'}-{mark['version'][:8]}") else on_phones


def without_home_xml(xml: str) -> str:
    """The same of a blank that left as an XForm, as far as nobody wrote it anew."""
    found = _IN_INSTANCE.search(xml)
    mark = _MARK.fullmatch(unescape(found[1])) if found else None
    if found is None or mark is None:
        return xml
    begins = xml.rfind("<", 0, found.start())
    root = _VERSION.sub(lambda said: _root_version(said[0], said[1], mark), xml[begins : found.start()], count=1)
    return _PUT_IN.sub("", xml[:begins]) + root + _PUT_IN.sub("", xml[found.end() :])


def _root_version(attribute: str, value: str, mark: re.Match[str]) -> str:
    own = _edition(unescape(value[1:-1], {"&quot;": '"'}), mark)
    return attribute.replace(value, quoteattr(own)) if own else ""
