"""The workplace of an open casebook: the rail, the search, the pages; it opens one feature's screens for another's."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGES
from kzcase.queries.my_day import waiting_count
from kzcase.settings import LANGUAGE, Settings
from kzcase.ui import dialogs, language, theme
from kzcase.ui.backups.notice import BackupNotice
from kzcase.ui.backups.watch import BackupWatch
from kzcase.ui.draft_keeper import DraftKeeper
from kzcase.ui.page_stack import PageStack
from kzcase.ui.pages import Page
from kzcase.ui.places import FORMS, HELP, PLACES, RULES, SETTINGS, make_page
from kzcase.ui.resuming import resume
from kzcase.ui.rules.reminders import DueNotice
from kzcase.ui.settings.laptop_notices import laptop_notices, look_after_laptop
from kzcase.ui.settings.reminder import RecoveryReminder
from kzcase.ui.sheet_drop import SheetDrop
from kzcase.ui.slices import Steps
from kzcase.ui.status_line import StatusLine
from kzcase.ui.top_bar import SEARCH_KEYS, TopBar
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.progress import ProgressOverlay
from kzcase.ui.widgets.rail import NavRail
from kzcase.ui.work import Work, concerns

NARROW: Final = 1180
CALL: Final = "call entry"
FOR_LATER: Final = (("case", Permission.READ_CASES), ("calls", Permission.LOG_CALLS), (CALL, Permission.LOG_CALLS),
                    ("tasks", Permission.READ_CASES))  # fmt: skip
"""Pages made ready while nobody waits, and what each takes."""
OF_LINE: Final = frozenset({"calls", "shift"})
"""Places of the helpline, where nobody begins their day."""
LEAD_BACK: Final = {"case": "cases", CALL: "calls"}
"""Where a page leads that is closed."""


class Workplace(Page):
    """Everything one sees while a casebook is open. It stands when its first page does."""

    lock_wanted = Signal()
    lock_after_changed = Signal(int)
    frame = True

    def __init__(self, work: Work, entered: Entered, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self.work = work
        self.office = entered.office
        self.settings = settings
        self._entered = entered
        self.stack = PageStack(self.work.slices, self)
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        upper, right = QHBoxLayout(), QVBoxLayout()
        box(upper)
        box(right)
        layout.addLayout(upper, 1)
        self.rail = NavRail([entry for entry, _needs in PLACES], (FORMS, RULES, HELP, SETTINGS), self)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        for entry, needs in PLACES:
            self.rail.set_available(entry.key, self.office.may(needs))
        yield
        self.top = TopBar(self)
        self.top.setVisible(self.office.may(Permission.READ_CASES))
        right.addWidget(self.top)
        yield
        self._add_banners(right)
        right.addWidget(self.stack, 1)
        yield
        self.status = StatusLine(self.office, self)
        layout.addWidget(self.status)
        self.overlay = ProgressOverlay(self)
        self._connect()

    def _add_banners(self, right: QVBoxLayout) -> None:
        banners = QVBoxLayout()
        box(banners, space=theme.SPACE_GROUP)
        banners.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        right.addLayout(banners)
        for notice in laptop_notices(self.work, self._entered.desk.path, self.office.demonstration, self):
            banners.addWidget(notice)
        self.backups = BackupNotice(self._entered.desk.book.standing, self)
        banners.addWidget(self.backups)
        banners.addWidget(RecoveryReminder(self.work, self.office, lambda: self.go(SETTINGS.key, keyboard=True), self))
        banners.addWidget(DueNotice(self.work, self.office, self.open_case, self))
        self.drafts = DraftKeeper(self.work, self)
        banners.addWidget(self.drafts.offer)
        banners.addWidget(self.drafts.trouble)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._chosen)
        self.stack.left.connect(self.rail.take_keyboard)
        self.top.typed.connect(self._search)
        self.top.down.connect(self._to_list)
        self.top.chosen.connect(self._open_first)
        self.status.language_chosen.connect(self._speak)
        self.status.lock_wanted.connect(self.lock_wanted)
        self.work.long_started.connect(self.overlay.follow)
        self.work.changed.connect(self._changed)
        find = QShortcut(QKeySequence(SEARCH_KEYS), self)
        find.activated.connect(self.top.take_keyboard)
        explain = QShortcut(QKeySequence("F1"), self)
        explain.activated.connect(lambda: self.go(HELP.key, keyboard=True))
        self.drafts.wanted.connect(lambda draft: resume(self, draft))
        if self.office.may(Permission.WORK_ON_CASES):
            SheetDrop(self, self.take_sheet)

    def _first(self) -> str:
        """The first page the person's roles open."""
        opened = (entry.key for entry, needs in PLACES if entry.key not in OF_LINE and self.office.may(needs))
        return next(opened, SETTINGS.key)

    def begin(self) -> None:
        """Show the first page, count what waits, offer what was not saved; then make ready what is wanted next."""
        self.go(self._first(), keyboard=True)
        self._count_tasks()
        self.drafts.begin()
        for key, needs in FOR_LATER:
            if self.office.may(needs):
                self._made(key)

    def watch_backups(self, still_for: Callable[[], float]) -> None:
        """From now on make backups when they are due and nobody has touched the window for so many seconds."""
        look_after_laptop(self, still_for)
        if self.office.demonstration:
            return
        watch = BackupWatch(self.work, self._entered.desk, still_for, parent=self)
        watch.looked.connect(self.backups.tell)
        watch.begin()

    # Places

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self.go(key)

    def go(self, key: str, *, keyboard: bool = False) -> QWidget:
        """Show a place of the rail, and give it the keyboard if that is wanted."""
        self._made(key)
        self.rail.select(key)
        return self.stack.show_page(key, keyboard=keyboard)

    def page(self, key: str) -> QWidget | None:
        """A page that stands already."""
        return self.stack.standing(key)

    def _made(self, key: str) -> QWidget:
        """The page of a place; it is begun the first time."""
        page = self.stack.made(key)
        if page is None:
            page = make_page(key, self.work, self._entered, self.settings, self.stack)
            self._keep(key, page)
        return page

    def _keep(self, key: str, page: QWidget) -> None:
        """Hear what a page wants opened elsewhere."""
        self.stack.keep(key, page)
        wanted: Mapping[str, Any] = {
            "open_case": self.open_case,
            "form_wanted": self._choose_form,
            "sheet_wanted": self._look_at_sheet,
            "open_call_entry": self.log_call,
            "new_case_from_call": self.new_case,
            "new_case_wanted": self.new_case,
            "consent_wanted": self._consent,
            "consents_wanted": lambda case: dialogs.consents(self.work, case, self.window()),
            "referral_wanted": self.refer,
            "sealed_wanted": self.seal,
            "lock_after_changed": self.lock_after_changed,
            "language_wanted": self._speak,
            "account_wanted": lambda staff: dialogs.close_account(self.work, self._entered.desk, staff, self.window()),
            "reported": lambda _incident: dialogs.follow_keys(self.work, self._entered.desk, self.window()),
            "register_wanted": self._show_register,
            "scan_wanted": self.take_sheet,
            "pairs_wanted": lambda: dialogs.pairs(self.work, self.office, self.window()),
        }
        for name, slot in wanted.items():
            signal = getattr(page, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(slot)
        if key in LEAD_BACK:
            page.closed.connect(lambda: self.go(LEAD_BACK[key], keyboard=True))  # type: ignore[attr-defined]

    # One feature's screens for another's

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """Show one case."""
        from kzcase.ui.cases.page import CasePage

        page = self._made("case")
        assert isinstance(page, CasePage)
        page.show_case(case_id)
        self.rail.select("cases")
        self.stack.show_page("case", keyboard=True)

    @Slot(str)
    def _choose_form(self, case_id: str) -> None:
        dialogs.choose_form(self.work, case_id, self.window(), lambda form: self.open_form(case_id, form))

    @Slot(str, str)
    @Slot(str, str, str)
    def open_form(self, case_id: str, form_id: str, sheet_id: str = "") -> None:
        """Fill in a form for a case, or correct a stored one; one that is open already is shown as it was left."""
        from kzcase.ui.forms.page import FormPage

        key = form_key(case_id, form_id, sheet_id)
        if self.stack.made(key) is None:
            page = FormPage(self.work, case_id, form_id, sheet=sheet_id, parent=self.stack)
            page.closed.connect(lambda: self._close_form(key, case_id))
            page.saved.connect(lambda *_what: self._close_form(key, case_id))
            page.attachment_wanted.connect(lambda case, name: dialogs.attachment(self.work, case, name, self.window()))
            self._keep(key, page)
        self.stack.show_page(key, keyboard=True)

    def _close_form(self, key: str, case_id: str) -> None:
        if self.stack.made(key) is not None:
            self.open_case(case_id)
            self.stack.put_away(key)

    @Slot(str)
    def _look_at_sheet(self, sheet_id: str) -> None:
        dialogs.sheet(self.work, sheet_id, self.window(), self.open_form)

    def take_sheet(self, path: Path) -> QWidget:
        """A scan of a printed sheet: its case is found by the code on it."""
        return dialogs.returned(self.work, path, self.window(), self.open_case)

    @Slot()
    def log_call(self) -> None:
        """Write down a call while it goes on; one that was begun is shown as it was left."""
        from kzcase.ui.calls.entry import CallEntryPage

        page = self._made(CALL)
        assert isinstance(page, CallEntryPage)
        if page.ready and not page.has_unsaved():
            page.start_again()
        self.rail.select("calls")
        self.stack.show_page(CALL, keyboard=True)

    @Slot()
    @Slot(str)
    def new_case(self, origin: str = "") -> QWidget:
        """The dialog for a new case, filled from a call or a referral from others where there is one."""
        from kzcase.ui.cases.new_dialog import NewCaseDialog

        dialog = NewCaseDialog(self.work, self.office, self.window(), origin=origin)
        dialog.open_case.connect(self.open_case)
        dialog.open()
        return dialog

    @Slot(str)
    def _consent(self, case_id: str) -> None:
        dialogs.consent(self.work, case_id, self.window())

    @Slot(str)
    def refer(self, case_id: str) -> QWidget:
        """The dialog for a referral."""
        return dialogs.referral(self.work, case_id, self.window())

    @Slot(str)
    def seal(self, case_id: str) -> QWidget:
        """The dialog for a sealed note."""
        return dialogs.sealed_note(self.work, self.office, case_id, self.window())

    @Slot(str)
    def _show_register(self, name: str) -> None:
        if name in ("shift", "partners"):
            self.go(name, keyboard=True)
            return
        if self.office.may(Permission.READ_REGISTERS):
            self.go("inspection", keyboard=True).show_register(name)  # type: ignore[attr-defined]

    # Search

    @Slot(str)
    def _search(self, typed: str) -> None:
        from kzcase.ui.cases.list_page import CaseListPage

        page = self.go("cases")
        assert isinstance(page, CaseListPage)
        page.search(typed)

    @Slot()
    def _to_list(self) -> None:
        self.go("cases", keyboard=True)

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
        language.switch(chosen, lambda steps: self.work.slices.do(steps, self, key="language"))

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "tasks", "cases", "inspection", "teamwork"):
            self._count_tasks()

    def _count_tasks(self) -> None:
        if self.office.may(Permission.READ_CASES):
            self.work.ask(waiting_count, lambda count: self.rail.set_count("tasks", count), key="overdue", owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.ready:
            self._arrange()

    def _all_built(self) -> None:
        """The frame is there; the workplace stands when its first page does."""
        first = self._made(self._first())
        if isinstance(first, Page) and not first.ready:
            first.built.connect(super()._all_built)
            self.work.slices.hurry(first)
        else:
            super()._all_built()

    def stands(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        self.rail.set_narrow(self.width() < theme.px(NARROW))


def form_key(case_id: str, form_id: str, sheet_id: str = "") -> str:
    """Under which name the page of a form of a case is kept."""
    return "/".join(filter(None, ("form", case_id, form_id, sheet_id)))
