"""The dialogs of one feature that another feature's page asks for; each is loaded when somebody wants it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from kzcase.domain.rows import StaffRow
from kzcase.queries.office import staff_list
from kzcase.ui.office import Office
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


def consent(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Recording a consent."""
    from kzcase.ui.consents.dialog import ConsentDialog

    return _opened(ConsentDialog(work, case_id, window))


def referral(work: Work, case_id: str, window: QWidget) -> QDialog:
    """Writing a referral."""
    from kzcase.ui.referrals.draft_dialog import DraftReferralDialog

    return _opened(DraftReferralDialog(work, case_id, window))


def sealed_note(work: Work, office: Office, case_id: str, window: QWidget) -> QDialog:
    """Writing a note only named colleagues may read."""
    from kzcase.ui.cases.sealed_dialogs import SealedNoteDialog

    return _opened(SealedNoteDialog(work, office, case_id, window))


def erase(
    work: Work, office: Office, desk: "Desk", person: str, window: QWidget, erased: Callable[[], object]
) -> QDialog:
    """Erasing a person; once it is done `erased()` is called, and the certificate shown."""
    from kzcase.ui.erasures.certificate import show_certificate
    from kzcase.ui.erasures.erase_dialog import EraseDialog

    dialog = EraseDialog(work, office, person, window)
    dialog.erased.connect(lambda _number: erased())
    dialog.erased.connect(lambda number: show_certificate(work, desk, number, window))
    return _opened(dialog)


def close_account(work: Work, desk: "Desk", staff_id: str, window: QWidget) -> None:
    """A colleague's account is closed at once, by the same steps as when they leave."""
    from kzcase.ui.settings.leaving_dialog import LeavingDialog

    def found(staff: Sequence[StaffRow]) -> None:
        for row in staff:
            if row.id == staff_id and row.removed_on is None:
                LeavingDialog(work, desk, row, window).open()

    work.ask(staff_list, found, owner=window)


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
    return _opened(dialog)


def returned(work: Work, path: Path, window: QWidget, opened: Callable[[str], object]) -> QDialog:
    """A scan of a printed sheet; once it is added its case is shown by `opened(case)`."""
    from kzcase.ui.forms.returned import ReturnedDialog

    dialog = ReturnedDialog(work, path, window)
    dialog.returned.connect(opened)
    return _opened(dialog)


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog
