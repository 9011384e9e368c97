"""The paper of one weighing: who learns what from one filing, of whom else, and what was decided with the person."""

from kzcase.domain.weighing_papers import WeighingSheet
from kzcase.i18n import Language, _
from kzcase.paper import style
from kzcase.paper.sheet import Sheet


def weighing_sheet(row: WeighingSheet, language: Language) -> bytes:
    """The sheet as PDF; an empty one has lines to write on."""
    sheet = Sheet(row.header, language, qr=True)
    sheet.title(_("Before filing: what it makes visible"), _("Stays in the office. One sheet for one filing."))
    sheet.fields([(_("What is to be filed"), row.filing), (_("Weighed on"), row.weighed_on)], columns=2)
    for label, said, lines in (
        (_("Which authority learns of it"), row.authority, 1),
        (_("What it learns: that they are here, the address, the family"), row.learns, 3),
        (_("Which relatives it makes visible"), row.relatives, 2),
        (_("Why, and which measures"), row.ground, 3),
    ):
        sheet.heading(label)
        sheet.box(said, lines=lines, field=label)
    sheet.fields([(_("Decision"), row.decision), (_("Decided with whom"), row.decided_with)], columns=2)
    sheet.paragraph(
        _("The next filing is weighed anew, on a sheet of its own. Nothing is filed against what was decided here."),
        style.HINT,
    )
    sheet.signatures([(_("The person, or whoever decided with them"), ""), (_("Responsible worker"), row.worker)])
    return sheet.to_bytes(sparing=True)
