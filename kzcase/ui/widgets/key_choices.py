"""One of a few choices, each with a letter of the keyboard shown on it: one key chooses and goes on."""

from collections.abc import Sequence
from typing import Final

import shiboken6
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.buttons import paint_ring
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.flow import FlowRow

LATIN: Final = "ASDFGHJKLQWERTYUIOP"
CYRILLIC: Final = "ФЫВАПРОЛДЙЦУКЕНГШЩЗ"
"""The same keys, the home row first. Latin and Cyrillic letters look alike but never are the same sign, so both
are taken whatever the keyboard layout; the Kazakh, Russian and English layouts agree on these keys."""
HEIGHT: Final = 34
PAD: Final = 10
BADGE: Final = 20
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def key_shown(place: int) -> str:
    """The letter written on the choice at a place; none where the letters are used up."""
    letters = LATIN if language.current() == "en" else CYRILLIC
    return letters[place] if place < len(letters) else ""


def place_of_key(text: str) -> int:
    """Which choice a typed letter means, or -1."""
    sign = text.upper()
    return max(LATIN.find(sign), CYRILLIC.find(sign)) if len(sign) == 1 else -1


class KeyChoice(Retranslated, QPushButton):
    """One choice with its letter."""

    def __init__(self, place: int, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        self._place = place
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def retranslate(self) -> None:
        words = language.text(self.choice.words)
        self.setText(words.replace("&", "&&"))
        letter = key_shown(self._place)
        self.setAccessibleName(f"{words} ({letter})" if letter else words)
        self.updateGeometry()

    def redress(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font("label")).horizontalAdvance(language.text(self.choice.words))
        badge = theme.px(BADGE) + theme.px(6) if key_shown(self._place) else 0
        return QSize(words + badge + 2 * theme.px(PAD), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, lit = self.isChecked(), self.underMouse() and self.isEnabled()
        painter.setPen(QPen(theme.colour("primary" if chosen else "outline"), 1.0))
        painter.setBrush(theme.colour("primary" if chosen else "hover" if lit else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        ink = "on_primary" if chosen else "text" if self.isEnabled() else "muted"
        self._paint_inside(painter, ink)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.colour("on_primary" if chosen else "primary"), 2.5)
        painter.end()

    def _paint_inside(self, painter: QPainter, ink: str) -> None:
        left, letter = theme.px(PAD), key_shown(self._place)
        if letter:
            size = theme.px(BADGE)
            badge = QRectF(left, (self.height() - size) / 2, size, size)
            painter.setPen(QPen(theme.colour(ink if self.isChecked() else "outline"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(badge, 4, 4)
            painter.setFont(theme.font("chip"))
            painter.setPen(theme.colour(ink))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, letter)
            left += size + theme.px(6)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour(ink))
        place = QRect(left, 0, self.width() - left - theme.px(4), self.height())
        said = language.text(self.choice.words)
        shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class KeyChoices(Retranslated, FlowRow):
    """One code of a short list, or none. A letter chooses and asks to go on; arrows walk, the space bar chooses.

    `chosen` carries the code when a person chose it ("" when they took it back), `settled` says that the person is
    done here: a letter was pressed. Tab stops once: at what is chosen, else at the first.
    """

    chosen = Signal(str)
    settled = Signal()

    def __init__(self, choices: Sequence[Choice], *, name: Label | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = name
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # so that a choice can be taken back
        self.buttons: tuple[KeyChoice, ...] = ()
        self._stop: KeyChoice | None = None
        self._put(choices)
        self.retranslate()

    def _put(self, choices: Sequence[Choice]) -> None:
        self.clear()
        self.buttons = tuple(KeyChoice(place, choice, self) for place, choice in enumerate(choices))
        for button in self.buttons:
            self._group.addButton(button)
            self.add(button)
            button.clicked.connect(lambda _checked=False, one=button: self._clicked(one))
        self._give_tab()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the code stays chosen where the new list has it."""
        if tuple(choices) != tuple(button.choice for button in self.buttons):
            kept = self.code()
            self._put(choices)
            self.set_code(kept)
            self.retranslate()

    def code(self) -> str | None:
        """The code chosen, or None."""
        return next((button.choice.code for button in self.buttons if button.isChecked()), None)

    def set_code(self, code: str | None) -> None:
        """Choose a code, or none, without telling anybody."""
        for button in self.buttons:
            button.setChecked(button.choice.code == code)
        self._give_tab()

    def retranslate(self) -> None:
        if self._name is not None:
            self.setAccessibleName(language.text(self._name))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for button in self.buttons:
            button.setAccessibleDescription(name)

    def _give_tab(self) -> None:
        stop = next(
            (button for button in self.buttons if button.isChecked()), self.buttons[0] if self.buttons else None
        )
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self._come_after(stop)
            self.setFocusProxy(stop)

    def _come_after(self, stop: KeyChoice) -> None:
        """Where Tab stopped it stops from now on too: else what stands below would be passed over."""
        before, self._stop = self._stop, stop
        if before is not None and before is not stop and shiboken6.isValid(before):
            QWidget.setTabOrder(before, stop)

    def _clicked(self, one: KeyChoice) -> None:
        for button in self.buttons:
            if button is not one:
                button.setChecked(False)
        self._give_tab()
        self.chosen.emit(self.code() or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = place_of_key(event.text()) if not event.modifiers() & _COMMANDS else -1
        if 0 <= place < len(self.buttons):
            self._take(self.buttons[place])
            self.settled.emit()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._walk(1 if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.code():
            self.set_code(None)
            self.chosen.emit("")
        else:
            super().keyPressEvent(event)

    def _take(self, button: KeyChoice) -> None:
        if not button.isChecked():
            button.setChecked(True)
            self._clicked(button)

    def _walk(self, step: int) -> None:
        now = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
        following = self.buttons[(now + step) % len(self.buttons)]
        following.setFocus(Qt.FocusReason.OtherFocusReason)


class KeyMany(KeyChoices):
    """Several codes of a short list: a letter ticks one or takes its tick away. `changed` after every change."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice], *, name: Label | None = None, parent: QWidget | None = None) -> None:
        super().__init__(choices, name=name, parent=parent)
        self.chosen.connect(lambda _code: self.changed.emit())

    def codes(self) -> tuple[str, ...]:
        """The codes ticked, in the order of the list."""
        return tuple(button.choice.code for button in self.buttons if button.isChecked())

    def set_codes(self, codes: Sequence[str]) -> None:
        """Tick exactly these, without telling anybody."""
        for button in self.buttons:
            button.setChecked(button.choice.code in codes)

    def _clicked(self, one: KeyChoice) -> None:
        self.chosen.emit(one.choice.code)

    def _take(self, button: KeyChoice) -> None:
        button.setChecked(not button.isChecked())
        self._clicked(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = place_of_key(event.text()) if not event.modifiers() & _COMMANDS else -1
        if 0 <= place < len(self.buttons):
            self._take(self.buttons[place])
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            QWidget.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)
