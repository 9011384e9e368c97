"""What holds a step of a case back, and what a stated fact needs."""

from kzcase.domain.errors.kinds import BadInput, NotAllowed, NotPossibleNow
from kzcase.i18n import _


class GuardHolds(NotPossibleNow):
    """A guard of the pathway holds this step back. `what` says why and what is missing, in the reader's language."""

    words = _("This step has to wait. {what}")


class NotStated(NotPossibleNow):
    """A fact that nobody states: it is read off the casebook."""

    words = _("Nobody states this fact: kzcase reads it off the case. Do or fill in what it speaks of.")


class SecondPerson(NotPossibleNow):
    """Whoever proved the kinship or checked the home cannot also be the second person."""

    words = _("A second person is somebody else: ask a colleague who did not check the kinship or the home.")


class KindNotChanged(NotAllowed):
    """A consulate or a family made something else by one person alone."""

    words = _(
        "While somebody is afraid, nothing leaves for a consulate or a family. So only a supervisor says that this "
        "partner is neither: ask them to change the kind. Everything else of it you can change."
    )


class NotTheirCase(BadInput):
    """Kinship, home, second person or handing over stated of somebody else than the person of the case."""

    words = _("This is about the person of this case alone. Another child has a case of their own: say it there.")


class NotSuspended(NotPossibleNow):
    """Work that is not suspended cannot be taken up again."""

    words = _("The work on this case is not suspended.")


class AlreadySuspended(NotPossibleNow):
    """The work is suspended already."""

    words = _("The work on this case is suspended already.")


class FactNeeds(BadInput):
    """A fact that cannot be stated without something more."""

    words = _("This is needed with “{fact}”.")
