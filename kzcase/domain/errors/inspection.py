"""What the state of an incident or a request does not allow now."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _


class IncidentClosed(NotPossibleNow):
    """The incident was closed before."""

    words = _("This incident is closed already. Report a new one if something else happened.")


class RecipientStopped(NotPossibleNow):
    """An open incident names this partner."""

    words = _("An open incident names this partner. Nothing goes there until the incident is closed; nothing was sent.")


class RequestAnswered(NotPossibleNow):
    """The request was answered before."""

    words = _("This request was answered already.")


class EndsBeforeItBegins(BadInput):
    """A time whose last day lies before its first."""

    words = _("The last day lies before the first. Please check both.")


class ShorterThanTheLaw(BadInput):
    """Data would be kept for less time than a law makes one keep them. `field`: by what an act says that they shall."""

    words = _(
        "The law makes one keep these data longer (in years: {years}). "
        "If they shall go earlier all the same, please say so expressly; a file of acts does it by {field}."
    )


class NoSuchRegister(BadInput):
    """No register goes by that name."""

    words = _("There is no register “{what}”. There are: {known}.")
