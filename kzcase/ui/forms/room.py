"""The forms room: every form with its versions, printed blank, added from a file, withdrawn, made ready for phones."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.i18n import _, ngettext
from kzcase.queries.forms import known_forms
from kzcase.ui import language, theme
from kzcase.ui.forms.adding import AddFormDialog, choose_file
from kzcase.ui.forms.details import DetailsCard
from kzcase.ui.forms.forms_list import FormsList
from kzcase.ui.forms.known import KnownForm, found_by, grouped, known_of
from kzcase.ui.forms.phone import PhoneDialog
from kzcase.ui.forms.phones import PHONES, phones_menu
from kzcase.ui.forms.printing import PrintFormDialog
from kzcase.ui.forms.returned import choose_scan
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box, inside
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work, concerns

FORMS: Final = _("Forms")
LIST_WIDTH: Final = 440


class FormsPage(Page):
    """At the left every form by its moment, at the right what is known of the one chosen and what can be done.

    `scan_wanted` carries the file of a printed sheet that came back, or of answers from phones.
    """

    scan_wanted = Signal(object)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._all: Sequence[KnownForm] = ()
        self._added_now = ""
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.add = Button(_("Add a form of our own"), icon="plus", parent=self)
        self.add.setVisible(self._office.may(Permission.MANAGE_FORMS))
        self.scan = Button(_("A sheet came back"), icon="inbox", parent=self)
        self.scan.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.phones = Button(PHONES, icon="phone", parent=self)
        self.phones.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.header = PageHeader(FORMS, others=(self.phones, self.scan, self.add), parent=self)
        self.told = Banner(FORMS, "info", closable=True, parent=self)
        self.told.hide()
        for widget in (self.header, self.told):
            layout.addWidget(widget)
        halves = QHBoxLayout()
        box(halves, space=theme.SPACE_CARD)
        layout.addLayout(halves, 1)
        yield
        halves.addWidget(self._choice())
        yield
        page = InnerScroll(self)
        self.details = DetailsCard(self._work, self._office, inside(page.body))
        page.body.addWidget(self.details)
        page.body.addStretch(1)
        halves.addWidget(page, 1)
        self._connect()
        yield
        self.refresh()

    def _choice(self) -> Card:
        card = Card(parent=self)
        self._left = card
        self.search = LineEdit(_("Find by a word of its name"), parent=card)
        self.list = FormsList(FORMS, _mark, card)
        self.nothing = EmptyState("search", _("No form is called like that. Try one word of its name."), parent=card)
        self.nothing.hide()
        card.add(self.search)
        card.add(self.list, 1)
        card.add(self.nothing, 1)
        card.setFixedWidth(theme.px(LIST_WIDTH))
        return card

    def _connect(self) -> None:
        self.search.textChanged.connect(self._choose)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._print)
        self.add.clicked.connect(lambda: choose_file(self.window(), self.read_file))
        self.scan.clicked.connect(lambda: choose_scan(self.window(), self.scan_wanted.emit))
        self.phones.clicked.connect(lambda: phones_menu(self._work, self.phones, self.scan_wanted.emit))
        self.details.print.clicked.connect(lambda: self._print(self.list.form()))
        self.details.phone.clicked.connect(self._phone)
        self._work.changed.connect(self._changed)

    def take_keyboard(self) -> None:
        """Whoever comes here looks for a form."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def stands(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        if self.ready:
            self.search.setAccessibleName(language.text(_("Find a form")))

    def redress(self) -> None:
        if hasattr(self, "_left"):
            self._left.setFixedWidth(theme.px(LIST_WIDTH))

    @Slot()
    def refresh(self) -> None:
        """Ask again which forms there are."""
        self._work.ask(
            lambda reader: tuple(map(known_of, known_forms(reader))), self._take, self._refused, key="forms", owner=self
        )

    def _take(self, forms: Sequence[KnownForm]) -> None:
        self._all = forms
        count = sum(form.withdrawn_on is None for form in forms)
        self.header.set_title(FORMS, ngettext("{count} form", "{count} forms", count))
        self._choose()

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)

    @Slot()
    def _choose(self, *_typed: object) -> None:
        found = found_by(self._all, self.search.text())
        self.list.show_groups(grouped(found))
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if self._added_now and self.list.choose(self._added_now):
            self._added_now = ""

    @Slot(object)
    def _picked(self, form: KnownForm | None) -> None:
        self.details.show_form(form)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "forms"):
            self.refresh()

    @Slot(object)
    def _print(self, form: KnownForm | None) -> None:
        if form is not None and form.withdrawn_on is None:
            PrintFormDialog(self._work, "", form.id, language.current(), parent=self.window()).open()

    @Slot()
    def _phone(self) -> None:
        form = self.list.form()
        if form is not None:
            PhoneDialog(self._work, self._office, form, self.window()).open()

    def read_file(self, path: Any) -> AddFormDialog:
        """Look a form file through; what is wrong with it is told row by row, a good one can be added."""
        dialog = AddFormDialog(self._work, path, self.window())
        dialog.added.connect(self._added)
        dialog.open()
        return dialog

    @Slot(str)
    def _added(self, form_id: str) -> None:
        self.told.say(_("The form is added and offered from now on."), "ok")
        self.search.clear()
        self._added_now = form_id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)


def _mark(form: KnownForm) -> Any:
    """What a list says of a form in a word."""
    if form.withdrawn_on is not None:
        return _("withdrawn"), "neutral"
    return (_("our own"), "info") if form.office else None
