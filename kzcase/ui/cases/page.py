"""One case: who it is about, what was written and agreed, what is due, where it was referred, and its history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.actions.reading import open_case
from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage as CaseView
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.ui import language, theme
from kzcase.ui.cases.agreed import ConsentsCard, SheetsCard
from kzcase.ui.cases.dialogs import close_dialog, reopen_dialog
from kzcase.ui.cases.kept_away import KeptAwayCard
from kzcase.ui.cases.notes import NotesCard
from kzcase.ui.cases.reason_dialog import ReasonDialog
from kzcase.ui.cases.road import RoadCard
from kzcase.ui.cases.sealed import SealedNotesCard
from kzcase.ui.cases.tasks import TasksCard
from kzcase.ui.cases.tracing import TracingCard
from kzcase.ui.messages import show_error
from kzcase.ui.office import Office, stage_tone
from kzcase.ui.pages import Page, put
from kzcase.ui.papers import print_for
from kzcase.ui.slices import Steps, unpainted
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, ScrollPage, box, inside
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

NARROW: Final = 980
"""So wide the page must be for two columns: in the right one the head of a card stands beside its button."""
FEATURES: Final = (
    *("cases", "people", "tasks", "consents", "referrals", "forms", "documents", "history", "teamwork", "tracing"),
)
DISPUTED: Final = _(
    "Colleagues wrote different things here on different laptops. The most careful answer holds for now."
)


Make = Callable[[QWidget], Any]
"""Makes a part of the page inside its parent."""


@dataclass(frozen=True, slots=True)
class Panels:
    """Other features' parts of the page, made where they stand: this room does not know them.

    The person's has `show_person(PersonRow)`; the others look up by `show_case(case id)` what they show.
    """

    person: Make
    history: Make
    referrals: Make
    attachments: Make
    together: Make
    expected: Make


class CasePage(Page):
    """Shows one case at a time; what it wants opened elsewhere it says by signals with the case's id."""

    form_wanted = Signal(str)
    sheet_wanted = Signal(str)
    consent_wanted = Signal(str)
    consents_wanted = Signal(str)
    referral_wanted = Signal(str)
    sealed_wanted = Signal(str)
    give_wanted = Signal(str)
    request_wanted = Signal(str)
    closed = Signal()

    def __init__(self, work: Work, office: Office, panels: Panels, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._case = ""
        self.view: CaseView | None = None
        self.build(self._steps(panels))

    def _steps(self, panels: Panels) -> Steps:
        self._scroll = ScrollPage(self)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(self._scroll)
        self._make_head()
        yield
        columns = Columns((3, 2), narrow=NARROW, parent=inside(self._scroll.body))
        self._scroll.body.addWidget(columns)
        self._scroll.body.addStretch(1)
        left, right = inside(columns.left), inside(columns.right)
        yield from put(columns.left, self._left(panels, left))
        yield from put(columns.right, self._right(panels, right))
        self._connect()

    def take_keyboard(self) -> None:
        """Whoever comes here may write a note at once."""
        self.notes.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_head(self) -> None:
        body, parent = self._scroll.body, inside(self._scroll.body)
        self.print = Button(_("Print"), icon="printer", shortcut="Ctrl+P", parent=parent)
        self.assign = Button(_("Give to a colleague"), icon="users", parent=parent)
        self.close_case = Button(_("Close the case"), icon="archive", parent=parent)
        self.header = PageHeader(verbatim(""), None, parent=parent)
        self.header.installEventFilter(self)
        self.header.meta.setWordWrap(True)
        self.disputed = Banner(DISPUTED, "warn", parent=parent)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        box(self._top, space=theme.SPACE_GROUP)
        body.addLayout(self._top)
        self._top.addWidget(self.header, 1)
        self._buttons = QHBoxLayout()
        box(self._buttons, space=theme.SPACE_GROUP)
        self._top.addLayout(self._buttons)
        for button in (self.assign, self.close_case, self.print):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        body.addWidget(self.disputed)

    def _left(self, panels: Panels, parent: QWidget) -> Iterator[QWidget]:
        self.notes = NotesCard(self._work, self._office, parent)
        yield self.notes
        self.referrals = panels.referrals(parent)
        yield self.referrals
        self.attachments = panels.attachments(parent)
        yield self.attachments
        self.history = panels.history(parent)
        yield self.history

    def _right(self, panels: Panels, parent: QWidget) -> Iterator[QWidget]:
        self.person = panels.person(parent)
        yield self.person
        self.road = RoadCard(self._work, self._office, parent)
        yield self.road
        self.tracing = TracingCard(self._work, self._office, parent)
        yield self.tracing
        self.tasks = TasksCard(self._work, self._office, parent)
        yield self.tasks
        self.expected = panels.expected(parent)
        yield self.expected
        self.together = panels.together(parent)
        yield self.together
        self.consents = ConsentsCard(self._work, self._office, parent)
        yield self.consents
        self.sheets = SheetsCard(self._work, self._office, parent)
        yield self.sheets
        self.sealed = SealedNotesCard(self._work, self._office, parent)
        yield self.sealed
        self.kept_away = KeptAwayCard(self._work, self._office, parent)
        yield self.kept_away

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list; a note that was begun waits here."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the number and its chips the buttons stand under them."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The chips of another case take another width, known once they are laid out."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        if not hasattr(self, "_buttons"):
            return
        needed = self.header.minimumSizeHint().width() + theme.px(theme.SPACE_GROUP) + self._buttons.sizeHint().width()
        below = self._scroll.viewport().width() < needed + 2 * theme.px(theme.SPACE_PAGE)
        way = QBoxLayout.Direction
        self._top.setDirection(way.TopToBottom if below else way.LeftToRight)

    def _connect(self) -> None:
        self.print.clicked.connect(self._choose_language)
        self.assign.clicked.connect(lambda: self.give_wanted.emit(self._case))
        self.close_case.clicked.connect(self._close_or_reopen)
        self.consents.wanted.connect(lambda: self.consent_wanted.emit(self._case))
        self.consents.all_wanted.connect(lambda: self.consents_wanted.emit(self._case))
        self.sheets.wanted.connect(lambda: self.form_wanted.emit(self._case))
        self.sheets.shown.connect(self.sheet_wanted)
        self.sealed.wanted.connect(lambda: self.sealed_wanted.emit(self._case))
        self._work.changed.connect(self._changed)
        for name in ("referral_wanted", "draft_wanted"):
            signal = getattr(self.referrals, name, None)
            if signal is not None:
                signal.connect(lambda *_case: self.referral_wanted.emit(self._case))

    def show_case(self, case_id: str) -> None:
        """Show this case; what was there before goes at once."""
        if case_id != self._case:
            self._case, self.view = case_id, None
        self._make_room()
        self._open()

    def _make_room(self) -> None:
        """The fields for a note and a task are the person's own, whatever is found of the case."""
        if self.ready and self.notes.case != self._case:
            self._scroll.verticalScrollBar().setValue(0)
            self.notes.begin(self._case)
            self.tasks.begin(self._case)

    def _open(self, reason: str = "") -> None:
        """Look into the case; where it is not one of theirs, the person is asked why, and nothing shows before."""
        case = self._case
        self._work.look(
            lambda book: open_case(book, case, reason), self._opened, self._refused, key="case page", owner=self
        )

    def _opened(self, view: CaseView) -> None:
        self._scroll.show()
        self._show(view)
        if self.ready:
            self._begin()

    def _refused(self, error: KzcaseError) -> None:
        self._scroll.hide()
        if isinstance(error, NeedsReason):
            dialog = ReasonDialog(self._office, self.window(), can_ask=True)
            dialog.chosen.connect(self._open)
            dialog.asked.connect(lambda: self.request_wanted.emit(self._case))
            dialog.rejected.connect(self.closed)
            dialog.open()
        else:
            show_error(error, self.window())
            self.closed.emit()

    def stands(self) -> None:
        self._arrange()
        self._make_room()
        if self.view is not None:
            self._begin()
            self._show(self.view)

    def _begin(self) -> None:
        self.referrals.show_case(self._case)
        self.attachments.show_case(self._case)
        self.history.show_case(self._case)
        self._show_together()

    def _show_together(self) -> None:
        self.together.show_case(self._case)
        self.expected.show_case(self._case)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self.view is not None and concerns(changed, *FEATURES):
            self._look_again()
            self.history.show_case(self._case)
            self._show_together()

    def _look_again(self) -> None:
        case = self._case
        self._work.ask(lambda reader: case_page(reader, case), self._show, self._refused, key="case page", owner=self)

    def _show(self, view: CaseView) -> None:
        self.view = view
        if self.ready:
            self._work.slices.do(self._filled(view), self, key="fill")

    def _filled(self, view: CaseView) -> Steps:
        """Card after card; the page is painted when all of them say the same case."""
        with unpainted(self):
            self.retranslate()
            self.disputed.setVisible(bool(view.disputed))
            yield
            self.notes.show_case(view)
            yield
            self.person.show_person(view.person, view.id)
            for card in (self.road, self.tracing, self.tasks, self.consents, self.sheets, self.sealed, self.kept_away):
                yield
                card.show_case(view)
            yield

    def retranslate(self) -> None:
        view = self.view
        if view is None or not self.ready:
            return
        self.header.set_title(verbatim(view.number), verbatim("  ·  ".join(self._facts(view))))
        self.header.set_chips(*self._chips(view))
        open_now = view.closed_on is None
        self.close_case.say(_("Close the case") if open_now else _("Open again"))
        self.close_case.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.assign.setVisible(open_now and self._office.may(Permission.ASSIGN_CASES))
        self._arrange()

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
    def _close_or_reopen(self) -> None:
        if self.view is None:
            return
        if self.view.closed_on is None:
            close_dialog(self._work, self._office, self.view.id, self.window()).open()
        else:
            reopen_dialog(self._work, self.view.id, self.window()).open()

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

    def print_in(self, spoken: Language, _checked: bool = False) -> None:
        """Make the case sheet in one language, record it, and show it before it is printed."""
        print_for(self._work, WantedPaper("case_sheet", spoken, self._case), self.window())
