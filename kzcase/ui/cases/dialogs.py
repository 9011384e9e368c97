"""What is done with a case as a whole: close it, open it again."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.cases import CloseCase, ReopenCase, close_case, reopen_case
from kzcase.actions.wishes import Done
from kzcase.i18n import _
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.work import Work

CLOSING: Final = _("The case stays readable and can be opened again. Notes can still be added.")


def close_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """Close the case with its reason; what the closing checklist misses is said at the reason."""
    asked = [Choice("no", _("no")), Choice("yes", _("yes"))]
    rows = {
        "reason": FieldRow(_("Reason"), CodeCombo(office.choices("closure_reason")), required=True),
        "summary": FieldRow(_("What was reached"), TextArea(lines=4)),
        "feedback": FieldRow(_("Was the person asked what they think of the help?"), CodeCombo(asked, blank=None)),
    }

    def act(book: Any, said: Mapping[str, str]) -> Done:
        asked_them = said["feedback"] == "yes"
        wish = CloseCase(case=case, reason=said["reason"], summary=said["summary"], feedback_asked=asked_them)
        return close_case(book, wish)

    return FormDialog(
        work,
        _("Close the case"),
        rows,
        (("reason",), ("summary",), ("feedback",)),
        _("Close the case"),
        act,
        needed=("reason",),
        hint=CLOSING,
        draft=place("closing", case),
        parent=parent,
    )


def reopen_dialog(work: Work, case: str, parent: QWidget) -> FormDialog:
    """Open a closed case again; the reason becomes a note."""
    rows = {"reason": FieldRow(_("Why"), TextArea(lines=3), required=True)}
    return FormDialog(
        work,
        _("Open the case again"),
        rows,
        (("reason",),),
        _("Open again"),
        lambda book, values: reopen_case(book, ReopenCase(case=case, reason=values["reason"])),
        needed=("reason",),
        draft=place("reopening", case),
        parent=parent,
    )
