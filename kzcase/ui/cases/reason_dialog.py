"""Asks why somebody opens a case that is not one of theirs: one key chooses, and the case is there."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.i18n import _
from kzcase.ui import theme
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import fit

WHY: Final = _("This case is not one of yours")
KEPT: Final = _("Choose why you need it, and it opens. Only supervisors and auditors see what you chose.")
WIDTH: Final = 560


class ReasonDialog(QDialog):
    """`chosen` carries a code of the list of reasons; `asked`: they would rather ask for the case, where
    `can_ask` offers that. Escape leaves the case closed."""

    chosen = Signal(str)
    asked = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None, *, can_ask: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.reasons = KeyChoices(office.choices("look_reason"), name=_("Why you need it"))
        self.open_case = Button(_("Open the case"), kind="primary", icon="folder-open")
        self.cancel = Button(_("Cancel"))
        self.ask = Button(_("Ask for the case"), icon="handshake")
        self.ask.setVisible(can_ask and office.may(Permission.WORK_ON_CASES))
        self.ask.clicked.connect(self._ask)
        self.open_case.setEnabled(False)
        self._build()
        self.reasons.chosen.connect(self._look)
        self.reasons.settled.connect(self._choose)
        self.open_case.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(WHY, "title"))
        layout.addWidget(Label(KEPT, "meta", wrap=True))
        layout.addWidget(FieldRow(_("Why you need it"), self.reasons))
        layout.addStretch(1)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.ask)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.open_case)
        layout.addLayout(foot)
        fit(self, WIDTH)
        self.open_case.setDefault(True)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit()
        self.reject()

    @Slot()
    def _look(self, *_code: object) -> None:
        self.open_case.setEnabled(bool(self.reasons.code()))

    @Slot()
    def _choose(self) -> None:
        code = self.reasons.code()
        if code:
            self.chosen.emit(code)
            self.accept()
