"""A small dialog of a few named fields: what is wrong stands at the field, Escape changes nothing and loses nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _
from kzcase.ui import theme
from kzcase.ui.drafts import DraftingDialog
from kzcase.ui.fields import lay_out, show_refused, value_of
from kzcase.ui.fitting import fit
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.messages import banner_error
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

NEEDED: Final = _("Please fill this in.")
WIDTH: Final = 520


class FormDialog(KeptFields, DraftingDialog):
    """`act(book, values)` is performed with the texts of the fields by name; then `done_well` and the dialog closes.

    `needed` names the fields that must not be empty; `places` maps the beginning of an error's place to a field;
    `draft` is the place where what is typed is kept (`kzcase.ui.drafts`); without one it is not kept.
    """

    done_well = Signal(object)

    def __init__(
        self,
        work: Work,
        title: Words,
        rows: Mapping[str, FieldRow],
        lines: Iterable[Iterable[str]],
        save: Words,
        act: Callable[[Any, Mapping[str, str]], Done],
        *,
        needed: Iterable[str] = (),
        places: Mapping[str, str] | None = None,
        hint: Words | None = None,
        draft: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._act = work, act
        self._needed, self._places = tuple(needed), places or {name: name for name in rows}
        self.rows = dict(rows)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said = Banner(title, "info")
        self.said.hide()
        self.save = Button(save, kind="primary", icon="check", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._build(title, hint, lines)
        next(iter(self.rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        if draft:
            self.keep_typing(work, draft, {name: row.field for name, row in self.rows.items()})

    def _build(self, title: Words, hint: Words | None, lines: Iterable[Iterable[str]]) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(title, "title", wrap=True))
        if hint is not None:
            layout.addWidget(Label(hint, "meta", wrap=True))
        layout.addWidget(self.said)
        surface = Card()
        lay_out(surface, self.rows, lines)
        scroll = InnerScroll(self)
        scroll.body.addWidget(surface)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot(self.cancel, self.save))
        self.setWindowTitle("kzcase")
        self.setMinimumWidth(theme.px(WIDTH))
        fit(self, scroll)

    def values(self) -> dict[str, str]:
        """The texts of the fields by name."""
        return {name: value_of(row.field).strip() for name, row in self.rows.items()}

    @Slot()
    def _save(self) -> None:
        values = self.values()
        for name, row in self.rows.items():
            if name in self._needed and not values[name]:
                row.set_error(NEEDED)
            elif not getattr(row.field, "wrong", False):
                row.set_error(None)
        wrong = next((row for row in self.rows.values() if row.error is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.setEnabled(False)
        self._work.do(lambda book: self._act(book, values), self._saved, self._refused, owner=self)

    def _saved(self, done: Done) -> None:
        self.done_well.emit(done)
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        if not show_refused(self.rows, self._places, error):
            banner_error(self.said, error)
