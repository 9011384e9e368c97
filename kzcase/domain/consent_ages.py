"""Whose yes is needed at which age: dated rules, and what of it is missing in a consent as it was recorded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kzcase.domain.ages import ADULT, age_range
from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import Language, Words, _

_TEXTS: Final = ("id", "kk", "ru", "en", "source")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_KEYS: Final = {*_TEXTS, *_DATES, "doubtful"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ASSENTS: Final = ("none", "spoken", "written")
_GUARDIANS: Final = ("needed", "if_allowed", "none")
_INSTEAD: Final = ("guardianship", "best_interests")
_ENOUGH: Final[Mapping[str, frozenset[str]]] = {
    "spoken": frozenset({"spoken", "written"}),
    "written": frozenset({"written"}),
}
NO_GUARDIAN: Final = frozenset({"away", "absent", "unsafe", "not_allowed"})
"""Where nobody can or may be asked in the child's place: then others decide with the child."""

LACKS_WORDS: Final[Mapping[str, Words]] = {
    "assent": _("the child’s own agreement"),
    "guardian": _("the word of a parent or guardian"),
    "guardianship": _("the day the guardianship body was told"),
    "best_interests": _("the assessment of the child’s best interests"),
    "representative": _("the legal representative’s agreement"),
}
"""What can be missing, as the end of “Still missing: …”."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What every rule says of itself. `doubtful`: nobody has confirmed it, and it is shown as such."""

    id: str
    kk: str
    ru: str
    en: str
    source: str
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False

    def name(self, language: Language) -> str:
        """The rule in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def in_force_on(self, day: date) -> bool:
        """Whether this version holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Whose yes is needed from one age to another."""

    text: RuleText
    from_age: int
    to_age: int
    assent: str
    guardian: str
    without_guardian: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityRule:
    """Whether a representative has to agree for whoever a court found unable to decide."""

    text: RuleText
    representative: bool


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """All versions of all rules about whose yes is needed."""

    ages: tuple[AgeRule, ...] = ()
    capacities: tuple[CapacityRule, ...] = ()

    def for_age(self, birth: str | None, on: date) -> AgeRule | None:
        """The rule for whoever was born then, by the youngest they can be; None for adults and unknown ages."""
        ages = age_range(birth or "", on)
        if ages is None or ages.low >= ADULT:
            return None
        return next((r for r in self.ages if r.from_age <= ages.low <= r.to_age and r.text.in_force_on(on)), None)

    def for_capacity(self, capacity: str | None, on: date) -> CapacityRule | None:
        """The rule for what a court found about somebody's capacity."""
        return next((r for r in self.capacities if r.text.id == capacity and r.text.in_force_on(on)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yeses:
    """Who agreed, as one consent records it."""

    given_by: str | None = None
    assent: str | None = None
    guardian: str | None = None
    guardianship_told_on: date | None = None
    best_interests_on: date | None = None
    capacity: str | None = None


def lacking(rules: ConsentRules, birth: str | None, on: date, yeses: Yeses) -> tuple[str, ...]:
    """What is missing before anything may leave under this consent: words of `LACKS_WORDS`. Nothing: it is whole."""
    rule = rules.for_age(birth, on)
    return tuple(_of_child(rule, yeses) if rule else _of_adult(rules.for_capacity(yeses.capacity, on), yeses))


def _of_child(rule: AgeRule, yeses: Yeses) -> Iterator[str]:
    if rule.assent != "none" and yeses.assent not in _ENOUGH[rule.assent]:
        yield "assent"
    if rule.guardian == "none" or yeses.guardian == "agrees":
        return
    if yeses.guardian not in NO_GUARDIAN or (yeses.guardian == "not_allowed" and rule.guardian == "needed"):
        yield "guardian"
        return
    given = {"guardianship": yeses.guardianship_told_on, "best_interests": yeses.best_interests_on}
    yield from (each for each in rule.without_guardian if given[each] is None)


def _of_adult(rule: CapacityRule | None, yeses: Yeses) -> Iterator[str]:
    if rule is not None and rule.representative and yeses.given_by != "representative":
        yield "representative"


def read_consent_rules(untrusted: Mapping[str, Any], place: str = "rules/consent_ages.toml") -> ConsentRules:
    """The rules from a parsed file. `BrokenDefinition` with the place of one that cannot be used."""
    if set(untrusted) - {"rule", "capacity"}:
        raise BrokenDefinition(place, why=_("it must be a list of [[rule]]"))
    ages = tuple(_age_rule(entry, at) for entry, at in _entries(untrusted, "rule", place))
    capacities = tuple(_capacity_rule(entry, at) for entry, at in _entries(untrusted, "capacity", place))
    _check_ages(ages, place)
    return ConsentRules(ages, capacities)


def _entries(untrusted: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[Any, str]]:
    entries = untrusted.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BrokenDefinition(place, why=_("it must be a list of [[rule]]"))
    yield from ((entry, f"{place}, {key} {number}") for number, entry in enumerate(entries, 1))


def _age_rule(entry: Mapping[str, Any], place: str) -> AgeRule:
    text = _text(entry, place, {"from_age", "to_age", "assent", "guardian", "without_guardian"})
    for key in ("from_age", "to_age"):
        if type(entry.get(key)) is not int or not 0 <= entry[key] < ADULT:
            why = _("“{key}” must be a whole number of at most {count}", key=key, count=ADULT - 1)
            raise BrokenDefinition(place, why=why)
    for key, known in (("assent", _ASSENTS), ("guardian", _GUARDIANS)):
        if entry.get(key) not in known:
            raise BrokenDefinition(place, why=_("“{key}” must be one of: {known}", key=key, known=", ".join(known)))
    instead = entry.get("without_guardian")
    if not isinstance(instead, list) or not all(each in _INSTEAD for each in instead):
        why = _("“{key}” must be one of: {known}", key="without_guardian", known=", ".join(_INSTEAD))
        raise BrokenDefinition(place, why=why)
    return AgeRule(text, entry["from_age"], entry["to_age"], entry["assent"], entry["guardian"], tuple(instead))


def _capacity_rule(entry: Mapping[str, Any], place: str) -> CapacityRule:
    text = _text(entry, place, {"representative"})
    if type(entry.get("representative")) is not bool:
        raise BrokenDefinition(place, why=_("“{key}” must be true or false", key="representative"))
    return CapacityRule(text, entry["representative"])


def _text(entry: Mapping[str, Any], place: str, further: set[str]) -> RuleText:
    why = _what_is_wrong(entry, further)
    if why:
        raise BrokenDefinition(place, why=why)
    return RuleText(**{key: entry[key] for key in _KEYS if key in entry})


def _what_is_wrong(entry: Mapping[str, Any], further: set[str]) -> Words | None:
    if unknown := sorted(set(map(str, entry)) - _KEYS - further):
        return _("it does not know “{key}”", key=unknown[0][:64])
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return _("“{key}” is missing", key=key)
    if not _ID.fullmatch(entry["id"]):
        return _("an id has small Latin letters, digits and _ only")
    for key in _DATES:
        if (key in entry or key == "checked_on") and type(entry.get(key)) is not date:
            return _("“{key}” must be a date", key=key)
    return None if type(entry.get("doubtful", False)) is bool else _("“{key}” must be true or false", key="doubtful")


def _check_ages(rules: Sequence[AgeRule], place: str) -> None:
    """Every year of a child's life has a rule, and never two on one day."""
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            starts = max(rule.text.valid_from or date.min, other.text.valid_from or date.min)
            ends = min(rule.text.valid_to or date.max, other.text.valid_to or date.max)
            if starts <= ends and rule.from_age <= other.to_age and other.from_age <= rule.to_age:
                why = _("two versions of “{rule}” are in force on the same day", rule=rule.text.id)
                raise BrokenDefinition(place, why=why)
    for age in range(ADULT):
        if not any(rule.from_age <= age <= rule.to_age for rule in rules):
            raise BrokenDefinition(place, why=_("there is no rule for the age of {age}", age=age))
