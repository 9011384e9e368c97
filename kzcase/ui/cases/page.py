"""One case: who it is about, what was written and agreed, what is due, where it was referred, and its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage as CaseView
from kzcase.domain.rows import PersonRow, StaffRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.queries.office import staff_list
from kzcase.ui import language, theme
from kzcase.ui.cases.agreed import ConsentsCard, SheetsCard
from kzcase.ui.cases.dialogs import assign_dialog, close_dialog, reopen_dialog
from kzcase.ui.cases.notes import NotesCard
from kzcase.ui.cases.tasks import TasksCard
from kzcase.ui.language import Retranslated
from kzcase.ui.office import Office, stage_tone
from kzcase.ui.papers import print_for
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, ScrollPage, box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

BESIDE: Final = 1000
FEATURES: Final = ("cases", "people", "tasks", "consents", "referrals", "forms", "documents", "history")
DISPUTED: Final = _(
    "Colleagues wrote different things here on different laptops. The most careful answer holds for now."
)


class ShowsPerson(Protocol):
    """A panel about the person."""

    def show_person(self, row: PersonRow) -> None:
        """Show this person."""


class ShowsCase(Protocol):
    """A panel that looks up what it shows of a case by itself."""

    def show_case(self, case_id: str) -> None:
        """Show this case."""


@dataclass(frozen=True, slots=True)
class Panels:
    """Other features' parts of the page, given by the window: this room does not know them. All are widgets."""

    person: Any
    history: Any
    referrals: Any


