"""Agreements with partners: whether one has ended, and what to say of one that ends."""

from datetime import date, timedelta
from typing import Final

from kzcase.domain.due import REMIND
from kzcase.i18n import Words, _

ENDED: Final = "agreement_ended"
"""The code of the warning that the agreement with a partner is over."""
_SOON: Final = timedelta(days=REMIND[0])


def has_ended(until: date | None, today: date) -> bool:
    """Whether an agreement had a last day and that is past; one without a last day goes on."""
    return until is not None and until < today


def agreement_words(until: date | None, today: date) -> Words | None:
    """What to say of an agreement that has ended or soon will; nothing of any other."""
    if until is None or until - _SOON > today:
        return None
    if has_ended(until, today):
        return _("The agreement with them ended on {date}: settle a new one before you count on them.", date=until)
    return _("The agreement with them ends on {date}.", date=until)
