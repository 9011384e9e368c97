"""The dialogs of one feature that another feature's page asks for; each is loaded when somebody wants it."""

from PySide6.QtWidgets import QDialog, QWidget

from kzcase.ui.office import Office
from kzcase.ui.work import Work


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


def sheet(work: Work, sheet_id: str, window: QWidget) -> QDialog:
    """A form that was filled in, to read."""
    from kzcase.ui.forms.stored import StoredSheetDialog

    return _opened(StoredSheetDialog(work, sheet_id, window))


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog
