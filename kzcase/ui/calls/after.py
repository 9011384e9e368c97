"""What can follow a call that was saved: a case, a signal, a call-back, or taking it back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import _
from kzcase.ui import theme
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box


class After(QWidget):
    """Four buttons; none takes the keyboard away from the next call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = _("Open a case from this call")
        self.new_case = Button(words, icon="folder-plus", shortcut="F10", parent=self)
        self.signal = Button(_("Signal of a crime"), icon="send", shortcut="F11", parent=self)
        self.call_back = Button(_("Promise a call-back"), icon="phone", shortcut="F12", parent=self)
        self.take_back = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self)
        line = QHBoxLayout(self)
        box(line, space=theme.SPACE_GROUP)
        for button in (self.new_case, self.signal, self.call_back, self.take_back):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line.addWidget(button)
        line.addStretch(1)
