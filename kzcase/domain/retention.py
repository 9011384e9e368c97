"""How long data of a closed case are kept: dated rules, of which most are not confirmed and say so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from kzcase.domain.dates import add_months
from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import Language, Words, _

_TEXTS: Final = ("id", "kind", "kk", "ru", "en", "source")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_KEYS: Final = {*_TEXTS, *_DATES, "years", "least", "doubtful"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST_YEARS: Final = 100
ANY_KIND: Final = "any"
MONTHS: Final = 12
CALL, INCOMING = "call", "incoming"
"""Calls and referrals from others that became no case: kinds beside those of cases."""
OTHER_KINDS: Final[Mapping[str, Words]] = {
    CALL: _("Calls that became no case"),
    INCOMING: _("Referrals from others that became no case"),
    ANY_KIND: _("Every other case"),
}


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One version of a rule: data of a case of this kind (`any`: of every other) are kept so many years after it was
    closed. `doubtful`: nobody has confirmed it; a person decides, and the list says so.

    `least`: so many years the law makes one keep them, as far as whoever wrote the rule says; 0 where nobody does.
    `ours` and `knows`: the change of the organisation it is, and those of the same kind it was laid over.
    """

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
    least: int = 0
    ours: str = ""
    knows: frozenset[str] = frozenset()

    @property
    def below_law(self) -> bool:
        """Whether it ends before what the law makes one keep."""
        return self.years < self.least

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
    """All versions of all rules, and what the organisation laid over them."""

    versions: tuple[RetentionRule, ...] = ()
    changes: tuple[RetentionRule, ...] = ()

    def on(self, kind: str | None, closed_on: date) -> RetentionRule | None:
        """The rule for a case of this kind closed on that day; None where there is none, and then it is kept."""
        found = self._of(kind, closed_on)
        return found if found or kind in (CALL, INCOMING) else self._of(ANY_KIND, closed_on)

    def _of(self, kind: str | None, day: date) -> RetentionRule | None:
        """Ours before what ships; where laptops disagree the longer term holds, for what is erased never comes back."""
        said = [rule for rule in self.changes if rule.kind == kind and rule.in_force_on(day)]
        replaced = frozenset[str]().union(*(rule.knows for rule in said))
        last = [rule for rule in said if rule.ours not in replaced] or said
        shipped = next((rule for rule in self.versions if rule.kind == kind and rule.in_force_on(day)), None)
        found = max(last, key=lambda rule: (rule.years, rule.ours)) if last else shipped
        return replace(found, least=max(found.least, self._least(kind, day))) if found else None

    def _least(self, kind: str | None, day: date) -> int:
        """The most that any rule of this kind says the law makes one keep."""
        return max((rule.least for rule in self._binding(kind) if rule.in_force_on(day)), default=0)

    def _binding(self, kind: str | None) -> Iterator[RetentionRule]:
        """Rules whose `least` binds a kind: its own, and those of every other where none ships for it. A rule of one's
        own in place of those does not take away what the law asks."""
        own = kind in OTHER_KINDS or any(rule.kind == kind for rule in self.versions)
        kinds = (kind,) if own else (kind, ANY_KIND)
        return (rule for rule in (*self.versions, *self.changes) if rule.kind in kinds)

    def holding(self, kind: str) -> tuple[RetentionRule, ...]:
        """Every rule of a kind that decides on some day, ours first."""
        every = [rule for rule in (*self.changes, *self.versions) if rule.kind == kind]
        begins = (rule.valid_from for rule in every)
        after = (rule.valid_to + timedelta(days=1) for rule in every if rule.valid_to and rule.valid_to < date.max)
        days = sorted({date.min, *filter(None, begins), *after})
        found = dict.fromkeys(rule for day in days if (rule := self._of(kind, day)) is not None)
        return tuple(sorted(found, key=lambda rule: (not rule.ours, rule.valid_from or date.min)))

    def least(self, kind: str, first: date | None, last: date | None) -> int:
        """What the law makes one keep at any time between two days, as far as a rule says so."""
        return max((rule.least for rule in self._binding(kind) if _meet(rule, first, last)), default=0)


def _meet(rule: RetentionRule, first: date | None, last: date | None) -> bool:
    starts, ends = max(rule.valid_from or date.min, first or date.min), min(rule.valid_to or date.max, last or date.max)
    return starts <= ends


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
    if type(entry.get("least", 0)) is not int or not 0 <= entry.get("least", 0) <= MOST_YEARS:
        return _("“{key}” must be a whole number of at most {count}", key="least", count=MOST_YEARS)
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
            if rule.kind == other.kind and _meet(rule, other.valid_from, other.valid_to):
                why = _("two versions of “{rule}” are in force on the same day", rule=rule.id)
                raise BrokenDefinition(place, why=why)
