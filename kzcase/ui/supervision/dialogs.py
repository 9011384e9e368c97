"""Small dialogs of working together: a flag, an approval asked or given by oneself, an offer, a request for a case."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.approvals import ApproveOwn, AskApproval, approve_own, ask_approval
from kzcase.actions.case_requests import RequestCase, request_case
from kzcase.actions.cases import AssignCase, assign_case
from kzcase.actions.flags import RaiseFlag, TakeDownFlag, raise_flag, take_down_flag
from kzcase.actions.transfers import OfferTransfer, offer_transfer
from kzcase.actions.wishes import Done
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.work import Work

OFFER, AT_ONCE = "offer", "at_once"
YES: Final = "yes"
UNTIL_ACCEPTED: Final = _("The case stays yours until your colleague accepts it. Sealed notes stay with their readers.")
OWN: Final = _("Nobody else here may approve. That you approved it yourself stays in the history for ever.")
ASKING: Final = _("Nothing of the case is shown to you before. Whoever holds it, or leads the team, decides.")


def flag_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """Put a flag on the case."""
    rows = {
        "kind": FieldRow(_("What about"), CodeCombo(office.choices("flag_kind")), required=True),
        "reason": FieldRow(_("Why"), TextArea(lines=3), required=True),
        "seen_by": FieldRow(_("Who sees it"), CodeCombo(office.choices("flag_sight"), blank=None)),
    }
    return FormDialog(
        work,
        _("Put a flag on the case"),
        rows,
        (("kind", "seen_by"), ("reason",)),
        _("Put the flag on"),
        lambda book, said: raise_flag(book, RaiseFlag(case=case, **said)),
        needed=("kind", "reason"),
        draft=place("flag", case),
        parent=parent,
    )


def take_down_dialog(work: Work, case: str, flag: str, parent: QWidget) -> FormDialog:
    """Take a flag off, with the reason."""
    rows = {"reason": FieldRow(_("Why it no longer holds"), TextArea(lines=2), required=True)}
    return FormDialog(
        work,
        _("Take the flag off"),
        rows,
        (("reason",),),
        _("Take off"),
        lambda book, said: take_down_flag(book, TakeDownFlag(flag=flag, reason=said["reason"])),
        needed=("reason",),
        parent=parent,
    )


def approval_dialog(work: Work, office: Office, case: str, parent: QWidget) -> FormDialog:
    """Ask a supervisor to approve a step."""
    rows = {
        "what": FieldRow(_("What is to be approved"), CodeCombo(office.choices("approval_subject")), required=True),
        "note": FieldRow(_("What they should know"), TextArea(lines=4)),
    }
    return FormDialog(
        work,
        _("Ask for an approval"),
        rows,
        (("what",), ("note",)),
        _("Ask"),
        lambda book, said: ask_approval(book, AskApproval(case=case, **said)),
        needed=("what",),
        draft=place("approval", case),
        parent=parent,
    )


def approve_own_dialog(work: Work, case: str, approval: str, parent: QWidget) -> FormDialog:
    """Approve what one asked for, by a right of its own; it says what that means first."""
    rows = {"comment": FieldRow(_("Why you decide it yourself"), TextArea(lines=3), required=True)}
    return FormDialog(
        work,
        _("Approve your own step"),
        rows,
        (("comment",),),
        _("Approve my own"),
        lambda book, said: approve_own(book, ApproveOwn(approval=approval, comment=said["comment"])),
        needed=("comment",),
        hint=OWN,
        parent=parent,
    )


def give_dialog(work: Work, office: Office, case: str, staff: Sequence[StaffRow], parent: QWidget) -> FormDialog:
    """Offer the case to a colleague; whoever leads the team may also give it at once."""
    here = [Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None]
    ways = [Choice(OFFER, _("Offer it: they accept or refuse"))]
    ways += [Choice(AT_ONCE, _("Give it at once"))] if office.may(Permission.LEAD_TEAM) else []
    tasks = [Choice(YES, _("yes")), Choice("no", _("no"))]
    rows = {
        "worker": FieldRow(_("Worker"), CodeCombo(here), required=True),
        "how": FieldRow(_("How"), CodeCombo(ways, blank=None)),
        "tasks": FieldRow(_("With your open tasks on it"), CodeCombo(tasks, blank=None)),
        "note": FieldRow(_("What they should know"), TextArea(lines=4)),
    }
    return FormDialog(
        work,
        _("Give the case to a colleague"),
        rows,
        (("worker",), ("how",), ("tasks",), ("note",)),
        _("Give"),
        lambda book, said: _give(book, case, said),
        needed=("worker",),
        hint=UNTIL_ACCEPTED,
        draft=place("giving", case),
        parent=parent,
    )


def _give(book: Any, case: str, said: Mapping[str, str]) -> Done:
    if said["how"] == AT_ONCE:
        return assign_case(book, AssignCase(case=case, worker=said["worker"]))
    with_tasks = said["tasks"] == YES
    return offer_transfer(
        book, OfferTransfer(case=case, worker=said["worker"], note=said["note"], with_tasks=with_tasks)
    )


def request_dialog(work: Work, case: str, parent: QWidget) -> FormDialog:
    """Ask for a case one does not hold."""
    rows = {"reason": FieldRow(_("Why you need it"), LineEdit(), required=True)}
    return FormDialog(
        work,
        _("Ask for the case"),
        rows,
        (("reason",),),
        _("Ask"),
        lambda book, said: request_case(book, RequestCase(case=case, reason=said["reason"])),
        needed=("reason",),
        hint=ASKING,
        parent=parent,
    )
