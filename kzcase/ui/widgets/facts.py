"""What is known, as label and value under each other; values can be selected, and nothing is taken for markup."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kzcase.ui import theme
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.labels import Label, Selectable


class FactList(Retranslated, QWidget):
    """Two columns: grey labels, at most so wide at 100 %, and what stands for them."""

    def __init__(self, parent: QWidget | None = None, *, labels: int = 160) -> None:
        super().__init__(parent)
        self._labels = labels
        self._shown: list[Label] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.redress()

    def redress(self) -> None:
        self._grid.setHorizontalSpacing(theme.px(theme.SPACE_CARD))
        self._grid.setVerticalSpacing(theme.px(theme.SPACE_GROUP))
        self._grid.setColumnMinimumWidth(0, theme.px(self._labels))
        for said in self._shown:
            said.setFixedWidth(theme.px(self._labels))  # Qt counts lines at another width where columns share one

    def show_facts(self, facts: Sequence[tuple[Said, Said]]) -> None:
        """Show these facts in place of those there were."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._shown.clear()
        for line, (label, value) in enumerate(facts):
            said = Label(label, "meta", wrap=True, parent=self)
            self._shown.append(said)
            shown = Selectable(value, parent=self)
            shown.setWordWrap(True)
            self._grid.addWidget(said, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignTop)
        self.redress()
