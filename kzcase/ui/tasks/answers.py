"""What a line of the day asks for: an offer or a request is answered, an approval decided, a task postponed."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.approvals import GiveApproval, SendBack, give_approval, send_back
from kzcase.actions.case_requests import GrantRequest, RefuseRequest, grant_request, refuse_request
from kzcase.actions.postponing import PostponeTask, postpone_task
from kzcase.actions.transfers import (
    AcceptTransfer,
    RefuseTransfer,
    WithdrawTransfer,
    accept_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from kzcase.actions.wishes import Done
from kzcase.domain.day_rows import DayKind, DayRow
from kzcase.i18n import Words, _, verbatim
from kzcase.ui.form_dialog import NEEDED, FormDialog
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.work import Work

YES, NO = "yes", "no"
ANSWERED: Final = (DayKind.TRANSFER, DayKind.OFFERED, DayKind.REQUEST, DayKind.APPROVAL)
"""Lines with an answer; all others are tasks, or end with their fact."""
_CHOICES: Final[Mapping[DayKind, tuple[Words, ...]]] = {
    DayKind.TRANSFER: (_("Accept: the case is mine from now on"), _("Refuse: it stays with my colleague")),
    DayKind.REQUEST: (_("Give the case"), _("Do not give it")),
    DayKind.APPROVAL: (_("Approve"), _("Send back")),
    DayKind.OFFERED: (_("Withdraw the offer"),),
}
_TITLES: Final[Mapping[DayKind, Words]] = {
    DayKind.TRANSFER: _("Case offered to you"),
    DayKind.REQUEST: _("Request for a case"),
    DayKind.APPROVAL: _("Decide about an approval"),
    DayKind.OFFERED: _("Offered by you"),
}
_REASON: Final = _("Comment (needed where you refuse or send back)")


class AnswerDialog(FormDialog):
    """Yes or no to a colleague; a no needs its reason."""

    def __init__(self, work: Work, row: DayRow, parent: QWidget | None = None) -> None:
        choices = [Choice(code, words) for code, words in zip((YES, NO), _CHOICES[row.kind], strict=False)]
        super().__init__(
            work,
            _TITLES[row.kind],
            {
                "answer": FieldRow(_("Your answer"), CodeCombo(choices), required=True),
                "reason": FieldRow(_REASON, TextArea(lines=3)),
            },
            (("answer",), ("reason",)),
            _("Answer"),
            lambda book, said: answer(book, row, yes=said["answer"] == YES, reason=said["reason"]),
            needed=("answer",),
            places={"reason": "reason", "comment": "reason"},
            hint=hint(row),
            parent=parent,
        )
        self.rows["reason"].setVisible(row.kind is not DayKind.OFFERED)

    def _save(self) -> None:
        said = self.values()
        missing = said["answer"] == NO and not said["reason"]
        if missing:
            self.rows["reason"].set_error(NEEDED)
            self.rows["reason"].setFocus()
        else:
            super()._save()


def hint(row: DayRow) -> Words:
    """Which case, who, and what they wrote."""
    told = verbatim(row.said) if row.said else _("Nothing more was written.")
    return _("Case {number}, {colleague}: {text}", number=row.case_number, colleague=row.worker or "", text=told)


def answer(book: Any, row: DayRow, *, yes: bool, reason: str) -> Done:
    """Perform the answer to a line of the day."""
    match row.kind, yes:
        case DayKind.TRANSFER, True:
            return accept_transfer(book, AcceptTransfer(transfer=row.id))
        case DayKind.TRANSFER, False:
            return refuse_transfer(book, RefuseTransfer(transfer=row.id, reason=reason))
        case DayKind.REQUEST, True:
            return grant_request(book, GrantRequest(case_request=row.id, comment=reason))
        case DayKind.REQUEST, False:
            return refuse_request(book, RefuseRequest(case_request=row.id, reason=reason))
        case DayKind.APPROVAL, True:
            return give_approval(book, GiveApproval(approval=row.id, comment=reason))
        case DayKind.APPROVAL, False:
            return send_back(book, SendBack(approval=row.id, comment=reason))
        case _:
            return withdraw_transfer(book, WithdrawTransfer(transfer=row.id))


def postpone_dialog(work: Work, row: DayRow, parent: QWidget) -> FormDialog:
    """Put a task off to a later day, with the reason."""
    rows = {
        "due": FieldRow(_("New day"), DateEdit(), HELP, required=True),
        "reason": FieldRow(_("Why"), TextArea(lines=2), required=True),
    }
    return FormDialog(
        work,
        _("Postpone the task"),
        rows,
        (("due",), ("reason",)),
        _("Postpone"),
        lambda book, said: postpone_task(book, PostponeTask(task=row.id, due=said["due"], reason=said["reason"])),
        needed=("due", "reason"),
        parent=parent,
    )
