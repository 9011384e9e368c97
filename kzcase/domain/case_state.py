"""What is true of a case: its facts and their days, from what was stated, filled in, agreed, sent and closed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kzcase.domain.case_facts import (
    ATTEMPT,
    ATTEMPTS_WITHIN,
    ENOUGH_ATTEMPTS,
    FACT_KINDS,
    FILE_IT,
    NEVER_WITHOUT_US,
    WEIGHED,
    WITHOUT_FEEDBACK,
    cleared_at,
)
from kzcase.domain.dates import parse_edtf
from kzcase.domain.deadlines import day_of
from kzcase.domain.eighteenth import Estimate, minor_on
from kzcase.domain.errors import BadInput
from kzcase.domain.ids import Id
from kzcase.domain.pathways import CLEARED, WITHOUT_US
from kzcase.domain.pathways_facts import OWN_STEPS
from kzcase.domain.permissions import Permission

SECOND: Final = "second_person"
FIRST: Final = ("kinship_proved", "home_checked")
DECIDED: Final = "report_decided"
_DECIDING: Final = ("crime_reported", "report_made", "report_declined")
HOME: Final = "KZ"
_OF_CHILDREN: Final = "child"
_SAFE: Final = frozenset({"safe", "at_hours", "code_word", "text_only"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing somebody stated, and by what right: the permission that its table asks for."""

    id: Id = b""
    fact: str
    right: Permission = Permission.WORK_ON_CASES
    day: str | None = None
    moment: datetime | None = None
    step: str | None = None
    by: Id | None = None
    at: str = ""
    allowed: bool | None = None
    without_us: bool = False
    decision: str | None = None
    since: int = 0
    """Of what a second person confirms, and of their word: the stamp at which it was said, or changed last."""
    hands: frozenset[Id] = frozenset()
    """Of what a second person confirms: everybody who wrote anything of it that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """Everything facts are read off. What depends on today or on other people's rows is None for the stage alone."""

    kind: str = ""
    opened_on: date | None = None
    opened_at: datetime | None = None
    """When the act that opened it was written; what was opened for an earlier day has no hour."""
    closed_on: date | None = None
    closing_summary: bool = False
    closure_reason: str | None = None
    erased_on: date | None = None
    happened: Mapping[str, date | None] = field(default_factory=dict)
    """Facts that other rows of the casebook say, with their days."""
    forms: Mapping[str, date | None] = field(default_factory=dict)
    """Filled-in forms, with the day they were filled in last."""
    statements: tuple[Statement, ...] = ()
    birth: str | None = None
    estimates: tuple[Estimate, ...] = ()
    citizenships: Collection[str] = ()
    open_tasks: bool = True
    held: bool = False
    retention_over: bool = False
    safe_contacts: Collection[str] = ()

    def counted(self) -> tuple[Statement, ...]:
        """What was stated by the right that its fact asks for, the earliest first."""
        counts = (each for each in self.statements if _counts(each))
        return tuple(sorted(counts, key=lambda each: (each.at, each.id)))


def _counts(statement: Statement) -> bool:
    kind = FACT_KINDS.get(statement.fact)
    right = kind.by if kind and kind.by else Permission.WORK_ON_CASES
    return statement.right is right and (kind is not None or statement.fact == ATTEMPT)


def facts_of(state: CaseState, today: date | None = None) -> dict[str, bool]:
    """The facts that are true, and those known to be false. Without `today` those that depend on it are left out."""
    stated = {each.fact for each in state.counted() if FACT_KINDS.get(each.fact, None)}
    filled = {kind.code for kind in _ANSWERED if any(form in state.forms for form in kind.forms)}
    facts = dict.fromkeys((stated & _STATED) | filled | set(state.happened), True)
    facts |= _course(state)
    facts |= {fact: True for each in state.counted() if each.step for fact in cleared_at(each.step)}
    facts |= dict.fromkeys(_without_us(state, filled), True)
    facts.pop(CLEARED, None)
    if any(each.fact == WEIGHED and each.decision == FILE_IT for each in state.counted()):
        facts[WEIGHED] = True
    facts["opened"] = True
    facts[SECOND] = _second_person(state)
    facts["contact_tried"] = _tried(state)
    facts[DECIDED] = any(facts.get(fact) for fact in _DECIDING)
    if today is not None:
        facts |= _now(state, facts, today)
    return facts


def _without_us(state: CaseState, filled: Collection[str]) -> set[str]:
    """The steps of one's own that others alone took, as the road asks for them."""
    others = {each.fact for each in state.counted() if each.without_us and each.fact in OWN_STEPS}
    ours = {each.fact for each in state.counted() if not each.without_us}
    return {f"{fact}@{WITHOUT_US}" for fact in others - ours - NEVER_WITHOUT_US - set(filled)}


_ANSWERED: Final = tuple(kind for kind in FACT_KINDS.values() if kind.forms)
"""Facts that a filled-in form answers."""
_STATED: Final = frozenset(code for code, kind in FACT_KINDS.items() if kind.stated)


def _course(state: CaseState) -> dict[str, bool]:
    """Open, suspended, closing, closed and open again: the last word of each holds."""
    last = {each.fact: (each.at, each.id) for each in state.counted()}
    never = ("", b"")
    reopened = "reopened" in last
    closed = state.closed_on is not None
    suspended, resumed = last.get("suspended", never), last.get("resumed", never)
    return {
        "closed": closed or reopened,
        "reopened": reopened and not closed,
        "suspended": "suspended" in last,
        "resumed": resumed > suspended,
        "closing_begun": last.get("closing_begun", never) > last.get("reopened", never),
        "closing_summary": state.closing_summary or "closure" in state.forms,
        "closing_reason": state.closure_reason is not None,
        "feedback_impossible": state.closure_reason in WITHOUT_FEEDBACK,
        "anonymised": state.erased_on is not None,
    }


def _tried(state: CaseState) -> bool:
    """Enough allowed attempts, each on a day of its own, none of them long before the last."""
    tried = {day for each in state.counted() if each.fact == ATTEMPT and each.allowed if (day := exact_day(each.day))}
    last = max(tried, default=date.max)
    return sum(last - day <= ATTEMPTS_WITHIN for day in tried) >= ENOUGH_ATTEMPTS


def _second_person(state: CaseState) -> bool:
    """Somebody other than whoever proved the kinship and whoever checked the home, and after both: their word is about
    what stood then, and does not outlive a change of it."""
    seconds = (each for each in state.counted() if each.fact == SECOND and each.by)
    return any(not unconfirmed(state, second.by, second.since) for second in seconds)


def unconfirmed(state: CaseState, second: Id | None, since: int | None = None) -> tuple[str, ...]:
    """What of kinship and home somebody's word does not cover: nobody else had stated it unchanged by then."""
    stood = [each for each in state.counted() if since is None or each.since <= since]
    theirs = {each.fact for each in stood if second not in {each.by, *each.hands}}
    return tuple(fact for fact in FIRST if fact not in theirs)


def _now(state: CaseState, facts: Mapping[str, bool], today: date) -> dict[str, bool]:
    """What depends on today, on the person and on tasks."""
    child = _child(state, today)
    danger = bool(facts.get("danger_to_life"))
    found = {
        "tasks_done": not state.open_tasks,
        "legal_hold": state.held,
        "retention_over": state.retention_over,
        "born": bool(state.birth),
        "safe_channel": bool(facts.get("safe_channel")) or any(each in _SAFE for each in state.safe_contacts),
        "duty_to_report": bool(facts.get("duty_to_report")) or danger or bool(child),
    }
    if child is not None:
        found["is_child"] = child
    if state.citizenships:
        found["is_foreigner"] = HOME not in state.citizenships
    return found


def _child(state: CaseState, today: date) -> bool | None:
    """Whether the person is under 18; in a case about a child somebody of unknown age is one."""
    known = minor_on(state.birth or "", state.estimates, today)
    return True if known is None and state.kind == _OF_CHILDREN else known


def days_of(state: CaseState) -> dict[str, date]:
    """The day, or the moment, of every fact that has one; of what is repeated the last."""
    days: dict[str, date | None] = dict(state.happened)
    for kind in _ANSWERED:
        known = [day for form in kind.forms if (day := state.forms.get(form))]
        if known:
            days[kind.code] = max(known)
    for each in state.counted():
        day = each.moment or exact_day(each.day)
        if day is not None:
            days[each.fact] = day
    days |= {"opened": _opened(state), "closed": state.closed_on or days.get("closed")}
    days["born"] = exact_day(state.birth)
    days[DECIDED] = min(filter(None, map(days.get, _DECIDING)), key=day_of, default=None)
    return {fact: day for fact, day in days.items() if day is not None}


def _opened(state: CaseState) -> date | None:
    """With its hour where it was written down on the very day, so that clocks of hours count from then."""
    if state.opened_at is not None and state.opened_on == day_of(state.opened_at):
        return state.opened_at
    return state.opened_on


def exact_day(written: str | None) -> date | None:
    """The day of an EDTF text; of one that is not exact its earliest, so that no clock starts too late."""
    try:
        return parse_edtf(written).earliest if written else None
    except BadInput:
        return None
