"""Legal terms as dated data: the day by which something must be done, and every day that did not count."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args

from kzcase.domain.dates import add_months
from kzcase.domain.errors import BrokenDefinition, NoSuchDate, NoSuchRule, NotInForce, OtherRuleHolds
from kzcase.domain.workdays import Skipped, WorkCalendar
from kzcase.i18n import KAZAKHSTAN, Language, Words, _

Unit = Literal["working_days", "days", "months", "years", "hours"]
WhenOff = Literal["keep", "next_working_day"]
_UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_WHEN_OFF: Final[tuple[WhenOff, ...]] = get_args(WhenOff)
_WORDS: Final = ("id", "kk", "ru", "en", "start_kk", "start_ru", "start_en", "source")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
_NUMBERS: Final = ("term", "up_to")
_KEYS: Final = {
    *_WORDS,
    *_DATES,
    *_NUMBERS,
    "unit",
    "counts_first_day",
    "when_off",
    "doubtful",
    "replaced_by",
    "remind",
}
MAX_TERM: Final = 2_000
MAX_REMINDERS: Final = 10
_RULE_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One version of a rule. `counts_first_day`: the day of the event is day 1 (stay limits); else it is day 0.

    `remind`: how many days before the last one somebody is reminded. `version` is the hash of what it says. `ours` is
    the id of the organisation's own change that it is, and `knows` those that this one takes the place of.
    """

    id: str
    kk: str
    ru: str
    en: str
    start: Mapping[Language, str]
    term: int
    unit: Unit
    source: str
    checked_on: date
    counts_first_day: bool = False
    when_off: WhenOff = "keep"
    up_to: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False
    replaced_by: str = ""
    remind: tuple[int, ...] = ()
    version: str = ""
    ours: str = ""
    knows: frozenset[str] = frozenset()

    def name(self, language: Language) -> str:
        """The rule's name in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def in_force_on(self, day: date) -> bool:
        """Whether this version governs an event of `day`."""
        on = day_of(day)
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, how it was found and by which rule. `latest`: the day to which the body may extend the term.

    `moment` is the end of a clock of hours; when the hour of the event is not known, it began with that day, and `due`
    is the last day that is safe as a whole.
    """

    due: date
    skipped: tuple[Skipped, ...]
    rule: DeadlineRule
    latest: date | None = None
    estimated: bool = False
    start: date | None = None
    moment: datetime | None = None
    hour_known: bool = True
    others: tuple[DeadlineRule, ...] = ()
    """Versions that hold on the same day, since two laptops changed the rule: the earlier day counts."""
    extended_by: str = ""
    """The source of a time of leave to stay that moved the day."""

    @property
    def reminders(self) -> tuple[date, ...]:
        """The days on which somebody is reminded, the earliest first."""
        return tuple(sorted(self.due - timedelta(days=days) for days in self.rule.remind))

    def as_json(self) -> dict[str, object]:
        """The document of `kzcase deadline`."""
        return {
            "due": self.due.isoformat(),
            "skipped": [{"date": one.day.isoformat(), "why": one.why} for one in self.skipped],
            "rule": self.rule.id,
            "source": self.rule.source,
            "latest": self.latest.isoformat() if self.latest else None,
            "estimated": self.estimated,
            "doubtful": self.rule.doubtful,
        }


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """All versions of all rules, and what the organisation changed in them."""

    versions: tuple[DeadlineRule, ...]
    changes: tuple[DeadlineRule, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every rule once, in the order of the file."""
        return tuple(dict.fromkeys(rule.id for rule in (*self.versions, *self.changes)))

    def on(self, rule_id: str, day: date) -> DeadlineRule:
        """The version that governs an event of `day`. `NoSuchRule`, or `NotInForce` when no version does."""
        return self.all_on(rule_id, day)[0]

    def all_on(self, rule_id: str, day: date) -> tuple[DeadlineRule, ...]:
        """The same; several where laptops changed the rule without knowing of each other."""
        versions = [rule for rule in (*self.changes, *self.versions) if rule.id == rule_id]
        if not versions:
            raise NoSuchRule(what=rule_id if _RULE_ID.fullmatch(rule_id) else "?")
        holding = [rule for rule in versions if rule.in_force_on(day)]
        if ours := [rule for rule in holding if rule.ours]:
            replaced = frozenset[str]().union(*(rule.knows for rule in ours))
            return tuple(rule for rule in ours if rule.ours not in replaced) or (ours[-1],)
        if holding:
            return (holding[0],)
        instead = self.instead_of(rule_id, day)
        raise (
            OtherRuleHolds(what=rule_id, day=day, instead=", ".join(instead))
            if instead
            else NotInForce(what=rule_id, day=day)
        )

    def all_known(self, rule_id: str) -> tuple[DeadlineRule, ...]:
        """Every version of a rule, whenever it holds: the organisation's latest first, then what ships."""
        return tuple(rule for rule in (*reversed(self.changes), *reversed(self.versions)) if rule.id == rule_id)

    def instead_of(self, rule_id: str, day: date) -> tuple[str, ...]:
        """The rules on the same subject that govern an event of `day`: those before this one, and those after it."""
        subject, found = {rule_id}, 0
        while found < len(subject):
            found = len(subject)
            for rule in self.versions:
                if rule.replaced_by and not subject.isdisjoint((rule.id, rule.replaced_by)):
                    subject |= {rule.id, rule.replaced_by}
        holding = (rule.id for rule in self.versions if rule.id in subject and rule.in_force_on(day))
        return tuple(dict.fromkeys(holding))

    def deadline(self, rule_id: str, start: date, calendar: WorkCalendar) -> Deadline:
        """The deadline that an event of `start` sets off; of several versions that hold, the earliest day."""
        versions = self.all_on(rule_id, day_of(start))
        found = sorted((deadline(rule, start, calendar) for rule in versions), key=lambda each: each.due)
        others = tuple(each.rule for each in found[1:])
        return replace(found[0], others=others) if others else found[0]


def deadline(rule: DeadlineRule, start: date, calendar: WorkCalendar) -> Deadline:
    """The deadline that an event of `start` sets off. `NotInForce` when the rule, or the holiday table, ends before.

    A clock of hours is counted from the moment, where `start` has one.
    """
    day = day_of(start)
    if not rule.in_force_on(day):
        raise NotInForce(what=rule.id, day=day)
    try:
        if rule.unit == "hours":
            return _hours(rule, start)
        due, skipped = _end(rule, rule.term, day, calendar)
        latest = _end(rule, rule.up_to, day, calendar)[0] if rule.up_to else None
    except (OverflowError, ValueError):
        raise NoSuchDate from None
    estimated = any(calendar.is_estimated(one.day) for one in skipped)
    return Deadline(due, skipped, rule, latest, estimated, day)


def day_of(start: date) -> date:
    """The day on the wall in Kazakhstan."""
    return _wall(start).date() if isinstance(start, datetime) else start


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(KAZAKHSTAN) if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)


