"""A dialog in which one wish is put together: two columns that scroll, what is wrong above them, one button below."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _
from kzcase.ui import theme
from kzcase.ui.fields import show_refused
from kzcase.ui.messages import banner_error
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work

NARROW: Final = 640
NEEDED: Final = _("Please fill this in.")


def foot(*buttons: QPushButton) -> QHBoxLayout:
    """The buttons of a dialog, at its right end."""
    line = QHBoxLayout()
    box(line, space=theme.SPACE_GROUP)
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line


class WishDialog(BuiltDialog):
    """Put cards into `columns`. `rows` are the fields by name; `places` maps an error's place to one of them."""

    def __init__(
        self, work: Work, title: Words, save: Words, *, shares: tuple[int, int] = (1, 1), parent: QWidget | None = None
    ) -> None:
        super().__init__(work, parent)
        self.setModal(True)
        self.rows: dict[str, FieldRow] = {}
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(title, "title", parent=self))
        self.said = Banner(title, "info", parent=self)
        self.said.hide()
        layout.addWidget(self.said)
        scroll = InnerScroll(self)
        layout.addWidget(scroll, 1)
        self.columns = Columns(shares, narrow=NARROW, parent=inside(scroll.body))
        scroll.body.addWidget(self.columns)
        self.save = Button(save, kind="primary", icon="check", shortcut="Ctrl+S", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self.cancel.clicked.connect(self.reject)
        layout.addLayout(foot(self.cancel, self.save))

    def put(self, left: Iterable[QWidget], right: Iterable[QWidget]) -> Steps:
        """Put cards into the two columns, one a step; they may be made as they come."""
        for side, cards in ((self.columns.left, left), (self.columns.right, right)):
            for card in cards:
                side.addWidget(card)
                yield
            side.addStretch(1)

    def must_have(self, *names: str) -> None:
        """These fields must not be empty; those that are say so."""
        for name in names:
            field = self.rows[name].field
            filled = field.code() if hasattr(field, "code") else field.text().strip()  # type: ignore[attr-defined]
            self.rows[name].set_error(None if filled else NEEDED)

    def first_wrong(self) -> FieldRow | None:
        """The first field that says something is wrong with it."""
        return next((row for row in self.rows.values() if row.error is not None), None)

    def refuse(self, places: Mapping[str, str], error: KzcaseError) -> None:
        """It was not done: say why, at its field where it belongs to one."""
        self.save.setEnabled(True)
        if not show_refused(self.rows, places, error):
            banner_error(self.said, error)
