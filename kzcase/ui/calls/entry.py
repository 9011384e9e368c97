"""A call to the helpline, written down while it goes on: keyboard only, under a minute, nothing typed twice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.calls import LogCall, log_call
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _
from kzcase.ui import messages, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.calls.fields import CallFields
from kzcase.ui.calls.script import Script
from kzcase.ui.leaving import LeaveWords, leave
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, ScrollPage, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work

QUICK: Final[Sequence[tuple[str, str]]] = (("F7", "silent"), ("F8", "hoax"), ("F9", "wrong_number"))
"""One key for calls that are only counted. Function keys are the same on every keyboard layout."""
QUICK_OUTCOME: Final = "out_cut"
PLACE: Final = "call"
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
    """One call. `logged` carries its id; `new_case_from_call` when a case is to be opened from it.

    Enter goes to the next field, a letter chooses where letters are shown, Ctrl+Enter saves.
    """

    logged = Signal(str)
    new_case_from_call = Signal(str)
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
        self.emergency = Banner(self._emergency_words(), "danger", parent=inner)
        self.told = Banner(_("Saved"), "ok", parent=inner)
        self.told.hide()
        for widget in (self.header, self.told, self._after(inner), self.emergency):
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
        columns.right.addWidget(self._quick_card(right))
        columns.right.addWidget(Script(right))
        columns.right.addStretch(1)
        self._connect()
        self.start_again()

    def _emergency_words(self) -> Words:
        numbers = self._office.rulebook.list("emergency_number")
        police, rescue = (numbers[code].attribute("number") for code in ("102", "112"))
        return _(
            "DANGER. Stay on the line. Call {police} (police) or {rescue} (rescue service) now, or ask a colleague "
            "to call.",
            police=police,
            rescue=rescue,
        )

    def _quick_card(self, parent: QWidget) -> Card:
        card = Card(_("Counted with one key"), parent)
        self.quick: dict[str, Button] = {}
        for keys, topic in QUICK:
            button = Button(self._office.said("call_topic", topic), shortcut=keys, parent=card)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _checked=False, one=topic: self._save_quick(one))
            self.quick[topic] = button
            card.add(button)
        return card

    def _after(self, parent: QWidget) -> QWidget:
        """What can follow a saved call."""
        self.after = QWidget(parent)
        self.next = Button(_("Next call"), icon="phone-incoming", parent=self.after)
        words = _("Open a case from this call")
        self.open_case = Button(words, icon="folder-plus", shortcut="F10", parent=self.after)
        self.take_back = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self.after)
        line = QHBoxLayout(self.after)
        box(line, space=theme.SPACE_GROUP)
        for button in (self.next, self.open_case, self.take_back):
            line.addWidget(button)
        line.addStretch(1)
        return self.after

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self._leave)
        self.next.clicked.connect(self.start_again)
        self.open_case.clicked.connect(self._open_case)
        self.take_back.clicked.connect(self._take_back)
        self.fields.danger_said.connect(self._show_what_is_needed)
        self.fields.moved.connect(self._moved)
        self.fields.typed.connect(self._tell)
        enter = QShortcut(QKeySequence("Ctrl+Enter"), self)  # the key of the number pad
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.save.click)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.verticalScrollBar().setValue(0)

    @Slot()
    def start_again(self) -> None:
        """An empty call, with the keyboard in its first field."""
        self._done, self._started = None, None
        self.fields.clear()
        self._tell()
        self.told.hide()
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
        self.emergency.setVisible(self.fields.danger.code() == "yes" and self._done is None)
        self.after.setVisible(self._done is not None)
        self.fields.setEnabled(self._done is None)
        self.save.setEnabled(self._done is None and not self._saving)

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
        if self._done is not None:
            self.start_again()
        elif field is not None:
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
            self._send(self.fields.wish(self._begin()))
        else:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(wrong, 0, theme.px(80))

    def _save_quick(self, topic: str) -> None:
        """A call that is only counted; nothing else that was typed goes into it."""
        if self._done is not None:
            self.start_again()
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
        self._tell()
        self.told.say(_("Call {number} is saved.", number=done.number), "ok")
        self._show_what_is_needed()
        self.page.verticalScrollBar().setValue(0)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)
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
    def _open_case(self) -> None:
        if self._done is not None:
            self.new_case_from_call.emit(self._done.ids["call"].hex())

    @Slot()
    def _take_back(self) -> None:
        if self._done is not None:
            act = self._done.act.hex()
            self._work.do(lambda book: undo_act(book, UndoAct(of=act)), self._taken_back, self._failed)

    def _taken_back(self, _done: Done) -> None:
        self.start_again()
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

    def draft_place(self) -> str:
        """Where unsaved typing belongs."""
        return PLACE

    def draft(self) -> Mapping[str, str]:
        """The fields by name; empty when there is nothing worth keeping."""
        kept = self.fields.draft() if self.ready and self._done is None else {}
        return {**kept, "started": self._started.isoformat()} if kept and self._started else kept

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the fields back as they were."""
        self.start_again()
        self.fields.restore(content)
        self._started = datetime.fromisoformat(content["started"]) if content.get("started") else None
        self._tell()
        self._show_what_is_needed()