def _hours(rule: DeadlineRule, start: date) -> Deadline:
    """Hours run through nights, days off and holidays; without the hour of the event they run from its first minute."""
    known = isinstance(start, datetime)
    begun = _wall(start) if isinstance(start, datetime) else datetime.combine(start, time(), KAZAKHSTAN)
    end = begun + timedelta(hours=rule.term)
    latest = day_of(begun + timedelta(hours=rule.up_to)) if rule.up_to else None
    due = end.date() if known or not rule.term else max(day_of(begun), (end - timedelta(seconds=1)).date())
    return Deadline(due, (), rule, latest, False, day_of(begun), end, known)


def _end(rule: DeadlineRule, term: int, start: date, calendar: WorkCalendar) -> tuple[date, tuple[Skipped, ...]]:
    if rule.unit == "working_days":
        return calendar.after_working_days(start, term)
    due = _calendar_end(rule.unit, term, start)
    if rule.counts_first_day:
        due -= timedelta(days=1)
    return calendar.moved_to_working_day(due) if rule.when_off == "next_working_day" else (due, ())


def _calendar_end(unit: Unit, term: int, start: date) -> date:
    match unit:
        case "days" | "working_days" | "hours":
            return start + timedelta(days=term)
        case "months":
            return add_months(start, term)
        case "years":
            return add_months(start, term * 12)


