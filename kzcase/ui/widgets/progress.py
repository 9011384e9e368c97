"""Long work over a page: what is going on, how far it is, and a way out; short work never shows it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import LongWork

AFTER_MS: Final = 300


class ProgressOverlay(Retranslated, QWidget):
    """Covers its parent while a `LongWork` it follows goes on for more than 300 ms. Escape cancels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._work: LongWork | None = None
        self.title = Label(None, "card", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.count = Label(None, "caption")
        self.cancel = Button(_("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self._build()
        self.hide()
        parent.installEventFilter(self)

    def _build(self) -> None:
        card = Card()
        card.setMinimumWidth(theme.px(380))
        card.add(self.title)
        card.add(self.bar)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.cancel)
        card.body.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    @Slot(object)
    def follow(self, work: LongWork) -> None:
        """Show this work from now on; connect `Work.long_started` here."""
        self._work = work
        self._named()
        self.cancel.setEnabled(True)
        work.called.connect(self._named)
        work.progressed.connect(self._progressed)
        work.finished.connect(self._finished)
        self._timer.start()

    @Slot()
    def _named(self) -> None:
        """What is done now, and nobody knows yet how far it is."""
        if self._work is not None:
            self.title.say(self._work.title)
            self.bar.setAccessibleName(language.text(self._work.title))
            self.bar.setRange(0, 0)
            self.count.say(_("Stopping …") if self._work.cancelled else None)

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.count.say(_("{done} of {total}", done=done, total=total))

    @Slot()
    def _finished(self) -> None:
        if self.sender() is self._work:
            self._work = None
            self._timer.stop()
            self.hide()

    @Slot()
    def _appear(self) -> None:
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _cancel(self) -> None:
        if self._work is not None:
            self.cancel.setEnabled(False)
            self.count.say(_("Stopping …"))
            self._work.cancel()

    def retranslate(self) -> None:
        if self._work is not None:
            self.bar.setAccessibleName(language.text(self._work.title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = QColor(theme.colour("nav"))
        veil.setAlpha(110)
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), veil)
        painter.end()
