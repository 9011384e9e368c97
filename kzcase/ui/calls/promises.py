"""Call-backs on the screen: promised, listed with their rules, and dialled only after the rules were read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.actions.call_backs import (
    EndCallBack,
    PromiseCallBack,
    TryCallBack,
    end_call_back,
    promise_call_back,
    try_call_back,
)
from kzcase.domain.errors import NoSuchDate
from kzcase.domain.line_rows import CallBackRow
from kzcase.i18n import Words, _
from kzcase.ui import clock, language, theme
from kzcase.ui.calls.numbers import call_back_number
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, a_moment, a_number, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

LIST_HEIGHT: Final = 180
_NOW, _LATE, _NOT_NOW, _NEVER = _("safe now"), _("late"), _("not now"), _("never call")
_STATES: Final = (_NOW, _LATE, _NOT_NOW, _NEVER)
HOURS_HELP: Final = _("As 18:00-20:00, in their time. Empty: any hour.")


def promise_dialog(work: Work, office: Office, call: str, window: QWidget) -> FormDialog:
    """Promise somebody of this call to call them back."""
    day = DateEdit()
    day.set_value(clock.today())
    zones = CodeCombo(office.choices("time_zone"), blank=None)
    zones.set_code("KZ")
    rows = {
        "day": FieldRow(_("Day, where they are"), day, HELP, required=True),
        "time": FieldRow(_("Time, where they are"), LineEdit(_("18:30"), max_length=5), required=True),
        "zone": FieldRow(_("Where they are"), zones, required=True),
        "phone": FieldRow(
            _("Number to call"), LineEdit(digits=True, max_length=60), _("Empty: the number of the call.")
        ),
        "hours": FieldRow(_("Safe hours"), LineEdit(), HOURS_HELP),
        "who_may_answer": FieldRow(_("Who may answer"), LineEdit()),
        "say_we_are": FieldRow(_("Whom we say we are"), LineEdit()),
        "code_word": FieldRow(_("Code word"), LineEdit(), _("Said before anything else.")),
        "language": FieldRow(_("Language"), CodeCombo(office.choices("language"))),
        "interpreter": FieldRow(_("An interpreter is needed"), CodeCombo(office.choices("yes_no"))),
    }

    def promise(book: Any, given: Mapping[str, str]) -> Any:
        zone = office.rulebook.list("time_zone")[given["zone"]].attribute("zone")
        wish = PromiseCallBack(
            call=call,
            due=_due(given),
            zone=zone,
            phone=given["phone"] or None,
            hours=given["hours"],
            who_may_answer=given["who_may_answer"],
            say_we_are=given["say_we_are"],
            code_word=given["code_word"],
            language=given["language"] or None,
            interpreter=given["interpreter"] == "yes",
        )
        return promise_call_back(book, wish)

    lines = (("day", "time"), ("zone", "phone"), ("hours", "who_may_answer"), ("say_we_are", "code_word"))
    dialog = FormDialog(
        work,
        _("Promise a call-back"),
        rows,
        (*lines, ("language", "interpreter")),
        _("Promise"),
        promise,
        needed=("day", "time", "zone"),
        places={"due": "time", **{name: name for name in rows}},
        draft=place("call_back", call),
        parent=window,
    )
    dialog.open()
    return dialog


def _due(given: Mapping[str, str]) -> str:
    try:
        at = datetime.strptime(given["time"].replace(".", ":"), "%H:%M")
    except ValueError:
        raise NoSuchDate(place="due") from None
    return f"{given['day']}T{at:%H:%M}"


class PromisesCard(Card):
    """Promises not kept yet, the most urgent first. `failed` carries what was refused."""

    failed = Signal(object)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Call-backs"), parent)
        self._work, self._office = work, office
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Call-backs"), parent=self)
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.none = Label(_("Nobody waits to be called back."), "meta", parent=self)
        self.dial = Button(_("Before you call"), icon="phone", kind="primary", parent=self)
        self.tried = Button(_("Record an attempt"), icon="check", parent=self)
        self.end = Button(_("End without a call"), icon="x", parent=self)
        self._all: Sequence[CallBackRow] = ()
        self.interpreter = Check(_("Only with an interpreter"), parent=self)
        self.interpreter.toggled.connect(lambda _ticked: self.show_rows(self._all))
        self.add(self.interpreter)
        self.add(self.none)
        self.add(self.list)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        self.buttons = (self.dial, self.tried, self.end)
        for button in self.buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.dial.clicked.connect(lambda: self._with_row(self._dial))
        self.tried.clicked.connect(lambda: self._with_row(self._try))
        self.end.clicked.connect(lambda: self._with_row(self._end))
        self.list.opened.connect(lambda row: self._dial(row))

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(_("Due"), seen("due_at"), 140, whole=a_moment),
            Column(_("In their time"), seen("due_there"), 140, priority=1, whole=a_moment),
            Column(
                _("Status"), _state, 110, tone=_tone, whole=lambda: map(language.text, (_NOW, _LATE, _NOT_NOW, _NEVER))
            ),
            Column(_("Safe hours"), seen("hours"), 130, 1),
            Column(_("Language"), lambda row: language.text(said("language", row.language)), 110, priority=2),
            Column(_("Interpreter"), lambda row: _("is needed") if row.interpreter else None, 100, priority=2),
            Column(_("Attempts"), seen("tries"), 90, right=True),
            Column(_("Call"), seen("call_number"), 160, 1, faint=True, priority=3, whole=a_number),
        )

    def show_rows(self, rows: Sequence[CallBackRow]) -> None:
        """Show these promises; only those that wait for an interpreter, where that is ticked."""
        self._all, queue = rows, self.interpreter.isChecked()
        rows = [row for row in rows if row.interpreter or not queue]
        self.interpreter.setVisible(queue or any(row.interpreter for row in self._all))
        self.none.say(_("Nobody waits for an interpreter.") if queue else _("Nobody waits to be called back."))
        self.rows.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        for button in self.buttons:
            button.setVisible(bool(rows))
        if rows:
            self.list.selectRow(0)

    def _with_row(self, then: Any) -> None:
        row = self.list.current_row()
        if row is not None:
            then(row)

    def _dial(self, row: CallBackRow) -> None:
        call_back_number(self._work, self._office, row, self.window())

    def _try(self, row: CallBackRow) -> None:
        choose_dialog(
            self._work, _("Attempt to call back"), _("What came of it"), self._office.choices("call_back_result"),
            lambda book, code: try_call_back(book, TryCallBack(call_back=row.id, result=code)), "result", self.window(),
        )  # fmt: skip

    def _end(self, row: CallBackRow) -> None:
        choose_dialog(
            self._work, _("End the call-back"), _("How it ended"), self._office.choices("call_back_end"),
            lambda book, code: end_call_back(book, EndCallBack(call_back=row.id, ended=code)), "ended", self.window(),
        )  # fmt: skip


def choose_dialog(
    work: Work, title: Words, label: Words, choices: Any, act: Any, error_place: str, window: QWidget
) -> FormDialog:
    """One choice of a list, and it is done; nothing is typed that could be lost."""
    rows = {"choice": FieldRow(label, CodeCombo(choices), required=True)}
    dialog = FormDialog(
        work,
        title,
        rows,
        (("choice",),),
        _("Save"),
        lambda book, given: act(book, given["choice"]),
        needed=("choice",),
        places={error_place: "choice"},
        parent=window,
    )
    dialog.open()
    return dialog


def _state(row: CallBackRow) -> Words:
    if row.closed:
        return _NEVER
    if not row.safe_now:
        return _NOT_NOW
    return _LATE if row.late else _NOW


def _tone(row: CallBackRow) -> Tone:
    if row.closed:
        return "danger"
    if not row.safe_now:
        return "neutral"
    return "danger" if row.late else "info"
