"""The helpline's papers on the screen: made as long work, entered in the read log, then shown."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.line_papers import print_line_paper
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.papers import preview
from kzcase.ui.taking_away import TakingAway
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import LongWork, Work


def print_of_line(work: Work, paper: str, of: str, window: QWidget, **asked: Any) -> LongWork:
    """Make a paper and show it."""
    spoken = language.current()
    return work.long(
        lambda book, _progress: print_line_paper(book, paper, of, spoken, **asked),
        lambda made: preview(work, made, window),
        _("Making the paper"),
        owner=window,
    )


class TakeAlongDialog(QDialog):
    """*Safe to take?* before an information sheet is printed for somebody."""

    def __init__(self, work: Work, sheet: str, window: QWidget) -> None:
        super().__init__(window)
        self._work, self._sheet, self._window = work, sheet, window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Print"), "title", parent=self))
        self.taking = TakingAway(self)
        layout.addWidget(self.taking)
        self.print = Button(_("Print"), kind="primary", icon="printer", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        layout.addLayout(foot(self.cancel, self.print))
        self.taking.answered.connect(self._offer)
        self.print.clicked.connect(self._print)
        self.cancel.clicked.connect(self.reject)
        self.setMinimumWidth(theme.px(480))
        self._offer()

    def _offer(self) -> None:
        self.print.setEnabled(self.taking.may_print)

    def _print(self) -> None:
        asked = {"safe": self.taking.code(), "discreet": self.taking.discreet.isChecked()}
        self.accept()
        print_of_line(self._work, "information_sheet", self._sheet, self._window, **asked)
