"""The one window of the program: the start screen, or the workplace of an open casebook; and the lock between them."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from kzcase.i18n import _, ngettext
from kzcase.settings import LOCK_AFTER, Settings
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.start_page import StartPage

if TYPE_CHECKING:
    from kzcase.actions.waiting_calls import Taken
    from kzcase.domain.rulebook import Rulebook
    from kzcase.ui.calls.locked import LockedCallPage
    from kzcase.ui.clipboard import CopyGuard
    from kzcase.ui.lock import IdleWatch, SessionWatch
    from kzcase.ui.slices import Slices
    from kzcase.ui.unlock.entered import Entered
    from kzcase.ui.work import Work
    from kzcase.ui.workplace import Workplace

TITLE: Final = "kzcase"
"""Never a name, a number or the organisation: the title is seen by whoever passes."""
SIZE: Final = QSize(1366, 768)
SMALLEST: Final = QSize(900, 600)


class MainWindow(QMainWindow):
    """Opens on the start screen. `locked` is emitted once the casebook is closed and its keys are wiped."""

    locked = Signal()
    ended = Signal()
    """The window was closed for good; a hidden window that closes would not end the program by itself."""

    def __init__(
        self, settings: Settings, door: Door, *, work: "type[Work] | None" = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.door = door
        self.workplace: Workplace | None = None
        self._work_type = work
        self._entered: Entered | None = None
        self.attended = False
        """Does all stand that the start screen is painted without?"""
        self._leaving = False
        self._ending = False
        self._calls: LockedCallPage | None = None
        self._session: SessionWatch | None = None
        self.start = StartPage(settings, door)
        self.start.entered.connect(self._enter)
        self.start.call_wanted.connect(self._write_call)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)

    # What stands behind the start screen: made once that is painted.

    @cached_property
    def slices(self) -> "Slices":
        """What is done for the window little by little."""
        from kzcase.ui.slices import Slices

        return Slices(self)

    @cached_property
    def idle(self) -> "IdleWatch":
        """Who notices that nobody touches the windows."""
        from kzcase.ui.lock import IdleWatch

        watch = IdleWatch(self.settings.get(LOCK_AFTER), parent=self)
        watch.idle.connect(self._lock_but_the_call)
        watch.panic.connect(self.lock)
        return watch

    @cached_property
    def copies(self) -> "CopyGuard":
        """Who takes back what was copied."""
        from kzcase.ui.clipboard import CopyGuard

        return CopyGuard(self)

    def stand_by(self) -> None:
        """Make those that watch: soon after the first painting, and at the latest when a casebook is opened."""
        _watching = self.idle, self.copies

    @property
    def work(self) -> "Work | None":
        """The errands of the open casebook, if one is open."""
        return self.workplace.work if self.workplace is not None else None

    @Slot(object)
    def _enter(self, entered: "Entered") -> None:
        """A casebook is open: build the workplace, while the start screen is still to be seen."""
        from kzcase.ui.work import Work
        from kzcase.ui.workplace import Workplace

        self._entered = entered
        self._leaving = False
        self._watch_over()
        work = (self._work_type or Work)(entered.desk.book, parent=self)
        self.workplace = Workplace(work, entered, self.settings, self._stack)
        self.workplace.lock_wanted.connect(self.lock)
        self.workplace.lock_after_changed.connect(self.idle.start)
        self.workplace.built.connect(self._show_workplace)
        if self.workplace.ready:
            self._show_workplace()

    def _watch_over(self) -> None:
        """What locks stands before anything is shown, so that nothing is ever open without it."""
        from kzcase.ui.lock import SessionWatch

        self.stand_by()
        if self._session is None:
            self._session = SessionWatch(self)
            self._session.leaving.connect(self.lock)
        self.idle.start(self.settings.get(LOCK_AFTER))

    @Slot()
    def _show_workplace(self) -> None:
        """The workplace stands, with its first page."""
        from kzcase.ui.slices import painted_later

        assert self.workplace is not None
        painted_later(self._stack)
        self._stack.addWidget(self.workplace)
        self._stack.setCurrentWidget(self.workplace)
        self.workplace.begin()
        self.workplace.watch_backups(self.idle.still_for)
        self._take_calls()

    # Calls while nobody can unlock

    def _take_calls(self) -> None:
        """Log what was written down while the casebook was locked, and know the line's key for the next time."""
        from kzcase.domain.permissions import Permission

        workplace, entered = self.workplace, self._entered
        if workplace is None or entered is None or not entered.office.may(Permission.LOG_CALLS):
            return
        from kzcase.actions.waiting_calls import take_waiting_calls
        from kzcase.queries.line_keys import line_key

        path, rulebook = entered.desk.path, entered.office.rulebook
        workplace.work.do(take_waiting_calls, self._say_taken, changes=("calls",), owner=workplace)
        workplace.work.ask(line_key, lambda key: self._know_line(path, key.public, rulebook), owner=workplace)

    def _say_taken(self, taken: "Taken") -> None:
        if not taken.calls or self.workplace is None:
            return
        from kzcase.ui.messages import show

        self.workplace.drafts.begin()  # the same call is not offered a second time
        count = len(taken.calls)
        show(
            ngettext(
                "{count} call written while locked is in the list.",
                "{count} calls written while locked are in the list.",
                count,
            ),
            parent=self,
        )

    def _know_line(self, casebook: Path, public: bytes, rulebook: "Rulebook") -> None:
        """The sheet that only writes stands ready before anybody needs it."""
        from kzcase.ui.calls.locked import Line, LockedCallPage

        if self._calls is not None:
            self._calls.deleteLater()
            self._calls = None
        if public:
            self._calls = LockedCallPage(Line(casebook, public, rulebook), self.door.lane, self.slices, self._stack)
            self._stack.addWidget(self._calls)
            self._calls.closed.connect(self._to_start)
        self.start.call_sheet.setVisible(bool(public))

    @Slot()
    def _lock_but_the_call(self) -> None:
        """Nobody touched the window for long: everything closes, but a call that goes on is written down further."""
        entry = self.workplace.page("call entry") if self.workplace is not None else None
        unfinished = entry.unfinished() if entry is not None else None  # type: ignore[attr-defined]
        self.lock()
        if unfinished is not None and self._calls is not None and self._calls.ready:
            from kzcase.ui.calls.locked import said

            self._stack.setCurrentWidget(self._calls)
            self._calls.begin(said(unfinished))

    @Slot()
    def _write_call(self) -> None:
        if self._calls is not None and self._calls.ready:
            self._stack.setCurrentWidget(self._calls)
            self._calls.begin()

    @Slot()
    def _to_start(self) -> None:
        self._stack.setCurrentWidget(self.start)

    @Slot()
    def lock(self) -> None:
        """At once: nothing of the casebook is on the screen any more. Then the keys go, in the background.

        The start screen is painted before this returns: what follows never stands between a key and a blank screen.
        """
        workplace, entered = self.workplace, self._entered
        if workplace is None or entered is None:
            self.door.turn_back()  # whoever is still on the way in
            return
        if self._leaving:
            return
        from kzcase.ui.pages import taken_apart

        self._leaving = True
        self.idle.stop()
        if workplace.ready:
            workplace.drafts.keep()
        self.workplace = self._entered = None
        _close_all_others(self)
        self._stack.setUpdatesEnabled(True)
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(workplace)
        workplace.hide()
        self.start.return_here()
        self.repaint()
        self.copies.clear()
        work = workplace.work
        self.door.expect_close()
        work.lock(lambda: self._close(work, entered))
        self.slices.do(taken_apart(workplace), workplace)

    def _close(self, work: "Work", entered: "Entered") -> None:
        work.close()
        work.deleteLater()
        self.door.close(entered.desk, self._closed)

    @Slot()
    def _closed(self) -> None:
        self._leaving = False
        self.locked.emit()
        if self._ending:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The casebook is locked first; drafts are kept, so nothing typed is lost."""
        if self.workplace is not None or self._leaving:
            self._ending = True
            event.ignore()
            self.hide()
            self.lock()
            return
        if self.start.shares_left:
            event.ignore()
            self._ask_to_abandon()
            return
        if self._calls is not None and self._calls.ready:
            self._calls.keep()
        self.door.stop()
        event.accept()
        self.ended.emit()

    def _ask_to_abandon(self) -> None:
        from kzcase.ui.messages import ask

        ask(_("Close without handing out the recovery shares?"),
            _("They are shown only now. Without them a forgotten passphrase closes the casebook for ever."),
            _("Close without them"), lambda: self.start.abandon_shares(self.close), keep=_("Stay here"),
            parent=self)  # fmt: skip


def _close_all_others(window: QWidget) -> None:
    """Dialogs, previews and menus of the casebook go without asking anything."""
    from PySide6.QtWidgets import QDialog, QMenu

    from kzcase.ui.pages import BuiltDialog

    for other in QApplication.topLevelWidgets():
        if other is window:
            continue
        if isinstance(other, BuiltDialog) and not other.ready:
            other.deleteLater()
        if not other.isVisible():
            continue
        if isinstance(other, QDialog):
            other.done(QDialog.DialogCode.Rejected)
        elif isinstance(other, QMenu) or other.parentWidget() is not None:
            other.close()
