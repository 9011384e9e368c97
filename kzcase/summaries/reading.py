"""Reading releases back, ours or another program's, to attack them. Everything read here is distrusted."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kzcase.disclosure.attacker import Published
from kzcase.disclosure.codebook import ALL, Codebook, Link, Variable
from kzcase.disclosure.tables import Cell, Table
from kzcase.domain.errors import BadSummary, RepeatedKey
from kzcase.domain.json_text import read_json
from kzcase.i18n import _
from kzcase.summaries.files import ABOUT, CELLS
from kzcase.summaries.incoming import bytes_of, lines_of

LARGEST: Final = 12 << 20
"""Bytes: so many cells of a hundred and twenty signs."""
LARGEST_ABOUT: Final = 4 << 20
LONGEST_LINE: Final = 1 << 14
MOST_COLUMNS: Final = 30
"""A table crosses five variables; a release of a dozen tables has a dozen or two."""
MOST_CELLS: Final = 100_000
HIDDEN: Final = frozenset({"", "-", "–", "x", "X", "..", "<5", "c"})
"""How statisticians write a number that is not shown."""


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """A release as found on disk."""

    published: Published
    stamps: tuple[str, ...]
    altered: bool
    """cells.csv is not the file that release.json describes."""
    described: bool = True
    """release.json is there and names the fingerprint of cells.csv; otherwise nobody can tell what was changed."""


def read_release(folder: Path) -> ReadRelease:
    """A folder with cells.csv and, normally, release.json; without the latter the numbers count as exact."""
    raw = _bytes(folder / CELLS)
    said = _about(folder / ABOUT) if (folder / ABOUT).exists() else {}
    names, rows = _rows(raw)
    tables, counts = _cells(names, rows)
    codebook = _codebook(names, rows, said)
    published = Published(
        codebook,
        tables,
        counts,
        _whole(said, "base", 5),
        _whole(said, "bound", 0),
        tuple(str(period) for period in said.get("periods", ())) or ("",),
        wider=_wider(said, names),
    )
    recorded = said.get("fingerprints", {})
    recorded = recorded.get("files", {}) if isinstance(recorded, dict) else {}
    described = CELLS in recorded
    altered = bool(recorded) and recorded.get(CELLS) != hashlib.sha256(raw).hexdigest()
    return ReadRelease(published, tuple(str(one) for one in said.get("stamps", ())), altered, described)


def _bytes(path: Path, most: int = LARGEST) -> bytes:
    return bytes_of(path, most, f"{path.parent.name}/{path.name}")


def _about(path: Path) -> Mapping[str, Any]:
    try:
        said = read_json(_bytes(path, LARGEST_ABOUT), path.name)
    except RepeatedKey as error:
        raise RepeatedKey(f"{path.name}, {error.place}") from None
    lists = ("periods", "stamps", "links", "wider")
    if (
        not isinstance(said, dict)
        or not all(isinstance(said.get(name, []), list) for name in lists)
        or not isinstance(said.get("variables", {}), dict)
    ):
        raise BadSummary(path.name, why=_("this file does not describe a release."))
    return said


def _whole(said: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = said.get(name, otherwise)
    if type(value) is not int or not 0 <= value <= 1_000:
        raise BadSummary(f"{ABOUT}, {name}", why=_("a whole number is expected."))
    return value


def _rows(raw: bytes) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    try:
        lines = csv.reader(lines_of(raw, "utf-8-sig", LONGEST_LINE))
        head = next(lines, [])
        if len(set(head)) < len(head) or head[:1] != ["table"] or head[-1:] != ["count"] or len(head) > MOST_COLUMNS:
            raise BadSummary(f"{CELLS}, line 1", why=_("the columns table, one a variable, and count are expected."))
        rows, known = [], dict[str, str]()
        for number, line in enumerate(lines, 2):
            if len(line) != len(head) or number > MOST_CELLS:
                raise BadSummary(f"{CELLS}, line {number}", why=_("this line does not fit the head of the table."))
            rows.append({name: known.setdefault(cell, cell) for name, cell in zip(head, line, strict=True)})
    except (UnicodeDecodeError, csv.Error):
        raise BadSummary(CELLS, why=_("the file is not UTF-8 CSV.")) from None
    return tuple(head[1:-1]), rows


def _cells(names: tuple[str, ...], rows: list[dict[str, str]]) -> tuple[tuple[Table, ...], dict[Cell, int | None]]:
    """Tables by their names, each with all variables its rows use; a cell that stands twice must agree."""
    used: dict[str, set[str]] = {}
    counts: dict[Cell, int | None] = {}
    for number, row in enumerate(rows, 2):
        cell = tuple((name, row[name]) for name in names if row[name] != ALL)
        used.setdefault(row["table"], set()).update(name for name, _category in cell)
        count = _count(row["count"], number)
        if counts.setdefault(cell, count) != count:
            raise BadSummary(f"{CELLS}, line {number}", why=_("the same cell stands there with another number."))
    tables = {tuple(name for name in names if name in variables) for variables in used.values()}
    return tuple(sorted(tables)), counts


def _count(text: str, number: int) -> int | None:
    said = text.strip()
    if said in HIDDEN:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        raise BadSummary(f"{CELLS}, line {number}", why=_("a number of people is expected."))
    return int(said)


def _codebook(names: tuple[str, ...], rows: list[dict[str, str]], said: Mapping[str, Any]) -> Codebook:
    declared = said.get("variables", {})
    variables = []
    for name in names:
        own = declared.get(name, [])
        seen = dict.fromkeys(row[name] for row in rows if row[name] != ALL)
        first = [one for one in own if isinstance(one, str)] if isinstance(own, list) else []
        variables.append(Variable(name, tuple(dict.fromkeys([*first, *seen]))))
    return Codebook(tuple(variables), tuple(_link(one, names) for one in said.get("links", ())))


def _link(said: Any, names: tuple[str, ...]) -> Link:
    try:
        first, second = said["variables"]
        allowed = frozenset((str(a), str(b)) for a, b in said["allowed"])
    except (KeyError, TypeError, ValueError):
        raise BadSummary(f"{ABOUT}, links", why=_("this does not name pairs of categories.")) from None
    if first not in names or second not in names or first == second:
        raise BadSummary(f"{ABOUT}, links", why=_("this names a variable that is not in the tables."))
    return Link(first, second, allowed)


def _wider(said: Mapping[str, Any], names: tuple[str, ...]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for one in said.get("wider", ()):
        if not isinstance(one, dict) or not isinstance(one.get("cell"), dict):
            raise BadSummary(f"{ABOUT}, wider", why=_("a cell with its bound is expected."))
        cell = tuple((name, str(one["cell"][name])) for name in names if name in one["cell"])
        found[cell] = _whole(one, "bound", 0)
    return found
