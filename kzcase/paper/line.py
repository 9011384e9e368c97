"""The helpline's papers: a signal with facts apart from identity, the report of a shift, and information sheets."""

from dataclasses import replace
from typing import Final

from kzcase.domain.line_papers import InformationPaper, ShiftReport, SignalSheet
from kzcase.domain.papers import Text
from kzcase.i18n import Language, Words, _, verbatim
from kzcase.paper.sheet import Sheet

_BACK: Final = (_("Due"), _("In their time"), _("Language"), _("Attempts"), _("Call"))
_SIGNAL: Final = (_("Number"), _("Unit"), _("Due"), _("Status"))
_URGENT: Final = (_("Call"), _("Time"), _("Topics"), _("Called"))


def signal_sheet(row: SignalSheet, language: Language) -> bytes:
    """What is passed to a unit. The identity, where it goes at all, comes last and says on which ground."""
    sheet = Sheet(row.header, language)
    sheet.title(_("Signal of a possible crime"), _("Please confirm the receipt and tell us the result."))
    sheet.fields([(_("For which unit"), verbatim(row.unit)), (_("Written on"), verbatim(row.made_at))], columns=2)
    sheet.heading(_("Facts"))
    sheet.fields(list(row.facts))
    sheet.box(row.told, field=_("What happens there"))
    sheet.heading(_("Identity"))
    if row.withheld:
        sheet.paragraph(_("Not passed on: the person did not agree, and no life or child is in danger."))
    else:
        sheet.fields([(_("Ground"), row.ground), (_("Reason"), verbatim(row.reason))])
        sheet.box(row.identity, field=_("Who it is"))
    sheet.fields([(_("The caller heard what is passed on"), verbatim(row.heard))])
    with sheet.together():
        sheet.heading(_("Receipt"))
        sheet.fields([(_("Received by"), ""), (_("Their number"), ""), (_("Date and time"), "")])
        sheet.signatures([(_("For the unit"), ""), (_("For the helpline"), "")])
    return sheet.to_bytes()


def shift_report(row: ShiftReport, language: Language) -> bytes:
    """What was done and what goes on."""
    sheet = Sheet(row.header, language)
    sheet.title(_("Report of the shift"), _("It names nobody. Numbers to call are in the casebook only."))
    sheet.fields(list(row.facts), columns=2)
    sheet.heading(_("Counted in this shift"))
    sheet.fields(list(row.counts), columns=1)
    _table(sheet, _("Call-backs"), _BACK, row.call_backs, _("Nobody waits to be called back."))
    _table(sheet, _("Signals of a crime"), _SIGNAL, row.signals, _("No signal waits."))
    _table(sheet, _("Danger, and no case yet"), _URGENT, row.urgent, _("None."))
    sheet.heading(_("What else they must know"))
    if row.words:
        sheet.box(row.words)
    else:
        sheet.lines(3)
    sheet.signatures([(_("Handed over by"), ""), (_("Taken over by"), "")])
    return sheet.to_bytes()


def _table(
    sheet: Sheet, title: Words, heads: tuple[Words, ...], rows: tuple[tuple[Text, ...], ...], none: Words
) -> None:
    sheet.heading(title)
    if rows:
        sheet.table(list(heads), [list(row) for row in rows], shares=[1 / len(heads)] * len(heads))
    else:
        sheet.paragraph(none)


def information_sheet(row: InformationPaper, language: Language) -> bytes:
    """A paper to take away: no name and no number of anybody on it."""
    sheet = Sheet(replace(row.header, number=""), language)
    sheet.title(verbatim(row.title))
    if row.doubtful:
        sheet.paragraph(_("Not confirmed yet. Ask us or a lawyer before you rely on it."))
    sheet.bullets([verbatim(line) for line in row.lines])
    where = {"source": verbatim(row.source), "day": verbatim(row.checked_on)}
    sheet.paragraph(_("Source: {source}. Checked on {day}.", **where))
    return sheet.to_bytes()
