"""What can go wrong with answers from phones, and with forms and answers that leave as files."""

from kzcase.domain.errors.kinds import BadInput, NotAllowed, NotFound, NotPossibleNow
from kzcase.i18n import Words, _

__all__ = [
    "BadSubmission",
    "NoSubmissionKey",
    "NothingToExport",
    "NothingToTakeIn",
    "OnlySealed",
    "RiskUnsaid",
    "SeveralToSave",
    "StaysHere",
]


class BadSubmission(BadInput):
    """A file of answers from a phone that cannot be taken in; `why` holds the Words."""

    words = _("These answers cannot be taken in: {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)
        self.why = why


class StaysHere(NotAllowed):
    """A form that must not leave for a phone; `why` holds the Words."""

    words = _("This form does not leave for a phone. {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)


class RiskUnsaid(BadInput):
    """A form that is off for phones was allowed, and nobody said that the risk is known."""

    words = _(
        "A phone can be lost, taken or read by others, and this form asks what can harm people most. "
        "Please say that you know the risk."
    )


class OnlySealed(NotAllowed):
    """A form whose answers may stand on a phone or a server only closed."""

    words = _(
        "This form asks about people, so it leaves only with its answers closed to a key of this casebook. "
        "Please leave out --plain."
    )


class NoSubmissionKey(NotAllowed):
    """Answers closed to a key that the person at the laptop has no copy of."""

    words = _(
        "These answers are closed to a key you have no copy of. Please ask a colleague who has it to share it with you."
    )


class NothingToTakeIn(NotPossibleNow):
    """A file of answers of which nothing is left to take in."""

    words = _("There is nothing in this file to take in now.")


class NothingToExport(NotFound):
    """No filled form that could be saved as a file."""

    words = _("There are no answers here to save. Please check the case and the form.")


class SeveralToSave(BadInput):
    """Several filled forms that were to be saved as one XML."""

    words = _("These are {count} filled forms, and an .xml holds one. Please choose a name that ends in .zip.")
