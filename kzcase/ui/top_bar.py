"""The line at the top of the window: the search that is always there, and the button for a new case."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kzcase.i18n import _
from kzcase.ui import icons, language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.fields import LineEdit

FIND = _("Find by name, phone or case number")
SEARCH_KEYS = "Ctrl+F"


class SearchBox(LineEdit):
    """The box itself: Escape empties it, the arrow down and Enter go to what was found."""

    down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(FIND, max_length=200, parent=parent)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(False)
        self.redress()

    def retranslate(self) -> None:
        keys = QKeySequence(SEARCH_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.setPlaceholderText(f"{language.text(FIND)}   {keys}")
        self.setAccessibleName(language.text(FIND))

    def redress(self) -> None:
        if hasattr(self, "_glass"):
            self._glass.setIcon(icons.icon("search", "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class TopBar(Retranslated, QWidget):
    """Carries `typed` with the text at each key, `chosen` on Enter, `down` for the list under it."""

    typed = Signal(str)
    chosen = Signal()
    down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = SearchBox(self)
        self.box.textEdited.connect(self.typed)
        self.box.returnPressed.connect(self.chosen)
        self.box.down.connect(self.down)
        layout = QHBoxLayout(self)
        layout.addWidget(self.box)
        layout.addStretch(1)
        self.redress()

    @Slot()
    def take_keyboard(self) -> None:
        """Begin to search, whatever was done before."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def redress(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(10))
        self.box.setFixedWidth(theme.px(460))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("card"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hairline"))
        painter.end()
