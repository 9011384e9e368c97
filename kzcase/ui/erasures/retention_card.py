"""Cases, calls and referrals past their term or under a legal hold, for supervisors; nothing is erased by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.holds import hold, release
from kzcase.actions.suspicions import Ended, RenewSuspicion, end_and_forget, end_due, renew_suspicion
from kzcase.domain.erasures import HeldRow, RetentionRow, SuspicionRow
from kzcase.domain.permissions import Permission
from kzcase.domain.retention import CALL, INCOMING, OTHER_KINDS
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.retention import due, held_list, suspicions_due
from kzcase.queries.without_case import due_without_case, held_without_case
from kzcase.ui import language, theme
from kzcase.ui.drafts import place
from kzcase.ui.erasures.certificate import renew_backups
from kzcase.ui.erasures.erase_dialog import EraseDialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import ask
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import LongWork, Work, concerns

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

NONE_DUE: Final = _("No case, call or referral is past its term.")
BECAME_NONE: Final = {CALL: _("call that became no case"), INCOMING: _("referral from others that became no case")}
NOT_CONFIRMED: Final = _("These terms are our own proposal and not confirmed: ask a lawyer before you erase.")
SHOWN: Final = 20
FEATURES: Final = ("erasures", "cases", "people", "calls", "referrals", "rules")


class RetentionCard(Card):
    """Looked up as quiet long work; the longest past their term first."""

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Retention"), parent)
        self._work, self._office, self._desk = work, office, desk
        self.nothing = Label(NONE_DUE, "meta", wrap=True, parent=self)
        self.doubtful = Label(NOT_CONFIRMED, "caption", wrap=True, parent=self)
        for label in (self.nothing, self.doubtful):
            label.hide()
            self.add(label)
        self.due: Lines[RetentionRow, DueLine] = Lines(self._layout(), self._due_line)
        self.held: Lines[HeldRow, HeldLine] = Lines(self._layout(), self._held_line)
        self.suspicions: Lines[SuspicionRow, SuspicionLine] = Lines(self._layout(), self._suspicion_line)
        self.end_all = Button(_("Take all of them away"), kind="quiet", parent=self)
        self.end_all.clicked.connect(self._ask_end_all)
        self.end_all.hide()
        self.body.addWidget(self.end_all, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(office.may(Permission.ERASE))
        if office.may(Permission.ERASE):
            work.changed.connect(self._changed)
            self.look_again()

    def _layout(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        box(layout, space=theme.SPACE_GROUP)
        self.body.addLayout(layout)
        return layout

    def _due_line(self, parent: QWidget) -> "DueLine":
        line = DueLine(self._office, parent)
        line.erase.clicked.connect(lambda: self._erase(line.row))
        line.hold.clicked.connect(lambda: self._hold(line.row))
        return line

    def _held_line(self, parent: QWidget) -> "HeldLine":
        line = HeldLine(parent)
        line.release.clicked.connect(lambda: self._ask_release(line.row))
        return line

    def _suspicion_line(self, parent: QWidget) -> "SuspicionLine":
        line = SuspicionLine(self._office, parent)
        line.end.clicked.connect(lambda: self._ask_end(line.row))
        line.renew.clicked.connect(lambda: self._renew(line.row))
        return line

    def look_again(self) -> None:
        """Look through the closed cases."""
        self._work.long(_looked, self._show, _("Looking through what is past its term"), owner=self, quiet=True)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, *FEATURES) and self.isVisible():
            self.look_again()

    def _show(self, found: tuple[list[RetentionRow], list[HeldRow], list[SuspicionRow]]) -> None:
        rows, held, suspicions = found
        self.suspicions.show(suspicions[:SHOWN])
        self.end_all.setVisible(len(suspicions) > 1)
        self.due.show(rows[:SHOWN])
        self.held.show(held[:SHOWN])
        self.nothing.setVisible(not rows)
        self.doubtful.setVisible(any(row.doubtful for row in rows))

    def _erase(self, row: RetentionRow | None) -> None:
        assert row is not None
        record = row.kind in OTHER_KINDS
        dialog = EraseDialog(self._work, self._office, row.case, self.window(), record=record)
        dialog.reason.set_code("retention")
        window = self.window()
        dialog.erased.connect(lambda number: renew_backups(self._work, self._desk, number, window))
        dialog.open()

    def _hold(self, row: RetentionRow | None) -> None:
        assert row is not None
        hold_dialog(self._work, row.case, self.window()).open()

    def _ask_release(self, row: HeldRow | None) -> None:
        assert row is not None
        case = row.case

        def take_off() -> None:
            self._work.do(lambda book: release(book, case))

        then = _("From then on it can be erased.") if row.kind else _("From then on the person in it can be erased.")
        ask(_("Take the legal hold off {number}?", number=row.number), then,
            _("Take off"), take_off, parent=self.window())  # fmt: skip

    def _ask_end(self, row: SuspicionRow | None) -> None:
        assert row is not None
        record = row.record
        self._ask(_("Take this suspicion away for good?"), lambda book: end_and_forget(book, (record,)))

    @Slot()
    def _ask_end_all(self) -> None:
        self._ask(_("Take every suspicion past its term away for good?"), end_due)

    def _ask(self, question: Words, job: Callable[[Any], Ended]) -> None:
        said = _("Whoever it names is erased too, where nothing else holds them. It cannot be undone.")
        ask(question, said, _("Take away"), lambda: self._end(job), parent=self.window())

    def _end(self, job: Callable[[Any], Ended]) -> None:
        """Then a new backup in place of those that still hold whoever was erased, and the certificate."""
        window = self.window()

        def then(ended: Ended) -> None:
            if ended.erasures:
                renew_backups(self._work, self._desk, ended.erasures[-1], window)

        self._work.do(job, then, owner=window)

    def _renew(self, row: SuspicionRow | None) -> None:
        assert row is not None
        renew_dialog(self._work, row, self.window()).open()


def _looked(book: Any, _progress: LongWork) -> tuple[list[RetentionRow], list[HeldRow], list[SuspicionRow]]:
    with book.read("long") as reader:
        rows = sorted((*due(reader), *due_without_case(reader)), key=lambda row: (row.due_on, row.number))
        return rows, [*held_list(reader), *held_without_case(reader)], suspicions_due(reader)


class SuspicionLine(Line[SuspicionRow]):
    """One suspicion past its term: of which kind and in which case; taken away, or kept longer with a reason."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.number = Label(None, "label", wrap=True, parent=self)
        self.since = Label(None, "caption", wrap=True, parent=self)
        self.end = Button(_("Take away"), kind="quiet", parent=self)
        self.renew = Button(_("Keep longer"), kind="quiet", parent=self)
        _beside(self, (self.number, self.since), (self.end, self.renew))

    def say(self, row: SuspicionRow) -> None:
        kind = language.text(self._office.said("tie", row.kind))
        self.number.say(verbatim(f"{row.number}  ·  {kind}"))
        self.since.say(_("past its term since {date}; nobody sees it any more", date=row.keep_until or ""))
        for button, said in ((self.end, _("Take away")), (self.renew, _("Keep longer"))):
            button.setAccessibleName(f"{language.text(said)}: {row.number}")


