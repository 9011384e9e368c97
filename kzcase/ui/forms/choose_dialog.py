"""Choosing a form for a case: what comes next stands first, everything else by its moment, found by typing."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.client_papers import NAMELESS
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _
from kzcase.queries.case_page import case_page
from kzcase.ui import language, theme
from kzcase.ui.forms.forms_list import FormsList
from kzcase.ui.forms.known import SUGGESTED, KnownForm, found_by, grouped, read_known, suggested
from kzcase.ui.messages import banner_error
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

TITLE: Final = _("Choose a form")
FIND: Final = _("Find a form")
NONE_FOUND: Final = _("No form is called like that. Try one word of its name.")
WALK: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Offer:
    """The forms there are, the kind of the case, and the forms that were filled in for it."""

    forms: tuple[KnownForm, ...]
    kind: str | None
    done: frozenset[str]


def read_offer(reader: Any, case: str) -> Offer:
    """What can be filled in for a case, asked off the window's thread."""
    page = case_page(reader, case)
    forms = tuple(each for each in read_known(reader) if each.id not in NAMELESS)
    return Offer(forms, page.kind, frozenset(sheet.form_id for sheet in page.sheets))


class ChooseFormDialog(BuiltDialog):
    """`chosen` carries the id of the form; typing finds, the arrows walk, Enter opens."""

    chosen = Signal(str)

    def __init__(self, work: Work, case: str, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._case = case
        self.offer: Offer | None = None
        self.setModal(True)
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        self.search = LineEdit(_("Find by a word of its name"), parent=self)
        self.every = Check(_("Also forms for other kinds of case"), parent=self)
        self.told = Banner(TITLE, "info", parent=self)
        self.told.hide()
        for widget in (Label(TITLE, "title", parent=self), self.search, self.told):
            layout.addWidget(widget)
        yield
        self.list = FormsList(_("Forms"), self._mark, self)
        layout.addWidget(self.list, 1)
        self.about = Label(None, "meta", wrap=True, parent=self)
        self.about.setMinimumHeight(theme.px(40))
        layout.addWidget(self.about)
        yield
        self.fill = Button(_("Fill in"), kind="primary", icon="pencil", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        line = foot(self.cancel, self.fill)
        line.insertWidget(0, self.every, 3)
        layout.addLayout(line)
        self.resize(theme.px(720), theme.px(640))
        self._connect()
        yield
        case = self._case
        self._work.ask(lambda reader: read_offer(reader, case), self._take, self._refused, owner=self)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._choose)
        self.every.toggled.connect(self._show)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._choose)
        self.fill.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.search.setAccessibleName(language.text(FIND))
        self.fill.setEnabled(False)
        self.fill.setDefault(True)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, form: KnownForm) -> Any:
        done = self.offer is not None and form.id in self.offer.done
        return (_("filled in before"), "neutral") if done else None

    def _take(self, offer: Offer) -> None:
        self.offer = offer
        self._show()

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)

    @Slot()
    def _show(self, *_what: object) -> None:
        """What fits the typed words, the forms for this kind of case unless others are wanted too."""
        if self.offer is None:
            return
        kind = None if self.every.isChecked() else self.offer.kind
        found = [form for form in found_by(self.offer.forms, self.search.text()) if form.is_for(kind)]
        first = suggested(found, self.offer.kind, self.offer.done)
        rest = [form for form in found if form not in first]
        self.list.show_groups([*([(SUGGESTED, first)] if first else []), *grouped(rest)])
        self.list.setVisible(bool(found))
        if found:
            self.told.hide()
        else:
            self.told.say(NONE_FOUND, "info")

    @Slot(object)
    def _picked(self, form: KnownForm | None) -> None:
        self.about.say(form.about if form is not None else None)
        self.fill.setEnabled(form is not None)

    @Slot()
    def _choose(self, *_form: object) -> None:
        form = self.list.form()
        if form is not None and self.isVisible():
            self.accept()
            self.chosen.emit(form.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk through the list while one types."""
        if event.key() in WALK and self.search.hasFocus():
            self.list.step(WALK[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
