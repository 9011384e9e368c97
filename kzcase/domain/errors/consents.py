"""What a consent, its withdrawal, a notice or an emergency does not allow now."""

from kzcase.domain.errors.kinds import BadInput, NotPossibleNow
from kzcase.i18n import _

__all__ = [
    "BeforeTheRelease",
    "ConsentFromForm",
    "EmergencyReviewed",
    "NothingToWithdraw",
    "NoticeAcknowledged",
    "NoticeNotSent",
    "NoticeNotWanted",
    "OwnEmergency",
    "PartnerMissing",
    "RecipientMissing",
    "RecipientUnknown",
    "SheetNotConsent",
    "SheetSaysNothing",
]


class PartnerMissing(BadInput):
    """A consent to referral names nobody."""

    words = _("Say which partner will receive it. A consent to referral always names one.")


class RecipientMissing(BadInput):
    """An emergency release that went to nobody."""

    words = _("Say who received it: a partner, or anybody else by name.")


class NothingToWithdraw(NotPossibleNow):
    """No consent in force fits."""

    words = _("No consent in force fits this, so there is nothing to withdraw.")


class NoticeNotSent(NotPossibleNow):
    """Nobody can have acknowledged what was not sent."""

    words = _("This notice has not been sent yet. Record first how it went out.")


class NoticeAcknowledged(NotPossibleNow):
    """The recipient has confirmed it."""

    words = _("The recipient has confirmed this notice already.")


class NoticeNotWanted(NotPossibleNow):
    """The person asked to tell nobody."""

    words = _("The person asked us not to tell this recipient, so no notice is sent.")


class OwnEmergency(NotPossibleNow):
    """Who released it is not the second person."""

    words = _("You passed this on yourself. A second person has to review it.")


class BeforeTheRelease(BadInput):
    """A review on a day before anything was passed on."""

    words = _("This day is before the data were passed on. Please check the date.")


class EmergencyReviewed(NotPossibleNow):
    """It was reviewed before."""

    words = _("This emergency release was reviewed already.")


class SheetNotConsent(NotPossibleNow):
    """A form that says nothing about consent."""

    words = _("This form holds no consent. Use a form of consent or of withdrawal.")


class SheetSaysNothing(NotPossibleNow):
    """A form of consent without a decision."""

    words = _("This form holds no decision yet. Complete it first, then record the consent.")


class ConsentFromForm(NotPossibleNow):
    """The record was made from this form before."""

    words = _("What this form says was recorded already.")


class RecipientUnknown(NotPossibleNow):
    """The recipient named on the form is not in the directory."""

    words = _("The recipient on the form is not among our partners. Choose the partner, or add it first.")
