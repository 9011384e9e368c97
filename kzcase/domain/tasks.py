"""Tasks: when one that repeats comes again, and how urgent one is for whoever looks at their day."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kzcase.domain.dates import add_months
from kzcase.i18n import Words, _

FIRST: Final = {"high": 0, "normal": 1, "low": 2}
DAYS_OF_A_WEEK: Final = 7

REPLY: Final = "referral_reply"
"""The rule of the task that reminds somebody to look at a referral again."""
ASK: Final = _("Ask for the reply to referral {number}")
LOOKED: Final = _("Follow referral {number}")
REMINDERS: Final[Mapping[str, Words]] = {
    "appointment": _("See whether the person came: referral {number}"),
    "accepted": _("See what came of referral {number}"),
    "partly": _("See what came of referral {number}"),
    "no_show": _("The person did not come: look at referral {number}"),
}
"""What the reminder of a referral asks for by its state; in every other one the partner still owes a reply."""


def reminder(state: str, *, done: bool) -> Words:
    """What the reminder of a referral in this state asks for. One that is done asked what its state no longer tells."""
    return LOOKED if done else REMINDERS.get(state, ASK)


class When(StrEnum):
    """The groups of a day's list, the most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"


WHEN_WORDS: Final[dict[When, Words]] = {
    When.OVERDUE: _("overdue"),
    When.TODAY: _("today"),
    When.WEEK: _("this week"),
    When.LATER: _("later"),
    When.UNDATED: _("no date"),
}


def when(day: date | None, today: date) -> When:
    """The group of something due on a day."""
    if day is None:
        return When.UNDATED
    if day < today:
        return When.OVERDUE
    if day == today:
        return When.TODAY
    return When.WEEK if day < today + timedelta(days=DAYS_OF_A_WEEK) else When.LATER


def after(day: date, days: str, months: str) -> date:
    """The next time, so many days or months on, as a code of `task_repeat` says: at most the last day there is."""
    try:
        return add_months(day, int(months)) if months else day + timedelta(days=int(days or DAYS_OF_A_WEEK))
    except (OverflowError, ValueError):  # an older version took such days
        return date.max
