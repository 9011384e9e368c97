"""The stay calculation on paper: both ways of counting side by side, the earlier last day, and what it rests on."""

from kzcase.domain.age_and_stay import StayRow, StaySheet, both_ways, counted_words, stay_lines
from kzcase.i18n import Language, Words, _
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet


def stay_sheet(row: StaySheet, language: Language) -> bytes:
    """The sheet as PDF."""
    sheet = Sheet(row.header, language, qr=True)
    sheet.title(_("How long one may stay"), _("Worked out on {date}.", date=long_date(row.today)))
    if row.row is None:
        _blank(sheet)
    else:
        _counted(sheet, row.row, row)
    sheet.paragraph(
        _("Nobody has settled how the 180 days are counted: the earlier day counts. Ask a lawyer before a border."),
        style.HINT,
    )
    if row.worker:
        sheet.signatures([(_("Responsible worker"), row.worker)])
    return sheet.to_bytes()


def _counted(sheet: Sheet, row: StayRow, whole: StaySheet) -> None:
    sheet.bullets(list(stay_lines(row, whole.today)), _("How long one may stay"))
    if row.answer is not None:
        sheet.heading(_("Both ways of counting"))
        sheet.fields([(name, counted_words(counted)) for name, counted in both_ways(row.answer)])
    if row.regime is not None:
        sheet.fields([(_("Under which rule"), row.regime)])
    if row.lines:
        sheet.heading(_("Stays that were counted"))
        lines: list[tuple[Words | str, ...]] = [
            (f"{first:%d.%m.%Y}", f"{last:%d.%m.%Y}" if last else "–", _("visa or permit") if permit else _("counted"))
            for first, last, permit in row.lines
        ]
        sheet.table((_("Day of entry"), _("Left on"), _("Counted")), lines)


def _blank(sheet: Sheet) -> None:
    sheet.table((_("Day of entry"), _("Left on"), _("Counted")), [], empty_rows=8)
    sheet.fields([(_("Last lawful day"), ""), (_("Under which rule"), "")])
