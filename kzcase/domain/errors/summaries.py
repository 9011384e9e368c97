"""Summaries that cannot be made, made safe, or approved."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow, RuleBroken
from kzcase.i18n import Words, _


class BadSummary(BadInput):
    """What a summary is asked for, or made of, cannot be used; `why` holds the Words that say what is wrong."""

    words = _("This summary cannot be made: {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)
        self.why = why


class PeriodClosed(NotPossibleNow):
    """A period is closed once."""

    words = _("The period {period} is closed already; its protected file never changes.")


class PeriodNotOver(NotPossibleNow):
    """People may still come in the days that are left."""

    words = _("The period {period} is not over yet. It can be closed from {day} on.")


class SameApprover(NotPossibleNow):
    """The second signature must be somebody else's."""

    words = _("A second person must approve this summary, not the one who made it.")


class CannotProtect(RuleBroken):
    """No rounding keeps every promise of a summary for these tables."""

    words = _("These tables cannot be protected together. Please choose fewer tables or coarser groups.")


class TooFewPeople(CannotProtect):
    """A summary of so few people would speak about persons."""

    words = _(
        "There are too few people for a summary: at least {fewest} are needed. "
        "Please choose a longer period, such as a half-year or a year."
    )


class OneEventStandsOut(CannotProtect):
    """One raid or one family would be recognised in a table."""

    words = _(
        "One event or family with {people} people would be recognised in the tables. "
        "Please join categories, choose a longer period, or a base of at least {base}."
    )
