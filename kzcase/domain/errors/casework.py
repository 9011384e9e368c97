"""What the state of a case, a call, a consent or a referral does not allow now."""

from kzcase.domain.errors.kinds import NotPossibleNow
from kzcase.i18n import _


class CaseClosed(NotPossibleNow):
    """The case is closed."""

    words = _("This case is closed. Reopen it first; a note can still be added.")


class CaseNotClosed(NotPossibleNow):
    """The case is open already."""

    words = _("This case is open already.")


class CallTaken(NotPossibleNow):
    """The call has become a case already."""

    words = _("This call has become a case already.")


class TaskDone(NotPossibleNow):
    """The task was done before."""

    words = _("This task is done already.")


class NoConsent(NotPossibleNow):
    """No consent in force covers this partner."""

    words = _("No valid consent covers this partner. Record the person's consent first; nothing was sent.")


class ConsentWithdrawn(NotPossibleNow):
    """The consent was withdrawn before."""

    words = _("This consent was withdrawn already.")


class ReferralSent(NotPossibleNow):
    """The referral was sent before."""

    words = _("This referral was sent already.")


class ReferralNotSent(NotPossibleNow):
    """A reply to a referral that was not sent."""

    words = _("This referral has not been sent yet, so a reply cannot be recorded.")


class CannotBeUndone(NotPossibleNow):
    """An act that cannot be taken back."""

    words = _("This cannot be undone: it has left the casebook or was meant to last.")


class AlreadyUndone(NotPossibleNow):
    """An act that somebody undid before."""

    words = _("This was undone already; there is nothing left to undo.")


class ChangedSince(NotPossibleNow):
    """Something an act changed was changed again."""

    words = _("This cannot be undone any more, because it was changed since: {what}.")
