"""Whether the clock of a laptop can be believed: terms go by it, and so does what the history shows."""

from datetime import date, datetime, timedelta
from typing import Final

from kzcase.i18n import KAZAKHSTAN, Words, _

WRITTEN: Final = date(2026, 11, 22)
"""When this was written: a laptop whose clock stands before it has a wrong clock, and must not refuse true dates."""
_ENOUGH: Final = timedelta(days=1)
"""Laptops may differ by hours without anybody being wrong about the day."""


def lies_ahead(now: datetime, at: datetime) -> bool:
    """Whether something was written under a moment that is still to come: a clock was ahead, and nothing else says
    when it was."""
    return at - now > _ENOUGH


def clock_doubt(now: datetime, last: datetime) -> Words | None:
    """What to tell where the clock shows `now`, and something was written under the moment `last` already."""
    today = now.astimezone(KAZAKHSTAN).date()
    if lies_ahead(now, last):
        return _(
            "Please check the clock of this laptop: it shows {today}, but something was written under {last} already. "
            "If {today} is right, a clock was wrong then, and until {last} the history shows that day for all that is "
            "written.",
            today=today,
            last=last.astimezone(KAZAKHSTAN).date(),
        )
    if today < WRITTEN:
        return _("Please check the clock of this laptop: it shows {today}. Terms are counted by it.", today=today)
    return None
