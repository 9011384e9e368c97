"""Whether the clock of a laptop can be believed: terms go by it, and so does what the history shows."""

from datetime import date, datetime, timedelta
from typing import Final

from kzcase.i18n import Words, _

WRITTEN: Final = date(2026, 11, 22)
"""When this was written: a laptop whose clock stands before it has a wrong clock, and must not refuse true dates."""
_ENOUGH: Final = timedelta(days=1)
"""Laptops may differ by hours without anybody being wrong about the day."""


def clock_doubt(now: datetime, last: datetime) -> Words | None:
    """What to tell where the clock shows `now`, and something was written under the moment `last` already."""
    if last - now > _ENOUGH:
        return _(
            "Please check the clock of this laptop: it shows {today}, but something was written under {last} already. "
            "If {today} is right, a clock was wrong then, and until {last} the history shows that day for all that is "
            "written.",
            today=now.date(),
            last=last.date(),
        )
    if now.date() < WRITTEN:
        return _("Please check the clock of this laptop: it shows {today}. Terms are counted by it.", today=now.date())
    return None
