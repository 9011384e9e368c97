"""Recovery shares in the settings: who holds which, when two were last tried, and new ones when a holder leaves."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.shares import GiveShare, give_share
from kzcase.domain.recovery import RecoveryState, ShareRow
from kzcase.i18n import Words, _
from kzcase.queries.recovery import recovery_state
from kzcase.ui import theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.settings.share_dialogs import NewSharesDialog, TrySharesDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.flow import FlowRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

DUE: Final = _("It is half a year since two recovery shares were tried. Ask two holders to come and try them.")
TRIED: Final = _("These two shares open the casebook.")
LEFT: Final = _("Somebody who holds a share has left. Please make new shares.")
MADE: Final = _("The new shares count from now on. The old ones open nothing: collect and destroy them.")
NEVER: Final = _("Two shares have not been tried yet.")
ALONE: Final = _("One-person organisation: nobody else can sign a second time.")


class RecoveryCard(Card):
    """Only for those who may manage staff."""

    def __init__(self, work: Work, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Recovery shares"), parent)
        self._work, self._desk = work, desk
        self._told = False
        self.said = Banner(DUE, "warn", parent=self)
        self.said.hide()
        self.tried = Label(None, "meta", wrap=True, parent=self)
        self.alone = Label(ALONE, "meta", wrap=True, parent=self)
        self.alone.hide()
        self.attempt = Button(_("Try two shares"), icon="key-round", parent=self)
        self.renew = Button(_("Make new shares"), kind="quiet", icon="refresh-cw", parent=self)
        self._build()
        self.attempt.clicked.connect(self._try)
        self.renew.clicked.connect(self._renew)
        work.changed.connect(self._changed)
        self._look_again()

    def _build(self) -> None:
        explained = _("Two of the three open the casebook when a passphrase is forgotten; one alone opens nothing.")
        self.add(Label(explained, "meta", wrap=True, parent=self))
        self.add(self.said)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[ShareRow, ShareLine] = Lines(lines, self._line)
        self.add(self.tried)
        self.add(self.alone)
        buttons = FlowRow(parent=self)
        buttons.add(self.attempt)
        buttons.add(self.renew)
        self.add(buttons)

    def _line(self, parent: QWidget) -> "ShareLine":
        line = ShareLine(parent)
        line.give.clicked.connect(lambda: self._give(line))
        return line

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "recovery", "staff"):
            self._look_again()

    def _look_again(self) -> None:
        self._work.ask(recovery_state, self._show, key="recovery", owner=self)

    def _show(self, state: RecoveryState) -> None:
        self._lines.show(state.shares)
        self.tried.say(last_tried(state))
        self.alone.setVisible(state.one_person)
        if state.replace:
            self.said.say(LEFT, "warn")
        elif state.due:
            self.said.say(DUE, "warn")
        elif not self._told:
            self.said.hide()

    def _give(self, line: "ShareLine") -> None:
        if line.row is not None:
            GiveShareDialog(self._work, line.row.number, self.window()).open()

    @Slot()
    def _try(self) -> None:
        dialog = TrySharesDialog(self._work, self._desk, self.window())
        dialog.accepted.connect(lambda: self._tell(TRIED))
        dialog.open()

    @Slot()
    def _renew(self) -> None:
        dialog = NewSharesDialog(self._work, self._desk, self.window())
        dialog.accepted.connect(lambda: self._tell(MADE))
        dialog.open()

    def _tell(self, words: Words) -> None:
        """It was done; this stays to be read, unless there is something to warn of."""
        self._told = True
        self.said.say(words, "ok")


class ShareLine(Line[ShareRow]):
    """One share: who holds it since when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.holder = Label(None, "label", parent=self), Label(None, "caption", wrap=True, parent=self)
        self.give = Button(_("Given to"), kind="quiet", parent=self)
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.number)
        words.addWidget(self.holder)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        layout.addWidget(self.give)

    def say(self, row: ShareRow) -> None:
        number = _("Share {number}", number=row.number)
        self.number.say(number)
        self.holder.say(held_by(row))
        self.give.setAccessibleName(f"{self.give.words()}: {self.number.text()}")


class GiveShareDialog(FormDialog):
    """Who holds a share from today on."""

    def __init__(self, work: Work, number: int, parent: QWidget | None = None) -> None:
        def act(book: Any, values: Any) -> Any:
            return give_share(book, GiveShare(number, values["holder"]))

        keeper = LineEdit(_("Name of the person who keeps it"), max_length=200)
        super().__init__(
            work,
            _("Share {number}", number=number),
            {"holder": FieldRow(_("Given to"), keeper, required=True)},
            (("holder",),),
            _("Write it down"),
            act,
            needed=("holder",),
            parent=parent,
        )


def held_by(row: ShareRow) -> Words:
    """A holder in one line."""
    if row.holder is None:
        return _("nobody is written down as its holder")
    since = _("{name}, since {date}", name=row.holder, date=row.given_on)
    return _("{holder} — has left, so this share must be replaced", holder=since) if row.left else since


def last_tried(state: RecoveryState) -> Words:
    """When two shares were last tried, and when again."""
    if state.tried_on is None:
        return NEVER
    return _("Two shares were last tried on {date}; again from {due} on.", date=state.tried_on, due=state.due_on)
