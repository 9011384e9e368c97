"""What is due and when: deadlines, hours of detention, hearings, stays, papers that run out, eighteenth birthdays,
agreements with partners.

One row stands for one thing that has a day; it names no person, so it may stand on a sheet that others see.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kzcase.i18n import Words, _, ngettext

REMIND: Final = (30, 14, 7, 1)
"""So many days before the last one somebody is reminded, unless the rule says otherwise."""
HEARING_FACT: Final = "hearing_day_known"
"""The fact that tells the day of a hearing."""
MOST: Final = 1_000
"""More than anybody can do in a window; the list says so when it is full."""


class DueKind(StrEnum):
    """Where a day comes from."""

    DEADLINE = "deadline"
    HEARING = "hearing"
    TASK = "task"
    STAY = "stay"
    DOCUMENT = "document"
    RENEWAL = "renewal"
    ADULTHOOD = "adulthood"
    REPLY = "reply"
    CONSENT = "consent"
    AGREEMENT = "agreement"
    RULES = "rules"


KIND_WORDS: Final = {
    DueKind.DEADLINE: _("Deadline"),
    DueKind.HEARING: _("Hearing"),
    DueKind.TASK: _("Task"),
    DueKind.STAY: _("Stay"),
    DueKind.DOCUMENT: _("Document"),
    DueKind.RENEWAL: _("Renewal"),
    DueKind.ADULTHOOD: _("Coming of age"),
    DueKind.REPLY: _("Reply"),
    DueKind.CONSENT: _("Consent"),
    DueKind.AGREEMENT: _("Agreement"),
    DueKind.RULES: _("Rules"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One thing that is due. `id` stays the same while it is due; `case` is empty for what concerns the office alone.

    `what` tells only what the asker may see (`masked` then names it), `reason` why that day. `moment` is the end of a
    clock of hours. `task` is the id of the task that `complete_task` ends; everything else ends with its fact.
    `remind`: how many days before the last one somebody is reminded. `seen`: put aside on this laptop.
    """

    id: str
    kind: DueKind
    case: str
    number: str
    what: Words
    day: date
    reason: Words
    moment: datetime | None = None
    rule: str = ""
    rule_version: str = ""
    doubtful: bool = False
    worker: str | None = None
    mine: bool = False
    task: str = ""
    remind: tuple[int, ...] = REMIND
    overdue: bool = False
    done: bool = False
    seen: bool = False
    masked: frozenset[str] = frozenset()

    @property
    def reminders(self) -> tuple[date, ...]:
        """The days on which somebody is reminded, the earliest first."""
        return tuple(sorted(self.day - timedelta(days=days) for days in self.remind))

    def to_be_told(self, today: date) -> bool:
        """Whether a reminder has come, or the day itself."""
        return any(day <= today for day in (*self.reminders, self.day))

    def left(self, now: datetime, today: date) -> Words:
        """How long there is still: hours for a clock of hours, else days."""
        if self.moment is not None:
            return hours_left(self.moment, now)
        return days_left(self.day, today)


def hours_left(until: datetime, now: datetime) -> Words:
    """How many whole hours a clock of hours still has; they run through nights and days off."""
    seconds = (until - now).total_seconds()
    hours = int(abs(seconds) // 3600)
    if seconds < 0:
        return ngettext("over for {count} hour", "over for {count} hours", hours) if hours else _("just over")
    return ngettext("{count} hour left", "{count} hours left", hours) if hours else _("less than an hour left")


def days_left(until: date, today: date) -> Words:
    """How many days there are until the last one."""
    days = (until - today).days
    if days < 0:
        return ngettext("over for {count} day", "over for {count} days", -days)
    return ngettext("{count} day left", "{count} days left", days) if days else _("today")
