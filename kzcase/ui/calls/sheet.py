"""One call beside the list: what was heard, what came of it, and whatever can follow it, however late."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kzcase.actions.calls import LinkCall, link_call, take_back_call
from kzcase.actions.reading import look_at_call
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, NotFound
from kzcase.domain.line_rows import CallDetails
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CallRow
from kzcase.i18n import Words, _, own_text, verbatim
from kzcase.queries.calls import call_details
from kzcase.ui import language, messages
from kzcase.ui.calls.numbers import call_number
from kzcase.ui.calls.promises import promise_dialog
from kzcase.ui.calls.signals import signal_dialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.language import Label as Said
from kzcase.ui.office import Office, joined
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.work import Work, concerns

TAKEN_BACK: Final = _("The call was taken back. The history keeps both.")
FOREIGN: Final = _("Only for a case that is not yours.")


class CallCard(Card):
    """The call one stands on. `case_wanted` and `new_case_wanted` carry the ids of its case and of itself.

    The look is entered once a call until the lock; what was written of the call shows only then.
    """

    case_wanted = Signal(str)
    new_case_wanted = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Call"), parent)
        self._work, self._office = work, office
        self.row: CallRow | None = None
        self.details: CallDetails | None = None
        self._entered: set[str] = set()
        self.facts = FactList(self)
        self.add(self.facts)
        self.told = Banner(TAKEN_BACK, "info", parent=self)
        self.told.hide()
        self.add(self.told)
        self.case = self._button(_("Go to the case"), "folder-open", lambda row: self.case_wanted.emit(row.case))
        words = _("Open a case from this call")
        self.new_case = self._button(words, "folder-plus", lambda row: self.new_case_wanted.emit(row.id))
        self.link = self._button(_("Connect with a case"), "folder-open", self._link)
        self.signal = self._button(_("Signal of a crime"), "send", lambda row: signal_dialog(*self._about(row)))
        words = _("Promise a call-back")
        self.call_back = self._button(words, "calendar-clock", lambda row: promise_dialog(*self._about(row)))
        self.number = self._button(_("Before you call"), "phone", lambda row: call_number(*self._about(row)))
        self.take_back = self._button(_("Take it back"), "undo-2", self._take_back)
        work.changed.connect(self._changed)
        work.locking.connect(self._entered.clear)

    def _button(self, words: Words, icon: str, act: Callable[[CallRow], object]) -> Button:
        def pressed() -> None:
            if self.row is not None:
                act(self.row)

        button = Button(words, icon=icon, kind="quiet", parent=self)
        button.clicked.connect(pressed)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _about(self, row: CallRow) -> tuple[Work, Office, str, QWidget]:
        return self._work, self._office, row.id, self.window()

    def show_call(self, row: CallRow | None) -> None:
        """Show this call in place of the one before."""
        self.row = row
        if row is None:
            return
        self.told.hide()
        self.title.say(_("Call {number}", number=row.number))
        if self.details is None or self.details.call != row.id:
            self.details = None
        self._ask()
        self.facts.show_facts(self._facts(row))
        self.case.setVisible(bool(row.case))
        self.new_case.setVisible(not row.case)
        self.number.setVisible(row.phone_left)
        may = self._office.may(Permission.LOG_CALLS)
        for button in (self.link, self.signal, self.call_back):
            button.setVisible(may)
        self.take_back.setVisible(may and not row.case)

    def _facts(self, row: CallRow) -> list[tuple[Words, Said]]:
        said = self._office.said
        topics = joined(said("call_topic", each) for each in row.topics)
        facts: list[tuple[Words, Said]] = [
            (_("Time"), verbatim(language.shown(row.started_at))),
            (_("Operator"), verbatim(row.operator or "")),
            (_("Channel"), said("channel", row.channel)),
            (_("Language of the call"), said("language", row.language)),
            (_("Who is calling"), said("caller", row.caller)),
            (_("Phone of the caller"), self._phone(row)),
            (_("Topics"), verbatim(topics)),
            (_("Region the call is about"), said("region", row.region)),
            (_("Is anybody in danger now?"), said("yes_no", row.danger)),
            (_("How the call ended"), said("call_outcome", row.outcome)),
            (_("Note"), self._veiled(row, "note") if self.details is not None else verbatim("")),
            *self._came(self.details),
        ]
        return [(label, value) for label, value in facts if language.text(value)]

    def _veiled(self, row: CallRow, name: str) -> Said:
        return verbatim(MASK if name in row.masked else getattr(row, name) or "")

    def retranslate(self) -> None:
        if getattr(self, "row", None) is not None:
            self.show_call(self.row)

    def _ask(self) -> None:
        row = self.row
        if row is None or not self.isVisible():
            return
        if row.id in self._entered:
            ask = partial(call_details, call=row.id)
            self._work.ask(ask, self._detailed, self._gone, key="call/details", owner=self)
        else:
            look = partial(look_at_call, call=row.id)
            self._work.look(look, self._looked, self._gone, key="call/details", owner=self)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "calls") and self.isVisible():
            self._ask()

    def _gone(self, error: KzcaseError) -> None:
        """Taken back meanwhile, here or elsewhere: the list shows it no more. Or the look could not be entered."""
        self.details = None
        if not isinstance(error, NotFound):
            messages.banner_error(self.told, error)

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is seen is looked at: a list moves on behind another page, too."""
        super().showEvent(event)
        self._ask()

    def _looked(self, details: CallDetails) -> None:
        self._entered.add(details.call)
        self._detailed(details)

    def _detailed(self, details: CallDetails) -> None:
        self.details = details
        if self.row is not None and self.row.id == details.call:
            self.facts.show_facts(self._facts(self.row))

    def _came(self, came: CallDetails | None) -> list[tuple[Words, Said]]:
        """What came of the call; nothing until it is known."""
        if came is None:
            return []
        titles = {each.id: own_text(each.title) for each in self._office.rulebook.sheets}
        sheets = (f"{language.text(titles.get(sheet) or verbatim(sheet))} ({spoken})" for sheet, spoken in came.sheets)
        services = (f"{service} {language.shown(at)}" for service, at in came.services)
        return [
            (_("Cases besides"), verbatim(", ".join(came.more_cases) or (MASK if came.masked else ""))),
            (_("Signals of a crime"), verbatim(", ".join(came.signals))),
            (_("Call-backs"), verbatim(str(came.call_backs or ""))),
            (_("Emergency services called"), verbatim(", ".join(services))),
            (_("Information sheets given"), verbatim(", ".join(sheets))),
        ]

    def _phone(self, row: CallRow) -> Said:
        """Only that there is one: its rules come first."""
        return verbatim(MASK if row.phone_left else "")

    def _link(self, row: CallRow) -> None:
        link_dialog(*self._about(row))

    def _take_back(self, row: CallRow) -> None:
        messages.ask(
            _("Take this call back?"),
            _("It is counted nowhere any more. The history keeps both."),
            _("Take it back"),
            lambda: self._work.do(lambda book: take_back_call(book, row.id), self._taken_back, self._refused),
            parent=self.window(),
        )

    def _taken_back(self, _done: Done) -> None:
        self.told.say(TAKEN_BACK, "info")
        self.told.show()

    def _refused(self, error: KzcaseError) -> None:
        messages.banner_error(self.told, error)


def link_dialog(work: Work, office: Office, call: str, window: QWidget) -> FormDialog:
    """A call is also about another case. A number of a case is typed again in a moment: it is not kept."""
    rows = {
        "case": FieldRow(_("Case number"), LineEdit(), required=True),
        "reason": FieldRow(_("Why do you look into it?"), CodeCombo(office.choices("look_reason")), FOREIGN),
    }

    def link(book: Any, given: Mapping[str, str]) -> Done:
        return link_call(book, LinkCall(call=call, case=given["case"], look_reason=given["reason"] or None))

    dialog = FormDialog(
        work,
        _("Connect with a case"),
        rows,
        (("case",), ("reason",)),
        _("Connect"),
        link,
        needed=("case",),
        places={"look_reason": "reason", "case": "case"},
        parent=window,
    )
    dialog.open()
    return dialog
