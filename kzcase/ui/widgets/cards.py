"""Surfaces: white cards on a grey page, a page that scrolls, banners, and what stands where there is nothing yet."""

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kzcase.i18n import Words, _
from kzcase.ui import icons, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.labels import Label

BannerKind = Literal["info", "ok", "warn", "danger"]
PICTURES: Final[dict[BannerKind, str]] = {
    "info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert",
}  # fmt: skip


def box(layout: QLayout, *, space: int = 0, margin: int = 0) -> None:
    """Spacing and margins of a layout, in lengths at 100 %."""
    layout.setSpacing(theme.px(space))
    layout.setContentsMargins(*(theme.px(margin),) * 4)


def inside(layout: QLayout) -> QWidget:
    """The widget a layout lays out. What goes into the layout is best made inside it: a widget that moves to another
    parent is dressed anew, with everything in it."""
    found = layout.parentWidget()
    assert found is not None
    return found


class Card(Retranslated, QWidget):
    """A white surface with a hairline and, if wanted, a title; put things into `body`."""

    def __init__(self, title: Said | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        self.head = QHBoxLayout()
        self.title = Label(title, "card", wrap=True, parent=self)  # without one it would flash as a window
        self.title.setVisible(title is not None)
        self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout()
        outer.addLayout(self.head)
        outer.addLayout(self.body)
        outer.addStretch(0)
        self.redress()

    def redress(self) -> None:
        outer = self.layout()
        assert outer is not None
        box(outer, space=theme.SPACE_FIELD, margin=theme.SPACE_CARD)
        box(self.body, space=theme.SPACE_FIELD)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget at the end of the card; one with a stretch fills the card's height."""
        self.body.addWidget(widget, stretch)
        outer = self.layout()
        if stretch and isinstance(outer, QVBoxLayout):
            outer.setStretchFactor(self.body, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


class Sheet(QWidget):
    """What scrolls: as high as its matter at the width it has. Qt's own least height is that of the least width,
    far more, and one could scroll into the void under the last line."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        layout = self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class ScrollPage(Retranslated, QScrollArea):
    """A page taller than the window: things go into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = Sheet()
        page.setObjectName("page")
        self.body = QVBoxLayout(page)
        self.setWidget(page)
        self.redress()

    def redress(self) -> None:
        box(self.body, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)


def page_body(page: QWidget) -> QVBoxLayout:
    """The layout of a page that scrolls where the window is lower than what stands in it."""
    outer, scroll = QVBoxLayout(page), ScrollPage(page)
    box(outer)
    outer.addWidget(scroll)
    return scroll.body


class Picture(Retranslated, QWidget):
    """One icon, drawn in a role's colour."""

    def __init__(self, name: str, size: int = 18, role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._role = name, size, role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def redress(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._name, QRectF(self.rect()), self._role)
        painter.end()


class EmptyState(Retranslated, QWidget):
    """Where there is nothing yet: a picture, what that means, and the one next step."""

    def __init__(self, icon: str, sentence: Said, step: Button | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.sentence = Label(sentence, "meta", wrap=True, parent=self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        layout.addStretch(1)
        layout.addWidget(Picture(icon, 40, "muted", self), 0, middle)
        layout.addWidget(self.sentence)  # as wide as the page: one held narrower would be given too little height
        if step is not None:
            layout.addWidget(step, 0, middle)
        layout.addStretch(2)
        self.redress()

    def redress(self) -> None:
        self.sentence.setMinimumWidth(theme.px(360))


class Banner(Retranslated, QWidget):
    """A line across the page that cannot be overlooked: a warning, an error, or that this is a demonstration."""

    closed = Signal()

    def __init__(
        self,
        said: Said,
        kind: BannerKind = "info",
        *,
        action: Button | None = None,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: BannerKind = kind
        self._picture = Picture(PICTURES[kind], 18, kind, self)
        self.sentence = Label(said, wrap=True, parent=self)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture)
        layout.addWidget(self.sentence, 1)
        if action is not None:
            layout.addWidget(action)
        if closable:
            close = Button(_("Close"), kind="quiet", parent=self)
            close.clicked.connect(self._close)
            layout.addWidget(close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.redress()

    def sizeHint(self) -> QSize:
        """As high as its words are at the width it has: a narrow banner has more lines than it would like."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, max(theme.px(theme.ROW_HEIGHT), self.heightForWidth(self.width()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def say(self, said: Said, kind: BannerKind) -> None:
        """Show other words, and show the banner."""
        self._kind = kind
        self._picture.show_picture(PICTURES[kind], kind)
        self.sentence.say(said)
        self.show()
        self.update()

    def redress(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(theme.px(theme.SPACE_FIELD))
        layout.setContentsMargins(*(theme.px(each) for each in (16, 6, 8, 6)))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        painter.end()


DEMONSTRATION: Final[Words] = _("DEMONSTRATION: all people here are invented. Do not enter real data.")


def demonstration_banner(parent: QWidget | None = None) -> Banner:
    """The banner of a demonstration casebook."""
    return Banner(DEMONSTRATION, "warn", parent=parent)
