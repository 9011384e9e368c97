"""Lists of choices that lie in a file beside a form: read once, bounded, and kept inside the form's own text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from xml.sax.saxutils import unescape

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.list_files import csv_text, markup_of, rows_of_markup
from kzcase.i18n import Words, _

Beside = Callable[[str], bytes | None]
"""The bytes of a file that lies beside the form, by its bare name; None where there is none."""
LARGEST_LIST: Final = 4 * 2**20
_ATTRIBUTE: Final = r"""\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_INSTANCE: Final = re.compile(
    rf"<((?:[\w.-]+:)?instance)((?:{_ATTRIBUTE})*)\s*(?:/>|>(.*?)</(?:[\w.-]+:)?instance\s*>)", re.DOTALL
)
_SAID: Final = re.compile(r"""\s(id|src)\s*=\s*("[^"]*"|'[^']*')""")
_FILE: Final = re.compile(r"jr://(?:file|file-csv)/+(.+)")
_PATH: Final = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class OutsideList:
    """One list of a form that comes from a file: the id by which rules know it, the file, and where it stands."""

    id: str
    filename: str
    content: str  # the rows as they are kept; "" where the file was not read
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BadList:
    """A list that could not be read, and why."""

    id: str
    filename: str
    why: Words


def nothing_beside(_name: str) -> bytes | None:
    """A form that came alone."""
    return None


def outside_lists(xml: str) -> Iterator[OutsideList]:
    """The lists of an XForm that come from files, as its text has them."""
    for found in _INSTANCE.finditer(xml):
        said = {name: unescape(value[1:-1], {"&quot;": '"'}) for name, value in _SAID.findall(found[2])}
        file = _FILE.fullmatch(said.get("src", "").strip())
        if file:
            yield OutsideList(said.get("id", ""), file[1], (found[3] or "").strip(), *found.span())


def with_lists(xml: str, beside: Beside) -> tuple[str, list[BadList]]:
    """The XForm with the rows of every such list inside it, and what is wrong with which."""
    wrong: list[BadList] = []
    made, at = [], 0
    for one in outside_lists(xml):
        if one.content:
            continue
        try:
            rows = _read(one.filename, beside)
        except BadForm as error:
            wrong.append(BadList(one.id, one.filename, error.why))
            continue
        made += [xml[at : one.start], _filled(xml[one.start : one.end], rows)]
        at = one.end
    return "".join([*made, xml[at:]]), wrong


def _read(filename: str, beside: Beside) -> str:
    ending = PurePath(filename).suffix.lower()
    content = None if _PATH.search(filename) else beside(filename)
    if content is None:
        raise BadForm(
            why=_("The file “{file}” with the choices is missing. Please put it beside the form.", file=filename[:80])
        )
    if len(content) > LARGEST_LIST:
        raise TooLarge(filename[:80], limit=f"{LARGEST_LIST >> 20} MB")
    try:
        return markup_of(ending, content)
    except BadForm as error:
        place = f" ({error.place})" if error.place else ""
        why = _("The file “{file}”{place}: {why}", file=filename[:80], place=place, why=error.why)
        raise BadForm(why=why) from error


def _filled(tag: str, rows: str) -> str:
    """The instance with rows in it."""
    found = _INSTANCE.fullmatch(tag)
    assert found is not None
    return f"<{found[1]}{found[2]}>{rows}</{found[1]}>"


def without_lists(xml: str) -> tuple[str, dict[str, bytes]]:
    """The XForm as a phone takes it, and the files that belong beside it."""
    files: dict[str, bytes] = {}
    made, at = [], 0
    for one in outside_lists(xml):
        if one.content:
            files[one.filename] = _as_file(one)
            found = _INSTANCE.fullmatch(xml[one.start : one.end])
            assert found is not None
            made += [xml[at : one.start], f"<{found[1]}{found[2]}/>"]
            at = one.end
    return "".join([*made, xml[at:]]), files


def _as_file(one: OutsideList) -> bytes:
    if one.filename.lower().endswith(".csv"):
        return csv_text(rows_of_markup(one.content)).encode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{one.content}\n'.encode()
