"""What the helpline may not do: pass on who somebody is, call at a dangerous hour, write to a phone in other hands."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "BadHours",
    "CallBackEnded",
    "CallInUse",
    "IdentityNeedsGround",
    "NoLineKey",
    "NoNumberToCall",
    "NoShiftOpen",
    "NoSuchSheet",
    "NoSuchZone",
    "NotToBeCalled",
    "OutsideSafeHours",
    "PhoneInOtherHands",
    "ReviewByAnother",
    "SeveralCallers",
    "ShiftOpen",
    "SignalAnswered",
    "SignalNotSent",
    "SignalSent",
    "SignalUnheard",
]


class BadHours(BadInput):
    """Safe hours that cannot be read."""

    words = _("Please write the safe hours as 18:00-20:00; several with a comma between them.")


class NoSuchZone(BadInput):
    """A time zone nobody knows."""

    words = _("This time zone is not known. Please write it as Asia/Tashkent.")


class OutsideSafeHours(NotPossibleNow):
    """It would be dangerous to call at this hour."""

    words = _("Not now: it is not a safe hour there. The next one begins on {when}, in their time.")


class PhoneInOtherHands(NotPossibleNow):
    """The phone is controlled by somebody else."""

    words = _("This phone is in other hands. Nothing is sent to it, and nobody calls it.")


class NotToBeCalled(NotPossibleNow):
    """Nobody rings this number; why is not said, because somebody may be reading along."""

    words = _("Do not call this number now. Please ask your supervisor.")


class NoNumberToCall(BadInput):
    """A call-back without a number."""

    words = _("Please write the number to call back.")


class CallBackEnded(NotPossibleNow):
    """The promise was kept or ended before."""

    words = _("This call-back is finished already.")


class CallInUse(NotPossibleNow):
    """Something came of the call, and would hang in the air without it."""

    words = _("A case, a signal or a call-back came of this call, so it stays. Correct those instead.")


class SignalUnheard(BadInput):
    """The caller has not heard what will be passed."""

    words = _("Read to the caller what will be passed. If that was not possible, write why.")


class IdentityNeedsGround(BadInput):
    """Who somebody is would be passed on without agreement and without danger."""

    words = _(
        "Who somebody is goes on only with their agreement, or for danger to life or a child with the reason written."
    )


class SignalSent(NotPossibleNow):
    """The signal was sent before."""

    words = _("This signal was sent already.")


class SignalNotSent(NotPossibleNow):
    """The signal has not been sent."""

    words = _("This signal has not been sent yet.")


class SignalAnswered(NotPossibleNow):
    """The result is known."""

    words = _("The result of this signal is recorded already.")


class ReviewByAnother(NotPossibleNow):
    """Whoever passed an identity on cannot approve that."""

    words = _("Somebody else has to review this: you wrote it down or passed it on yourself.")


class SeveralCallers(NotPossibleNow):
    """A number that several people share."""

    words = _("Several people have this number. Only the word tells who calls.")


class ShiftOpen(NotPossibleNow):
    """They have the shift already."""

    words = _("You have a shift open already. Close it first.")


class NoShiftOpen(NotPossibleNow):
    """There is no shift to close."""

    words = _("You have no shift open.")


class NoSuchSheet(BadInput):
    """An information sheet that is not there."""

    words = _("There is no such information sheet in this language.")


class NoLineKey(NotPossibleNow):
    """The line has no key yet."""

    words = _("The line has no key yet. A supervisor makes it under “Shift”.")
