"""Who may look at a case, and into a sealed note."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _


class NeedsReason(NotPossibleNow):
    """The case is not one of theirs: it opens as soon as they say why. `case` is its id."""

    words = _("This case is not one of yours. It opens as soon as you choose why you need it.")

    def __init__(self, place: str = "", *, case: bytes = b"") -> None:
        super().__init__(place)
        self.case = case


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
