"""What a summary is asked for: a small TOML file with the base, the tables and the period."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kzcase.domain.errors import BadSummary, TooLarge
from kzcase.i18n import Words, _
from kzcase.summaries.incoming import bytes_of

LARGEST_FILE: Final = 64 * 1024
"""Bytes: a dozen tables and the categories of a country's regions are five thousand."""
MOST_TABLES: Final = 12
MOST_VARIABLES: Final = 5
MOST_DOTS: Final = 1_000
BASES: Final = range(3, 101)
KNOWN: Final = frozenset({"base", "tables", "period", "key_hex", "incident", "codebook", "within", "never", "title"})
_PERIOD: Final = re.compile(r"\d{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Spec:
    """A wish for a summary, checked."""

    base: int
    tables: tuple[tuple[str, ...], ...]
    period: str = ""
    key: bytes | None = None
    title: str = ""
    incident: str = ""
    """The column that says which people belong to one event or family."""
    codebook: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Categories to count beside those seen in the file."""
    within: tuple[tuple[str, str], ...] = ()
    """(finer, coarser) variables: each category of the first lies in one of the second."""
    never: tuple[tuple[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]], ...] = ()
    """Pairs of (variable, categories) that nobody can have together."""


def read_spec(path: Path) -> Spec:
    """The wish in a file; BadSummary says what is wrong and where."""
    return parse_spec(bytes_of(path, LARGEST_FILE))


def parse_spec(raw: bytes) -> Spec:
    """The wish in TOML; every unknown word is refused, because a misspelt one would silently do nothing."""
    if len(raw) > LARGEST_FILE:
        raise TooLarge("spec", limit=f"{LARGEST_FILE >> 10} KB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSummary("spec", why=_("the file is not UTF-8 text.")) from None
    _refuse_endless_names(text)
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        place = f"spec, line {found[1]}" if found else "spec"
        raise BadSummary(place, why=_("this line is not valid TOML.")) from None
    for name in said:
        if name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise BadSummary(_shown(name), why=_("this word is not known here. Known are: {known}.", known=known))
    return Spec(
        base=_base(said.get("base", 5)),
        tables=_tables(said.get("tables")),
        period=_period(said.get("period", "")),
        key=_key(said.get("key_hex")),
        title=_text(said.get("title", ""), "title"),
        incident=_text(said.get("incident", ""), "incident"),
        codebook=_codebook(said.get("codebook", {})),
        within=_within(said.get("within", {})),
        never=_never(said.get("never", [])),
    )


def _refuse_endless_names(text: str) -> None:
    """A name of thousands of parts (`a.a.a…`) takes the reader of TOML the square of its length."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise BadSummary(f"spec, line {number}", why=_("this line has too many dots."))


def _refuse(place: str, why: Words) -> BadSummary:
    return BadSummary(place, why=why)


def _shown(name: str) -> str:
    """A word of the spec in a message: never long, never with control signs."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:40])


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or len(value) > 200 or not all(sign.isprintable() for sign in value):
        raise _refuse(place, _("a short text is expected."))
    return value


def _base(value: Any) -> int:
    if type(value) is not int or value not in BASES:
        raise _refuse("base", _("a whole number from {low} to {high} is expected.", low=BASES[0], high=BASES[-1]))
    return int(value)


def _period(value: Any) -> str:
    text = _text(value, "period")
    if text and not _PERIOD.fullmatch(text):
        raise _refuse("period", _("write a year, half-year, quarter or month, as 2026, 2026-H1, 2026-Q3, 2026-09."))
    return text


def _key(value: Any) -> bytes | None:
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"([0-9a-fA-F]{2}){16,64}", value):
        raise _refuse("key_hex", _("32 to 128 hexadecimal digits are expected."))
    return bytes.fromhex(value)


def _tables(value: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_TABLES:
        raise _refuse(
            "tables", _("a list of one to {most} tables is expected, each a list of columns.", most=MOST_TABLES)
        )
    return tuple(_table(table, f"tables[{number}]") for number, table in enumerate(value, 1))


def _table(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_VARIABLES:
        raise _refuse(place, _("a list of one to {most} columns is expected.", most=MOST_VARIABLES))
    names = tuple(_name(name, place) for name in value)
    if len(set(names)) < len(names):
        raise _refuse(place, _("a column stands there twice."))
    return names


def _name(value: Any, place: str) -> str:
    name = _text(value, place).strip()
    if not name or name in {"table", "count", "*"}:
        raise _refuse(place, _("this cannot be the name of a column here."))
    return name


def _categories(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= 1_000:
        raise _refuse(place, _("a list of categories is expected."))
    return tuple(_text(one, place) for one in value)


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict) or len(value) > 100:
        raise _refuse(place, _("a section with one line a column is expected."))
    return value


def _codebook(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    section = _mapping(value, "codebook")
    return tuple((name, _categories(found, f"codebook.{_shown(name)}")) for name, found in section.items())


def _within(value: Any) -> tuple[tuple[str, str], ...]:
    section = _mapping(value, "within")
    return tuple((name, _name(found, f"within.{_shown(name)}")) for name, found in section.items())


def _never(value: Any) -> tuple[tuple[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]], ...]:
    if not isinstance(value, list) or len(value) > 100:
        raise _refuse("never", _("a list of sections is expected."))
    return tuple(_never_pair(one, f"never[{number}]") for number, one in enumerate(value, 1))


def _never_pair(value: Any, place: str) -> tuple[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]]:
    pairs: Sequence[tuple[str, Any]] = tuple(_mapping(value, place).items())
    if len(pairs) != 2:
        raise _refuse(place, _("exactly two columns with their categories are expected."))
    (first, some), (second, others) = pairs
    return (first, _categories(some, place)), (second, _categories(others, place))
