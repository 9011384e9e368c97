"""Who may look at a case, and into a sealed note."""

from kzcase.domain.errors.kinds import BadInput, NotFound, NotPossibleNow
from kzcase.i18n import _


class NeedsReason(NotPossibleNow):
    """The case is not one of theirs: it opens as soon as they say why. `case` is its id."""

    words = _("This case is not one of yours. It opens as soon as you choose why you need it.")

    def __init__(self, place: str = "", *, case: bytes = b"") -> None:
        super().__init__(place)
        self.case = case


class OfferedToYou(NeedsReason):
    """The same of a case that was offered to whoever asks: what they see of it stands in their day."""

    words = _(
        "This case is offered to you, and nobody has to say why to answer: “Your day” has the note that came with it. "
        "Accept it with transfer.accepted or refuse it with transfer.refused. To look into it before, say why you need "
        "it."
    )


class NobodyFound(NotFound):
    """Neither a person nor the case of one."""

    words = _(
        "Nobody was found under “{what}”. Please give the number of a case of theirs, or the person's id, which stands "
        "under “Person” where the case is shown."
    )


class NoOfferFound(NotFound):
    """Neither an offer of a case nor a case with one that waits."""

    words = _(
        "No offer that waits for an answer was found under “{what}”. Please give the number of the case, or the id of "
        "the offer, which stands in “Your day”."
    )


class KeptAway(NotPossibleNow):
    """This colleague is kept away from the case."""

    words = _("This colleague is kept away from the case. Please choose somebody else.")


class NobodyLeft(NotPossibleNow):
    """Everybody who could open the case would be kept away from it."""

    words = _("Then nobody could open this case any more. First add a colleague who can take it over.")


class NoReader(BadInput):
    """A sealed note without anybody who could read it."""

    words = _("Please choose at least one reader who works on cases.")


class NotAReader(NotPossibleNow):
    """The sealed note is not sealed to the acting person."""

    words = _("This note is sealed to other readers. One of them can open it to you.")
