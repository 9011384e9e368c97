"""What day it is for whoever sits before the window: the day in Kazakhstan, whatever the zone of the laptop."""

from datetime import date, datetime

from kzcase.i18n import KAZAKHSTAN


def now() -> datetime:
    """This moment, as a clock on the wall in Kazakhstan shows it."""
    return datetime.now(KAZAKHSTAN)


def today() -> date:
    """The day it is."""
    return now().date()
