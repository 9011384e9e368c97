"""How long data of a closed case are kept: dated rules, of which most are not confirmed and say so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kzcase.domain.dates import add_months
from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import Language, Words, _

_TEXTS: Final = ("id", "kind", "kk", "ru", "en", "source")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_KEYS: Final = {*_TEXTS, *_DATES, "years", "doubtful"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST_YEARS: Final = 100
ANY_KIND: Final = "any"
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One version of a rule: data of a case of this kind (`any`: of every other) are kept so many years after it was
    closed. `doubtful`: nobody has confirmed it; a person decides, and the list says so."""

    id: str
    kind: str
    kk: str
    ru: str
    en: str
    years: int
    source: str
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False

    def name(self, language: Language) -> str:
        """The rule's name in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def in_force_on(self, day: date) -> bool:
        """Whether this version governs a case that was closed on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def ends_on(self, closed_on: date) -> date:
        """The day from which the data are no longer kept."""
        if closed_on.year + self.years > date.max.year:
            return date.max
        return add_months(closed_on, self.years * MONTHS)


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """All versions of all rules."""

    versions: tuple[RetentionRule, ...] = ()

    def on(self, kind: str | None, closed_on: date) -> RetentionRule | None:
        """The rule for a case of this kind closed on that day; None where there is none, and then it is kept."""
        fitting = [rule for rule in self.versions if rule.in_force_on(closed_on)]
        own = next((rule for rule in fitting if rule.kind == kind), None)
        return own or next((rule for rule in fitting if rule.kind == ANY_KIND), None)


def read_retention(untrusted: Mapping[str, Any], place: str = "rules/retention.toml") -> RetentionRules:
    """The rules from a parsed file. `BrokenDefinition` with the rule's place when one cannot be used."""
    entries = untrusted.get("rule")
    if not isinstance(entries, list) or set(untrusted) - {"rule"}:
        raise BrokenDefinition(place, why=_("it must be a list of [[rule]]"))
    rules = tuple(_rule(entry, f"{place}, rule {number}") for number, entry in enumerate(entries, 1))
    _check_versions(rules, place)
    return RetentionRules(rules)


def _rule(entry: Any, place: str) -> RetentionRule:
    why = _what_is_wrong(entry) if isinstance(entry, dict) else _("it must be a list of [[rule]]")
    if why:
        raise BrokenDefinition(place, why=why)
    return RetentionRule(**entry)


def _what_is_wrong(entry: Mapping[str, Any]) -> Words | None:
    if unknown := sorted(set(entry) - _KEYS):
        return _("it does not know “{key}”", key=unknown[0])
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key]:
            return _("“{key}” is missing", key=key)
    if not _ID.fullmatch(entry["id"]) or not _ID.fullmatch(entry["kind"]):
        return _("an id has small Latin letters, digits and _ only")
    if type(entry.get("years")) is not int or not 0 < entry["years"] <= MOST_YEARS:
        return _("“{key}” must be a whole number of at most {count}", key="years", count=MOST_YEARS)
    for key in _DATES:
        if key in entry and type(entry[key]) is not date:
            return _("“{key}” must be a date", key=key)
    if type(entry.get("doubtful", False)) is not bool:
        return _("“{key}” must be true or false", key="doubtful")
    return None if "checked_on" in entry else _("“{key}” is missing", key="checked_on")


def _check_versions(rules: Sequence[RetentionRule], place: str) -> None:
    """Two rules for one kind never hold on the same day."""
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            starts = max(rule.valid_from or date.min, other.valid_from or date.min)
            ends = min(rule.valid_to or date.max, other.valid_to or date.max)
            if rule.kind == other.kind and starts <= ends:
                why = _("two versions of “{rule}” are in force on the same day", rule=rule.id)
                raise BrokenDefinition(place, why=why)
