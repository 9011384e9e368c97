"""The dark rail on the left: where one can go, and how much waits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kzcase.ui import icons, language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.buttons import paint_ring
from kzcase.ui.widgets.tips import plain_tip

ENTRY_HEIGHT: Final = 38
LEAST_HEIGHT: Final = 22
"""Where the window is lower than all entries are high, as with large letters: they move together, and never overlap."""
NARROW_WIDTH: Final = 58


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One place to go: its key, its words and its picture. Foot entries that only act are not `place`s."""

    key: str
    words: Label
    icon: str
    place: bool = True


class RailButton(Retranslated, QPushButton):
    """One line of the rail."""

    def __init__(self, entry: NavEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.count = 0
        self.narrow = False
        self.setCheckable(entry.place)
        self.toggled.connect(self._take_or_leave_tab)
        self._take_or_leave_tab(not entry.place)
        self.setObjectName("rail")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.retranslate()

    @Slot(bool)
    def _take_or_leave_tab(self, lit: bool) -> None:
        """Tab stops once at the rail, at the place one is at; arrow keys walk along it."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lit else Qt.FocusPolicy.ClickFocus)

    def retranslate(self) -> None:
        words = language.text(self.entry.words)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{words} ({self.count})" if self.count else words)
        self.setToolTip(plain_tip(self.accessibleName() if self.narrow else ""))

    def redress(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = NARROW_WIDTH if self.narrow else theme.RAIL_WIDTH
        return QSize(theme.px(width - 16), theme.px(ENTRY_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), theme.px(LEAST_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.underMouse() or self.isDown()
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("nav_active"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._paint_inside(painter, "on_nav_active" if self.isChecked() else "on_nav")
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.colour("on_nav"))
        painter.end()

    def _paint_inside(self, painter: QPainter, ink: str) -> None:
        size, pad = theme.px(18), theme.px(12)
        icons.paint(painter, self.entry.icon, QRectF(pad, (self.height() - size) / 2, size, size), ink)
        if self.narrow:
            return
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour(ink))
        left = pad + size + theme.px(10)
        counter = str(self.count) if self.count else ""
        room = painter.fontMetrics().horizontalAdvance(counter) + pad if counter else theme.px(8)
        place = QRect(left, 0, self.width() - left - room - theme.px(4), self.height())
        words = language.text(self.entry.words)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(theme.font("chip"))
        end = QRect(0, 0, self.width() - pad, self.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, counter)


class NavRail(Retranslated, QWidget):
    """The rail: places above, settings and lock at the foot. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[NavEntry], foot: Sequence[NavEntry] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons = {entry.key: RailButton(entry, self) for entry in (*entries, *foot)}
        self._group = QButtonGroup(self)
        self._narrow = False
        self._layout = QVBoxLayout(self)
        for entry in entries:
            self._place(entry)
        self._layout.addStretch(1)
        for entry in foot:
            self._place(entry)
        self.redress()

    def _place(self, entry: NavEntry) -> None:
        button = self._buttons[entry.key]
        if entry.place:
            self._group.addButton(button)
        button.clicked.connect(lambda _checked=False, key=entry.key: self.chosen.emit(key))
        self._layout.addWidget(button)

    def select(self, key: str) -> None:
        """Light up a place, without telling anybody. If the keyboard is in the rail, it goes along."""
        self._buttons[key].setChecked(True)
        if any(button.hasFocus() for button in self._buttons.values()):
            self.take_keyboard()

    @Slot()
    def take_keyboard(self) -> None:
        """The keyboard comes to the place that is lit up."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_count(self, key: str, count: int) -> None:
        """How much waits at a place; 0 shows nothing."""
        self._buttons[key].count = count
        self._buttons[key].retranslate()
        self._buttons[key].update()

    def set_available(self, key: str, available: bool) -> None:
        """Show or hide a place the person's roles do not open."""
        self._buttons[key].setVisible(available)

    def set_narrow(self, narrow: bool) -> None:
        """Pictures only (their words as tool tips), for narrow windows and large letters."""
        if narrow != self._narrow:
            self._narrow = narrow
            for button in self._buttons.values():
                button.narrow = narrow
                button.retranslate()
                button.updateGeometry()
            self.redress()

    def redress(self) -> None:
        self.setFixedWidth(theme.px(NARROW_WIDTH if self._narrow else theme.RAIL_WIDTH))
        self._layout.setSpacing(theme.px(2))
        self._layout.setContentsMargins(theme.px(8), theme.px(60), theme.px(8), theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("nav"))
        painter.setFont(theme.font("title"))
        painter.setPen(theme.colour("on_nav_active"))
        left = theme.px(18 if self._narrow else 20)
        head = QRect(left, theme.px(14), self.width() - left, theme.px(32))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, "kz" if self._narrow else "kzcase")
        painter.end()
