"""Referral letters: what a partner needs to know to help, and a slip to tear off and send back."""

from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer

from kzcase.domain.classes import FieldClass
from kzcase.domain.papers import ReferralLetter, SlipCode, Standing, may_print
from kzcase.i18n import Language, Words, _
from kzcase.paper import marks, style
from kzcase.paper.blocks import table_block
from kzcase.paper.dates import long_date
from kzcase.paper.kept import Gap
from kzcase.paper.pages import TO_WRITE
from kzcase.paper.sheet import Sheet
from kzcase.paper.ties import TIE

_QR_COLUMN: Final = 30 * style.MM
_BLANK_LINES: Final = 4
_BLANK: Final = 6 * style.MM
"""A line of handwriting on the slip: as low as one can write, so that letter and slip stay on one sheet."""


def referral_letter(letter: ReferralLetter, language: Language) -> bytes:
    """The letter and its return slip as PDF.

    Only client fields whose class the consent allows are there; the others leave no blank and no hint.
    Neither letterhead, number nor QR code shows the kind of case.
    """
    sheet = Sheet(letter.header, language)
    _address(sheet, letter)
    _body(sheet, letter)
    _closing(sheet, letter)
    if letter.standing.may_leave:
        with sheet.at_bottom():
            _slip(sheet, letter)
    return sheet.to_bytes()


def _address(sheet: Sheet, letter: ReferralLetter) -> None:
    header = letter.header
    left = [
        sheet.styled(_("Date"), style.LABEL)
        if letter.blank
        else sheet.styled(long_date(header.printed_on), style.BODY),
        sheet.styled(_("No. {number}", number=header.number or TO_WRITE), style.STRONG, _("Number")),
    ]
    right = [
        sheet.styled(letter.partner or _("Partner"), style.STRONG if letter.partner else style.LABEL, _("Partner"))
    ]
    if letter.partner_address:
        right.append(sheet.styled(letter.partner_address, style.BODY, _("Partner")))
    rule = [] if letter.partner else [("LINEBELOW", (0, 0), (1, 0), 0.6, HexColor(style.HAIRLINE))]
    sheet.add(table_block([[left, right]], [style.WIDTH * 0.55, style.WIDTH * 0.45], rule), Gap(1 * style.MM))


def _asks(letter: ReferralLetter, *, named: bool) -> Words:
    """What is asked, and nothing that the paper does not hold."""
    if not letter.standing.may_leave:
        return _("Nothing lets this letter go to the partner today.")
    if named:
        return _("Please help the person named below. What you read here is confidential.")
    return _("Please help a person who is not named here. What you read here is confidential.")


def _body(sheet: Sheet, letter: ReferralLetter) -> None:
    client = may_print(letter.client, letter.allowed)
    named = letter.blank or any(field.field_class is FieldClass.IDENTIFYING for field in client)
    sheet.title(_("Referral"), _asks(letter, named=named))
    if client:
        sheet.heading(_("Who needs help"))
        sheet.fields([(field.label, field.value) for field in client])
    if letter.need:
        sheet.heading(_("What is needed"))
        sheet.paragraph(letter.need, style.STRONG, _("What is needed"))
    elif letter.blank:
        sheet.heading(_("What is needed"))
        sheet.lines(1)
    if letter.urgency:
        sheet.paragraph(_("Urgency: {urgency}", urgency=letter.urgency), field=_("Urgency"))
    if letter.reason:
        sheet.heading(_("Why we ask you"))
        sheet.paragraph(letter.reason, field=_("Why we ask you"))
    elif letter.blank:
        sheet.heading(_("Why we ask you"))
        sheet.lines(_BLANK_LINES)
    if letter.enclosures:
        sheet.heading(_("Enclosed"))
        sheet.bullets(letter.enclosures, _("Enclosed"))


_RESTS_ON: Final = {
    Standing.AGREED: _(
        "The person agreed that this letter goes to you and to nobody else. Use it only to give this "
        "help, keep it locked away, and do not pass it on without asking us."
    ),
    Standing.EMERGENCY: _(
        "This letter goes to you in an emergency; not everything in it was agreed with the person beforehand. Use it "
        "only to give this help, keep it locked away, and do not pass it on without asking us."
    ),
    **dict.fromkeys(
        (Standing.WITHDRAWN, Standing.NOTHING),
        _("No consent of the person is in force for this letter: keep it in the office and give it to nobody."),
    ),
}


def _closing(sheet: Sheet, letter: ReferralLetter) -> None:
    if letter.standing.may_leave:
        _asks_back(sheet, letter)
    sheet.signatures([(_("Responsible worker"), letter.worker)])
    sheet.paragraph(_RESTS_ON[letter.standing], style.SMALL)


def _asks_back(sheet: Sheet, letter: ReferralLetter) -> None:
    if letter.reply_by:
        sheet.paragraph(
            _(
                "Please send the return slip back by {day}, whatever the answer.",
                day=long_date(letter.reply_by),
            )
        )
    else:
        sheet.paragraph(_("Please send the return slip back, whatever the answer."))
    if letter.contact:
        sheet.paragraph(_("Questions: {contact}", contact=letter.contact), field=_("Contact"))


def _slip(sheet: Sheet, letter: ReferralLetter) -> None:
    """The part to tear off: numbers and boxes, never a name."""
    header = letter.header
    code = SlipCode(header.code, header.version, header.printing or header.number, 1).text()
    left = [
        marks.QrMark(code, 26 * style.MM),
        sheet.styled(header.number, style.SMALL),
        sheet.styled(f"{header.code} · {header.version}", style.SMALL),
    ]
    cells = [[left, _reply(sheet, letter, style.WIDTH - _QR_COLUMN)]]
    sheet.add(
        marks.Rule(cut=True),
        sheet.styled(_("tear off here and send back"), style.SMALL),
        Spacer(0, 1 * style.MM),
        table_block(cells, [_QR_COLUMN, style.WIDTH - _QR_COLUMN]),
    )


def _reply(sheet: Sheet, letter: ReferralLetter, width: float) -> list[Any]:
    office = letter.header.organisation
    phone = office.phone.replace(" ", TIE)
    back_to = ", ".join(part for part in (office.name, office.address, phone, office.email) if part)
    blanks = [
        sheet.styled(label, style.LABEL)
        for label in (_("From which day"), _("Who took it on, phone"), _("Remark"), _("Date, signature"))
    ]
    rule = ("LINEBELOW", (1, 0), (1, -1), 0.6, HexColor(style.OUTLINE))
    low = ("VALIGN", (0, 0), (-1, -1), "BOTTOM")
    return [
        sheet.styled(
            _("Return slip to referral No. {number}", number=letter.header.number or TO_WRITE[:12]), style.STRONG
        ),
        Spacer(0, 1 * style.MM),
        sheet.tick_table([(reply, False) for reply in letter.replies], 2, width, single=True, field=_("Reply")),
        Spacer(0, 1 * style.MM),
        table_block([[blank, ""] for blank in blanks], [width * 0.32, width * 0.68], [rule, low], [_BLANK] * 4),
        Spacer(0, 2 * style.MM),
        *(
            []
            if letter.header.discreet
            else [sheet.styled(_("Back to: {address}", address=back_to), style.SMALL, _("Organisation"))]
        ),
    ]
