"""The certificate of an erasing: number, day, who and how much; never a name, nor what the values were."""

from collections.abc import Sequence
from typing import Final

from kzcase.domain.erasures import COUNTED_CLASSES, ErasureRow
from kzcase.domain.papers import SheetHeader, Text
from kzcase.i18n import Language, Words, _, verbatim
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

CODE: Final = "P70"
VERSION: Final = "1"
_PAGES: Final = {
    "anew": _("Every page of the encrypted file was written anew."),
    "waits": _(
        "The encrypted file still waits to be written anew, in a quiet moment: "
        "until then copies of rows that moved may remain inside its pages."
    ),
    "large": _(
        "The encrypted file is larger than 256 MB and was not written anew: "
        "copies of rows that moved may remain inside its pages."
    ),
}


def certificate(header: SheetHeader, row: ErasureRow, reason: Text, language: Language) -> bytes:
    """The certificate as PDF."""
    sheet = Sheet(header, language, qr=True)
    sheet.title(_("Certificate of erasure"), _("It names nobody: the number is all that leads to the record."))
    sheet.fields(
        [
            (_("Number"), row.number),
            (_("Erased on"), _day(row.erased_on)),
            (_("Asked for on"), _day(row.asked_on)),
            (_("Reason"), reason),
            (_("Erased by"), row.by),
            *([(_("Other records of the same person, erased together"), ", ".join(row.together))] * bool(row.together)),
        ]
    )
    sheet.heading(_("What was erased"))
    counted = [(COUNTED_CLASSES[name], str(row.values[name])) for name in COUNTED_CLASSES if row.values.get(name)]
    sheet.fields(
        [
            *counted,
            (_("Attachments"), str(row.attachments)),
            (_("Texts about others that named the person"), str(row.texts)),
        ],
        columns=2,
    )
    sheet.heading(_("What remains"))
    sheet.paragraph(
        _(
            "Of a person, for counting only, without a name or a number: sex, year of birth, citizenship; kind, region "
            "and days of their cases. That something was entered, by whom and when, stays in the history; what it was "
            "does not."
        )
    )
    sheet.paragraph(_("Of a call or a referral from others: when it came, its language, region, topics and outcome."))
    sheet.heading(_("How it went"))
    sheet.paragraph(_("On this laptop the keys were destroyed, and what was deleted was overwritten."))
    sheet.paragraph(_PAGES.get(row.pages, _PAGES["waits"]))
    sheet.heading(_("What was not searched"))
    sheet.paragraph(_("Sealed notes and attachments of others' cases, paper, and copies that left the casebook."))
    _not_confirmed(sheet, _("Laptops that have not confirmed yet"), row.unconfirmed)
    _not_confirmed(sheet, _("Backups made before, to be destroyed"), row.backups)
    sheet.signatures([(_("Erased by"), row.by), (_("Checked by"), "")])
    return sheet.to_bytes()


def _not_confirmed(sheet: Sheet, title: Words, names: Sequence[str]) -> None:
    sheet.heading(title)
    sheet.paragraph(verbatim(", ".join(names)) if names else _("None known."), style.BODY)


def _day(day: object) -> Text:
    return long_date(day) if day else ""  # type: ignore[arg-type]
