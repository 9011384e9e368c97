"""Small dialogs for what becomes of a sent referral: another state, and that a reply was asked for."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.referral_steps import ChaseReferral, FollowReferral, chase_referral, follow_referral
from kzcase.actions.wishes import Done
from kzcase.domain.referrals import may_follow
from kzcase.domain.rows import ReferralRow
from kzcase.i18n import _
from kzcase.ui.at_work import office_at
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work

AGAIN: Final = _("Look again on")
REMARK: Final = _("Remark")


def follow_dialog(work: Work, row: ReferralRow, window: QWidget) -> FormDialog:
    """Another state of a referral; only those are offered that can come now."""
    office = office_at(work)
    known = office.rulebook.codes["referral_state"]
    next_ones = [each for each in office.choices("referral_state") if may_follow(row.state, each.code, known)]

    def act(book: Any, given: Mapping[str, str]) -> Done:
        wish = FollowReferral(
            referral=row.id,
            state=given["state"],
            reason=given["reason"] or None,
            appointment_on=given["appointment_on"] or None,
            appointment_time=given["appointment_time"],
            text=given["text"],
            on=given["on"] or None,
            next_on=given["next_on"] or None,
        )
        return follow_referral(book, wish)

    rows = {
        "state": FieldRow(_("What became of it"), CodeCombo(next_ones), required=True),
        "reason": FieldRow(_("Why refused"), CodeCombo(office.choices("refusal_reason"))),
        "appointment_on": FieldRow(_("Appointment on"), DateEdit(), HELP),
        "appointment_time": FieldRow(_("Time and place"), LineEdit()),
        "text": FieldRow(REMARK, LineEdit()),
        "on": FieldRow(_("When it happened"), DateEdit(), HELP),
        "next_on": FieldRow(AGAIN, DateEdit(), HELP),
    }
    lines = (("state",), ("reason",), ("appointment_on", "appointment_time"), ("text",), ("on", "next_on"))
    title = _("What became of referral {number}", number=row.number)
    dialog = FormDialog(work, title, rows, lines, _("Save"), act, needed=("state",), parent=window)
    dialog.open()
    return dialog


def chase_dialog(work: Work, row: ReferralRow, window: QWidget) -> FormDialog:
    """That the partner was asked, why the reply is late, and when to ask again."""
    office = office_at(work)

    def act(book: Any, given: Mapping[str, str]) -> Done:
        wish = ChaseReferral(
            referral=row.id,
            how=given["how"],
            delay=given["delay"] or None,
            text=given["text"],
            next_on=given["next_on"] or None,
        )
        return chase_referral(book, wish)

    how = CodeCombo(office.choices("channel"))
    how.set_code("phone")
    rows = {
        "how": FieldRow(_("How you asked"), how, required=True),
        "delay": FieldRow(_("Why the reply is late"), CodeCombo(office.choices("delay_reason"))),
        "text": FieldRow(REMARK, LineEdit()),
        "next_on": FieldRow(AGAIN, DateEdit(), _("Left empty: in five days.")),
    }
    title = _("Asked {partner} for a reply", partner=row.partner)
    lines = (("how",), ("delay",), ("text",), ("next_on",))
    dialog = FormDialog(work, title, rows, lines, _("Save"), act, needed=("how",), parent=window)
    dialog.open()
    return dialog
