"""The line at the foot of the window: who works, that the casebook is encrypted, the language, and the lock."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import Words, _, verbatim
from kzcase.ui import theme
from kzcase.ui.language import Retranslated
from kzcase.ui.office import Office, joined
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Picture
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.languages import LanguageRow
from kzcase.ui.widgets.tips import plain_tip

ENCRYPTED = _("Encrypted")
LOCK_KEYS = "Ctrl+Shift+L"
WIDE = 1250


class StatusLine(Retranslated, QWidget):
    """Signals `language_chosen` with the language, `lock_wanted`."""

    language_chosen = Signal(str)
    lock_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.who = Label(None, "caption", parent=self)
        self.said = Label(None, "caption", parent=self)
        self.languages = LanguageRow(self)
        self.lock = Button(_("Lock"), kind="quiet", icon="lock", shortcut=LOCK_KEYS, parent=self)
        self.languages.chosen.connect(self.language_chosen)
        self.lock.clicked.connect(self.lock_wanted)
        layout = QHBoxLayout(self)
        shield, encrypted = Picture("shield-check", 16, "ok", self), Label(ENCRYPTED, "caption", parent=self)
        for widget in (Picture("user", 16, parent=self), self.who, shield, encrypted):
            layout.addWidget(widget)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.languages)
        layout.addWidget(self.lock)
        self.retranslate()
        self.redress()

    def say(self, words: Words | None) -> None:
        """A short word about what was just done."""
        self.said.say(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.retranslate()

    def retranslate(self) -> None:
        """Who works here; the roles too where there is room, else when the mouse asks."""
        name = self._office.colleague
        roles = joined(self._office.said("role", each) for each in sorted(self._office.held_roles))
        wide = self.width() >= theme.px(WIDE)
        self.who.say(verbatim(f"{name}  ·  {roles}" if wide else name))
        self.who.setToolTip(plain_tip("" if wide else roles))

    def redress(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(theme.px(theme.SPACE_GROUP))
        layout.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
        self.setFixedHeight(theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("card"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("hairline"))
        painter.end()
