"""Small dialogs that enter something in a register: a signed undertaking, a request, its answer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kzcase.actions import subject_requests, undertakings
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.queries.office import staff_list
from kzcase.ui.clock import today
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work


def _today() -> DateEdit:
    field = DateEdit()
    field.set_value(today())
    return field


def offer_staff(work: Work, field: CodeCombo, owner: QWidget, chosen: str = "") -> None:
    """Colleagues who are here, to choose from."""

    def take(staff: Sequence[StaffRow]) -> None:
        field.set_choices([Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None])
        if chosen:
            field.set_code(chosen)

    work.ask(staff_list, take, owner=owner)


def sign_undertaking(work: Work, staff: str, window: QWidget) -> FormDialog:
    """A colleague signed the undertaking of confidentiality."""
    who = CodeCombo(())
    rows = {
        "staff": FieldRow(_("Colleague"), who, required=True),
        "on": FieldRow(_("Signed on"), _today(), HELP, required=True),
    }
    dialog = FormDialog(
        work,
        _("Undertaking of confidentiality"),
        rows,
        (("staff",), ("on",)),
        _("Save"),
        lambda book, given: undertakings.sign_undertaking(
            book, undertakings.SignUndertaking(staff=given["staff"], on=given["on"])
        ),
        needed=("staff", "on"),
        hint=_("The signed sheet stays on paper. Here stands only that it was signed, and when."),
        draft=place("undertaking"),
        parent=window,
    )
    offer_staff(work, who, dialog, staff)
    dialog.open()
    return dialog


def receive_request(work: Work, office: Office, window: QWidget) -> FormDialog:
    """Somebody asks about their data."""
    who = CodeCombo((), blank=_("Me"))
    rows = {
        "kind": FieldRow(_("Request"), CodeCombo(office.choices("request_kind")), required=True),
        "case": FieldRow(_("Case"), LineEdit(_("Number of a case"), max_length=64), _("If there is one.")),
        "on": FieldRow(_("Received on"), _today(), HELP, required=True),
        "responsible": FieldRow(_("Who answers"), who),
    }
    dialog = FormDialog(
        work,
        _("Request about personal data"),
        rows,
        (("kind",), ("case", "on"), ("responsible",)),
        _("Save"),
        lambda book, given: subject_requests.receive_request(
            book,
            subject_requests.ReceiveRequest(
                kind=given["kind"],
                case=given["case"] or None,
                on=given["on"],
                responsible=given["responsible"] or None,
            ),
        ),
        needed=("kind", "on"),
        hint=_("The day by which an answer is due follows from the rules. It stands among the tasks until then."),
        draft=place("request"),
        parent=window,
    )
    offer_staff(work, who, dialog)
    dialog.open()
    return dialog


def answer_request(work: Work, office: Office, request: str, window: QWidget) -> FormDialog:
    """A request was answered."""
    rows = {
        "outcome": FieldRow(_("Outcome"), CodeCombo(office.choices("request_outcome")), required=True),
        "on": FieldRow(_("Answered on"), _today(), HELP, required=True),
    }
    dialog = FormDialog(
        work,
        _("Answer to a request"),
        rows,
        (("outcome",), ("on",)),
        _("Save"),
        lambda book, given: subject_requests.answer_request(
            book, subject_requests.AnswerRequest(request=request, outcome=given["outcome"], on=given["on"])
        ),
        needed=("outcome", "on"),
        draft=place("answer", request),
        parent=window,
    )
    dialog.open()
    return dialog
