"""Where the case stands: its stage and why, what comes next and what is missing, what has to wait, and until when."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.courses import BeginClosing, ResumeCase, begin_closing, resume_case
from kzcase.actions.papers import WantedPaper
from kzcase.domain.case_facts import WEIGHED
from kzcase.domain.due import DueRow
from kzcase.domain.errors import KzcaseError
from kzcase.domain.pathways_explained import early_words
from kzcase.domain.permissions import Permission
from kzcase.domain.road_rows import ClockRow, FactWord, HeldRow, RoadRow, StandingRow, StatedRow
from kzcase.domain.rows import CasePage
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.roads import where_it_stands
from kzcase.ui import clock, language, theme
from kzcase.ui.cases.road_dialogs import (
    attempt_dialog,
    clear_dialog,
    fact_dialog,
    report_dialog,
    suspend_dialog,
    withdraw_dialog,
)
from kzcase.ui.cases.visibility import BEFORE_FILING, visibility_dialog, weighed_words
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.papers import print_for
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.flow import FlowRow, laid_out_once
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.tips import plain_tip
from kzcase.ui.work import Work

SHOWN_CLOCKS: Final = 6
OPENED: Final = "opened"
"""No reason anybody has to be told."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the card: what stands first, what explains it, and how it is tinted."""

    title: Words
    under: tuple[Words, ...] = ()
    late: bool = False
    more: tuple[Words, ...] = ()
    statement: StatedRow | None = None


