"""A register on paper: what an inspector or a donor may take along; it names no client."""

from kzcase.domain.papers import RegisterSheet
from kzcase.i18n import Language, _, ngettext
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

CODE = "P60"
VERSION = "1"


def register_sheet(row: RegisterSheet, language: Language) -> bytes:
    """The register as PDF, as of the day it is printed; an empty one says so."""
    sheet = Sheet(row.header, language)
    sheet.title(row.title, row.explained)
    if row.rows:
        sheet.table(row.columns, row.rows)
    else:
        sheet.paragraph(row.empty, style.HINT)
    for note in row.notes:
        sheet.paragraph(note, style.SMALL)
    counted = ngettext("{count} entry in all", "{count} entries in all", len(row.rows))
    sheet.fields([(_("As of"), long_date(row.header.printed_on)), (_("Entries"), counted)])
    sheet.signatures([(_("Printed by"), "")])
    return sheet.to_bytes()
