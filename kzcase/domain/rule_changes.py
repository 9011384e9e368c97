"""What an organisation changes in the rules: read from what its administrator wrote, and refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

from kzcase.domain.deadlines import DeadlineRule, DeadlineRules, Unit, WhenOff, read_rule
from kzcase.domain.errors import BrokenDefinition, NotInRange, RuleBroken, ShorterThanTheLaw
from kzcase.domain.mci import Mci
from kzcase.domain.pathways import Pathway
from kzcase.domain.pathways_reading import Common, check_references, read_pathway
from kzcase.domain.retention import ANY_KIND, MOST_YEARS, RetentionRule, RetentionRules
from kzcase.domain.stay import LAST_DAY, StayOverride
from kzcase.domain.workdays import DayOff
from kzcase.i18n import Words, _

LONGEST: Final = 20_000
"""Letters of a change, a pathway apart."""
MOST_TENGE: Final = 10_000_000
USES: Final = ("all", "benefits", "fines")


class What(StrEnum):
    """What can be changed."""

    DAY = "day"
    DEADLINE = "deadline"
    AMOUNT = "amount"
    STAY = "stay"
    PATHWAY = "pathway"
    RETENTION = "retention"


WHAT_WORDS: Final[Mapping[What, Words]] = {
    What.DAY: _("Day off or working day"),
    What.DEADLINE: _("Deadline"),
    What.AMOUNT: _("Monthly calculation index"),
    What.STAY: _("Leave to stay"),
    What.PATHWAY: _("Pathway"),
    What.RETENTION: _("Term of keeping"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One change as it stands in the casebook; `rule` is the rule's id, the day, the use or the kind of case."""

    id: str
    what: str
    rule: str
    content: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    checked_on: date | None = None
    note: str = ""
    base: str = ""
    knows: frozenset[str] = frozenset()
    author: bytes | None = None
    added_at: datetime | None = None

    @property
    def order(self) -> tuple[str, str]:
        """Where it stands among the others: the same on every laptop."""
        return (self.added_at.isoformat() if self.added_at else "", self.id)


class DayContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day off, or a day that is worked all the same; `code` is of the list `day_off`."""

    code: str
    what: Literal["holiday", "moved", "off", "working"]
    moved_from: date | None = None


class DeadlineContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A term. The names are needed only for a rule that does not ship with kzcase."""

    term: int
    unit: Unit
    when_off: WhenOff = "keep"
    counts_first_day: bool = False
    up_to: int | None = None
    remind: tuple[int, ...] = ()
    doubtful: bool = False
    kk: str = ""
    ru: str = ""
    en: str = ""
    start_kk: str = ""
    start_ru: str = ""
    start_en: str = ""


class AmountContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An amount in tenge."""

    amount: int


class StayContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For whom leave to stay was given: citizens of these countries, or everybody."""

    whom: tuple[str, ...] = ()


class RetentionContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many years data are kept. `least`: what the law makes one keep; `below_law`: that less is wanted all the same
    was said."""

    years: int
    least: int = 0
    below_law: bool = False
    doubtful: bool = False


def day_off(change: RuleChange, place: str = "") -> DayOff:
    """The day that a change says."""
    said = _said(change.content, DayContent, place)
    try:
        day = date.fromisoformat(change.rule)
    except ValueError:
        raise BrokenDefinition(place, why=_("a number or a date (2026-12-31) cannot be read")) from None
    return DayOff(day, said.code, said.what, moved_from=said.moved_from, source=change.source)


def deadline_rule(change: RuleChange, known: DeadlineRules, place: str = "") -> DeadlineRule:
    """The version of a rule that a change says; names it does not give are those of the rule that ships."""
    said = _said(change.content, DeadlineContent, place)
    before = next((rule for rule in known.versions if rule.id == change.rule), None)
    given: dict[str, Any] = {
        **({} if before is None else _names(before)),
        **{name: text for name in _NAMES if (text := getattr(said, name))},
    }
    entry: dict[str, Any] = {
        **given,
        **{"id": change.rule, "term": said.term, "unit": said.unit, "source": change.source},
        **{"checked_on": change.checked_on, "remind": list(said.remind), "doubtful": said.doubtful},
        **({} if said.up_to is None else {"up_to": said.up_to}),
        **({} if change.valid_from is None else {"valid_from": change.valid_from}),
        **({} if change.valid_to is None else {"valid_to": change.valid_to}),
    }
    if said.unit != "hours":
        entry |= {"counts_first_day": said.counts_first_day, "when_off": said.when_off}
    return replace(read_rule(entry, place), ours=change.id, knows=change.knows)


_NAMES: Final = ("kk", "ru", "en", "start_kk", "start_ru", "start_en")


def _names(rule: DeadlineRule) -> dict[str, str]:
    starts = {f"start_{language}": text for language, text in rule.start.items()}
    return {"kk": rule.kk, "ru": rule.ru, "en": rule.en, **starts}


def amount(change: RuleChange, place: str = "") -> Mci:
    """The amount of a time that a change says."""
    said = _said(change.content, AmountContent, place)
    if change.rule not in USES or not 0 < said.amount <= MOST_TENGE or change.valid_from is None:
        raise BrokenDefinition(place, why=_("the period or the use is not possible"))
    last = change.valid_to or LAST_DAY
    if last < change.valid_from:
        raise BrokenDefinition(place, why=_("the period or the use is not possible"))
    return Mci(change.valid_from, last, said.amount, change.rule, "V", change.source)


def override(change: RuleChange, place: str = "") -> StayOverride:
    """The time of leave to stay that a change says."""
    said = _said(change.content, StayContent, place)
    if change.valid_from is None or change.valid_to is None or change.valid_to < change.valid_from:
        raise BrokenDefinition(place, why=_("the period or the use is not possible"))
    return StayOverride(change.valid_from, change.valid_to, said.whom, change.source, change.id)


def pathway(change: RuleChange, common: Common, rules: DeadlineRules, place: str = "") -> Pathway:
    """The road that a change says, checked against the rules there are."""
    place = place or f"{change.rule}.toml"
    found = read_pathway(change.content, place, common)
    if found.id != change.rule:
        raise BrokenDefinition(place, why=_("its id is not that of the kind of case"))
    check_references(found, place, rules.ids)
    return found


def retention_rule(change: RuleChange, known: RetentionRules, place: str = "") -> RetentionRule:
    """The term that a change says for a kind; never less than the law makes one keep, unless just that was said."""
    said = _said(change.content, RetentionContent, place)
    if not 0 < said.years <= MOST_YEARS:
        raise NotInRange(place, key="years", low=1, high=MOST_YEARS)
    if not 0 <= said.least <= MOST_YEARS:
        raise NotInRange(place, key="least", low=0, high=MOST_YEARS)
    least = max(said.least, known.least(change.rule, change.valid_from, change.valid_to))
    if said.years < least and not said.below_law:
        raise ShorterThanTheLaw(place, years=least, field='"below_law": true')
    named = [rule for kind in (change.rule, ANY_KIND) for rule in known.versions if rule.kind == kind]
    if not named:
        raise BrokenDefinition(place, why=_("this version of kzcase does not know it"))
    return replace(
        named[0],
        id=f"{change.rule}_kept",
        kind=change.rule,
        years=said.years,
        least=said.least,
        source=change.source,
        checked_on=change.checked_on or named[0].checked_on,
        valid_from=change.valid_from,
        valid_to=change.valid_to,
        doubtful=said.doubtful,
        ours=change.id,
        knows=change.knows,
    )


def _said(untrusted: str, kind: type[msgspec.Struct], place: str) -> Any:
    """What a change says, of exactly this shape."""
    try:
        if len(untrusted) <= LONGEST:
            return msgspec.json.decode(untrusted.encode(), type=kind)
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise BrokenDefinition(place, why=_("it is not what this rule holds")) from None
    raise BrokenDefinition(place, why=_("it is not what this rule holds"))


def can_be_used(
    change: RuleChange, common: Common, rules: DeadlineRules, retention: RetentionRules
) -> RuleBroken | None:
    """What is wrong with a change; None for one that can be used."""
    try:
        match change.what:
            case What.DAY:
                day_off(change)
            case What.DEADLINE:
                deadline_rule(change, rules)
            case What.AMOUNT:
                amount(change)
            case What.STAY:
                override(change)
            case What.PATHWAY:
                pathway(change, common, rules)
            case What.RETENTION:
                retention_rule(change, retention)
            case _:
                return BrokenDefinition(why=_("this version of kzcase does not know it"))
    except RuleBroken as refused:
        return refused
    return None
