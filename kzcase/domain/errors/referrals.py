"""What a referral, a partner or a sealed package does not allow, or cannot be taken as."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "AgreementTurned",
    "AppointmentDayMissing",
    "BadKeyCard",
    "BadPackage",
    "BeforeTheReferral",
    "ClosedToOthers",
    "ForeignReply",
    "IncomingDecided",
    "NoKeyWaits",
    "NoReplyAddress",
    "NoTrustedKey",
    "NotCovered",
    "PackageErased",
    "PackageThere",
    "PreviewOutdated",
    "ReferralEnded",
    "RefusalReasonMissing",
    "ReplyLeft",
    "ReplyThere",
    "SecondPersonNeeded",
    "SixWordsDiffer",
    "StateCannotFollow",
    "WrongNumber",
    "WrongPackagePassphrase",
]


class ReferralEnded(NotPossibleNow):
    """A referral that has ended already."""

    words = _("This referral has ended already. Look at its history; if help is needed again, write a new one.")


class StateCannotFollow(BadInput):
    """A state that does not come after the present one."""

    words = _("This state cannot come after the present one. Look at the history of the referral.")


class RefusalReasonMissing(BadInput):
    """A refusal without its reason."""

    words = _("Say why the partner refused; choose a reason of the list.")


class AppointmentDayMissing(BadInput):
    """An appointment without its day."""

    words = _("Say on which day the appointment is.")


class BeforeTheReferral(BadInput):
    """A day before the referral was sent."""

    words = _("This day is before the referral was sent. Check the date.")


class WrongNumber(BadInput):
    """A number whose check sign does not fit."""

    words = _("This number cannot be right. Compare it with the paper, sign by sign.")


class AgreementTurned(BadInput):
    """An agreement that ends before it begins."""

    words = _("The agreement would end before it begins. Check the two dates.")


class BadKeyCard(BadInput):
    """A line that is no key card."""

    words = _("This is not the line of a key card, or part of it is missing. Copy the whole line again.")


class NoKeyWaits(NotPossibleNow):
    """No key was entered that waits to be confirmed."""

    words = _("No key of this partner waits to be confirmed. Enter the line of their key card first.")


class SixWordsDiffer(BadInput):
    """The words read out are not those of the key."""

    words = _("These are not the six words of this key. Do not use it: ask the partner for their key card again.")


class SecondPersonNeeded(NotPossibleNow):
    """A key in place of another, confirmed by whoever entered it."""

    words = _("This key comes in place of another. Somebody else than the one who entered it has to confirm it.")


class BadPackage(BadInput):
    """Bytes that are no package, or a damaged one."""

    words = _("This file is not a sealed package, or it is damaged. Ask for it to be sent again.")


class ClosedToOthers(BadInput):
    """A package or a reply closed to another key than ours, or changed on the way: nobody can tell which."""

    words = _(
        "This cannot be opened: it was meant for somebody else or was changed on the way. Please ask for it again."
    )


class WrongPackagePassphrase(BadInput):
    """The passphrase of another package, or a typing mistake."""

    words = _("This passphrase does not open the package. Compare it with the slip, word by word.")


class NoTrustedKey(NotPossibleNow):
    """No confirmed key of this partner."""

    words = _("There is no confirmed key of this partner. Confirm their six words first, or use a passphrase.")


class PreviewOutdated(NotPossibleNow):
    """Something changed between the preview and the sending."""

    words = _(
        "Something changed since the preview: a fact, or what the person agrees to. Look at it again. Nothing left."
    )


class NotCovered(NotPossibleNow):
    """A form or an attachment that consent does not cover."""

    words = _("The consent does not cover this form or attachment, so it stays here. Take it out, or ask the person.")


class ForeignReply(NotPossibleNow):
    """A reply to a package that is not ours, or signed by somebody else."""

    words = _("This reply does not belong to a package of ours. Nothing was recorded.")


class ReplyThere(NotPossibleNow):
    """The same reply again."""

    words = _("This reply was taken in before. Nothing was recorded twice.")


class PackageThere(NotPossibleNow):
    """The same package again."""

    words = _("This package was taken in before, as referral {number}.")


class PackageErased(NotPossibleNow):
    """A package whose person was erased since."""

    words = _(
        "This package was taken in before, and the person was erased since. It is not taken in again: please destroy "
        "the file."
    )


class IncomingDecided(NotPossibleNow):
    """A state that cannot come for a referral from others."""

    words = _("This cannot be recorded for this referral now. Look at what was replied before.")


class ReplyLeft(NotPossibleNow):
    """An answer whose sealed reply has left already."""

    words = _(
        "The sealed reply with this answer has left, so it is not undone. "
        "Record what holds now, and send the sender a new sealed reply."
    )


class NoReplyAddress(NotPossibleNow):
    """A referral that did not come in a package has no sealed reply."""

    words = _("This referral did not come in a package, so there is no sealed reply. Send the reply on paper.")
