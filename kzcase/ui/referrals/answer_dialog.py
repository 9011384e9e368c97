"""Recording what a partner replied, from the return slip or by word of mouth: one click says it, one records it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from kzcase.actions.referrals import AnswerReferral, answer_referral
from kzcase.actions.wishes import Done
from kzcase.domain.rows import ReferralRow
from kzcase.i18n import _
from kzcase.ui.at_work import office_at
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.work import Work


class AnswerDialog(FormDialog):
    """The reply to one referral; the task to chase it is done with that."""

    def __init__(self, work: Work, case: str, row: ReferralRow, parent: QWidget | None = None) -> None:
        def act(book: Any, values: Mapping[str, str]) -> Done:
            wish = AnswerReferral(
                referral=row.id,
                outcome=values["outcome"],
                reason=values["reason"] or None,
                appointment_on=values["appointment_on"] or None,
                appointment_time=values["appointment_time"],
                text=values["text"],
                on=values["on"] or None,
            )
            return answer_referral(book, wish)

        rows = {
            "outcome": FieldRow(_("Reply"), KeyChoices(office_at(work).choices("referral_outcome")), required=True),
            "reason": FieldRow(_("Why refused"), CodeCombo(office_at(work).choices("refusal_reason"))),
            "appointment_on": FieldRow(_("Appointment on"), DateEdit(), HELP),
            "appointment_time": FieldRow(_("Time and place"), LineEdit()),
            "text": FieldRow(_("In their words"), TextArea(lines=2)),
            "on": FieldRow(_("Replied on"), DateEdit(), HELP),
        }
        super().__init__(
            work,
            _("Reply to referral {number}", number=row.number),
            rows,
            (("outcome",), ("reason",), ("appointment_on", "appointment_time"), ("text",), ("on",)),
            _("Record the reply"),
            act,
            needed=("outcome",),
            draft=place("reply", case, row.id),
            parent=parent,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the replies know how many rows they take; there is no empty room under them."""
        super().showEvent(event)
        if (layout := self.layout()) is not None:
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.resize(self.width(), self.minimumHeight())
