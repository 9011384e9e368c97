"""Summaries that name nobody: period, tables, check, release; a period is closed once, and the ledger keeps all."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kzcase.actions.releases import approve_release
from kzcase.domain.errors import KzcaseError
from kzcase.domain.ids import from_hex
from kzcase.domain.periods import period_words
from kzcase.i18n import Language, Words, _
from kzcase.summaries.casebook import Ready, Released, entered, take_back, written
from kzcase.summaries.checking import Checked, PeriodChoice, check
from kzcase.summaries.spec import Spec
from kzcase.ui import language, messages, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps
from kzcase.ui.summaries.ledger import LedgerCard
from kzcase.ui.summaries.steps import CheckStep, PeriodStep, ReleaseStep, TablesStep
from kzcase.ui.summaries.subjects import PEOPLE, SUBJECTS, Looked, look_at
from kzcase.ui.summaries.watching import Watching
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box, page_body
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.columns import OneOf
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import CANCELLED, LongWork, Work, concerns

STEPS: Final[tuple[Words, ...]] = (_("Period"), _("Tables"), _("Check"), _("Release"))
PERIOD, TABLES, CHECK, RELEASE = range(4)


class SummariesPage(Page):
    """One summary at a time, step by step; nothing is closed or written before the last one."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._looked = Looked({}, (), ())
        self.subject = PEOPLE
        self.period: PeriodChoice | None = None
        self.worked_out: Ready | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = page_body(self)
        told = _("Numbers for partners, ministries and donors that name nobody.")
        self.header = PageHeader(_("Summaries"), told, parent=self)
        layout.addWidget(self.header)
        card = Card(parent=self)
        layout.addWidget(card, 3)
        self._make_trail(card)
        yield
        yield from self._make_steps(card)
        self._make_foot(card)
        yield
        self.ledger = LedgerCard(self._office.colleague, self)
        layout.addWidget(self.ledger, 1)
        self._connect()
        yield from self._going(PERIOD)
        self.refresh()

    def _make_trail(self, card: Card) -> None:
        self.trail = [Chip(words, parent=card) for words in STEPS]
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        card.body.addLayout(line)
        for chip in self.trail:
            line.addWidget(chip)
        line.addStretch(1)
        self.told = Banner(_("Summaries"), "info", parent=card)
        self.told.hide()
        card.add(self.told)

    def _make_steps(self, card: Card) -> Steps:
        holder = QWidget(card)
        card.add(holder, 1)
        self.steps = OneOf(holder)
        box(self.steps)
        self.period_step = PeriodStep(holder)
        self.steps.add(self.period_step)
        yield
        self.tables_step = TablesStep(holder)
        self.steps.add(self.tables_step)
        yield
        self.check_step = CheckStep(holder)
        self.steps.add(self.check_step)
        yield
        self.release_step = ReleaseStep(holder)
        self.steps.add(self.release_step)
        yield

    def _make_foot(self, card: Card) -> None:
        self.next = Button(_("Next"), kind="primary", icon="arrow-right", parent=card)
        self.before = Button(_("Back"), kind="quiet", icon="chevron-left", parent=card)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        card.body.addLayout(foot)
        foot.addWidget(self.before)
        foot.addStretch(1)
        foot.addWidget(self.next)

    def _connect(self) -> None:
        self.period_step.picked.connect(self._pick_period)
        self.period_step.subject_chosen.connect(self._pick_subject)
        self.period_step.list.opened.connect(lambda _row: self.next.click())
        self.tables_step.changed.connect(self._offer)
        self.tables_step.level.chosen.connect(lambda _code: self._forget())
        self.release_step.looked.toggled.connect(lambda _ticked: self._offer())
        self.next.clicked.connect(self._next)
        self.before.clicked.connect(lambda: self._go(self.steps.currentIndex() - 1))
        self.ledger.approve_wanted.connect(self._ask_approve)
        self._work.changed.connect(self._changed)

    @Slot()
    def refresh(self) -> None:
        """Look at periods and ledger again."""
        self._work.ask(
            look_at,
            self._take,
            self._refused,
            key="summaries",
            owner=self,
        )

    def _take(self, looked: Looked) -> None:
        self._looked = looked
        periods = looked.periods.get(self.subject.code, ())
        self.period_step.show_periods(self.subject, periods)
        self.ledger.show_releases(looked.releases)
        if self.period is not None:
            self.period = next((one for one in periods if one.period == self.period.period), None)
            self.tables_step.keep_base(self.period.base if self.period is not None else None)
        self._offer()

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "releases", "cases", "calls", "staff"):
            self.refresh()

    # the steps

    def _go(self, number: int) -> None:
        """To another step: one part of the page after the other, painted when all of them say the same."""
        self.told.hide()
        self._work.slices.do(self._going(max(PERIOD, min(number, RELEASE))), self, key="step")

    def _going(self, number: int) -> Steps:
        self.setUpdatesEnabled(False)
        try:
            self.steps.setCurrentIndex(number)
            yield
            self.ledger.setVisible(number == PERIOD)  # the other steps need the whole height
            yield
            self._offer()
            yield
            self.retranslate()
            yield
        finally:
            if shiboken6.isValid(self):
                self.setUpdatesEnabled(True)

    def retranslate(self) -> None:
        if not hasattr(self, "ledger"):
            return
        here = self.steps.currentIndex()
        for number, (chip, words) in enumerate(zip(self.trail, STEPS, strict=True)):
            chip.say(words, "info" if number == here else "ok" if number < here else "neutral")
        self.next.say(_("Write the files") if here == RELEASE else _("Next"))

    @Slot()
    def _offer(self) -> None:
        """The way on is open only when this step is done."""
        here = self.steps.currentIndex()
        checked = self.check_step.checked
        done = {
            PERIOD: self.period is not None,
            TABLES: bool(self.tables_step.chosen()),
            CHECK: self.worked_out is not None and checked is not None and checked.safe,
            RELEASE: self.worked_out is not None and self.release_step.looked.isChecked(),
        }
        self.next.setEnabled(done[here])
        self.before.setVisible(here != PERIOD)

    @Slot(str)
    def _pick_subject(self, code: str) -> None:
        """People or calls: what was worked out for the other is forgotten."""
        self.subject, self.period = SUBJECTS[code], None
        self._forget()
        self.tables_step.show_subject(self.subject)
        self._take(self._looked)

    @Slot(object)
    def _pick_period(self, row: PeriodChoice | None) -> None:
        if row is None or self.period is None or row.period != self.period.period:
            self._forget()
        self.period = row
        self.tables_step.keep_base(row.base if row is not None else None)
        self._offer()

    def _forget(self) -> None:
        """What was worked out belongs to another wish."""
        self.worked_out = None
        self.check_step.checked = None

    @Slot()
    def _next(self) -> None:
        match self.steps.currentIndex():
            case number if number == TABLES:
                self._start_check()
            case number if number == CHECK:
                assert self.worked_out is not None
                self.release_step.show_ready(self.worked_out, self._looked.supervisors, self._office.colleague)
                self._go(RELEASE)
            case number if number == RELEASE:
                self._ask_release()
            case number:
                self._go(number + 1)

    # checking

    def wish(self) -> Spec:
        """The summary as it is wanted."""
        assert self.period is not None
        return Spec(self.tables_step.base(), self.tables_step.chosen(), self.period.period)

    def _start_check(self) -> None:
        """Round and attack, on a thread of its own; a rounding once made for a period is kept for all its tables."""
        spec, before, subject = self.wish(), self.worked_out, self.subject

        def job(book: Any, progress: LongWork) -> object:
            watch = Watching(progress)
            if before is not None and before.closing is not None:
                ready: Ready | None = replace(before, spec=spec)
            else:
                ready = subject.prepare(book, spec, watch)
            found = check(book, ready, watch) if ready is not None else None
            return CANCELLED if ready is None or found is None else (ready, found)

        self.next.setEnabled(False)
        self._work.long(
            job, self._checked, _("Checking every number"), self._refused, cancelled=self._offer, owner=self
        )

    def _checked(self, found: Any) -> None:
        ready, checked = found
        assert isinstance(ready, Ready)
        assert isinstance(checked, Checked)
        self.worked_out = ready
        self.check_step.show_checked(checked, ready.indicators())
        self._go(CHECK)

    def _refused(self, error: KzcaseError) -> None:
        self._offer()
        self.told.say(error.words.with_arguments(**error.facts), "warn")

    # leaving

    def _ask_release(self) -> None:
        assert self.worked_out is not None
        if self.worked_out.closing is None:
            self._choose_folder()
            return
        messages.ask(
            _("Close the period {period} for ever?", period=period_words(self.worked_out.spec.period)),
            _("Its numbers are sealed now and never change. Who comes later counts in the next open period."),
            _("Close the period"),
            self._choose_folder,
            parent=self,
        )

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, language.text(_("Folder for the files")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda path: self.release_to(Path(path)))
        QFileDialog.open(dialog)

    def release_to(self, folder: Path) -> None:
        """Close the period if need be, write the files into a folder of their own, enter them in the ledger."""
        assert self.worked_out is not None
        ready, spoken = self.worked_out, self.release_step.spoken()
        out = folder / f"{self.subject.folder}{ready.spec.period}-{spoken}"
        self.next.setEnabled(False)
        self._work.do(ready.close, lambda _done: self._write(ready, out, spoken), self._refused, owner=self)

    def _write(self, ready: Ready, out: Path, spoken: Language) -> None:
        self.worked_out = ready = replace(ready, closing=None)

        def job(book: Any, _progress: LongWork) -> dict[str, str]:
            return written(book, ready, out, language=spoken)

        def then(prints: dict[str, str]) -> None:
            self._enter(ready, prints, out)

        self._work.long(job, then, _("Writing the files"), self._refused, cancelled=self._offer, owner=self)

    def _enter(self, ready: Ready, prints: dict[str, str], out: Path) -> None:
        def failed(error: KzcaseError) -> None:
            self._work.long(lambda _book, _progress: take_back(out), lambda _done: None, _("Writing the files"))
            self._refused(error)

        self._work.do(lambda book: entered(book, ready, prints), self._released, failed, owner=self)

    def _released(self, done: Released) -> None:
        self.told.say(_("Summary No. {number} is written and stands in the ledger.", number=done.number), "ok")
        self.release_step.looked.setChecked(False)
        self._offer()

    # the second person

    @Slot(str)
    def _ask_approve(self, release: str) -> None:
        messages.ask(
            _("Sign this summary as the second person?"),
            _("You confirm that you looked at it and that it may leave. This cannot be undone."),
            _("Sign"),
            lambda: self._approve(release),
            dangerous=False,
            parent=self,
        )

    def _approve(self, release: str) -> None:
        found = from_hex(release) or b""
        self._work.do(lambda book: approve_release(book, found), self._approved, self._refused, owner=self)

    def _approved(self, _done: object) -> None:
        self._forget()
        self._go(PERIOD)
        self.told.say(_("Signed. Written again, the files carry no stamp."), "ok")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.steps.currentIndex() != PERIOD:
            self._go(self.steps.currentIndex() - 1)
        else:
            super().keyPressEvent(event)
