"""Why somebody cannot be erased now, or may not be changed."""

from kzcase.domain.errors.kinds import NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "CaseHeld",
    "CaseHeldAlready",
    "CaseNotHeld",
    "DataBlocked",
    "NothingToErase",
    "PartOfACase",
    "PlanOutdated",
]


class CaseHeld(NotPossibleNow):
    """A legal hold stands on a case of the person."""

    words = _("Nothing was erased: there is a legal hold on {number}. Take it off first, or block the data.")


class CaseHeldAlready(NotPossibleNow):
    """The hold is there."""

    words = _("A legal hold is there already.")


class CaseNotHeld(NotPossibleNow):
    """There is no hold."""

    words = _("There is no legal hold here.")


class DataBlocked(NotPossibleNow):
    """The person's data are kept and not used."""

    words = _("This person's data are blocked: they are kept, but not used or changed. Please ask your supervisor.")


class NothingToErase(NotPossibleNow):
    """Everything went before."""

    words = _("Nothing is left of this person that could be erased.")


class PartOfACase(NotPossibleNow):
    """A call or a referral that became a case."""

    words = _("This became a case: it is held and erased together with that case.")


class PlanOutdated(NotPossibleNow):
    """A mention that was confirmed is not there any more."""

    words = _("Something was changed since you looked. Please look at what would be erased once more.")
