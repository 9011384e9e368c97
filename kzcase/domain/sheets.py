"""Information sheets: short, dated answers for callers, by topic and country, in three languages."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from kzcase.domain.errors import BrokenDefinition, NoSuchSheet
from kzcase.i18n import LANGUAGES, _

Kind = Literal["sheet", "script"]
_KINDS: Final = get_args(Kind)
MOST: Final = 400
MOST_LINES: Final = 12
LONGEST: Final = 400
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_LISTS: Final = ("topics", "countries")
_TEXTS: Final = (*LANGUAGES, *(f"source_{each}" for each in LANGUAGES))
_KEYS: Final = {"id", "doubtful", *_LISTS, *_DATES, *_TEXTS, *(f"lines_{each}" for each in LANGUAGES)}


@dataclass(frozen=True, slots=True)
class InformationSheet:
    """One version of one sheet. `doubtful`: not confirmed yet, and shown as such on screen and paper."""

    id: str
    title: Mapping[str, str]
    lines: Mapping[str, tuple[str, ...]]
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    source: Mapping[str, str]
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False

    @property
    def edition(self) -> str:
        """Names this version by what it says."""
        said = "\0".join(part for each in LANGUAGES for part in (self.title[each], *self.lines[each]))
        return hashlib.sha256(f"{self.id}\0{said}".encode()).hexdigest()[:12]

    def in_force_on(self, day: date) -> bool:
        """Whether this version may be given on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def read_sheets(
    untrusted: Mapping[str, Any], place: str = "rules/information.toml", *, kind: Kind = "sheet"
) -> tuple[InformationSheet, ...]:
    """The sheets, or the scripts, from a parsed file. `BrokenDefinition` with the place of one that cannot be used."""
    entries = untrusted.get(kind, [])
    if not isinstance(entries, list) or set(untrusted) - set(_KINDS) or len(entries) > MOST:
        raise BrokenDefinition(place, why=_("it must be a list of [[sheet]]"))
    return tuple(_sheet(entry, f"{place}, {kind} {number}", kind) for number, entry in enumerate(entries, 1))


def _sheet(entry: Any, place: str, kind: Kind) -> InformationSheet:
    if not isinstance(entry, dict) or set(entry) - _KEYS or not _is_whole(entry, kind):
        raise BrokenDefinition(place, why=_("a field is missing, unknown or too long"))
    return InformationSheet(
        id=entry["id"],
        title={each: entry[each] for each in LANGUAGES},
        lines={each: tuple(entry[f"lines_{each}"]) for each in LANGUAGES},
        source={each: entry[f"source_{each}"] for each in LANGUAGES},
        doubtful=entry.get("doubtful", False),
        topics=tuple(entry.get("topics", ())),
        countries=tuple(entry.get("countries", ())),
        **{name: entry[name] for name in _DATES if name in entry},
    )


def _is_whole(entry: Mapping[str, Any], kind: Kind) -> bool:
    """Every text there in three languages, as many lines in each, and nothing of a wrong kind."""
    named = isinstance(entry.get("id"), str) and _ID.fullmatch(entry["id"]) is not None
    said = all(_is_text(entry.get(name)) for name in _TEXTS)
    lines = [entry.get(f"lines_{each}") for each in LANGUAGES]
    told = all(_are_texts(each, MOST_LINES) for each in lines) and len({len(each or ()) for each in lines}) == 1
    listed = all(_are_texts(entry.get(name, []), MOST) for name in _LISTS)
    listed = listed and (kind == "script" or bool(entry.get("topics")))
    dated = type(entry.get("checked_on")) is date and all(type(entry[name]) is date for name in _DATES if name in entry)
    return named and said and told and listed and dated and isinstance(entry.get("doubtful", False), bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def _are_texts(values: Any, most: int) -> bool:
    return isinstance(values, list) and len(values) <= most and all(map(_is_text, values))


def sheet_named(
    sheets: Sequence[InformationSheet], name: str, language: str, on: date, place: str = "sheet"
) -> InformationSheet:
    """The version of a sheet that holds on a day; `NoSuchSheet` where there is none or it does not speak that."""
    found = next((each for each in sheets if each.id == name and each.in_force_on(on)), None)
    if found is None or language not in LANGUAGES:
        raise NoSuchSheet(place)
    return found


def sheets_about(
    sheets: Iterable[InformationSheet], on: date, *, typed: str = "", topics: Sequence[str] = (), country: str = ""
) -> tuple[InformationSheet, ...]:
    """What fits: each word typed begins a word of it in some language; those on the call's topics come first."""
    words = [_plain(word) for word in typed.split()[:8]]
    there = [each for each in sheets if each.in_force_on(on) and _has(each, words)]
    if country:
        there = [each for each in there if not each.countries or country in each.countries]
    wanted = set(topics)
    fitting = [each for each in there if words or not wanted or wanted.intersection(each.topics)]

    def place(each: InformationSheet) -> tuple[bool, bool]:
        return not wanted.intersection(each.topics), country not in each.countries

    return tuple(sorted(fitting, key=place))


def _has(sheet: InformationSheet, words: Sequence[str]) -> bool:
    if not words:
        return True
    for language in LANGUAGES:
        text = _plain(" ".join((sheet.title[language], *sheet.lines[language])))
        if all(re.search(rf"\b{re.escape(word)}", text) for word in words):
            return True
    return False


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
