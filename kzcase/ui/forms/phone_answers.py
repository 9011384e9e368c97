"""Taking in answers from phones: a file is looked through, every set of answers is shown, and what is good goes in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, NeedsReason, Stopped
from kzcase.exchange.folders import read_source
from kzcase.exchange.incoming import Decision, LookInto, Proposal, goes_in, propose, take_in
from kzcase.exchange.looking import Looked, What
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.fields import field_sentence
from kzcase.ui.forms.phone_item import ItemPane
from kzcase.ui.messages import banner_error
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box, inside
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import LongWork, Work, is_cancelled

TITLE: Final = _("Answers from phones")
LOOKING: Final = _("Looking through the answers")
UNTOUCHED: Final = _("Nothing is taken in yet, and nothing that is here is ever overwritten.")
WIDTH: Final = 1080
HEIGHT: Final = 660


def choose_answers(over: QWidget, chosen: Callable[[Path], object], *, folder: bool = False) -> QFileDialog:
    """Ask which file, or which folder; nothing is remembered of where it was."""
    dialog = QFileDialog(over, language.text(TITLE))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    if not folder:
        dialog.setNameFilter(f"{language.text(TITLE)} (*.xml *.zip)")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    QFileDialog.open(dialog)
    return dialog


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read, and what would happen to each set of answers in it; or why nobody can tell yet."""

    content: bytes = field(repr=False)
    proposal: Proposal | None
    error: KzcaseError | None = None


def look_into(book: Any, progress: LongWork, path: Path, content: bytes, reason: str) -> Seen:
    """Read a file, unless it was read before, and look it through; long work that can be stopped."""

    def watch(done: int, total: int) -> None:
        if is_cancelled(progress):
            raise Stopped
        progress.report(done, total)

    content = content or read_source(path)
    try:
        return Seen(content, propose(book, LookInto(path.name, content, look_reason=reason), watch))
    except NeedsReason as error:
        return Seen(content, None, error)


