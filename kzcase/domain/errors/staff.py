"""Colleagues, their passphrases and their places in the key file."""

from kzcase.domain.errors.casebooks import CasebookDamaged
from kzcase.domain.errors.kinds import BadInput, NotPossibleNow, Trouble
from kzcase.i18n import _

__all__ = [
    "AccessFrozen",
    "BlankName",
    "CannotTakeOver",
    "LastAdministrator",
    "LastLogReader",
    "LastToFreeze",
    "LastWhoOpens",
    "LeavesClosed",
    "NameTaken",
    "NoLogKeyYet",
    "NoLongerHere",
    "NoPlaceLeft",
    "NoRole",
    "NotEnoughMemory",
    "NotFinishedYet",
    "NotSealedForYou",
    "NotYourSlot",
    "OnlyDemonstration",
    "OwnAccess",
    "SameColleague",
    "SayWho",
    "SealedToEarlierKey",
    "ShareUnreadable",
    "WeakPassphrase",
    "WrongPassphrase",
]


class NameTaken(BadInput):
    """Two colleagues under one name."""

    words = _("There is a colleague of this name already. Please add a letter or a surname to tell them apart.")


class BlankName(BadInput):
    """A person or an organisation without a name that paper could carry."""

    words = _("A name is needed here: letters, on one line.")


class NoRole(BadInput):
    """A colleague without a role."""

    words = _("Please choose at least one role.")


class LeavesClosed(NotPossibleNow):
    """What only this colleague can open would be closed for ever."""

    words = _(
        "Only this colleague can open: sealed notes: {notes}; keys for what comes in closed (answers from phones, "
        "packages, call sheets): {keys}. Let them open these to a colleague while they are here. Otherwise they stay "
        "closed for ever: then confirm that you know."
    )


class LastLogReader(NotPossibleNow):
    """Nobody would be left who can open the read log."""

    words = _(
        "Nobody else can open the read log. Another supervisor or auditor gets its key when this colleague next opens "
        "the casebook. Without that only two recovery shares bring it back: then confirm that you know."
    )


class LastWhoOpens(NotPossibleNow):
    """Cases nobody could open any more."""

    words = _(
        "Cases that nobody else may open: {count}. First let a colleague back to them, or add one who may open them "
        "and name them as the successor."
    )


class OwnAccess(NotPossibleNow):
    """Nobody freezes themselves out."""

    words = _("This is your own access. Change your passphrase now: the one somebody else may know then opens nothing.")


class LastToFreeze(NotPossibleNow):
    """Nobody would be left who could open the access again."""

    words = _(
        "This is the last administrator whose access is open, so it was not frozen. Let them change their passphrase "
        "now, or make somebody else an administrator first."
    )


class NoLogKeyYet(NotPossibleNow):
    """A supervisor or auditor whom nobody has given the key of the read log yet."""

    words = _(
        "You cannot open the read log yet. You get its key as soon as a colleague who can open it opens the casebook."
    )


class SealedToEarlierKey(NotPossibleNow):
    """A note closed to keys its reader lost."""

    words = _("This note is sealed to your earlier key. Another of its readers can share it with you again.")


class LastAdministrator(NotPossibleNow):
    """Nobody would be left who can add colleagues."""

    words = _("This is the last administrator. Make somebody else an administrator first.")


class NoPlaceLeft(NotPossibleNow):
    """Every place in the key file is taken."""

    words = _(
        "All {places} places in this casebook are taken. "
        "Please remove somebody who no longer works here, then try again."
    )


class WeakPassphrase(BadInput):
    """A new passphrase that can be guessed."""

    words = _("Please choose another passphrase. {why}")


class ShareUnreadable(BadInput):
    """A recovery share that was mistyped, or does not fit this casebook or the other share."""

    words = _("This recovery share cannot be used. {why}")


class SayWho(BadInput):
    """Two shares open the casebook, but it is not clear whose passphrase was lost."""

    words = _("Please say whose passphrase was forgotten, with the name as it stands in the list of colleagues.")


class SameColleague(BadInput):
    """Somebody who leaves cannot take over their own work."""

    words = _("Somebody who leaves cannot take over their own work. Please choose another colleague.")


class CannotTakeOver(BadInput):
    """A successor whose roles do not work on cases."""

    words = _("This colleague has no role that works on cases. Please choose another, or give them one first.")


class WrongPassphrase(Trouble):
    """No slot opens with this passphrase."""

    words = _("This passphrase does not open the casebook. Check the keyboard layout and Caps Lock, then try again.")


class NotYourSlot(Trouble):
    """The passphrase opens somebody else's slot."""

    words = _("This passphrase belongs to another name. Please check the name, or leave it out.")


class NoLongerHere(Trouble):
    """Their slot was still there, but they were removed."""

    words = _("You no longer work in this casebook: an administrator removed you. Please ask them.")


class AccessFrozen(CasebookDamaged):
    """The slot opens and nothing behind it: frozen, or the file was changed."""

    words = _(
        "Your passphrase is right, but it opens nothing now: your access was frozen, or the key file is damaged. "
        "Please ask a supervisor or an administrator."
    )


class NotFinishedYet(Trouble):
    """Somebody was removed, but the disk did not let the key be changed."""

    words = _(
        "The colleague is removed. The key of the casebook is changed when the casebook is next opened, because "
        "it was not possible now: {why}"
    )


class NotSealedForYou(Trouble):
    """Sealed to somebody else or for another purpose, or changed on the way."""

    words = _(
        "This cannot be opened: it was meant for somebody else or was changed on the way. Please ask for it again."
    )


class NotEnoughMemory(Trouble):
    """Deriving the key would take more than half of the free memory."""

    words = _(
        "There is not enough free memory to check the passphrase (about {megabytes} MB are needed). "
        "Please close other programs and try again."
    )


class OnlyDemonstration(NotPossibleNow):
    """A passphrase from a file opens only casebooks marked as a demonstration."""

    words = _("A passphrase file opens only a demonstration casebook. Please type the passphrase of this one.")
