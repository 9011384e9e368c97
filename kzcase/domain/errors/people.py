"""What cannot be recorded about people, or cannot be done with two of them."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = ["InCustody", "NotInCustody", "NotMerged", "NotThatRecord", "SafeguardOpen", "SamePersonTwice", "WhoIsOther"]


class NotThatRecord(BadInput):
    """A field or a kind of record that this row does not have."""

    words = _("This does not belong to that record. Please check which record is meant, and the number.")


class WhoIsOther(BadInput):
    """A relation to nobody, or to two at once."""

    words = _("Please say who the other person is: somebody known already, or somebody new with at least one name.")


class InCustody(NotPossibleNow):
    """The original is in the office already."""

    words = _("The office keeps this original already; its receipt is written.")


class NotInCustody(NotPossibleNow):
    """An original that nobody gave to the office."""

    words = _("The office does not keep this original.")


class SafeguardOpen(NotPossibleNow):
    """Nobody has claimed the protection of victims, and nobody has declined it."""

    words = _(
        "A victim is protected here. Claim that protection first, or record that the person was told of it and "
        "declined; until then this does not go on."
    )


class SamePersonTwice(BadInput):
    """Two references to one and the same person."""

    words = _("These are one and the same person already.")


class NotMerged(NotPossibleNow):
    """Two people who were never said to be one."""

    words = _("These two are not recorded as one person.")