class AnswersDialog(QDialog):
    """The answers of one file at the left, the one chosen at the right; what is not taken in stays listed."""

    def __init__(self, work: Work, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._path = work, path
        self.seen: Seen | None = None
        self.decisions: dict[str, Decision] = {}
        self._act, self._reason = "", ""
        self._looking: LongWork | None = None
        self._busy = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(LOOKING, "info", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=TITLE, parent=self)
        self.reasons = KeyChoices(office_at(work).choices("look_reason"), name=_("Why you need it"))
        self.again = Button(_("Look again"), icon="search")
        self.undo = Button(_("Undo"), kind="quiet", icon="undo-2")
        self.take = Button(_("Take in"), kind="primary", icon="check", shortcut="Ctrl+S")
        self.close_it = Button(_("Close"))
        self._build()
        self._connect()
        self._look()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(TITLE, "title", parent=self))
        layout.addWidget(Label(verbatim(self._path.name), "meta", wrap=True, parent=self))
        for widget in (self.told, self.bar):
            layout.addWidget(widget)
        halves = QHBoxLayout()
        box(halves, space=theme.SPACE_CARD)
        halves.addWidget(self.list, 1)
        scroll = InnerScroll(self)
        self.pane = ItemPane(self._work, office_at(self._work), inside(scroll.body))
        scroll.body.addWidget(self.pane)
        scroll.body.addStretch(1)
        halves.addWidget(scroll, 1)
        layout.addLayout(halves, 1)
        self._why = FieldRow(_("Why you need it"), self.reasons, parent=self)
        layout.addWidget(self._why)
        line = foot(self.again, self.close_it, self.take)
        line.insertWidget(0, self.undo)
        layout.addLayout(line)
        for hidden in (self._why, self.again, self.undo):
            hidden.hide()
        self.take.setEnabled(False)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _connect(self) -> None:
        self.list.picked.connect(self._picked)
        self.pane.decided.connect(self._decided)
        self.again.clicked.connect(self._look_again)
        self.take.clicked.connect(self._take_in)
        self.undo.clicked.connect(self._undo)
        self.close_it.clicked.connect(self.reject)

    # Looking

    def _look(self) -> None:
        content, path, reason = self.seen.content if self.seen else b"", self._path, self._reason
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(language.text(LOOKING))
        self.bar.show()
        self.close_it.say(_("Cancel"))
        self.take.setEnabled(False)
        self._busy = True
        self._looking = self._work.long(
            lambda book, progress: look_into(book, progress, path, content, reason),
            self._take,
            LOOKING,
            self._refused,
            cancelled=self._over,
            owner=self,
            quiet=True,  # how far it is stands here
        )
        self._looking.progressed.connect(self._progressed)

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _over(self) -> None:
        self._busy = False
        self.bar.hide()
        self.close_it.say(_("Close"))

    def _take(self, seen: Seen) -> None:
        self._over()
        self.seen = seen
        items = seen.proposal.items if seen.proposal is not None else ()
        beyond = seen.error is not None or any(item.beyond for item in items)
        self._why.setVisible(beyond)
        self.again.setVisible(beyond)
        self.rows.show_rows(items)
        if seen.error is not None:
            self.told.say(field_sentence(seen.error), "warn")
        elif not self._act:
            self._summarise()
        self._offer()
        self.list.selectRow(0)
        self._picked(items[0] if items else None)
        (self.list if items else self.reasons).setFocus(Qt.FocusReason.OtherFocusReason)

    def _summarise(self) -> None:
        assert self.seen is not None
        assert self.seen.proposal is not None
        counts = self.seen.proposal.count
        said = _(
            "With a case: {matched}. Without one: {new}. Here already: {there}. Other than before: {differs}. "
            "Refused: {bad}. {untouched}",
            **{what.value: counts(what) for what in What},
            untouched=UNTOUCHED,
        )
        self.told.say(said, "warn" if counts(What.BAD) or counts(What.DIFFERS) else "info")

    @Slot()
    def _look_again(self) -> None:
        self._reason = self.reasons.code() or ""
        self._why.set_error(None if self._reason else _("Please fill this in."))
        if self._reason:
            self._look()

    # Deciding

    @Slot(object)
    def _picked(self, item: Looked | None) -> None:
        self.pane.show_item(item, self.decisions.get(item.instance) if item is not None else None)

    @Slot(str, object)
    def _decided(self, instance: str, decision: Decision) -> None:
        self.decisions[instance] = decision
        self.rows.retranslate()
        self.list.viewport().update()
        self._offer()

    def going(self) -> list[Looked]:
        """What would be taken in now."""
        items = self.seen.proposal.items if self.seen is not None and self.seen.proposal is not None else ()
        return [item for item in items if goes_in(item, self.decisions.get(item.instance))]

    def _offer(self) -> None:
        self.take.setEnabled(bool(self.going()) and not self._busy)

    # Taking in

    @Slot()
    def _take_in(self) -> None:
        assert self.seen is not None
        proposal, decisions, reason, count = self.seen.proposal, dict(self.decisions), self._reason, len(self.going())
        assert proposal is not None
        self.take.setEnabled(False)
        self._work.do(
            lambda book: take_in(book, proposal, decisions, reason),
            lambda done: self._taken(done, count),
            self._refused,
            owner=self,
        )

    def _taken(self, done: Done, count: int) -> None:
        self._act = done.act.hex()
        self.undo.show()
        self.told.say(
            ngettext(
                "{count} set of answers was taken in. What is left stays in the list.",
                "{count} sets of answers were taken in. What is left stays in the list.",
                count,
            ),
            "ok",
        )
        self._look()

    @Slot()
    def _undo(self) -> None:
        act = self._act
        self._work.do(lambda book: undo_act(book, UndoAct(of=act)), self._undone, self._refused, owner=self)

    def _undone(self, _done: Done) -> None:
        self._act = ""
        self.undo.hide()
        self._look()

    def _refused(self, error: KzcaseError) -> None:
        self._over()
        self._offer()
        banner_error(self.told, error)

    def reject(self) -> None:
        """Whoever closes the dialog does not wait for the rest."""
        if self._busy and self._looking is not None:
            self._looking.cancel()
        super().reject()

    # The list

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("What happens"), self._state, 130, 0, tone=self._tone, whole=_states),
            Column(
                _("Form"),
                lambda item: verbatim(language.text(item.title) or item.form_id or item.place),
                130,
                2,
                strong=True,
            ),
            Column(_("Case"), lambda item: verbatim(item.number), 156, 0, 1),
            Column(_("In the file"), lambda item: verbatim(item.place), 120, 1, 2, faint=True),
        )

    def _state(self, item: Looked) -> Words:
        if goes_in(item, self.decisions.get(item.instance)):
            return GOES_IN
        if item.beyond:
            return OF_OTHERS
        return STATES[item.what]

    def _tone(self, item: Looked) -> Tone:
        if goes_in(item, self.decisions.get(item.instance)):
            return "ok"
        return "warn" if item.beyond else TONES[item.what]


GOES_IN: Final = _("will be taken in")
OF_OTHERS: Final = _("a case of others")
STATES: Final[dict[What, Words]] = {
    What.MATCHED: _("left out"),
    What.NEW: _("needs a case"),
    What.THERE: _("here already"),
    What.DIFFERS: _("other than before"),
    What.BAD: _("refused"),
}
TONES: Final[dict[What, Tone]] = {
    What.MATCHED: "neutral", What.NEW: "warn", What.THERE: "neutral", What.DIFFERS: "warn", What.BAD: "danger",
}  # fmt: skip


def _states() -> list[str]:
    """Every state in words: none of them is cut short."""
    return [language.text(words) for words in (GOES_IN, OF_OTHERS, *STATES.values())]
