"""Signals of a crime on the screen: facts apart from identity, read to the caller, followed to the answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.actions.signals import (
    AcknowledgeSignal,
    AnswerSignal,
    PrepareSignal,
    ReaddressSignal,
    ReviewSignal,
    SendSignal,
    acknowledge_signal,
    answer_signal,
    prepare_signal,
    readdress_signal,
    review_signal,
    send_signal,
)
from kzcase.domain.line_rows import SharedSignal, SignalRow
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.shared_signals import shared_signals
from kzcase.ui import language, theme
from kzcase.ui.calls.promises import LIST_HEIGHT, choose_dialog
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

HEAR: Final = _(
    "Read to the caller what will be passed: what, where, how many people, danger. No name goes unless they agree, or "
    "a life or a child is in danger."
)
TO_SEND, SENT, RECEIVED, LATE = _("to pass on"), _("passed on"), _("received"), _("ask for the result")


def signal_dialog(work: Work, office: Office, call: str, window: QWidget) -> FormDialog:
    """What will be passed on of a call, and for which unit."""
    ground = CodeCombo(office.choices("signal_ground"), blank=None)
    ground.set_code("none")
    rows = {
        "unit": FieldRow(_("For which unit"), LineEdit(), required=True),
        "danger": FieldRow(_("Danger"), CodeCombo(office.choices("signal_danger")), required=True),
        "place": FieldRow(_("Where"), LineEdit()),
        "people": FieldRow(_("How many people"), LineEdit(digits=True, max_length=6)),
        "children": FieldRow(_("Children among them"), CodeCombo(office.choices("yes_no"))),
        "facts": FieldRow(_("What happens there"), TextArea(lines=2), _("No names here."), required=True),
        "heard": FieldRow(_("The caller heard this"), CodeCombo(office.choices("yes_no")), required=True),
        "ground": FieldRow(_("Who told, or who is affected"), ground),
        "identity": FieldRow(_("Who it is"), LineEdit(), _("Only on a ground.")),
        "reason": FieldRow(_("Reason"), LineEdit(), _("Needed without agreement; somebody else reviews it tomorrow.")),
    }
    dialog = FormDialog(
        work,
        _("Signal of a crime"),
        rows,
        (
            ("unit", "danger"),
            ("place", "people"),
            ("children", "heard"),
            ("facts",),
            ("ground",),
            ("identity",),
            ("reason",),
        ),
        _("Keep the signal"),
        lambda book, given: prepare_signal(book, _wish(call, given)),
        needed=("unit", "danger", "facts", "heard"),
        hint=HEAR,
        draft=place("signal", call),
        parent=window,
    )
    dialog.open()
    return dialog


def _wish(call: str, given: Mapping[str, str]) -> PrepareSignal:
    number = "".join(sign for sign in given["people"] if sign.isdecimal())
    return PrepareSignal(
        call=call,
        unit=given["unit"],
        danger=given["danger"],
        facts=given["facts"],
        place=given["place"],
        people=int(number) if number else None,
        children=given["children"] or None,
        heard=given["heard"] == "yes",
        ground=given["ground"],
        identity=given["identity"],
        reason=given["reason"],
    )


class SignalsCard(Card):
    """Signals that wait for something. `print_wanted` carries the signal whose sheet is to be printed."""

    print_wanted = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Signals of a crime"), parent)
        self._work, self._office = work, office
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Signals of a crime"), parent=self)
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.none = Label(_("No signal waits."), "meta", parent=self)
        self.add(self.none)
        self.add(self.list)
        self.send = self._button(_("Passed on"), "send", self._send)
        self.elsewhere = self._button(_("Not to this unit"), "arrow-right", self._readdress)
        self.received = self._button(_("Receipt"), "check", self._acknowledge)
        self.result = self._button(_("Result"), "circle-check", self._answer)
        self.review = self._button(_("Review the identity"), "eye", self._review)
        self.print = self._button(_("Print"), "printer", lambda row: self.print_wanted.emit(row.id))
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        self.buttons = (self.send, self.elsewhere, self.received, self.result, self.review, self.print)
        for button in self.buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.shared = Label(None, "meta", wrap=True, parent=self)
        self.shared.hide()
        self.add(self.shared)
        self.list.picked.connect(self._offer)

    def _button(self, words: Words, icon: str, act: Callable[[SignalRow], object]) -> Button:
        def pressed() -> None:
            row = self.list.current_row()
            if row is not None:
                act(row)

        button = Button(words, icon=icon, parent=self)
        button.clicked.connect(pressed)
        return button

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(_("Due"), seen("due"), 110),
            Column(
                _("Status"), _state, 150, tone=_tone, whole=lambda: map(language.text, (TO_SEND, SENT, RECEIVED, LATE))
            ),
            Column(_("Unit"), seen("unit"), 180, 2, strong=True),
            Column(_("Danger"), lambda row: language.text(said("signal_danger", row.danger)), 150, 1, priority=1),
            Column(_("Identity"), lambda row: language.text(said("signal_ground", row.ground)), 150, 1, priority=2),
            Column(_("Number"), seen("number"), 190, faint=True, priority=3),
        )

    def show_rows(self, rows: Sequence[SignalRow]) -> None:
        """Show these signals."""
        self.rows.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows:
            self.list.selectRow(0)
        self._offer(self.list.current_row() if rows else None)

    def _offer(self, row: SignalRow | None) -> None:
        """Only what can be done with it next."""
        there, sent = row is not None, row is not None and row.sent_at is not None
        open_still = row is not None and row.due is not None
        reviewed = row is not None and row.review_by is not None
        self.send.setVisible(there and open_still and not sent)
        self.elsewhere.setVisible(open_still)
        self.received.setVisible(open_still and sent)
        self.result.setVisible(open_still and sent)
        self.review.setVisible(reviewed and self._office.may(Permission.SUPERVISE_LINE))
        self.print.setVisible(there)
        self.shared.hide()
        if row is not None:
            wanted = row.id
            self._work.ask(
                lambda reader: shared_signals(reader, wanted), self._say_shared, key="shared signals", owner=self
            )

    def _say_shared(self, found: Sequence[SharedSignal]) -> None:
        """Who of us may have passed on the same crime."""
        said: Words | None = None
        for each in found:
            said = _("{so_far}, {more}", so_far=said, more=each.said()) if said else each.said()
        self.shared.say(_("Perhaps the same crime: {signals}", signals=said) if said else None)
        self.shared.setVisible(bool(found))

    def _send(self, row: SignalRow) -> None:
        choose_dialog(
            self._work, _("The signal was passed on"), _("How"), self._office.choices("signal_how"),
            lambda book, code: send_signal(book, SendSignal(signal=row.id, how=code)), "how", self.window(),
        )  # fmt: skip

    def _answer(self, row: SignalRow) -> None:
        choose_dialog(
            self._work, _("What came of the signal"), _("Result"), self._office.choices("signal_result"),
            lambda book, code: answer_signal(book, AnswerSignal(signal=row.id, result=code)), "result", self.window(),
        )  # fmt: skip

    def _review(self, row: SignalRow) -> None:
        choose_dialog(
            self._work, _("Was the identity rightly passed on?"), _("Review"), self._office.choices("signal_review"),
            lambda book, code: review_signal(book, ReviewSignal(signal=row.id, review=code)), "review", self.window(),
        )  # fmt: skip

    def _readdress(self, row: SignalRow) -> None:
        readdress_dialog(self._work, row, self.window())

    def _acknowledge(self, row: SignalRow) -> None:
        receipt_dialog(self._work, row, self.window())


def readdress_dialog(work: Work, row: SignalRow, window: QWidget) -> FormDialog:
    """Not to this unit, because."""
    rows = {
        "unit": FieldRow(_("For which unit"), LineEdit(), required=True),
        "because": FieldRow(_("Not to this unit, because"), LineEdit(), required=True),
    }
    return _opened(work, _("Another unit"), rows, _readdressing(row), window)


def receipt_dialog(work: Work, row: SignalRow, window: QWidget) -> FormDialog:
    """The unit has it."""
    rows = {
        "by": FieldRow(_("Who confirmed the receipt"), LineEdit(), required=True),
        "their_number": FieldRow(_("Their number"), LineEdit()),
    }
    return _opened(work, _("Receipt of the signal"), rows, _receiving(row), window)


def _opened(
    work: Work,
    title: Words,
    rows: Mapping[str, FieldRow],
    act: Callable[[Any, Mapping[str, str]], Any],
    window: QWidget,
) -> FormDialog:
    needed = [name for name in rows if name != "their_number"]
    dialog = FormDialog(work, title, rows, [(name,) for name in rows], _("Save"), act, needed=needed, parent=window)
    dialog.open()
    return dialog


def _readdressing(row: SignalRow) -> Callable[[Any, Mapping[str, str]], Any]:
    return lambda book, given: readdress_signal(
        book, ReaddressSignal(signal=row.id, unit=given["unit"], because=given["because"])
    )


def _receiving(row: SignalRow) -> Callable[[Any, Mapping[str, str]], Any]:
    return lambda book, given: acknowledge_signal(
        book, AcknowledgeSignal(signal=row.id, by=given["by"], their_number=given["their_number"])
    )


def _state(row: SignalRow) -> Words:
    if row.due is None:
        return verbatim("")
    if row.sent_at is None:
        return TO_SEND
    if row.overdue:
        return LATE
    return RECEIVED if row.acknowledged_at is not None else SENT


def _tone(row: SignalRow) -> Tone:
    return "danger" if row.sent_at is None or row.overdue else "info"
