"""The card of a partner for the client: first whether it is safe to take along, then in which language."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.rows import ReferralRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.papers import print_for
from kzcase.ui.taking_away import TakingAway
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 540


class CardDialog(QDialog):
    """Prints where to go for help."""

    def __init__(self, work: Work, case_id: str, row: ReferralRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._case, self._row = work, case_id, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.taking = TakingAway(self)
        self.language = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES])
        self.language.set_code(language.current())
        self.print = Button(_("Print"), kind="primary", icon="printer", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Card for the client: {partner}", partner=row.partner), "title", wrap=True))
        layout.addWidget(self.taking)
        layout.addWidget(FieldRow(_("Language"), self.language, parent=self))
        layout.addLayout(foot(self.cancel, self.print))
        self.print.setEnabled(False)
        self.taking.answered.connect(lambda: self.print.setEnabled(self.taking.may_print))
        self.print.clicked.connect(self._print)
        self.cancel.clicked.connect(self.reject)
        self.setWindowTitle("kzcase")
        self.setMinimumWidth(theme.px(WIDTH))
        self.taking.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _print(self) -> None:
        spoken = self.language.code() or language.current()
        safe, discreet = self.taking.code(), self.taking.discreet.isChecked()
        wish = WantedPaper("partner_card", spoken, self._case, self._row.id, safe_to_take=safe, discreet=discreet)
        window = self.parentWidget()
        if window is not None:
            print_for(self._work, wish, window.window())
        self.accept()
