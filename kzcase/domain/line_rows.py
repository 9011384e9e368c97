"""Frozen rows of the helpline: what is promised, passed on and due. None of them holds a number to dial."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kzcase.i18n import KAZAKHSTAN, Words, _


@dataclass(frozen=True, slots=True)
class CallingRule:
    """What somebody said about calling their phone: how, when, who may answer, and whether a word is agreed."""

    safe: str | None
    hours: str | None
    who_may_answer: str | None
    say_we_are: str | None
    word_agreed: bool
    controlled: bool = False


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """A promise to call back: its rules, and never the number. `safe_now`: whether it may be dialled at this hour."""

    id: str
    call: str
    call_number: str
    due_at: datetime | None
    due_there: str
    zone: str
    safe_now: bool
    next_safe: str
    hours: str | None
    who_may_answer: str | None
    say_we_are: str | None
    code_word_agreed: bool
    language: str | None
    interpreter: bool
    tries: int
    tries_outside: int
    late: bool
    author: str | None
    masked: frozenset[str] = frozenset()
    closed: bool = False
    """Nobody rings this number: it is in other hands, or its owner said so."""
    theirs: tuple[CallingRule, ...] = ()
    """What clients with this number said about calling it."""


@dataclass(frozen=True, slots=True)
class BeforeCalling:
    """What is read before the number of a call is shown. It holds neither the number nor whose it is."""

    call: str
    closed: bool
    theirs: tuple[CallingRule, ...]


@dataclass(frozen=True, slots=True)
class NumberToCall:
    """What is dialled, after the rules were read; the word is said before anything else."""

    call: str
    number: str = field(repr=False)
    code_word: str | None = field(repr=False)
    hours: str | None = field(repr=False)
    zone: str = ""


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal of a crime. `identity` is whether one goes with it, never who. `due`: what is to be done until when."""

    id: str
    number: str
    call: str
    call_number: str
    unit: str
    danger: str | None
    place: str | None
    people: int | None
    children: str | None
    facts: str | None
    ground: str | None
    identity: bool
    made_at: datetime | None
    sent_at: datetime | None
    acknowledged_at: datetime | None
    result: str | None
    due: date | None
    rule: str
    overdue: bool
    review_by: date | None
    author: str | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SharedSignal:
    """Another signal that may be about the same crime: whom of us to ask, and nothing of what was told there."""

    number: str
    unit: str
    by: str | None
    sent_at: datetime | None
    received: bool

    def said(self) -> Words:
        """Who passed it on, where and when."""
        who = {"number": self.number, "unit": self.unit, "colleague": self.by or "–"}
        if self.sent_at is None:
            return _("{number} to {unit}: {colleague} is about to pass it on", **who)
        day = self.sent_at.astimezone(KAZAKHSTAN).date()
        return _("{number} to {unit}: {colleague} passed it on, {date}", date=day, **who)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A caller said the word of warning. Only supervisors are told."""

    id: str
    at: datetime | None
    operator: str | None
    case: str | None
    case_number: str | None


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift: who had it from when until when, and to whom it was handed over."""

    id: str
    number: str
    opened_at: datetime | None
    opened_by: str | None
    closed_at: datetime | None
    handed_to: str | None
    words: str | None
    mine: bool
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShiftCounts:
    """What was done in a time on the line."""

    calls: int
    topics: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    emergencies: int
    signals: int
    sheets: int
    promised: int
    kept: int
    outreach: int
    reached: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """What whoever comes next must know: open promises, what is urgent, and signals not answered yet."""

    shift: ShiftRow | None
    call_backs: tuple[CallBackRow, ...]
    urgent: tuple["UrgentCall", ...]
    signals: tuple[SignalRow, ...]
    alerts: tuple[AlertRow, ...]
    counts: ShiftCounts


@dataclass(frozen=True, slots=True)
class UrgentCall:
    """A call of the shift in which somebody was in danger and that has no case yet."""

    call: str
    number: str
    at: datetime | None
    topics: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallDetails:
    """What came of a call: further cases and signals by number, sheets given, services called and when, promises."""

    call: str
    more_cases: tuple[str, ...]
    signals: tuple[str, ...]
    sheets: tuple[tuple[str, str], ...]
    """Id of each sheet, and the language it was given in."""
    services: tuple[tuple[str, datetime | None], ...]
    call_backs: int
    masked: frozenset[str] = frozenset()
    """Cases beyond the asker's reach are left out of `more_cases`; it stands here whether or not there are any."""


@dataclass(frozen=True, slots=True)
class CaseFromCall:
    """What a call says, by the fields of a new case. `language` is that of the person, where they called themselves;
    `hidden`: something of it the asker does not see now."""

    number: str
    given: Mapping[str, str] = field(repr=False)
    language: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """What may be said when somebody calls: that they called before, and whether a word is to be asked. Never who."""

    ask_word: bool
    calls: int
    last: datetime | None
    topics: tuple[str, ...]
    open_call_back: bool = False
    has_word: bool = False


@dataclass(frozen=True, slots=True)
class CallerAnswer:
    """What came of asking for the word: `right` with the case, `wrong`, or `cover` with a script to read."""

    result: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneInHands:
    """A phone of a client: whether somebody else controls it now; `number` is None where it is hidden."""

    id: str
    number: str | None = field(repr=False)
    controlled: bool = False
    warned: bool = False
