"""Why a copy of a casebook cannot be sure of being the latest, and what that keeps it from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kzcase.i18n import Words, _, ngettext


class Why(StrEnum):
    """What happened to this copy."""

    OLDER = "older"
    COPIED = "copied"
    RESTORED = "restored"
    SALVAGED = "salvaged"


@dataclass(frozen=True, slots=True)
class Standing:
    """`since` when it is so, `until` which moment the further state reached, how many changes are missing at least.

    `releases`: the highest number of a summary known to have left. `needed`: the number a person entered; until it is
    entered no period is closed and nothing is released, because a period published twice could be unravelled.
    """

    why: Why
    since: datetime
    until: datetime | None = None
    missing: int = 0
    releases: int = 0
    needed: int | None = None

    def sentence(self) -> Words:
        """What to tell whoever opens it."""
        match self.why:
            case Why.RESTORED:
                return _("This casebook was restored from a backup of {moment}.", moment=self.until or self.since)
            case Why.SALVAGED:
                return _("This casebook was built from what could be read of a damaged one.")
            case Why.COPIED:
                return _(
                    "This is a copy: the same casebook also lies in another folder. It works as a laptop of its own."
                )
            case Why.OLDER if self.missing:
                return ngettext(
                    "An older state of this casebook was put back: {count} change is missing. "
                    "It works on as a new laptop.",
                    "An older state of this casebook was put back: {count} changes are missing. "
                    "It works on as a new laptop.",
                    self.missing,
                )
            case _:
                return _("An older state of this casebook was put back. It works on as a new laptop.")

    def blocks(self, last_known: int, period_end: date) -> bool:
        """Whether a period cannot be closed, given the highest release number the ledger shows.

        With the number entered and releases still missing, only periods that ended before it happened are blocked:
        they may have been published already.
        """
        return self.needed is None or (last_known < self.needed and period_end <= self.since.date())
