"""A colleague leaves: what they leave open passes to a successor, and they are removed, in one step."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.staff import RemoveColleague, Removed, remove_colleague
from kzcase.domain.errors import KzcaseError, NotFinishedYet
from kzcase.domain.rows import StaffRow
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.losses import Losses
from kzcase.queries.recovery import LeftBehind, left_behind
from kzcase.ui import theme
from kzcase.ui.messages import banner_error
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

WHAT_FOLLOWS: Final = _(
    "Their passphrase no longer opens this casebook, and its key is changed. What they wrote stays. "
    "This cannot be undone."
)
READ_BEFORE: Final = _(
    "What they have read, and copies they made before, cannot be taken back. Destroy older backups where you can."
)
LOG_ALONE: Final = _(
    "Only they can open the read log. Let another supervisor or auditor have its key first, or two recovery shares "
    "must bring it back."
)
KNOWN: Final = _("I know what stays closed, and do it all the same.")
NOBODY: Final = _("Nobody: it stays under their name")
SHOWN: Final = 12
STAYS: Final = "-"
"""The answer that nobody takes over: given by hand, never found there."""
WHO_NEEDED: Final = _("Choose who takes over, or say that nobody does: until then their deadlines are nobody's.")


class LeavingDialog(QDialog):
    """`removed` carries what came of it."""

    removed = Signal(object)

    def __init__(self, work: Work, desk: "Desk", row: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._desk, self._row = work, desk, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.said = Banner(WHAT_FOLLOWS, "warn")
        self.left = Label(None, wrap=True)
        self.numbers = Label(None, "meta", wrap=True)
        self.successor = CodeCombo([], name=_("Who takes over?"))
        self.successor_row = FieldRow(_("Who takes over?"), self.successor, required=True)
        self.lost = Banner(LOG_ALONE, "danger")
        self.lost.hide()
        self.known = Check(KNOWN)
        self.known.hide()
        self.remove = Button(_("Remove"), kind="danger")
        self.cancel = Button(_("Cancel"))
        self._build()
        self.remove.clicked.connect(self._remove)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        work.ask(lambda reader: left_behind(reader, row.id), self._show, key="leaving", owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Remove {name}?", name=self._row.name), "title", wrap=True))
        layout.addWidget(self.said)
        surface = Card()
        surface.add(self.left)
        surface.add(self.numbers)
        surface.add(self.successor_row)
        surface.add(self.lost)
        surface.add(self.known)
        surface.add(Label(READ_BEFORE, "caption", wrap=True))
        layout.addWidget(surface)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        foot.addWidget(self.cancel)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(520))

    def _show(self, left: LeftBehind) -> None:
        """What they would leave behind; with nothing open nobody is asked for a successor."""
        able = [Choice(other.id, verbatim(other.name)) for other in left.successors]
        self.successor.set_choices([*able, Choice(STAYS, NOBODY)])
        self.successor_row.setVisible(bool(left.cases or left.tasks or left.duties))
        self.left.say(open_words(left.cases, left.tasks, left.duties))
        self.numbers.setVisible(bool(left.numbers))
        self.numbers.say(numbered(left.numbers))
        words = lost_words(left.lost)
        if words is not None:
            self.lost.say(words, "danger")
        self.lost.setVisible(words is not None)
        self.known.setVisible(left.lost.any and not left.lost.cases)
        self._begin()

    def _begin(self) -> None:
        """The keyboard begins at the first thing to answer; with nothing to answer, on Cancel. Enter cancels anyway."""
        asked = ((self.successor_row, self.successor), (self.known, self.known))
        first = next((field for row, field in asked if not row.isHidden()), None)
        if first is not None and self.focusWidget() in (None, self.cancel):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _remove(self) -> None:
        chosen, known = self.successor.code(), self.known.isChecked()
        unanswered = chosen is None and not self.successor_row.isHidden()
        self.successor_row.set_error(WHO_NEEDED if unanswered else None)
        if unanswered:
            return
        desk, wish = self._desk, RemoveColleague(self._row.id, None if chosen == STAYS else chosen, knowingly=known)
        self.remove.setEnabled(False)
        self.remove.say(_("Removing …"))
        self._work.do(lambda _book: remove_colleague(desk, wish), self._done, self._refused, owner=self)

    def _done(self, done: Removed) -> None:
        self.removed.emit(done)
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        """Only what can be tried again is offered again: somebody who is removed already is removed."""
        over = isinstance(error, NotFinishedYet)
        self.remove.setVisible(not over)
        self.remove.setEnabled(True)
        self.remove.say(_("Remove"))
        banner_error(self.said, error)
        if over:
            self.cancel.say(_("Close"))


def numbered(numbers: tuple[str, ...]) -> Words:
    """Their cases by number, the most urgent first; of very many the first."""
    more = "" if len(numbers) <= SHOWN else ", …"
    return _("Cases, the most urgent first: {numbers}", numbers=", ".join(numbers[:SHOWN]) + more)


def lost_words(lost: Losses) -> Words | None:
    """What only they can open, counted and never shown; None where there is nothing."""
    if lost.cases:
        return _("Nobody else may open {cases}.", cases=ngettext("{count} case", "{count} cases", lost.cases))
    if lost.notes or lost.keys:
        return _(
            "Only they can read: {notes}, {keys}. Ask them to open these to a colleague before they go: without that "
            "nobody will ever read them.",
            notes=ngettext("{count} sealed note", "{count} sealed notes", lost.notes),
            keys=ngettext("{count} key for what comes in closed", "{count} keys for what comes in closed", lost.keys),
        )
    return LOG_ALONE if lost.log else None


def open_words(cases: int, tasks: int, duties: int = 0) -> Words:
    """Open cases, tasks and what was promised in one sentence."""
    if duties:
        return _(
            "They leave behind: {cases}, {tasks}, {duties}.",
            cases=ngettext("{count} open case", "{count} open cases", cases),
            tasks=ngettext("{count} open task", "{count} open tasks", tasks),
            duties=ngettext(
                "{count} promise on the line or in the office", "{count} promises on the line or in the office", duties
            ),
        )
    if not cases and not tasks:
        return _("They leave no open case and no open task behind.")
    return _(
        "They leave behind: {cases}, {tasks}.",
        cases=ngettext("{count} open case", "{count} open cases", cases),
        tasks=ngettext("{count} open task", "{count} open tasks", tasks),
    )