class RoadCard(Card):
    """Shows where one case stands; what is missing can be stated from here."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Where the case stands"), parent)
        self._work, self._office = work, office
        self._page: CasePage | None = None
        self.view: StandingRow | None = None
        self._spoken = language.current()
        self._make_buttons()
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[Said, RoadLine] = Lines(lines, self._line)

    def _make_buttons(self) -> None:
        def make(words: Words, icon: str) -> Button:
            return Button(words, kind="quiet", icon=icon, parent=self)

        self.state = Button(_("State a fact"), icon="plus", parent=self)
        self.clear = make(_("Clear a step"), "check")
        self.weigh = make(BEFORE_FILING, "eye")
        self.report = make(_("Duty to report"), "triangle-alert")
        self.attempt = make(_("Attempt to reach"), "phone")
        self.suspend = make(_("Suspend"), "clock")
        self.closing = make(_("Begin closing"), "archive")
        self.print = make(_("Print"), "printer")
        self._buttons: tuple[tuple[Button, Callable[[], object]], ...] = (
            (self.state, self._state),
            (self.clear, self._clear),
            (self.weigh, self._weigh),
            (self.report, self._report),
            (self.attempt, self._attempt),
            (self.suspend, self._suspend),
            (self.closing, self._closing),
            (self.print, self._print),
        )
        self._flow = flow = FlowRow(parent=self)
        for button, pressed in self._buttons:
            button.clicked.connect(pressed)
            button.hide()
            flow.add(button)
        self.add(flow)

    def _line(self, parent: QWidget) -> "RoadLine":
        line = RoadLine(parent)
        line.take_back.clicked.connect(lambda: self._take_back(line.row))
        line.print.clicked.connect(lambda: self._print_weighing(line.row))
        return line

    def show_case(self, page: CasePage) -> None:
        """Look up where this case stands."""
        if self._page is None or self._page.id != page.id:
            self.view = None
            self._lines.show([])
        self._page = page
        self._ask()

    def retranslate(self) -> None:
        super().retranslate()
        if self._page is not None and language.current() != self._spoken:
            self._ask()

    def _ask(self) -> None:
        assert self._page is not None
        case, self._spoken = self._page.id, language.current()
        spoken = self._spoken
        self._work.ask(
            lambda reader: where_it_stands(reader, case, spoken), self._found, self._none, key="road", owner=self
        )

    def _none(self, _error: KzcaseError) -> None:
        """A kind this version has no road for: nothing is said."""
        self._lines.show([])

    def _found(self, view: StandingRow) -> None:
        if self._page is not None and view.case == self._page.id:
            self.view = view
            self._work.slices.do(self._filled(view, self._page), self, key="road")

    def _filled(self, view: StandingRow, page: CasePage) -> Steps:
        yield from self._lines.show_little_by_little(list(all_lines(view, self._office)))
        works = page.closed_on is None and self._office.may(Permission.WORK_ON_CASES)
        self.suspend.say(_("Take up again") if view.suspended else _("Suspend"))
        clears = works and self._office.may(Permission.CLEAR_STEPS)
        with laid_out_once(self._flow):
            for button, _pressed in self._buttons:
                button.setVisible(button is self.print or (clears if button is self.clear else works))

    @property
    def _case(self) -> str:
        return self._page.id if self._page else ""

    @Slot()
    def _state(self) -> None:
        if self.view is not None:
            fact_dialog(self._work, self._office, self.view, self.window()).open()

    @Slot()
    def _weigh(self) -> None:
        if self.view is not None:
            visibility_dialog(self._work, self._office, self._case, self.window()).open()

    @Slot()
    def _clear(self) -> None:
        if self.view is not None:
            clear_dialog(self._work, self.view, self.window()).open()

    @Slot()
    def _report(self) -> None:
        report_dialog(self._work, self._office, self._case, self.window()).open()

    @Slot()
    def _attempt(self) -> None:
        if self._page is not None:
            attempt_dialog(self._work, self._office, self._page, self.window()).open()

    @Slot()
    def _suspend(self) -> None:
        case = self._case
        if self.view is not None and self.view.suspended:
            self._work.do(lambda book: resume_case(book, ResumeCase(case=case)), owner=self)
        else:
            suspend_dialog(self._work, case, self.window()).open()

    @Slot()
    def _closing(self) -> None:
        case = self._case
        self._work.do(lambda book: begin_closing(book, BeginClosing(case=case)), owner=self)

    @Slot()
    def _print(self) -> None:
        print_for(self._work, WantedPaper("road", language.current(), self._case), self.window())

    def _print_weighing(self, row: Said | None) -> None:
        if row is not None and row.statement is not None:
            wish = WantedPaper("weighing", language.current(), self._case, number=row.statement.id)
            print_for(self._work, wish, self.window())

    def _take_back(self, row: Said | None) -> None:
        if row is not None and row.statement is not None:
            withdraw_dialog(self._work, self._case, row.statement, self.window()).open()


class RoadLine(Line[Said]):
    """One line: its words, what explains it below, a chip where it is late, a button where it can be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(None, wrap=True, parent=self)
        self.under = Label(None, "caption", wrap=True, parent=self)
        self.late = Chip(_("Overdue"), "danger", parent=self)
        self.take_back = Button(_("Take back"), kind="quiet", parent=self)
        self.print = Button(_("Print"), kind="quiet", icon="printer", parent=self)
        self.why = Button(_("Why that day"), kind="quiet", parent=self)
        self.why.setCheckable(True)
        self.why.toggled.connect(lambda _open: self.retranslate())
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.title)
        words.addWidget(self.late, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.under)
        for widget in (self.why, self.print, self.take_back):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def show_row(self, row: Said) -> None:
        if self.row is not None and self.row.title != row.title:
            self.row = None  # the explanation was that of another day
            self.why.setChecked(False)
        super().show_row(row)

    def say(self, row: Said) -> None:
        self.title.say(row.title)
        self.why.setVisible(bool(row.more))
        under = (*row.under, *(row.more if self.why.isChecked() else ()))
        self.under.say(language.several(under))
        self.under.setVisible(bool(under))
        self.late.setVisible(row.late)
        self.take_back.setVisible(row.statement is not None and row.statement.mine_to_withdraw)
        self.print.setVisible(row.statement is not None and row.statement.fact == WEIGHED)
        explained = "\n".join(language.text(words) for words in row.more)
        self.setToolTip(plain_tip(explained))
        self.setAccessibleDescription(explained)