class DueLine(Line[RetentionRow]):
    """One case: its number and kind, since when it is past its term, and what can be done."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.number = Label(None, "label", wrap=True, parent=self)
        self.since = Label(None, "caption", wrap=True, parent=self)
        self.erase = Button(_("Erase"), kind="quiet", parent=self)
        self.hold = Button(_("Hold"), kind="quiet", parent=self)
        _beside(self, (self.number, self.since), (self.erase, self.hold))

    def say(self, row: RetentionRow) -> None:
        kind = language.text(BECAME_NONE.get(row.kind) or self._office.said("case_kind", row.kind))
        self.number.say(verbatim(f"{row.number}  ·  {kind}"))
        shorter = _("past its term since {date}; that is shorter than the law makes one keep it", date=row.due_on)
        self.since.say(shorter if row.below_law else _("past its term since {date}", date=row.due_on))
        for button, said in ((self.erase, _("Erase")), (self.hold, _("Hold"))):
            button.setAccessibleName(f"{language.text(said)}: {row.number}")


class HeldLine(Line[HeldRow]):
    """One case under a hold: its number, why, and a way to take the hold off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = Label(None, "label", wrap=True, parent=self)
        self.why = Label(None, "caption", wrap=True, parent=self)
        self.release = Button(_("Take the hold off"), kind="quiet", parent=self)
        _beside(self, (self.number, self.why), (self.release,))

    def say(self, row: HeldRow) -> None:
        self.number.say(_("{number}: legal hold", number=row.number))
        self.why.say(verbatim(row.why))
        self.release.setAccessibleName(f"{language.text(_('Take the hold off'))}: {row.number}")


def _beside(line: QWidget, words: tuple[QWidget, ...], buttons: tuple[QWidget, ...]) -> None:
    layout, left = QHBoxLayout(line), QVBoxLayout()
    box(layout, space=theme.SPACE_GROUP)
    box(left, space=2)
    layout.addLayout(left, 1)
    for each in words:
        left.addWidget(each)
    for button in buttons:
        layout.addWidget(button)


def hold_dialog(work: Work, case: str, parent: QWidget) -> FormDialog:
    """Put a legal hold on a case, or on a call or referral that became none."""
    rows = {"why": FieldRow(_("Why"), LineEdit(), required=True)}
    return FormDialog(
        work,
        _("Put a legal hold"),
        rows,
        (("why",),),
        _("Hold"),
        lambda book, values: hold(book, case, values["why"]),
        needed=("why",),
        hint=_("While it is there, nothing of this is erased."),
        draft=place("hold", case),
        parent=parent,
    )


def renew_dialog(work: Work, row: SuspicionRow, parent: QWidget) -> FormDialog:
    """Keep a suspicion longer: until when, and why."""
    rows = {
        "keep_until": FieldRow(_("Keep until"), DateEdit(), required=True),
        "why": FieldRow(_("Why"), LineEdit(), required=True),
    }
    return FormDialog(
        work,
        _("Keep the suspicion longer"),
        rows,
        (("keep_until",), ("why",)),
        _("Save"),
        lambda book, said: renew_suspicion(
            book, RenewSuspicion(record=row.record, keep_until=said["keep_until"], why=said["why"])
        ),
        needed=("keep_until", "why"),
        parent=parent,
    )
