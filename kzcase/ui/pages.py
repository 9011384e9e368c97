"""Pages and large dialogs: built in slices, when they are wanted or while nobody waits, and shown when they stand."""

from typing import Final

import shiboken6
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from kzcase.ui.language import Retranslated
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card
from kzcase.ui.work import Work

AT_ONCE: Final = 20
"""So many widgets are dressed in one step."""


class Page(Retranslated, QWidget):
    """`built` comes when all of the page is there. Until then nobody sees it."""

    built = Signal()

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

    def stands(self) -> None:
        """All of the page is there: show what was asked for meanwhile."""


class BuiltDialog(QDialog):
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


def dressed(widget: QWidget, steps: Steps) -> Steps:
    """Build a widget, then dress it and lay it out before anybody sees it, so that showing it is quick."""
    yield from steps
    yield
    for number, each in enumerate([widget, *widget.findChildren(QWidget)]):
        each.ensurePolished()
        if number % AT_ONCE == 0:
            yield
    parent = widget.parentWidget()
    if parent is not None and not widget.isWindow():
        widget.resize(parent.size())
    widget.grab(QRect(0, 0, 1, 1))  # how Qt lays out what is hidden; nearly nothing is painted
    yield


def taken_apart(page: QWidget) -> Steps:
    """Let go of a page nobody sees any more, card by card."""
    page.hide()
    for card in reversed(page.findChildren(Card)):
        if shiboken6.isValid(card):
            card.deleteLater()
            yield
    if shiboken6.isValid(page):
        page.deleteLater()
        yield
