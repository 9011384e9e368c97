"""What cannot be recorded about people, or cannot be done with two of them."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "AgesImpossible",
    "InCustody",
    "NotAFilter",
    "NotFiledYet",
    "NotFoundYet",
    "NotInCustody",
    "NotInHousehold",
    "NotMerged",
    "NotThatRecord",
    "NumberOutOfRange",
    "SafeguardOpen",
    "SamePersonTwice",
    "WhoIsOther",
]


class NotThatRecord(BadInput):
    """A field or a kind of record that this row does not have."""

    words = _("This does not belong to that record. Please check which record is meant, and the number.")


class NumberOutOfRange(BadInput):
    """A number of a record that cannot be meant: below nothing, or beyond any sum."""

    words = _("This number is out of range. A number from 0 to 1 000 000 000 000 is taken here.")


class AgesImpossible(BadInput):
    """An estimate of age that nobody can have."""

    words = _("Ages are between 0 and 120, and the youngest is not above the oldest.")


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


class NotInHousehold(NotPossibleNow):
    """Somebody who lives in no household that is written down."""

    words = _("This person is in no household yet. Put them into one first.")


class NotFoundYet(NotPossibleNow):
    """An answer of somebody whom nobody has found to be the sought person."""

    words = _("Nobody has said yet that this is the person who is sought.")


class NotFiledYet(NotPossibleNow):
    """A filing of which nobody has weighed who learns from it that the person is here."""

    words = _(
        "Before this is filed, weigh with the person who learns from it that they or their family are here, and decide "
        "to file it."
    )


class NotAFilter(BadInput):
    """A choice of cases that no list knows."""

    words = _("This cannot choose cases. Please use codes of the lists, colleagues, and days such as 2026-11-22.")
