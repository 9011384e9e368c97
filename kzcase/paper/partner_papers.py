"""The card of a partner that a client takes along, and the slip with a package's passphrase."""

from kzcase.domain.partner_papers import PartnerCard, PassphraseSlip
from kzcase.i18n import Language, _
from kzcase.paper import style
from kzcase.paper.sheet import Sheet


def partner_card(card: PartnerCard, language: Language) -> bytes:
    """Where to go, when, and whom to ask for. Nothing on it says why, nor who the person is."""
    sheet = Sheet(card.header, language)
    discreet = card.header.discreet
    sheet.title(_("Where you are expected") if not discreet else _("Address"))
    blank = not (card.name or card.address or card.phone)
    shown = [
        (_("Who"), card.name if not discreet else ""),
        (_("What it is"), card.kind if not discreet else ""),
        (_("Address"), card.address),
        (_("Phone"), card.phone),
        (_("Hours"), card.hours),
        (_("Languages spoken there"), card.languages),
        (_("Ask for"), card.ask_for if not discreet else ""),
        (_("Your appointment"), card.appointment),
    ]
    hidden = ("Who", "What it is", "Ask for") if discreet else ()
    sheet.fields([(label, value) for label, value in shown if value or (blank and label.msgid not in hidden)])
    if not discreet and card.services:
        sheet.heading(_("What help there is"))
        sheet.bullets(card.services, _("What help there is"))
    if not discreet and card.eligibility:
        sheet.heading(_("Who is helped there"))
        sheet.paragraph(card.eligibility, field=_("Who is helped there"))
    if not discreet:
        sheet.paragraph(_("Going there is your own choice. You may say no, and we go on helping you."), style.HINT)
    return sheet.to_bytes()


def passphrase_slip(slip: PassphraseSlip, language: Language) -> bytes:
    """The words that open one package, and how they travel."""
    sheet = Sheet(slip.header, language)
    sheet.title(_("Passphrase of a sealed package"), _("Never send this slip together with the package."))
    sheet.fields([(_("For"), slip.partner), (_("Number"), slip.header.number)])
    sheet.heading(_("The six words"))
    sheet.paragraph(slip.passphrase, style.STRONG, _("The six words"))
    sheet.paragraph(
        _("Hand it over, or read it out over a telephone number you knew before. Destroy it once the package is open.")
    )
    return sheet.to_bytes()
