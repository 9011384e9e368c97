"""The field for a passphrase: hidden until asked, never kept, never in an undo list."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from kzcase.i18n import _
from kzcase.ui import icons, language
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.fields import LineEdit

IN_A_FIELD = (16, 32)
"""The sizes Qt takes for a picture in a field, on a screen of 96 points an inch: not all are drawn at every start."""
SHOW = _("Show the passphrase")
HIDE = _("Hide the passphrase")


class PassphraseEdit(LineEdit):
    """One line of dots with an eye; `take()` gives what was typed and empties the field."""

    _eye: QAction | None = None

    def __init__(self, placeholder: Said | None = None, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, max_length=1024, parent=parent)
        self._eye = eye = QAction(self)
        eye.setCheckable(True)
        eye.toggled.connect(self._look)
        self.addAction(eye, QLineEdit.ActionPosition.TrailingPosition)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        )
        self._look(False)

    def take(self) -> str:
        """What was typed; the field is empty and hidden afterwards."""
        typed = self.text()
        self.clear()
        if self._eye is not None:
            self._eye.setChecked(False)
        return typed

    def reveal(self) -> None:
        """Show what stands in the field: it was suggested, and has to be written down."""
        if self._eye is not None:
            self._eye.setChecked(True)

    @Slot(bool)
    def _look(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.retranslate()
        self.redress()

    def retranslate(self) -> None:
        super().retranslate()
        if self._eye is not None:
            self._eye.setText(language.text(HIDE if self._eye.isChecked() else SHOW))

    def redress(self) -> None:
        if self._eye is not None:
            sizes = IN_A_FIELD if self.devicePixelRatioF() == 1.0 else icons.SIZES
            self._eye.setIcon(icons.icon("eye-off" if self._eye.isChecked() else "eye", "muted", sizes))
