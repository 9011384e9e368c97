"""The consent sheet: who may learn what, for which purpose and how long, explained and signed."""

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer

from kzcase.domain.papers import ConsentSheet
from kzcase.i18n import Language, _
from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.dates import long_date
from kzcase.paper.discreet import plain_title
from kzcase.paper.sheet import Sheet

_YOURS: Final = _("It is your decision. Help does not depend on it.")


def consent_sheet(consent: ConsentSheet, language: Language) -> bytes:
    """The sheet as PDF; whatever is not known yet leaves room for handwriting.

    The discreet version says what was agreed, but not who agreed to it, whom it is for and why; nobody signs it.
    """
    discreet = consent.header.discreet
    sheet = Sheet(consent.header, language, qr=True, to_number=not consent.header.number)
    if discreet:
        sheet.title(plain_title(language), _YOURS)
    else:
        sheet.title(_("Consent to share information"), _YOURS)
    (_discreet_facts if discreet else _facts)(sheet, consent)
    sheet.heading(_("What may be shared"))
    sheet.ticks([(choice.label, choice.chosen) for choice in consent.classes], 2)
    _explained(sheet, consent)
    if not discreet:
        _signed(sheet, consent)
    return sheet.to_bytes()


def _facts(sheet: Sheet, consent: ConsentSheet) -> None:
    sheet.fields(
        [
            (_("Client"), consent.client),
            (_("Who will receive it"), consent.recipient),
            (_("What for"), consent.purpose),
            (_("Valid until"), long_date(consent.valid_until) if consent.valid_until else ""),
            *([(_("Given on"), long_date(consent.given_on))] if consent.given_on else []),
        ]
    )


def _discreet_facts(sheet: Sheet, consent: ConsentSheet) -> None:
    if consent.valid_until:
        sheet.fields([(_("Valid until"), long_date(consent.valid_until))])


def _explained(sheet: Sheet, consent: ConsentSheet) -> None:
    sheet.heading(_("What was explained to me"))
    only = _("Only what is ticked above goes to the recipient named here, and only for this purpose.")
    sheet.bullets(
        [
            _("I may say no, or agree to a part only. I still get help."),
            _("I may change my mind at any time and need not say why."),
            *([] if sheet.header.discreet else [only]),  # nobody is named on a discreet one
            _("I may ask what is kept about me, and ask to have it corrected or deleted."),
        ]
    )
    if sheet.header.discreet:  # what was ticked here stands on the signed sheet
        return
    sheet.fields([(_("Language of the explanation"), consent.language)])  # who explained stands where they sign
    ways = (_("I read this myself"), _("It was read aloud to me"))
    copies = (_("I take a copy with me"), _("I do not want a copy"))
    sheet.ticks([(words, False) for words in (*ways, *copies)], 2)


def _signed(sheet: Sheet, consent: ConsentSheet) -> None:
    with sheet.together():
        sheet.heading(_("My decision"))
        sheet.ticks(
            [
                (_("I agree"), False),
                (_("I agree to the ticked part only"), False),
                (_("I do not agree"), False),
            ],
            3,
            single=True,
        )
        sheet.signatures(
            [
                (_("Client"), ""),
                (_("Legal representative"), ""),
                (_("Interpreter"), consent.interpreter),
                (_("Worker who explained"), consent.explained_by),
            ]
        )
        _thumbprint(sheet)


def _thumbprint(sheet: Sheet) -> None:
    """For people who do not write: a box for the thumb and a line for a witness."""
    note = [
        sheet.styled(_("Thumbprint, if the person does not write"), style.LABEL),
        Spacer(0, 4 * style.MM),
        sheet.styled(_("Witness: name and signature"), style.LABEL),
    ]
    look = [
        ("BOX", (0, 0), (0, 0), 0.8, HexColor(style.OUTLINE)),
        ("LINEBELOW", (2, 0), (2, 0), 0.6, HexColor(style.OUTLINE)),
    ]
    widths = [26 * style.MM, 5 * style.MM, style.WIDTH - 31 * style.MM]
    sheet.add(table_block([["", "", note]], widths, look, [18 * style.MM]))
