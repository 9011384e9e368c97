"""A call to the helpline, written down while it goes on: keyboard only, under a minute, nothing typed twice."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.calls import LogCall, log_call
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _
from kzcase.ui import messages, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.calls.after import After
from kzcase.ui.calls.answers import AnswersCard
from kzcase.ui.calls.caller import CallerCard
from kzcase.ui.calls.danger import DangerCard
from kzcase.ui.calls.fields import CallFields
from kzcase.ui.calls.printing import TakeAlongDialog
from kzcase.ui.calls.promises import promise_dialog
from kzcase.ui.calls.quick import QUICK_OUTCOME, QuickCard
from kzcase.ui.calls.script import COVER, FIRST, Script
from kzcase.ui.calls.signals import signal_dialog
from kzcase.ui.drafts import place
from kzcase.ui.leaving import LeaveWords, leave
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, ScrollPage, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work

PLACE: Final = place("call")
LEAVE: Final = LeaveWords(
    _("Leave this call?"),
    _("It is not saved yet. What was typed will be lost."),
    _("Leave without saving"),
    _("Go on with the call"),
)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class CallEntryPage(Page):
    """One call. `logged` carries its id, `new_case_from_call` that of the call saved last, `open_case` a case.

    Enter goes to the next field, a letter chooses where letters are shown, Ctrl+Enter saves. Once a call is saved, the
    sheet is empty and ready for the next one; what can follow stands above it until then.
    """

    logged = Signal(str)
    new_case_from_call = Signal(str)
    signal_wanted = Signal(str)
    call_back_wanted = Signal(str)
    open_case = Signal(str)
    sheet_wanted = Signal(str)
    closed = Signal()

    def __init__(self, work: Work, *, now: Callable[[], datetime] = utc_now, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._now = now
        self._started: datetime | None = None
        self._field: QWidget = self
        self._saving = False
        self._done: Done | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        self.page = ScrollPage(self)
        layout.addWidget(self.page)
        body, inner = self.page.body, inside(self.page.body)
        self.save = Button(_("Save the call"), kind="primary", icon="save", shortcut="Ctrl+Return", parent=inner)
        self.back = Button(_("Close"), kind="quiet", icon="x", parent=inner)
        others = (self.back,)
        self.header = PageHeader(_("New call"), _("Enter: next field"), primary=self.save, others=others, parent=inner)
        self.danger = DangerCard(self._office, self._now, inner)
        self.told = Banner(_("Saved"), "ok", parent=inner)
        self.told.hide()
        for widget in (self.header, self.told, self._after(inner), self.danger):
            body.addWidget(widget)
        yield
        columns = Columns((7, 3), parent=inner)
        body.addWidget(columns)
        body.addStretch(1)
        right = inside(columns.right)
        self.fields = CallFields(self._office, inside(columns.left))
        columns.left.addWidget(self.fields)
        columns.left.addStretch(1)
        yield from self.fields.steps()
        self.counted = QuickCard(self._office, right)
        self.quick = self.counted.buttons
        columns.right.addWidget(self.counted)
        yield
        self.caller = CallerCard(self._work, self._office, right)
        columns.right.addWidget(self.caller)
        yield
        self.script = Script(self._office, right)
        columns.right.addWidget(self.script)
        yield
        self.answers = AnswersCard(self._office, right)
        columns.right.addWidget(self.answers)
        columns.right.addStretch(1)
        self._connect()
        self.start_again()

    def _after(self, parent: QWidget) -> QWidget:
        """What can follow a saved call."""
        self.after = After(parent)
        self.new_case, self.signal = self.after.new_case, self.after.signal
        self.call_back, self.take_back = self.after.call_back, self.after.take_back
        return self.after

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self._leave)
        self.new_case.clicked.connect(lambda: self.new_case_from_call.emit(self._last_call()))
        self.signal.clicked.connect(lambda: signal_dialog(*self._about_last()))
        self.call_back.clicked.connect(lambda: promise_dialog(*self._about_last()))
        self.take_back.clicked.connect(self._take_back)
        self.counted.wanted.connect(self._save_quick)
        self.fields.danger_said.connect(self._show_what_is_needed)
        self.fields.moved.connect(self._moved)
        self.fields.typed.connect(self._tell)
        self.fields.topics.changed.connect(self._follow)
        self.caller.typed.connect(self._tell)
        self.caller.case_wanted.connect(self.open_case)
        self.caller.cover.connect(lambda: self.script.show_situation(COVER))
        self.danger.called.connect(self._tell)
        self.answers.given_changed.connect(self._tell)
        self.answers.print_wanted.connect(lambda sheet: TakeAlongDialog(self._work, sheet, self.window()).open())
        enter = QShortcut(QKeySequence("Ctrl+Enter"), self)  # the key of the number pad
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.save.click)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.verticalScrollBar().setValue(0)

    @Slot()
    def start_again(self) -> None:
        """An empty call, with the keyboard in its first field."""
        self._done = None
        self.told.hide()
        self._clear()
        self._tell()

    def _clear(self) -> None:
        """The sheet as it is before a call; what was saved last stays said above it."""
        self._started = None
        self.fields.clear()
        self.danger.clear()
        self.caller.clear()
        self.answers.clear()
        self.script.show_situation(FIRST)
        self._show_what_is_needed()
        self._field = self.fields.channel
        if self.isVisible():
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """The keyboard comes to where it was in a call that was begun, else to the first field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.ready:
            self._field = self.fields.field_of(self.focusWidget()) or self._field

    @Slot()
    def _show_what_is_needed(self) -> None:
        self.danger.setVisible(self.fields.danger.code() == "yes")
        self.after.setVisible(self._done is not None)
        self.fields.setEnabled(not self._saving)
        self.save.setEnabled(not self._saving)

    @Slot()
    def _follow(self) -> None:
        """The lines to say and the answers follow the topics."""
        self.script.follow(self.fields.topics.codes())
        self.answers.follow(self.fields.topics.codes())

    @Slot(QWidget)
    def _moved(self, field: QWidget) -> None:
        self._begin()
        self.page.ensureWidgetVisible(field, 0, theme.px(80))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        field = self.fields.field_of(self.focusWidget())
        if field is not None:
            self.fields.go_on(field)

    def _begin(self) -> datetime:
        """The call began when the first field was left."""
        self._started = self._started or self._now()
        return self._started

    # saving

    @Slot()
    def _save(self) -> None:
        wrong = self.fields.first_wrong()
        if wrong is None:
            self._send(self._whole(self.fields.wish(self._begin())))
        else:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(wrong, 0, theme.px(80))

    def _whole(self, wish: LogCall) -> LogCall:
        """With what was done beside the fields: services called, sheets given, what operators call the caller."""
        more = {
            "emergencies": list(self.danger.made),
            "sheets": list(self.answers.given),
            "nickname": self.caller.nickname.text().strip() or None,
            "ended_at": self._now().isoformat(timespec="seconds"),
        }
        return msgspec.structs.replace(wish, **more)

    def _last_call(self) -> str:
        return self._done.ids["call"].hex() if self._done is not None else ""

    def _about_last(self) -> tuple[Work, Office, str, QWidget]:
        return self._work, self._office, self._last_call(), self.window()

    def _save_quick(self, topic: str) -> None:
        """A call that is only counted; nothing else that was typed goes into it."""
        wish = self.fields.wish(self._begin())
        quick = LogCall(
            channel=wish.channel,
            language=wish.language,
            topics=[topic],
            outcome=QUICK_OUTCOME,
            started_at=wish.started_at,
        )
        self._send(quick)

    def _send(self, wish: LogCall) -> None:
        if self._saving:
            return
        self._saving = True
        self._show_what_is_needed()
        self._work.do(lambda book: log_call(book, wish), self._saved, self._failed)

    def _saved(self, done: Done) -> None:
        self._saving, self._done = False, done
        self._clear()
        self._tell()
        self.told.say(_("Call {number} is saved. The sheet is ready for the next one.", number=done.number), "ok")
        self.page.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.take_keyboard()
        self.logged.emit(done.ids["call"].hex())

    def _failed(self, error: KzcaseError) -> None:
        self._saving = False
        self._show_what_is_needed()
        row = self.fields.rows.get(error.place.split("[")[0])
        if row is not None and row.isVisibleTo(self):
            row.set_error(error.words.with_arguments(**error.facts))
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            messages.banner_error(self.told, error)

    @Slot()
    def _take_back(self) -> None:
        if self._done is not None:
            act = self._done.act.hex()
            self._work.do(lambda book: undo_act(book, UndoAct(of=act)), self._taken_back, self._failed)

    def _taken_back(self, _done: Done) -> None:
        self._done = None
        self._show_what_is_needed()
        self.told.say(_("The call was taken back. The history keeps both."), "info")

    # leaving, and what is kept

    @Slot()
    def _tell(self) -> None:
        self._work.typed.emit(self)

    def has_unsaved(self) -> bool:
        """Is there anything typed that is not saved yet?"""
        return bool(self.draft())

    @Slot()
    def _leave(self) -> None:
        leave(self, self.draft(), LEAVE, self._drop)

    @Slot()
    def _drop(self) -> None:
        self.start_again()
        self.closed.emit()

    def unfinished(self) -> LogCall | None:
        """The call that goes on, as far as it is written; nothing between two calls."""
        return self._whole(self.fields.wish(self._begin())) if self.ready and self.has_unsaved() else None

    def draft_place(self) -> str:
        """Where unsaved typing belongs."""
        return PLACE

    def draft(self) -> Mapping[str, str]:
        """The fields by name; empty when there is nothing worth keeping."""
        kept = {**self.fields.draft(), **self._beside()} if self.ready else {}
        return {**kept, "started": self._started.isoformat()} if kept and self._started else kept

    def _beside(self) -> dict[str, str]:
        """What stands beside the fields; the number on the display is looked up and never kept."""
        said = {
            "services": self.danger.kept(),
            "sheets": self.answers.kept(),
            "nickname": self.caller.nickname.text().strip(),
        }
        return {name: value for name, value in said.items() if value}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the fields back as they were."""
        self.start_again()
        self.fields.restore(content)
        self.danger.restore(content.get("services", ""))
        self.answers.restore(content.get("sheets", ""))
        self.caller.nickname.setText(content.get("nickname", ""))
        self._follow()
        self._started = datetime.fromisoformat(content["started"]) if content.get("started") else None
        self._tell()
        self._show_what_is_needed()
