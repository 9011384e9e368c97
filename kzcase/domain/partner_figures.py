"""How a partner answers: referrals, days to the first reply, outcomes. Small numbers are not told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from kzcase.i18n import Words, _, ngettext

FEWEST: Final = 5
"""Fewer than this are not told apart: with so few, one could know who was meant."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sent referral: its days, and the state it stands in."""

    sent_on: date
    answered_on: date | None
    state: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PartnerFigures:
    """What is told of one partner. `states` and `days` are None where there are too few to tell."""

    partner: str
    sent: int
    overdue: int | None
    days: int | None
    states: Mapping[str, int] | None

    def said(self) -> Words:
        """The same as a sentence."""
        if self.sent < FEWEST:
            return _("Fewer than five referrals were sent there: too few to tell more.")
        said = ngettext("{count} referral sent", "{count} referrals sent", self.sent)
        if self.days is not None:
            said = _("{so_far}, {more}", so_far=said, more=_answer(self.days))
        if self.overdue:
            more = ngettext("{count} overdue", "{count} overdue ones", self.overdue)
            said = _("{so_far}, {more}", so_far=said, more=more)
        return said


def _answer(days: int) -> Words:
    return ngettext("answered after {count} day at the median", "answered after {count} days at the median", days)


def figures(partner: str, told: Iterable[Told]) -> PartnerFigures:
    """Count; a number of fewer than five is None, and so is one that could be worked out from the others."""
    rows = list(told)
    if len(rows) < FEWEST:
        return PartnerFigures(partner, 0 if not rows else 1, None, None, None)
    states: dict[str, int] = {}
    for row in rows:
        states[row.state] = states.get(row.state, 0) + 1
    answered = [(row.answered_on - row.sent_on).days for row in rows if row.answered_on]
    days = round(median(answered)) if len(answered) >= FEWEST else None
    late = sum(row.overdue for row in rows)
    shown = late if late == 0 or late >= FEWEST else None
    return PartnerFigures(partner, len(rows), shown, days, _told_apart(states))


def _told_apart(states: Mapping[str, int]) -> Mapping[str, int] | None:
    """States with enough referrals; the rest together, where it is enough too, else nothing at all."""
    large = {state: count for state, count in states.items() if count >= FEWEST}
    rest = sum(count for state, count in states.items() if state not in large)
    if not large or 0 < rest < FEWEST:
        return None
    return large | ({"other": rest} if rest else {})