# What the lines say


def all_lines(view: StandingRow, office: Office) -> Iterator[Said]:
    """The road, the deadlines, the tracks, what has to wait, and what was stated."""
    road, *tracks = (_road(each) for each in view.roads if each.applies is not False)
    yield road
    yield from (_clock(row) for row in view.clocks[:SHOWN_CLOCKS])
    yield from (_day(row) for row in view.days)
    yield from tracks
    yield from (_waiting(held) for held in _once(view.held))
    yield from (_stated(row, office) for row in view.stated)


def _road(road: RoadRow) -> Said:
    if road.stage is None:
        return Said(_("{track}: not known yet", track=road.name), tuple(_missing(road.missing, ())))
    under: list[Words] = [_("Because {fact}.", fact=fact.said) for fact in road.reasons if fact.code != OPENED]
    if road.next is not None:
        under.append(_("Next: {stage}.", stage=road.next))
        under += _missing(road.missing, road.one_of)
        under += [held.guard for held in road.held]
    under += [early_words(held.step, held.guard) for held in road.early]
    for held in road.happened:
        sentence = _("This happened although a guard stood against it; somebody must look: {guard}", guard=held.guard)
        under.append(sentence)
    return Said(
        _("{track}: {stage}", track=road.name, stage=road.stage), tuple(under), late=bool(road.early or road.happened)
    )


def _missing(needed: Iterable[FactWord], one_of: Iterable[FactWord]) -> list[Words]:
    return [
        *(_("Still missing: {fact}.", fact=fact.said) for fact in needed),
        *_enough([fact.said for fact in one_of]),
    ]


def _enough(one_of: Sequence[Words]) -> list[Words]:
    """What can be done instead of each other, said once."""
    if len(one_of) < 2:
        return [_("One of these is enough: {fact}.", fact=fact) for fact in one_of]
    listed = verbatim("; ".join(language.text(each) for each in one_of))
    return [_("One of these is enough: {fact}.", fact=listed)]


def _once(held: Sequence[HeldRow]) -> Iterator[tuple[list[HeldRow], HeldRow]]:
    """Each guard once, with all the steps it holds back."""
    by_guard: dict[str, list[HeldRow]] = {}
    for row in held:
        by_guard.setdefault(language.text(row.guard), []).append(row)
    yield from ((rows, rows[0]) for rows in by_guard.values())


def _waiting(found: tuple[list[HeldRow], HeldRow]) -> Said:
    rows, first = found
    steps = ", ".join(language.text(row.step) for row in rows)
    missing = _missing(first.missing, first.one_of)
    return Said(_("Has to wait: {steps}", steps=verbatim(steps)), (first.guard, *missing))


def _clock(row: ClockRow) -> Said:
    if row.moment is None and row.last_day is None:
        waits = row.waits_for or verbatim("")
        return Said(_("{deadline}: cannot be counted yet", deadline=row.name), (waits,))
    if row.moment is not None:
        said = _("Until {moment}: {deadline}", moment=row.moment, deadline=row.name)
    else:
        said = _("Until {date}: {deadline}", date=row.last_day, deadline=row.name)
    return Said(said, (row.left,) if row.left else (), row.overdue, row.explained)


def _day(row: DueRow) -> Said:
    left = row.left(clock.now(), clock.today())
    return Said(_("{date}: {what}", date=row.day, what=row.what), (left,), row.overdue, (row.reason,))


def _stated(row: StatedRow, office: Office) -> Said:
    told = [verbatim(text) for text in (row.proof, row.addressee, row.ground, row.source) if text]
    said = _("{fact}: {step}", fact=row.said, step=row.step) if row.step else row.said
    when = row.moment or row.at
    by = _("stated by {colleague}, {date}", colleague=row.by or "", date=when) if when else verbatim(row.by or "")
    return Said(said, (*weighed_words(office, row), *told, by), statement=row)
