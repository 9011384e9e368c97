"""Why a cell of a table has no answer, by mouse and by touch: one button under the lines, for the cell in use."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.ui.forms.cell import CellView
from kzcase.ui.forms.reasons import REASON_KEY
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.tips import plain_tip

NO_ANSWER_HERE: Final = _("No answer in this cell")


class OpenCell(Button):
    """Offers the reasons. It takes no keyboard: the cell keeps it, and F4 does the same there."""

    def __init__(self, cells: Callable[[], Iterable[CellView]], parent: QWidget | None = None) -> None:
        super().__init__(NO_ANSWER_HERE, kind="quiet", parent=parent)
        self._cells = cells
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(plain_tip(REASON_KEY))
        self.clicked.connect(self._offer)
        self.hide()

    @Slot()
    def _offer(self) -> None:
        """For the cell in which the keyboard is; before any was touched, for the first."""
        asked = [view for view in self._cells() if view.takes_answer]
        here = self.window().focusWidget()
        held = [view for view in asked if here is not None and view.isAncestorOf(here)]
        for current in (held or asked)[:1]:
            current.setFocus(Qt.FocusReason.OtherFocusReason)
            current.choose_reason()
