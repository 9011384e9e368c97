"""The shift: what is promised, passed on and urgent; opened, handed over with a note made by itself, and printed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.calling_in import SeeAlert, see_alert
from kzcase.actions.line_keys import MakeLineKey, ShareLineKey, make_line_key, share_line_key
from kzcase.actions.shifts import CloseShift, LogOutreach, OpenShift, close_shift, log_outreach, open_shift
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.line_rows import AlertRow, HandOver
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import StaffRow
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.line_keys import LineKeyState, line_key
from kzcase.queries.office import staff_list
from kzcase.queries.shifts import hand_over
from kzcase.ui import clock, language
from kzcase.ui.at_work import office_at
from kzcase.ui.calls.printing import print_of_line
from kzcase.ui.calls.promises import PromisesCard
from kzcase.ui.calls.signals import SignalsCard
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office, joined
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, ScrollPage, box, inside
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

MOST_URGENT: Final = 12
NEEDS_KEY: Final = _(
    "Calls cannot be written down yet while the casebook is locked: the line has no key. A supervisor makes it here."
)
LACKING: Final = _("Some colleagues cannot open yet what was written down while the casebook was locked.")


class ShiftPage(Page):
    """What is open on the line. `open_case` carries a case."""

    open_case = Signal(str)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._over: HandOver | None = None
        self._alert: AlertRow | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        self.page = ScrollPage(self)
        layout.addWidget(self.page)
        body, inner = self.page.body, inside(self.page.body)
        self.main = Button(_("Open the shift"), kind="primary", icon="clock", parent=inner)
        self.outreach = Button(_("Log outreach"), icon="map-pin", parent=inner)
        self.report = Button(_("Print the report"), icon="printer", parent=inner)
        self.header = PageHeader(_("Shift"), primary=self.main, others=(self.report, self.outreach), parent=inner)
        self.told = Banner(_("Done"), "ok", parent=inner)
        self.taken_up = Button(_("I take it up"), parent=inner)
        self.alert = Banner(_("Alert"), "danger", action=self.taken_up, parent=inner)
        self.key_step = Button(_("Make the key"), icon="key-round", parent=inner)
        self.key = Banner(NEEDS_KEY, "warn", action=self.key_step, parent=inner)
        for widget in (self.header, self.told, self.alert, self.key):
            body.addWidget(widget)
        for banner in (self.told, self.alert, self.key):
            banner.hide()
        yield
        self.promises = PromisesCard(self._work, self._office, inner)
        body.addWidget(self.promises)
        yield
        self.signals = SignalsCard(self._work, self._office, inner)
        body.addWidget(self.signals)
        yield
        self.urgent = Card(_("Danger, and no case yet"), inner)
        self.urgent_facts = FactList(self.urgent)
        self.urgent.add(self.urgent_facts)
        self.counted = Card(_("Counted in this shift"), inner)
        self.counts = FactList(self.counted, labels=220)
        self.counted.add(self.counts)
        body.addWidget(self.urgent)
        body.addWidget(self.counted)
        body.addStretch(1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.main.clicked.connect(self._turn)
        self.outreach.clicked.connect(lambda: outreach_dialog(self._work, self._office, self.window()))
        self.report.clicked.connect(lambda: self._print("shift_report", self._shift_id()))
        self.signals.print_wanted.connect(lambda signal: self._print("signal_sheet", signal))
        self.taken_up.clicked.connect(self._take_up)
        self.key_step.clicked.connect(self._make_key)
        self._work.changed.connect(self._changed)

    @Slot()
    def refresh(self) -> None:
        """Ask again what is open."""
        self._work.ask(hand_over, self._show, key="shift", owner=self)
        self._work.ask(line_key, self._show_key, key="line key", owner=self)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "calls", "staff", "cases"):
            self.refresh()

    def _show(self, over: HandOver) -> None:
        self._over, shift = over, over.shift
        number = verbatim(shift.number if shift else "")
        since = verbatim(language.shown(shift.opened_at) if shift else "")
        said = _("{number}, open since {when}", number=number, when=since) if shift else _("You have no shift open.")
        self.header.set_title(_("Shift"), said)
        self.main.say(_("Hand the shift over") if shift else _("Open the shift"))
        self.promises.show_rows(over.call_backs)
        self.signals.show_rows(over.signals)
        self._show_alert(over.alerts)
        self.urgent.setVisible(bool(over.urgent))
        self.urgent_facts.show_facts(self._urgent(over))
        self.counts.show_facts(count_facts(over, self._office))

    def _urgent(self, over: HandOver) -> list[tuple[Words, Any]]:
        found = []
        for row in over.urgent[:MOST_URGENT]:
            topics = joined(self._office.said("call_topic", each) for each in row.topics)
            called = ", ".join(row.services) or language.text(_("nobody called"))
            found.append((verbatim(row.number), verbatim(f"{language.shown(row.at)} · {topics} · {called}")))
        return found

    def _show_alert(self, alerts: Sequence[AlertRow]) -> None:
        """Only supervisors are given any."""
        self._alert = alerts[0] if alerts else None
        self.alert.setVisible(self._alert is not None)
        if self._alert is not None:
            when, number = language.shown(self._alert.at), self._alert.case_number or ""
            words = _("A caller of case {number} said the word of warning at {when}. Never call back.",
                      number=verbatim(number), when=verbatim(when))  # fmt: skip
            self.alert.say(words, "danger")

    def _show_key(self, key: LineKeyState) -> None:
        missing = not key.public and self._office.may(Permission.SUPERVISE_LINE)
        share = bool(key.public) and key.mine and key.lacking > 0
        self.key.setVisible(missing or share)
        self.key.sentence.say(LACKING if share else NEEDS_KEY)
        self.key_step.say(_("Share the key") if share else _("Make the key"))

    def _print(self, paper: str, of: str) -> None:
        print_of_line(self._work, paper, of, self.window())

    def _shift_id(self) -> str:
        return self._over.shift.id if self._over is not None and self._over.shift is not None else ""

    @Slot()
    def _turn(self) -> None:
        if self._shift_id():
            close_dialog(self._work, self.window())
        else:
            self._do(lambda book: open_shift(book, OpenShift()))

    @Slot()
    def _take_up(self) -> None:
        alert = self._alert
        if alert is not None:
            self._do(lambda book: see_alert(book, SeeAlert(check=alert.id)))
            if alert.case:
                self.open_case.emit(alert.case)

    @Slot()
    def _make_key(self) -> None:
        def step(book: Any) -> Done:
            with book.read() as reader:
                there = bool(line_key(reader).public)
            return share_line_key(book, ShareLineKey()) if there else make_line_key(book, MakeLineKey())

        self._do(step)

    def _do(self, act: Any) -> None:
        self._work.do(act, lambda _done: self.told.hide(), self._refused, owner=self)

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)


def count_facts(over: HandOver, office: Office) -> list[tuple[Words, Any]]:
    """The counts, as label and value."""
    counts = over.counts
    topics = ", ".join(f"{language.text(office.said('call_topic', code))} {count}" for code, count in counts.topics)
    ended = ", ".join(f"{language.text(office.said('call_outcome', code))} {count}" for code, count in counts.outcomes)
    return [
        (_("Calls"), ngettext("{count} call", "{count} calls", counts.calls)),
        (_("Topics"), verbatim(topics or "–")),
        (_("How the calls ended"), verbatim(ended or "–")),
        (_("Emergency services called"), verbatim(str(counts.emergencies))),
        (_("Signals of a crime"), verbatim(str(counts.signals))),
        (_("Information sheets given"), verbatim(str(counts.sheets))),
        (_("Call-backs promised, kept"), verbatim(f"{counts.promised}, {counts.kept}")),
        (_("Outreach: visits, people reached"), verbatim(f"{counts.outreach}, {counts.reached}")),
    ]


def close_dialog(work: Work, window: QWidget) -> FormDialog:
    """Hand the shift over; what is open goes along by itself."""
    who = CodeCombo(())
    rows = {
        "handed_to": FieldRow(_("Who comes next"), who),
        "words": FieldRow(_("What else they must know"), TextArea(lines=3), _("No names of callers.")),
    }
    dialog = FormDialog(
        work,
        _("Hand the shift over"),
        rows,
        (("handed_to",), ("words",)),
        _("Hand over"),
        lambda book, given: close_shift(book, CloseShift(handed_to=given["handed_to"] or None, words=given["words"])),
        hint=_("Call-backs, urgent calls and signals are handed over by themselves."),
        draft=place("shift"),
        parent=window,
    )

    def offer(staff: Sequence[StaffRow]) -> None:
        who.set_choices([Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None])

    work.ask(staff_list, offer, owner=dialog)
    dialog.open()
    return dialog


def outreach_dialog(work: Work, office: Office, window: QWidget) -> FormDialog:
    """A visit, a day of the mobile group or a meeting."""
    day = DateEdit()
    day.set_value(clock.today())
    rows = {
        "kind": FieldRow(_("What it was"), CodeCombo(office.choices("outreach_kind")), required=True),
        "on": FieldRow(_("On"), day, HELP, required=True),
        "region": FieldRow(_("Region"), CodeCombo(office.choices("region")), required=True),
        "place": FieldRow(_("Where"), LineEdit()),
        "reached": FieldRow(_("People reached"), LineEdit(digits=True, max_length=6), required=True),
        "topic": FieldRow(_("Main topic"), CodeCombo(office.choices("call_topic"))),
        "language": FieldRow(_("Main language"), CodeCombo(office.choices("language"))),
        "note": FieldRow(_("Note"), TextArea(lines=3), _("No names.")),
    }

    def log(book: Any, given: Mapping[str, str]) -> Any:
        reached = int("".join(sign for sign in given["reached"] if sign.isdecimal()) or "0")
        topics = [given["topic"]] if given["topic"] else []
        kind, region, where = given["kind"], given["region"], given["place"]
        spoken = [given["language"]] if given["language"] else []
        wish = LogOutreach(kind=kind, region=region, place=where, reached=reached, topics=topics, on=given["on"])
        return log_outreach(book, msgspec.structs.replace(wish, languages=spoken, note=given["note"]))

    dialog = FormDialog(
        work,
        _("Outreach"),
        rows,
        (("kind", "on"), ("region", "place"), ("reached", "topic"), ("language",), ("note",)),
        _("Save"),
        log,
        needed=("kind", "on", "region", "reached"),
        draft=place("outreach"),
        parent=window,
    )
    dialog.open()
    return dialog
