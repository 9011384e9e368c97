"""Purposes of processing: dated data that says what personal data are kept for, on which ground and how long."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import LANGUAGES, Language, Words, _

MOST: Final = 200
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_WORDS: Final = ("", "ground_", "term_", "source_")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_KEYS: Final = {"id", "classes", "doubtful", *_DATES, *(f"{of}{lang}" for of in _WORDS for lang in LANGUAGES)}


@dataclass(frozen=True, slots=True)
class Purpose:
    """One version of one purpose. `doubtful`: not confirmed by a lawyer yet, and shown as such."""

    id: str
    name: Mapping[Language, str]
    ground: Mapping[Language, str]
    term: Mapping[Language, str]
    classes: tuple[FieldClass, ...]
    source: Mapping[Language, str]
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False

    def in_force_on(self, day: date) -> bool:
        """Whether this version holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def read_purposes(untrusted: Mapping[str, Any], place: str = "rules/purposes.toml") -> tuple[Purpose, ...]:
    """The purposes from a parsed file. `BrokenDefinition` with the place of one that cannot be used."""
    entries = untrusted.get("purpose")
    if not isinstance(entries, list) or set(untrusted) - {"purpose"} or len(entries) > MOST:
        raise BrokenDefinition(place, why=_("it must be a list of [[purpose]]"))
    return tuple(_purpose(entry, f"{place}, purpose {number}") for number, entry in enumerate(entries, 1))


def _purpose(entry: Any, place: str) -> Purpose:
    why = _what_is_wrong(entry) if isinstance(entry, dict) else _("it must be a list of [[purpose]]")
    if why:
        raise BrokenDefinition(place, why=why)
    return Purpose(
        id=entry["id"],
        name=_in_three(entry, ""),
        ground=_in_three(entry, "ground_"),
        term=_in_three(entry, "term_"),
        classes=tuple(FieldClass(each) for each in entry["classes"]),
        source=_in_three(entry, "source_"),
        doubtful=entry.get("doubtful", False),
        **{name: entry[name] for name in _DATES if name in entry},
    )


def _in_three(entry: Mapping[str, Any], of: str) -> dict[Language, str]:
    return {language: entry[f"{of}{language}"] for language in LANGUAGES}


def _what_is_wrong(entry: Mapping[str, Any]) -> Words | None:
    unknown = sorted(set(map(str, entry)) - _KEYS)
    if unknown:
        return _("it does not know “{key}”", key=unknown[0][:64])
    for key in ("id", *(f"{of}{language}" for of in _WORDS for language in LANGUAGES)):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return _("“{key}” is missing", key=key)
    if not _ID.fullmatch(entry["id"]):
        return _("an id has small Latin letters, digits and _ only")
    for key in _DATES:
        if (key in entry or key == "checked_on") and type(entry.get(key)) is not date:
            return _("“{key}” must be a date", key=key)
    if type(entry.get("doubtful", False)) is not bool:
        return _("“{key}” must be true or false", key="doubtful")
    classes = entry.get("classes")
    if not isinstance(classes, list) or not classes or not all(each in set(FieldClass) for each in classes):
        return _("“{key}” must name classes of field", key="classes")
    return None