class CasePage(Retranslated, QWidget):
    """Shows one case at a time; what it wants opened elsewhere it says by signals with the case's id."""

    open_form = Signal(str, str)
    consent_wanted = Signal(str)
    referral_wanted = Signal(str)
    closed = Signal()

    def __init__(self, work: Work, office: Office, panels: Panels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._office = office
        self._panels = panels
        self._case = ""
        self.view: CaseView | None = None
        self.print = Button(_("Print"), icon="printer", shortcut="Ctrl+P")
        self.assign = Button(_("Give to a colleague"), icon="users")
        self.close_case = Button(_("Close the case"), icon="archive")
        self.header = PageHeader(verbatim(""), None)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.header.meta.setWordWrap(True)
        self.disputed = Banner(DISPUTED, "warn")
        self.notes = NotesCard(work, office)
        self.tasks = TasksCard(work, office)
        self.consents = ConsentsCard(work, office)
        self.sheets = SheetsCard(work, office)
        self._scroll = ScrollPage()
        self._build()
        self._connect()

    def _build(self) -> None:
        columns = Columns((3, 2), narrow=820)
        for card in (self.notes, self._panels.referrals, self._panels.history):
            columns.left.addWidget(card)
        for card in (self._panels.person, self.tasks, self.consents, self.sheets):
            columns.right.addWidget(card)
        columns.left.addStretch(1)
        columns.right.addStretch(1)
        body = self._scroll.body
        box(self._top, space=theme.SPACE_GROUP)
        self._top.addWidget(self.header, 1)
        buttons = QHBoxLayout()
        box(buttons, space=theme.SPACE_GROUP)
        for button in (self.assign, self.close_case, self.print):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._top.addLayout(buttons)
        body.addLayout(self._top)
        body.addWidget(self.disputed)
        body.addWidget(columns)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(self._scroll)
        self.setFocusProxy(self.notes.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list; a note that was begun waits here."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow the buttons stand under the number, not beside it."""
        super().resizeEvent(event)
        below = self.width() < theme.px(BESIDE)
        way = QBoxLayout.Direction
        self._top.setDirection(way.TopToBottom if below else way.LeftToRight)

    def _connect(self) -> None:
        self.print.clicked.connect(self._choose_language)
        self.assign.clicked.connect(self._assign)
        self.close_case.clicked.connect(self._close_or_reopen)
        self.consents.wanted.connect(lambda: self.consent_wanted.emit(self._case))
        self.sheets.wanted.connect(lambda form: self.open_form.emit(self._case, form))
        self.sheets.shown.connect(self._show_sheet)
        self._work.changed.connect(self._changed)
        referrals = self._panels.referrals
        for name in ("referral_wanted", "draft_wanted"):
            signal = getattr(referrals, name, None)
            if signal is not None:
                signal.connect(lambda *_case: self.referral_wanted.emit(self._case))

    def show_case(self, case_id: str) -> None:
        """Show this case; what was there before goes at once."""
        if case_id != self._case:
            self._case = case_id
            self.view = None
            self._scroll.verticalScrollBar().setValue(0)
            self.notes.begin(case_id)
        self._panels.referrals.show_case(case_id)
        self._panels.history.show_case(case_id)
        self._look_again()

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self._case and concerns(changed, *FEATURES):
            self._look_again()
            self._panels.history.show_case(self._case)

    def _look_again(self) -> None:
        case = self._case
        self._work.ask(lambda reader: case_page(reader, case), self._show, key="case page", owner=self)

    def _show(self, view: CaseView) -> None:
        self.view = view
        self._panels.person.show_person(view.person)
        self.notes.show_case(view)
        self.disputed.setVisible(bool(view.disputed))
        self.retranslate()

    def retranslate(self) -> None:
        view = self.view
        if view is None:
            return
        for card in (self.tasks, self.consents, self.sheets):
            card.show_case(view)
        self.header.set_title(verbatim(view.number), verbatim("  ·  ".join(self._facts(view))))
        self.header.set_chips(*(Chip(words, tone) for words, tone in self._chips(view)))
        open_now = view.closed_on is None
        self.close_case.say(_("Close the case") if open_now else _("Open again"))
        self.close_case.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.assign.setVisible(open_now and self._office.may(Permission.ASSIGN_CASES))

    def _facts(self, view: CaseView) -> Iterator[str]:
        for list_id, code in (("case_kind", view.kind), ("region", view.region), ("case_source", view.source)):
            if code:
                yield language.text(self._office.said(list_id, code))
        if view.opened_on is not None:
            yield language.text(_("opened {date}", date=view.opened_on))
        if view.closed_on is not None:
            yield language.text(_("closed {date}", date=view.closed_on))
        if view.worker:
            yield language.text(_("worker: {colleague}", colleague=view.worker))

    def _chips(self, view: CaseView) -> Iterator[tuple[Any, Tone]]:
        yield self._office.stage(view.kind, view.stage), stage_tone(view.stage)
        if view.closed_on is None and view.urgency in ("urgent", "immediate"):
            yield self._office.said("urgency", view.urgency), "danger" if view.urgency == "immediate" else "warn"

    # What is done with the case as a whole

    @Slot()
    def _assign(self) -> None:
        self._work.ask(staff_list, self._open_assign, owner=self)

    def _open_assign(self, staff: Sequence[StaffRow]) -> None:
        assign_dialog(self._work, self._case, staff, self.window()).open()

    @Slot()
    def _close_or_reopen(self) -> None:
        if self.view is None:
            return
        if self.view.closed_on is None:
            close_dialog(self._work, self._office, self._case, self.window()).open()
        else:
            reopen_dialog(self._work, self._case, self.window()).open()

    @Slot()
    def _choose_language(self) -> None:
        """The language of the paper is another thing than that of the screen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for spoken in LANGUAGES:
            chosen = QAction(LANGUAGE_NAMES[spoken], menu)
            chosen.triggered.connect(partial(self.print_in, spoken))
            menu.addAction(chosen)
        menu.popup(self.print.mapToGlobal(self.print.rect().bottomLeft()))

    @Slot(str)
    def _show_sheet(self, form_id: str) -> None:
        """A filled-in form, as the paper it would be."""
        print_for(self._work, WantedPaper(form_id, language.current(), self._case), self.window())

    def print_in(self, spoken: Language, _checked: bool = False) -> None:
        """Make the case sheet in one language, record it, and show it before it is printed."""
        print_for(self._work, WantedPaper("case_sheet", spoken, self._case), self.window())
