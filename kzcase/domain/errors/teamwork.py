"""What colleagues cannot do with each other's cases: offers, requests, approvals, flags and hand-overs."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "AlreadyAsked", "AlreadyDecided", "AskThemFirst", "AwaitsApproval", "FlagDown", "HeldByAnother", "HoldsAlready",
    "NotLater", "NotTheHolder", "NothingToHandOver", "OfferOver", "OfferWaits", "OnlyTheOffered", "OthersApprove",
    "OwnApproval", "OwnRequest", "RequestOver", "TooManyAtOnce",
]  # fmt: skip


class AskThemFirst(NotPossibleNow):
    """Responsibility does not pass to somebody who has not taken it."""

    words = _(
        "Offer your colleague the case: it stays yours until they accept it. Only who leads the team gives at once."
    )


class HeldByAnother(NotPossibleNow):
    """A case of a colleague who works here."""

    words = _("A colleague holds this case. Ask for it: they, or whoever leads the team, decide.")


class NotTheHolder(NotPossibleNow):
    """Somebody who neither holds the case nor leads the team."""

    words = _("Only the colleague who holds the case, or whoever leads the team, can do this.")


class HoldsAlready(BadInput):
    """The colleague holds the case."""

    words = _("This colleague holds the case already. Please choose somebody else.")


class OfferWaits(NotPossibleNow):
    """One offer at a time."""

    words = _("This case is offered to a colleague already. Wait for the answer, or withdraw that offer first.")


class OfferOver(NotPossibleNow):
    """An offer that was answered or withdrawn, or whose case has passed on since."""

    words = _("This offer is over: it was answered or withdrawn, or the case has passed on since.")


class OnlyTheOffered(NotPossibleNow):
    """Nobody accepts for somebody else."""

    words = _("Only the colleague to whom the case was offered can accept or refuse it.")


class RequestOver(NotPossibleNow):
    """A request that was answered."""

    words = _("This request was answered already.")


class OwnRequest(NotPossibleNow):
    """Nobody grants what they asked for themselves."""

    words = _("You asked for this case yourself. Whoever holds it, or another who leads the team, has to decide.")


class AlreadyAsked(NotPossibleNow):
    """The same was asked and is not decided yet."""

    words = _("This was asked already and waits for a decision.")


class AlreadyDecided(NotPossibleNow):
    """An approval with a decision."""

    words = _("This was decided already. Ask again if something has changed.")


class OwnApproval(NotPossibleNow):
    """Nobody quietly approves what they asked for."""

    words = _("You asked for this approval yourself. Another colleague who may approve has to decide it.")


class OthersApprove(NotPossibleNow):
    """The right to approve one's own is for offices where nobody else can."""

    words = _("Somebody else here may approve this. Please ask them.")


class FlagDown(NotPossibleNow):
    """A flag that was taken down."""

    words = _("This flag was taken off already.")


class NotLater(BadInput):
    """A task is postponed to a later day."""

    words = _("Please choose a day after the one it is due now.")


class NothingToHandOver(BadInput):
    """No open case of theirs among those named."""

    words = _("There is no open case to hand over.")


class TooManyAtOnce(BadInput):
    """One act names every case in its header."""

    words = _("At most {most} cases are handed over at once. Please choose fewer, then the rest.")


class AwaitsApproval(NotPossibleNow):
    """A step that was asked for and is not approved."""

    words = _("An approval of this step was asked for and is not given. Wait for it, or ask for it again.")
