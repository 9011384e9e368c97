"""The helpline call sheet: one page for one call, for shifts when the laptop is away."""

from collections.abc import Sequence

from kzcase.domain.papers import CallSheet, Choice, may_print
from kzcase.i18n import Language, Words, _
from kzcase.paper import style
from kzcase.paper.sheet import Sheet


def call_sheet(call: CallSheet, language: Language) -> bytes:
    """The sheet as PDF, blank or filled."""
    sheet = Sheet(call.header, language, qr=bool(call.header.number))
    sheet.title(_("Helpline call"), _("If there is danger to life, call 112 first and write afterwards."))
    fields = may_print(call.fields, call.allowed)
    known = [(_("Date and time"), call.started_at), (_("Operator"), call.operator)]
    sheet.fields([*known, *((field.label, field.value) for field in fields)], columns=2)
    _question(sheet, _("Danger to life now"), _yes_no(call.danger), 4, single=True)
    _question(sheet, _("How the call came"), call.channels, 4, single=True)
    _question(sheet, _("Language of the call"), call.languages, 4, single=True)
    _question(sheet, _("Who is calling"), call.callers, 4, single=True)
    _question(sheet, _("What it is about"), call.topics, 3)
    said = _("What was said and answered")
    sheet.head(sheet.styled(said, style.QUESTION))
    if call.note:
        sheet.box(call.note, field=said)
    else:
        sheet.lines(3)
    _question(sheet, _("How the call ended"), call.outcomes, 3)
    return sheet.to_bytes()


def _yes_no(answer: bool | None) -> tuple[Choice, ...]:
    return (Choice(_("Yes"), answer is True), Choice(_("No"), answer is False), Choice(_("Unknown"), False))


def _question(sheet: Sheet, label: Words, choices: Sequence[Choice], columns: int, *, single: bool = False) -> None:
    if choices:
        sheet.head(sheet.styled(label, style.QUESTION))
        sheet.ticks([(choice.label, choice.chosen) for choice in choices], columns, single=single)
