"""Codes one can choose from, and the lines of a list of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kzcase.domain.codes import Code
from kzcase.ui import language
from kzcase.ui.language import Label

CODE: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a list and what it is called."""

    code: str
    words: Label


def choices_of(codes: Iterable[Code]) -> tuple[Choice, ...]:
    """The codes of a list as choices, in its order."""
    return tuple(Choice(code.code, code) for code in codes)


class ChoiceRows(QAbstractListModel):
    """The lines of a drop-down list, said in the language of the moment: nothing is copied, nothing said anew."""

    def __init__(self, choices: Sequence[Choice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = tuple(choices)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Other lines in place of those there were."""
        self.beginResetModel()
        self.choices = tuple(choices)
        self.endResetModel()

    def place_of(self, code: str) -> int:
        """Where a code stands, or -1."""
        return next((place for place, choice in enumerate(self.choices) if choice.code == code), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice, asked = self.choices[index.row()], int(role)
        if asked in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return language.text(choice.words)
        return choice.code if asked == CODE else None

    def retranslate(self) -> None:
        """The language has changed."""
        if self.choices:
            self.dataChanged.emit(self.index(0), self.index(len(self.choices) - 1))
