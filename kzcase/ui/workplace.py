"""The workplace of an open casebook: the rail, the search, the pages; it opens one feature's screens for another's."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kzcase.actions.drafts import KeptDraft
from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGES
from kzcase.queries.office import open_tasks
from kzcase.settings import LANGUAGE, Settings
from kzcase.ui import language, theme
from kzcase.ui.draft_keeper import DraftKeeper
from kzcase.ui.drafts import drafting_in
from kzcase.ui.places import PLACES, SETTINGS, make_page
from kzcase.ui.status_line import StatusLine
from kzcase.ui.top_bar import SEARCH_KEYS, TopBar
from kzcase.ui.unlock.door import Entered
from kzcase.ui.widgets.cards import box, demonstration_banner
from kzcase.ui.widgets.progress import ProgressOverlay
from kzcase.ui.widgets.rail import NavRail
from kzcase.ui.work import Work, concerns

NARROW: Final = 1180
CALL: Final = "call entry"
WARM_UP_AFTER_MS: Final = 400


class Workplace(QWidget):
    """Everything one sees while a casebook is open."""

    lock_wanted = Signal()
    lock_after_changed = Signal(int)

    def __init__(self, work: Work, entered: Entered, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.office = entered.office
        self.settings = settings
        self._entered = entered
        self._pages: dict[str, QWidget] = {}
        self.rail = NavRail([entry for entry, _needs in PLACES], (SETTINGS,))
        self.top = TopBar()
        self.status = StatusLine(self.office)
        self.stack = QStackedWidget()
        self.drafts = DraftKeeper(work, self)
        self._build()
        self.overlay = ProgressOverlay(self)
        self._connect()

    def _build(self) -> None:
        right = QVBoxLayout()
        box(right)
        right.addWidget(self.top)
        banners = QVBoxLayout()
        box(banners, space=theme.SPACE_GROUP)
        banners.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        if self.office.demonstration:
            banners.addWidget(demonstration_banner())
        banners.addWidget(self.drafts.offer)
        right.addLayout(banners)
        right.addWidget(self.stack, 1)
        upper = QHBoxLayout()
        box(upper)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)
        for entry, needs in PLACES:
            self.rail.set_available(entry.key, self.office.may(needs))
        self.top.setVisible(self.office.may(Permission.READ_CASES))

    def _connect(self) -> None:
        self.rail.chosen.connect(self._chosen)
        self.top.typed.connect(self._search)
        self.top.down.connect(self._to_list)
        self.top.chosen.connect(self._open_first)
        self.status.language_chosen.connect(self._speak)
        self.status.lock_wanted.connect(self.lock_wanted)
        self.work.long_started.connect(self.overlay.follow)
        self.work.changed.connect(self._changed)
        find = QShortcut(QKeySequence(SEARCH_KEYS), self)
        find.activated.connect(self.top.take_keyboard)
        self.drafts.wanted.connect(self._open_draft)

    def begin(self) -> None:
        """Show the first page the person's roles open, count what waits, and offer what was not saved."""
        first = next((entry.key for entry, needs in PLACES[1:] if self.office.may(needs)), SETTINGS.key)
        self.go(first).setFocus()
        self._count_tasks()
        self.drafts.begin()
        QTimer.singleShot(WARM_UP_AFTER_MS, self, self._warm_up)

    @Slot()
    def _warm_up(self) -> None:
        """Load what the first case will need, on the reader's thread, while nobody waits."""
        self.work.ask(_load_case_page, lambda _nothing: None, owner=self)

    # Places

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self.go(key)

    def go(self, key: str) -> QWidget:
        """Show a place of the rail; its page is made the first time."""
        if key not in self._pages:
            self._pages[key] = self._add(make_page(key, self.work, self._entered, self.settings))
        page = self._pages[key]
        self.rail.select(key)
        self.stack.setCurrentWidget(page)
        return page

    def page(self, key: str) -> QWidget | None:
        """A page that was made already."""
        return self._pages.get(key)

    def _add(self, page: QWidget) -> QWidget:
        """Put a page into the window and hear what it wants opened elsewhere."""
        self.stack.addWidget(page)
        wanted: Mapping[str, Any] = {
            "open_case": self.open_case,
            "open_form": self.open_form,
            "open_call_entry": self.log_call,
            "new_case_from_call": self.new_case,
            "new_case_wanted": self.new_case,
            "consent_wanted": self._consent,
            "referral_wanted": self._referral,
            "lock_after_changed": self.lock_after_changed,
        }
        for name, slot in wanted.items():
            signal = getattr(page, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(slot)
        return page

    # One feature's screens for another's

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """Show one case."""
        from kzcase.ui.cases.page import CasePage

        known = "case" in self._pages
        page = self.go_unlisted("case")
        assert isinstance(page, CasePage)
        if not known:
            page.closed.connect(lambda: self.go("cases").setFocus())
        page.show_case(case_id)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rail.select("cases")

    def go_unlisted(self, key: str) -> QWidget:
        """Show a page the rail does not list."""
        if key not in self._pages:
            self._pages[key] = self._add(make_page(key, self.work, self._entered, self.settings))
        self.stack.setCurrentWidget(self._pages[key])
        return self._pages[key]

    @Slot(str, str)
    def open_form(self, case_id: str, form_id: str) -> None:
        """Fill in a form for a case; a form that is open already is shown as it was left."""
        from kzcase.ui.forms.page import FormPage

        key = f"form/{case_id}/{form_id}"
        if key not in self._pages:
            page = FormPage(self.work, case_id, form_id)
            page.closed.connect(lambda: self._close_form(key, case_id))
            page.saved.connect(lambda *_what: self._close_form(key, case_id))
            self._pages[key] = self._add(page)
        self.stack.setCurrentWidget(self._pages[key])

    @Slot()
    def log_call(self) -> None:
        """Write down a call while it goes on; one that was begun is shown as it was left."""
        from kzcase.ui.calls.entry import CallEntryPage

        if CALL not in self._pages:
            page = CallEntryPage(self.work)
            page.closed.connect(self._close_call)
            self._pages[CALL] = self._add(page)
            self.stack.setCurrentWidget(page)
            page.start_again()
        self.rail.select("calls")
        self.stack.setCurrentWidget(self._pages[CALL])

    @Slot()
    def _close_call(self) -> None:
        page = self._pages.pop(CALL, None)
        if page is not None:
            self.go("calls")
            self.stack.removeWidget(page)
            page.deleteLater()

    def _close_form(self, key: str, case_id: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.open_case(case_id)
            self.stack.removeWidget(page)
            page.deleteLater()

    @Slot()
    @Slot(str)
    def new_case(self, call_id: str = "") -> QWidget:
        """The dialog for a new case, filled from a call where there is one."""
        from kzcase.ui.cases.new_dialog import NewCaseDialog

        dialog = NewCaseDialog(self.work, self.office, self.window(), call_id=call_id)
        dialog.open_case.connect(self.open_case)
        dialog.open()
        return dialog

    @Slot(str)
    def _consent(self, case_id: str) -> None:
        from kzcase.ui.consents.dialog import ConsentDialog

        ConsentDialog(self.work, case_id, self.window()).open()

    @Slot(str)
    def _referral(self, case_id: str) -> None:
        from kzcase.ui.referrals.draft_dialog import DraftReferralDialog

        DraftReferralDialog(self.work, case_id, self.window()).open()

    # Search

    @Slot(str)
    def _search(self, typed: str) -> None:
        from kzcase.ui.cases.list_page import CaseListPage

        page = self.go("cases")
        assert isinstance(page, CaseListPage)
        page.search(typed)

    @Slot()
    def _to_list(self) -> None:
        self.go("cases").setFocus()

    @Slot()
    def _open_first(self) -> None:
        from kzcase.ui.cases.list_page import CaseListPage

        page = self.go("cases")
        assert isinstance(page, CaseListPage)
        page.open_first()

    # What changes around the pages

    @Slot(str)
    def _speak(self, spoken: str) -> None:
        chosen = next(each for each in LANGUAGES if each == spoken)
        self.settings.set(LANGUAGE, chosen)
        language.switch(chosen)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "tasks", "cases"):
            self._count_tasks()

    def _count_tasks(self) -> None:
        if self.office.may(Permission.READ_CASES):
            self.work.ask(_overdue, lambda count: self.rail.set_count("tasks", count), key="overdue", owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < theme.px(NARROW))

    # Unsaved typing

    @Slot(object)
    def _open_draft(self, draft: KeptDraft) -> None:
        """Open the place the typing belongs to, and put it back."""
        kind, *rest = draft.place.split("/")
        holder: QWidget = self
        if kind == "note":
            self.open_case(rest[0])
        elif kind == "case":
            holder = self.new_case(draft.content.get("call", ""))
        elif kind == "form":
            self.open_form(rest[0], rest[1])
        elif kind == "call":
            self.log_call()
        for drafting in drafting_in(holder):
            if drafting.draft_place() == draft.place:
                drafting.restore(draft.content)


def _overdue(reader: Any) -> int:
    return sum(task.overdue for task in open_tasks(reader))


def _load_case_page(_reader: Any) -> None:
    import kzcase.ui.cases.new_dialog
    import kzcase.ui.cases.page
    import kzcase.ui.people.card  # noqa: F401 - only loaded here
