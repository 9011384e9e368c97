"""The letter to whoever asks after somebody: the same words whether nobody was found or the found person said no."""

from kzcase.domain.tracing import Told, TracingReply
from kzcase.i18n import Language, _, verbatim
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

VERSION = "1"


def tracing_reply(row: TracingReply, language: Language) -> bytes:
    """The letter as PDF."""
    sheet = Sheet(row.header, language)
    sheet.title(_("Reply to a request to find somebody"))
    sheet.fields([
        (_("Number of the request"), row.number),
        *([(_("Asked for on"), long_date(row.asked_on))] if row.asked_on else []),
    ])  # fmt: skip
    sheet.space()
    _says(sheet, row)
    sheet.space()
    sheet.paragraph(
        _("Please do not look for them on your own through others: it can put people in danger."), style.BODY
    )
    sheet.signatures([(_("Responsible worker"), row.worker)])
    return sheet.to_bytes()


def _says(sheet: Sheet, row: TracingReply) -> None:
    match row.told:
        case Told.NOTHING:
            sheet.paragraph(_("We looked as far as we can. We have no news that we may pass on."), style.BODY)
            sheet.paragraph(
                _(
                    "We write these words whether or not somebody was found, because whoever is found decides alone "
                    "whether anything is told. If there is news for you, we will tell you ourselves."
                ),
                style.BODY,
            )
        case Told.MESSAGE:
            sheet.paragraph(_("The person you ask after wishes that this is passed on to you:"), style.BODY)
            sheet.paragraph(verbatim(row.message), style.BODY)
            sheet.paragraph(_("They wish nothing else to be told. Please do not ask where they are."), style.BODY)
        case Told.CONTACT:
            sheet.paragraph(_("The person you ask after has agreed to be in contact with you."), style.BODY)
            sheet.paragraph(_("Please come to our office or call us, and we will arrange it."), style.BODY)
