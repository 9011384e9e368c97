"""A casebook that is not there, in use, damaged or too new."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow, Trouble
from kzcase.i18n import _


class NoCasebook(Trouble):
    """There is no casebook at this place."""

    words = _("There is no casebook at this place. Please check the path.")


class SharesInside(BadInput):
    """Recovery shares beside the very thing they open."""

    words = _("Recovery shares must not lie inside the casebook they open. Please choose another folder.")


class CasebookInUse(Trouble):
    """Another program holds the casebook."""

    words = _("This casebook is open in another window or program. Please close it there first.")


class CasebookOnlyRead(Trouble):
    """On a disk that takes no change: a look could not be entered, so none is taken."""

    words = _(
        "This casebook lies where nothing can be written ({reason}), so it is not opened: every look must be entered "
        "first. Please copy the whole folder to another disk, and open the copy. Leave the original as it is."
    )


class LockedMeanwhile(NotPossibleNow):
    """Somebody locked while a casebook was being opened."""

    words = _("Locked. The casebook was not opened.")


class CasebookDamaged(Trouble):
    """The files cannot be read as a casebook."""

    words = _("The casebook is damaged ({part}). Do not delete anything: keep the folder and restore the last backup.")


class NewerVersionNeeded(Trouble):
    """Written by a newer kzcase."""

    words = _("This casebook was written by a newer kzcase. Please install version {version} or later.")
