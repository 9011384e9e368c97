"""A paper the person may take along: in which language it is printed, and whether it is safe to take."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.i18n import LANGUAGE_NAMES, Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.taking_away import TakingAway
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import NEEDED, foot

NAMES: Final[Mapping[str, str]] = {
    **{str(code): name for code, name in LANGUAGE_NAMES.items()},
    **{"uz": "Oʻzbekcha", "uz-Cyrl": "Ўзбекча", "ky": "Кыргызча", "tg": "Тоҷикӣ"},
}
"""The languages of papers, each in its own words."""

Wanted = Callable[[str, str, bool], WantedPaper]
"""Language, the answer to *safe to take?*, and whether discreet: the paper that is wanted then."""


class TakeAlong(QDialog):
    """Asks, and then lets the paper be made by `then`; where it is not safe nothing is printed."""

    def __init__(
        self,
        title: Words,
        languages: Sequence[str],
        wanted: Wanted,
        then: Callable[[WantedPaper], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self._wanted, self._then = wanted, then
        self.language = CodeCombo([Choice(each, verbatim(NAMES.get(each, each))) for each in languages], blank=None)
        self.language.set_code(language.current())
        self.row = FieldRow(_("Language of the paper"), self.language, parent=self)
        self.taking = TakingAway(self)
        self.print = Button(_("Print"), kind="primary", icon="printer", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self.cancel.clicked.connect(self.reject)
        self.print.clicked.connect(self._print)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        for widget in (Label(title, "title", parent=self), self.row, self.taking):
            layout.addWidget(widget)
        layout.addLayout(foot(self.cancel, self.print))
        self.setMinimumWidth(theme.px(440))

    @Slot()
    def _print(self) -> None:
        self.taking.row.set_error(None if self.taking.code() else NEEDED)
        if not self.taking.code():
            return
        wish = self._wanted(self.language.code() or "kk", self.taking.code(), self.taking.discreet.isChecked())
        may = self.taking.may_print
        self.accept()
        if may:
            self._then(wish)
