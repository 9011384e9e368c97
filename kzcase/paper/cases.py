"""The case sheet: one case at a glance on paper, holding only the classes that may be printed."""

from kzcase.domain.papers import CaseSheet, PrintedTable, may_print
from kzcase.i18n import Language, _
from kzcase.paper import style
from kzcase.paper.sheet import Sheet


def case_sheet(case: CaseSheet, language: Language) -> bytes:
    """The sheet as PDF; fields and tables of other classes are not there at all."""
    sheet = Sheet(case.header, language, qr=True, to_number=not case.header.number)
    sheet.title(_("Case sheet"), _("For the responsible worker only. Keep it locked away; destroy it after use."))
    for section in case.sections:
        fields = may_print(section.fields, case.allowed)
        if fields:
            sheet.heading(section.title)
            sheet.fields([(field.label, field.value) for field in fields])
    for table in case.tables:
        if table.field_class in case.allowed:
            _table(sheet, table)
    if case.worker:
        sheet.signatures([(_("Responsible worker"), case.worker)], with_last=True)
    return sheet.to_bytes(sparing=True)


def _table(sheet: Sheet, table: PrintedTable) -> None:
    sheet.heading(table.title)
    if table.rows:
        sheet.table(table.columns, table.rows, shares=table.widths, field=table.title)
    else:
        sheet.paragraph(_("Nothing so far."), style.HINT)