def read_rules(untrusted: Mapping[str, Any], place: str = "rules/deadlines.toml") -> DeadlineRules:
    """The rules from a parsed file. `BrokenDefinition` with the rule's place when one cannot be used."""
    entries = untrusted.get("rule")
    if not isinstance(entries, list) or set(untrusted) - {"rule"}:
        raise BrokenDefinition(place, why=_("it must be a list of [[rule]]"))
    rules = tuple(read_rule(entry, f"{place}, rule {number}") for number, entry in enumerate(entries, 1))
    _check_versions(rules, place)
    return DeadlineRules(rules)


def read_rule(entry: Any, place: str) -> DeadlineRule:
    """One version from its entry. `BrokenDefinition` at `place` when it cannot be used."""
    if not isinstance(entry, dict):
        raise BrokenDefinition(place, why=_("it must be a list of [[rule]]"))
    unknown, why = set(entry) - _KEYS, _what_is_wrong(entry)
    if unknown:
        why = _("it does not know “{key}”", key=sorted(unknown)[0])
    if why:
        raise BrokenDefinition(place, why=why)
    plain = {key: value for key, value in entry.items() if not key.startswith("start_")}
    start: dict[Language, str] = {
        "kk": entry["start_kk"],
        "ru": entry["start_ru"],
        "en": entry["start_en"],
    }
    version = hashlib.sha256(repr(sorted(entry.items())).encode()).hexdigest()[:16]
    return DeadlineRule(start=start, version=version, **{**plain, "remind": tuple(entry.get("remind", ()))})


def _what_is_wrong(entry: Mapping[str, Any]) -> Words | None:
    for key in (*_WORDS, "replaced_by"):
        value = entry.get(key, "-" if key == "replaced_by" else None)
        if not isinstance(value, str) or not value:
            return _("“{key}” is missing", key=key)
    if not _RULE_ID.fullmatch(entry["id"]):
        return _("an id has small Latin letters, digits and _ only")
    if entry.get("unit") not in _UNITS or entry.get("when_off", "keep") not in _WHEN_OFF:
        return _("the unit must be working_days, days, months, years or hours, and when_off keep or next_working_day")
    if entry["unit"] == "hours" and (entry.get("counts_first_day") or "when_off" in entry):
        return _("hours run without a break: leave “counts_first_day” and “when_off” away")
    for key in _NUMBERS:
        value = entry.get(key, 0 if key == "up_to" else None)
        if type(value) is not int or not 0 <= value <= MAX_TERM:
            return _("“{key}” must be a whole number of at most {count}", key=key, count=MAX_TERM)
    for key in _DATES:
        if key in entry and type(entry[key]) is not date:
            return _("“{key}” must be a date", key=key)
    if not _are_days(entry.get("remind", [])):
        return _("“{key}” must be a list of at most {count} days", key="remind", count=MAX_REMINDERS)
    for key in ("counts_first_day", "doubtful"):
        if type(entry.get(key, False)) is not bool:
            return _("“{key}” must be true or false", key=key)
    return None if "checked_on" in entry else _("“{key}” is missing", key="checked_on")


def _are_days(value: object) -> bool:
    if not isinstance(value, list) or len(value) > MAX_REMINDERS:
        return False
    return all(type(days) is int and 0 < days <= MAX_TERM for days in value)


def _check_versions(rules: Sequence[DeadlineRule], place: str) -> None:
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            if other.id == rule.id and _overlap(rule, other):
                why = _("two versions of “{rule}” are in force on the same day", rule=rule.id)
                raise BrokenDefinition(place, why=why)


def _overlap(one: DeadlineRule, other: DeadlineRule) -> bool:
    starts, ends = date.min, date.max
    return (one.valid_from or starts) <= (other.valid_to or ends) and (other.valid_from or starts) <= (
        one.valid_to or ends
    )
