"""Buttons: at most one filled one on a screen, with picture, words and the shortcut written inside."""

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyleOptionButton, QWidget

from kzcase.ui import icons, language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

Kind = Literal["plain", "primary", "quiet", "danger"]
INK: Final[dict[Kind, str]] = {
    "plain": "text",
    "primary": "on_primary",
    "quiet": "primary",
    "danger": "danger",
}
PICTURE: Final = 18
GAP: Final = 8
PAD: Final = 14


class Button(Retranslated, QPushButton):
    """A button that paints its own inside, because a style sheet glues picture and text together."""

    def __init__(
        self,
        said: Said,
        *,
        kind: Kind = "plain",
        icon: str = "",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = said
        self._kind: Kind = kind
        self._picture = icon
        self._keys = _keys(shortcut) if shortcut else None
        self._widths: tuple[int, int, int] | None = None
        self._least: int | None = None
        self._called = False
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.retranslate()

    def say(self, said: Said) -> None:
        """Show other words."""
        self._said = said
        self.retranslate()

    def words(self) -> str:
        """What is written on it, in the language of the window."""
        return language.text(self._said)

    def set_icon(self, icon: str) -> None:
        """Show another picture of `resources/icons`, or none."""
        self._picture = icon
        self._measure_anew()
        self.update()

    def retranslate(self) -> None:
        words = self.words()
        self.setText(words.replace("&", "&&"))
        if not self._called:
            super().setAccessibleName(words)
        if self._keys is not None:
            self.setShortcut(self._keys)
        self._measure_anew()

    def setAccessibleName(self, name: str) -> None:
        """Whoever names it otherwise than it is written, as by the line it stands in, says that in each language."""
        self._called = True
        super().setAccessibleName(name)

    def redress(self) -> None:
        self._measure_anew()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_anew()
        super().changeEvent(event)

    def _measure_anew(self) -> None:
        """Layouts ask for the size many times over; the words are measured once."""
        self._widths = self._least = None
        self.updateGeometry()

    def _keys_shown(self) -> str:
        if self._keys is None:
            return ""
        return self._keys.toString(self._keys.SequenceFormat.NativeText).replace("Return", "Enter")

    def _inside(self) -> tuple[int, int, int]:
        """Widths of picture, words and shortcut, each with the gap before it."""
        if self._widths is None:
            self._widths = self._measured()
        return self._widths

    def _measured(self) -> tuple[int, int, int]:
        gap = theme.px(GAP)
        words = self.fontMetrics().horizontalAdvance(self.words())
        picture = theme.px(PICTURE) + gap if self._picture else 0
        keys = self._keys_shown()
        return picture, words, _small(keys) + gap if keys else 0

    def sizeHint(self) -> QSize:
        return QSize(sum(self._inside()) + 2 * theme.px(PAD), theme.px(theme.CONTROL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the words stand in two lines; they are never cut."""
        picture, words, keys = self._inside()
        if self._least is None:
            self._least = min(words, self._in_two_lines())
        return QSize(picture + self._least + keys + 2 * theme.px(PAD), theme.px(theme.CONTROL_HEIGHT))

    def _in_two_lines(self) -> int:
        """The least width at which the words fit into two lines of the small size."""
        words, metrics = self.words().split(), QFontMetrics(theme.font("caption"))
        splits = (" ".join(part) for at in range(1, len(words)) for part in (words[:at], words[at:]))
        widths = [metrics.horizontalAdvance(each) for each in splits]
        return min((max(pair) for pair in zip(widths[::2], widths[1::2], strict=True)), default=1 << 14) + 2

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Qt is to paint the button alone; what stands in it is painted here."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_inside(painter)
        if self.hasFocus():
            self._paint_ring(painter)
        painter.end()

    def _paint_inside(self, painter: QPainter) -> None:
        ink = INK[self._kind] if self.isEnabled() else "muted"
        picture, words, keys = self._inside()
        room = self.width() - picture - keys - 2 * theme.px(4)
        left = max((self.width() - picture - words - keys) // 2, theme.px(4))
        middle, size = self.height() / 2, theme.px(PICTURE)
        if self._picture:
            icons.paint(painter, self._picture, QRectF(left, middle - size / 2, size, size), ink)
        painter.setFont(theme.font("label" if words <= room else "caption"))
        painter.setPen(theme.colour(ink))
        place = QRect(left + picture, 0, min(words, room) + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.words())
        if keys:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(ink if self._kind == "primary" else "muted"))
            place = QRect(place.right() - 1 + theme.px(GAP), 0, keys, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._keys_shown())

    def _paint_ring(self, painter: QPainter) -> None:
        colour = theme.colour("on_primary" if self._kind == "primary" else "primary")
        inset = 2.5 if self._kind == "primary" else 1.0
        paint_ring(painter, QRectF(self.rect()), colour, inset)


def _keys(shortcut: str) -> "QKeySequence":
    """The keys of a shortcut. What knows them is loaded for the first button that has some."""
    from PySide6.QtGui import QKeySequence

    return QKeySequence(shortcut)


def _small(keys: str) -> int:
    return QFontMetrics(theme.font("caption")).horizontalAdvance(keys)


def paint_ring(painter: QPainter, where: QRectF, colour: QColor, inset: float = 1.0) -> None:
    """The line that shows where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = max(theme.px(6) - inset, 2)
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), radius, radius)
