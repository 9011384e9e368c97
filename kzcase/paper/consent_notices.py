"""Notices that a consent ended: what the recipient is asked to do, and a slip to confirm it. No name, no reason."""

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer

from kzcase.domain.consent_papers import EndNotice
from kzcase.domain.papers import SlipCode
from kzcase.i18n import Language, Words, _
from kzcase.paper import marks, style
from kzcase.paper.blocks import table_block
from kzcase.paper.dates import long_date
from kzcase.paper.pages import TO_WRITE
from kzcase.paper.sheet import Sheet
from kzcase.paper.ties import TIE

_QR_COLUMN: Final = 30 * style.MM
_ASKED: Final = (
    _("Stop using it from today, and pass nothing of it on."),
    _("Destroy it or send it back to us, copies and notes as well."),
    _("If a law obliges you to keep a part, lock it away and tell us which part and which law."),
    _("Please do not ask the person about this, and do not get in touch with them because of it."),
)
_ANSWERS: Final = (_("Destroyed"), _("Sent back"), _("A part must be kept by law"), _("We hold nothing of it"))


def end_notice(notice: EndNotice, language: Language) -> bytes:
    """The notice and its slip as PDF. It says by numbers and dates what is meant, and never why it ended."""
    sheet = Sheet(notice.header, language)
    _address(sheet, notice)
    sheet.title(_("A consent has ended"), _("This is not about your work, and you need not ask us why."))
    sheet.heading(_("What is meant"))
    sheet.fields(
        [
            (_("Our letters and messages"), ", ".join(notice.letters)),
            (_("The last of them"), long_date(notice.last_on) if notice.last_on else ""),
            (_("Ended on"), long_date(notice.ended_on) if notice.ended_on else ""),
        ]
    )
    if notice.classes or notice.blank:
        sheet.heading(_("It has ended for this part only"))
        if notice.classes:
            sheet.bullets(notice.classes, _("Classes of data"))
        else:
            sheet.lines(1)
    sheet.heading(_("What we ask of you"))
    sheet.bullets(_ASKED)
    sheet.paragraph(_confirm(notice))
    with sheet.at_bottom():
        _slip(sheet, notice)
    return sheet.to_bytes()


def _confirm(notice: EndNotice) -> Words:
    if notice.confirm_by is None:
        return _("Please confirm with the slip below.")
    return _("Please confirm with the slip below by {day}.", day=long_date(notice.confirm_by))


def _address(sheet: Sheet, notice: EndNotice) -> None:
    header = notice.header
    left = [
        sheet.styled(_("Date"), style.LABEL)
        if notice.blank
        else sheet.styled(long_date(header.printed_on), style.BODY),
        sheet.styled(_("No. {number}", number=header.number or TO_WRITE), style.STRONG, _("Number")),
    ]
    right = [
        sheet.styled(
            notice.recipient or _("Recipient"), style.STRONG if notice.recipient else style.LABEL, _("Recipient")
        )
    ]
    if notice.address:
        right.append(sheet.styled(notice.address, style.BODY, _("Recipient")))
    rule = [] if notice.recipient else [("LINEBELOW", (1, 0), (1, 0), 0.6, HexColor(style.HAIRLINE))]
    sheet.add(table_block([[left, right]], [style.WIDTH * 0.55, style.WIDTH * 0.45], rule))


def _slip(sheet: Sheet, notice: EndNotice) -> None:
    """The part to tear off: the number and boxes."""
    header = notice.header
    code = SlipCode(header.code, header.version, header.printing or _spoken(header.number), 1).text()
    left = [
        marks.QrMark(code, 26 * style.MM),
        sheet.styled(header.number, style.SMALL),
        sheet.styled(f"{header.code} · {header.version}", style.SMALL),
    ]
    office = header.organisation
    phone = office.phone.replace(" ", TIE)
    back_to = ", ".join(part for part in (office.name, office.address, phone, office.email) if part)
    width = style.WIDTH - _QR_COLUMN
    blanks = [[sheet.styled(label, style.LABEL), ""] for label in (_("Which part, which law"), _("Date, signature"))]
    rule = ("LINEBELOW", (1, 0), (1, -1), 0.6, HexColor(style.OUTLINE))
    right = [
        sheet.styled(_("Confirmation of notice No. {number}", number=header.number or TO_WRITE[:12]), style.STRONG),
        Spacer(0, 1 * style.MM),
        sheet.tick_table([(each, False) for each in _ANSWERS], 2, width, single=False, field=_("Reply")),
        Spacer(0, 1 * style.MM),
        table_block(
            blanks, [width * 0.32, width * 0.68], [rule, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")], [7 * style.MM] * 2
        ),
        Spacer(0, 2 * style.MM),
        sheet.styled(_("Back to: {address}", address=back_to), style.SMALL, _("Organisation")),
    ]
    sheet.add(
        marks.Rule(cut=True),
        sheet.styled(_("tear off here and send back"), style.SMALL),
        Spacer(0, 1 * style.MM),
        table_block([[left, right]], [_QR_COLUMN, style.WIDTH - _QR_COLUMN]),
    )


def _spoken(number: str) -> str:
    """The number as a QR code may hold it."""
    return number.replace("/", "-")
