"""A page as a picture, on which boxes are drawn over faces and names; what they cover will not be in the copy."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.paper.incoming.door import Box, Picture
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated

LEAST: Final = 0.004
"""A smaller box (share of the page) was a slip of the hand."""
STEP: Final = 0.02


class CoverablePage(Retranslated, QWidget):
    """Shows one page as wide as it is itself. While `covering`, the mouse draws boxes; Backspace takes the last back.

    With the keyboard: Insert or Space puts a box into the middle, arrows move the last one, Shift and arrows size it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[Box] = []
        self.covering = False
        self._image: QImage | None = None
        self._begun: QPointF | None = None
        self._now = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(_("Page of the attachment")))

    def show_picture(self, picture: Picture, boxes: list[Box]) -> None:
        """Show a page with the boxes drawn on it so far; the list is filled further."""
        layout = QImage.Format.Format_RGB888
        self._image = QImage(picture.rows, picture.width, picture.height, 3 * picture.width, layout).copy()
        self.boxes, self._begun = boxes, None
        self.setFixedSize(self.sizeHint())
        self.update()

    def clear(self) -> None:
        """Show nothing, and hold nothing."""
        self._image, self.boxes = None, []
        self.update()

    def sizeHint(self) -> QSize:
        return self._image.size() / self.devicePixelRatioF() if self._image else QSize(theme.px(600), theme.px(400))

    def take_back(self) -> None:
        """Without the last box."""
        if self.boxes:
            self.boxes.pop()
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.covering and event.button() == Qt.MouseButton.LeftButton:
            self._begun = self._now = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._begun is not None:
            self._now = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._begun is not None:
            drawn = QRectF(self._begun, self._now).normalized() & QRectF(self.rect())
            self._begun = None
            self._add(self._share(drawn))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {
            Qt.Key.Key_Left: (-STEP, 0.0),
            Qt.Key.Key_Right: (STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -STEP),
            Qt.Key.Key_Down: (0.0, STEP),
        }
        key = Qt.Key(event.key())
        if not self.covering:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.take_back()
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Space):
            self._add((0.4, 0.4, 0.6, 0.6))
        elif key in arrows and self.boxes:
            self._move(*arrows[key], sizing=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _move(self, right: float, down: float, *, sizing: bool) -> None:
        left, top, far, low = self.boxes[-1]
        if sizing:
            far, low = (min(max(end, near + STEP), 1.0) for end, near in ((far + right, left), (low + down, top)))
        else:  # up to the very edge, so that nothing beside it stays open
            right, down = min(max(right, -left), 1 - far), min(max(down, -top), 1 - low)
            left, top, far, low = left + right, top + down, far + right, low + down
        self.boxes[-1] = (left, top, far, low)
        self._tell()

    def _share(self, drawn: QRectF) -> Box:
        width, height = max(self.width(), 1), max(self.height(), 1)
        return (drawn.left() / width, drawn.top() / height, drawn.right() / width, drawn.bottom() / height)

    def _add(self, box: Box) -> None:
        if box[2] - box[0] > LEAST and box[3] - box[1] > LEAST:
            self.boxes.append(box)
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), theme.colour("card"))
        else:
            painter.drawImage(self.rect(), self._image)
        for left, top, right, bottom in self.boxes:
            across, down = self.width(), self.height()
            covered = QRectF(QPointF(left * across, top * down), QPointF(right * across, bottom * down))
            painter.fillRect(covered, QColor("black"))
        if self._begun is not None:
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.drawRect(QRectF(self._begun, self._now).normalized())
        painter.end()
