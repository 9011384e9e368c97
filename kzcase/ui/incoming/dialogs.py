"""Small dialogs for referrals from others: one on paper, our answer, and the passphrase of a package."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.actions.incoming_referrals import DecideIncoming, ReceiveReferral, decide_incoming, receive_referral
from kzcase.actions.wishes import Done
from kzcase.domain.incoming_rows import IncomingRow
from kzcase.domain.referrals import may_follow
from kzcase.i18n import _
from kzcase.ui.at_work import office_at
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work


def receive_dialog(work: Work, window: QWidget) -> FormDialog:
    """A referral that came on paper, by telephone or by word of mouth."""
    office = office_at(work)

    def act(book: Any, given: Mapping[str, str]) -> Done:
        wish = ReceiveReferral(
            sender=given["sender"],
            sender_number=given["sender_number"],
            how=given["how"],
            need=given["need"] or None,
            urgency=given["urgency"] or None,
            who=given["who"],
            contact=given["contact"],
            reason=given["reason"],
            reply_by=given["reply_by"] or None,
        )
        return receive_referral(book, wish)

    rows = {
        "sender": FieldRow(_("Who sends"), LineEdit(), required=True),
        "sender_number": FieldRow(_("Their number"), LineEdit()),
        "how": FieldRow(_("How it came"), CodeCombo(office.choices("referral_how")), required=True),
        "need": FieldRow(_("What is needed"), CodeCombo(office.choices("need"))),
        "urgency": FieldRow(_("Urgency"), CodeCombo(office.choices("urgency"))),
        "who": FieldRow(_("For whom"), LineEdit()),
        "contact": FieldRow(_("How to reach the person"), LineEdit()),
        "reason": FieldRow(_("Why they ask us"), LineEdit()),
        "reply_by": FieldRow(_("Reply wanted by"), DateEdit(), HELP),
    }
    lines = (("sender", "sender_number"), ("how", "need"), ("urgency", "reply_by"), ("who", "contact"), ("reason",))
    title = _("Referral from another organisation")
    dialog = FormDialog(work, title, rows, lines, _("Save"), act, needed=("sender", "how"), parent=window)
    dialog.open()
    return dialog


def decide_dialog(work: Work, row: IncomingRow, window: QWidget) -> FormDialog:
    """Our answer; only what can come now is offered."""
    office = office_at(work)
    known = office.rulebook.codes["referral_state"]
    next_ones = [each for each in office.choices("referral_state") if may_follow(row.state, each.code, known)]

    def act(book: Any, given: Mapping[str, str]) -> Done:
        wish = DecideIncoming(
            incoming=row.id,
            state=given["state"],
            reason=given["reason"] or None,
            text=given["text"],
            appointment_on=given["appointment_on"] or None,
            appointment_time=given["appointment_time"],
            case=given["case"] or None,
            next_on=given["next_on"] or None,
        )
        return decide_incoming(book, wish)

    case = LineEdit(_("For example 2026-A7K-00012-5"))
    case.setText(row.case_number or "")
    rows = {
        "state": FieldRow(_("Our answer"), CodeCombo(next_ones), required=True),
        "reason": FieldRow(_("Why refused"), CodeCombo(office.choices("refusal_reason"))),
        "appointment_on": FieldRow(_("Appointment on"), DateEdit(), HELP),
        "appointment_time": FieldRow(_("Time and place"), LineEdit()),
        "case": FieldRow(_("Number of our case"), case),
        "text": FieldRow(_("Remark"), LineEdit()),
        "next_on": FieldRow(_("Look again on"), DateEdit(), HELP),
    }
    lines = (("state", "reason"), ("appointment_on", "appointment_time"), ("case", "next_on"), ("text",))
    title = _("Our answer to {sender}", sender=row.sender)
    dialog = FormDialog(work, title, rows, lines, _("Save"), act, needed=("state",), parent=window)
    dialog.open()
    return dialog


def passphrase_dialog(work: Work, opened: Callable[[Any, str], Done], window: QWidget) -> FormDialog:
    """The six words on the slip; `opened(book, passphrase)` takes the package in."""
    rows = {"passphrase": FieldRow(_("Six words of the slip"), LineEdit(), required=True)}
    dialog = FormDialog(
        work,
        _("This package is closed with a passphrase"),
        rows,
        (("passphrase",),),
        _("Open the package"),
        lambda book, given: opened(book, given["passphrase"]),
        needed=("passphrase",),
        hint=_("It stands on a slip that came another way. Ask the sender for it by telephone."),
        parent=window,
    )
    dialog.open()
    return dialog
