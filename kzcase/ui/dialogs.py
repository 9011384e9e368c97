"""The dialogs of one feature that another feature's page asks for; each is loaded when somebody wants it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from kzcase.domain.errors import NotFound
from kzcase.domain.rows import AttachmentRow, StaffRow
from kzcase.queries.attachments import attachments
from kzcase.queries.office import staff_list
from kzcase.ui.messages import show_error
from kzcase.ui.office import Office
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


def consent(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Recording a consent."""
    from kzcase.ui.consents.dialog import ConsentDialog

    return _opened(ConsentDialog(work, case_id, window))


def consents(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Everything about the consents of a case."""
    from kzcase.ui.consents.room import ConsentsRoom

    return _opened(ConsentsRoom(work, case_id, window))


def referral(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Writing a referral."""
    from kzcase.ui.referrals.draft_dialog import DraftReferralDialog

    return _opened(DraftReferralDialog(work, case_id, window))


def sealed_note(work: Work, office: Office, case_id: str, window: QWidget) -> QDialog:
    """Writing a note only named colleagues may read."""
    from kzcase.ui.cases.sealed_dialogs import SealedNoteDialog

    return _opened(SealedNoteDialog(work, office, case_id, window))


def person(work: Work, office: Office, person_id: str, window: QWidget, open_case: Callable[[str], object]) -> QDialog:
    """Everything about a person; whoever looks beyond their own cases is asked why."""
    from kzcase.ui.cases.reason_dialog import ReasonDialog
    from kzcase.ui.people.person_dialog import PersonDialog
    from kzcase.ui.people.printing import print_family

    def ask_why(chosen: Callable[[str], object]) -> None:
        reasons = ReasonDialog(office, window)
        reasons.chosen.connect(chosen)
        reasons.open()

    dialog = PersonDialog(
        work, office, person_id, window, ask_why=ask_why, printer=lambda *what: print_family(work, *what)
    )
    dialog.case_wanted.connect(open_case)
    return _opened(dialog)


def hands(work: Work, office: Office, person_id: str, window: QWidget) -> QDialog:
    """Whose hands a client's phones are in, and their word of warning."""
    from kzcase.ui.calls.hands import hands_dialog

    return hands_dialog(work, office, person_id, window)


def pairs(work: Work, office: Office, window: QWidget) -> QDialog:
    """People who may be one, side by side."""
    from kzcase.ui.people.pairs import PairsDialog

    return _opened(PairsDialog(work, office, window))


def erase(
    work: Work, office: Office, desk: "Desk", person: str, window: QWidget, erased: Callable[[], object]
) -> QDialog:
    """Erasing a person; once it is done `erased()` is called, and the certificate shown."""
    from kzcase.ui.erasures.certificate import renew_backups
    from kzcase.ui.erasures.erase_dialog import EraseDialog

    dialog = EraseDialog(work, office, person, window)
    dialog.erased.connect(lambda _number: erased())
    dialog.erased.connect(lambda number: renew_backups(work, desk, number, window))
    return _opened(dialog)


def close_account(work: Work, desk: "Desk", staff_id: str, window: QWidget) -> None:
    """A colleague's account is closed at once, by the same steps as when they leave."""
    from kzcase.ui.settings.leaving_dialog import LeavingDialog

    def found(staff: Sequence[StaffRow]) -> None:
        for row in staff:
            if row.id == staff_id and row.removed_on is None:
                LeavingDialog(work, desk, row, window).open()

    work.ask(staff_list, found, owner=window)


def follow_keys(work: Work, desk: "Desk", window: QWidget) -> None:
    """The key file is brought to what was just written: frozen access opens nothing from now on."""
    from kzcase.actions.key_changes import follow_journal

    work.do(lambda _book: follow_journal(desk), None, lambda error: show_error(error, window), owner=window)


def give_case(work: Work, office: Office, case_id: str, window: QWidget) -> None:
    """Offering a case to a colleague, or giving it at once."""
    from kzcase.ui.supervision.dialogs import give_dialog

    work.ask(staff_list, lambda staff: _opened(give_dialog(work, office, case_id, staff, window)), owner=window)


def request_case(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Asking for a case a colleague holds."""
    from kzcase.ui.supervision.dialogs import request_dialog

    return _opened(request_dialog(work, case_id, window))


def choose_form(work: Work, case_id: str, window: QWidget, chosen: Callable[[str], object]) -> QDialog:
    """Choosing a form to fill in for a case; `chosen(form id)`."""
    from kzcase.ui.forms.choose_dialog import ChooseFormDialog

    dialog = ChooseFormDialog(work, case_id, window)
    dialog.chosen.connect(chosen)
    return _opened(dialog)


def sheet(work: Work, sheet_id: str, window: QWidget, correct: Callable[[str, str, str], object]) -> QDialog:
    """A form that was filled in, to read; `correct(case, form, sheet)` where somebody wants to correct it."""
    from kzcase.ui.forms.stored import StoredSheetDialog

    dialog = StoredSheetDialog(work, sheet_id, window)
    dialog.correct_wanted.connect(correct)
    dialog.attachment_wanted.connect(lambda case, name: attachment(work, case, name, window))
    return _opened(dialog)


def attachment(work: Work, case_id: str, name: str, window: QWidget) -> None:
    """The attachment that an answer names, as it opens on the page of its case."""
    from kzcase.ui.attachments.card import open_row

    def found(rows: Sequence[AttachmentRow]) -> None:
        for row in rows:
            if row.title == name:
                open_row(work, row, window)
                return
        show_error(NotFound(what=name), window)

    work.ask(lambda reader: attachments(reader, case_id), found, owner=window)


def returned(work: Work, path: Path, window: QWidget, opened: Callable[[str], object]) -> QDialog:
    """A scan of a printed sheet; once it is added its case is shown by `opened(case)`. Or answers from phones."""
    from kzcase.ui.forms.phones import holds_answers
    from kzcase.ui.forms.returned import ReturnedDialog

    if holds_answers(path):
        from kzcase.ui.forms.phone_answers import AnswersDialog

        return _opened(AnswersDialog(work, path, window))

    dialog = ReturnedDialog(work, path, window)
    dialog.returned.connect(opened)
    return _opened(dialog)


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog
