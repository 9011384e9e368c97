"""Pages and large dialogs: built in slices, when they are wanted or while nobody waits, and shown when they stand."""

from collections.abc import Iterator
from typing import ClassVar, Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.ui import language
from kzcase.ui.drafts import DraftingDialog
from kzcase.ui.language import Retranslated
from kzcase.ui.reading_order import follow_layout
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card
from kzcase.ui.work import Work

AT_ONCE: Final = 10
"""So many widgets are dressed in one step."""


class Page(Retranslated, QWidget):
    """`built` comes when all of the page is there. Until then nobody sees it."""

    built = Signal()
    frame: ClassVar = False
    """Whether other pages stand in it: what is around them is told another language at once."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.ready = False

    def build(self, steps: Steps) -> None:
        """Build the page by these steps; called once, at the end of its making."""
        self._work.slices.do(dressed(self, steps), self, self._all_built, later=True)

    def _all_built(self) -> None:
        self.ready = True
        self.stands()
        self.built.emit()

    def event(self, event: QEvent) -> bool:
        """Another language: a page is told it widget by widget, where that may be."""
        if event.type() is QEvent.Type.LanguageChange and not self.frame and language.told_later(self):
            return True
        return super().event(event)

    def stands(self) -> None:
        """All of the page is there: show what was asked for meanwhile."""


class BuiltDialog(DraftingDialog):
    """A dialog built in slices; `open` shows it when all of it is there. It is gone when it is closed."""

    built = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.ready = False
        self._opening = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")

    def build(self, steps: Steps) -> None:
        """Build the dialog by these steps; called once, at the end of its making."""
        self._work.slices.do(dressed(self, steps), self, self._all_built)

    def _all_built(self) -> None:
        self.ready = True
        self.built.emit()
        if self._opening:
            super().open()

    def open(self) -> None:
        self._opening = True
        if self.ready:
            super().open()


def put(layout: QVBoxLayout, cards: Iterator[QWidget]) -> Steps:
    """Put cards under each other, one a step."""
    for card in cards:
        layout.addWidget(card)
        yield
    layout.addStretch(1)


def dressed(widget: QWidget, steps: Steps) -> Steps:
    """Build a widget, then dress it and lay it out before anybody sees it, so that showing it is quick."""
    yield from steps
    yield
    within = [widget, *widget.findChildren(QWidget)]
    for number, each in enumerate(within):
        if shiboken6.isValid(each):
            each.ensurePolished()
        if number % AT_ONCE == 0:
            yield
    yield from follow_layout(widget)
    parent = widget.parentWidget()
    if parent is not None and not widget.isWindow():
        widget.resize(parent.size())
    for each in within:
        if shiboken6.isValid(each):
            _lay_out(each)
        yield
    widget.grab(QRect(0, 0, 1, 1))  # how Qt lays out what is still to be; nearly nothing is painted
    yield


def _lay_out(widget: QWidget) -> None:
    """What Qt does with everything hidden at once when it is shown, for one widget: those around it come first."""
    layout = widget.layout()
    if layout is not None:
        layout.activate()
    waiting = Qt.WidgetAttribute.WA_PendingResizeEvent
    if widget.testAttribute(waiting) and not widget.isWindow():
        widget.setAttribute(waiting, False)
        QCoreApplication.sendEvent(widget, QResizeEvent(widget.size(), QSize()))


def taken_apart(page: QWidget) -> Steps:
    """Let go of a page nobody sees any more, card by card, then the pages in it, then what else it is made of."""
    page.hide()
    beside = page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for part in (*reversed(page.findChildren(Card)), *reversed(page.findChildren(Page)), *reversed(beside), page):
        if shiboken6.isValid(part):
            part.deleteLater()
            yield
