"""Backups that are not there or not whole, and what a copy that is not sure of being the latest may not do."""

from kzcase.domain.errors.files import DiskTrouble
from kzcase.domain.errors.kinds import BadInput, NotPossibleNow, Trouble
from kzcase.i18n import _


class NoBackup(Trouble):
    """No backup lies at this place."""

    words = _("There is no backup at this place. Please choose the folder of a backup, or the one that holds them.")


class BackupDamaged(Trouble):
    """A backup that does not stand the check."""

    words = _("This backup is damaged ({part}) and must not be relied on. Please use another one, or make a new one.")


class UnsafePlace(BadInput):
    """A place where a database does not stay whole."""

    words = _(
        "This folder is on {why}. A casebook there would be damaged: choose a folder on this laptop's own disk. "
        "Backups may go there."
    )


class TooLittleLeft(Trouble):
    """What can be read of a damaged casebook does not say whose it is."""

    words = _("Too little of this casebook can be read to build on it. Please begin with a backup: --backup B.")


class SeveralCasebooks(BadInput):
    """A folder holds backups of more than one casebook."""

    words = _("This folder holds backups of several casebooks. Please choose the folder of one backup.")


class BackupInside(BadInput):
    """A backup beside what it should protect."""

    words = _("A backup inside the casebook's own folder would be lost with it. Please choose another disk or a stick.")


class Stopped(NotPossibleNow):
    """Long work that the person stopped."""

    words = _("Stopped. Nothing was changed.")


class LastReleaseUnknown(NotPossibleNow):
    """A restored or copied casebook cannot know which summaries have left since."""

    words = _(
        "This casebook may not be the latest one. Please enter the number of the last summary that left "
        "the organisation (0 if none did): kzcase last-release CASEBOOK NUMBER, or Settings, Backups."
    )


class PeriodPerhapsClosed(NotPossibleNow):
    """A period that may have been published from the casebook that was lost."""

    words = _(
        "This period may have been closed in the casebook that was lost, and closing it twice could give people away. "
        "Please close a later period, or bring in the missing acts from another laptop first."
    )


class ReleasesKnown(NotPossibleNow):
    """A casebook that never was restored or copied knows by itself which summaries have left."""

    words = _(
        "This casebook was neither restored nor copied: it knows which summary was the last. Nothing was changed."
    )


class ReleaseNumberTooLow(BadInput):
    """A number below one that is known to have left."""

    words = _("Summary number {known} is known to have left. Please enter that number or a higher one.")


class DiskNearlyFull(DiskTrouble):
    """So little room is left that nothing new is taken."""

    words = _(
        "Only {free} MB are free on this disk, so nothing is saved until {needed} MB are. "
        "What is there can be looked up. Please free some space and try again."
    )

    def __init__(self, place: str = "", *, free: int = 0, needed: int = 0) -> None:
        super().__init__(place, reason="")
        self.facts = {"free": free, "needed": needed}
