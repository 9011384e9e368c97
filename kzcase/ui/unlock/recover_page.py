"""A forgotten passphrase: two recovery shares are typed, then somebody gets a new passphrase and new keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.messages import banner_error
from kzcase.ui.passphrases import NewPassphrase
from kzcase.ui.two_shares import TwoShares
from kzcase.ui.unlock.door import Door
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label

if TYPE_CHECKING:
    from kzcase.actions.recovery import Candidate, Recover
    from kzcase.actions.shares import Pair

EXPLAINED: Final = _(
    "Any two of the three recovery shares open the casebook again. Ask two of the people who keep them to come with "
    "their papers."
)
AFTERWARDS: Final = _(
    "They get new keys and this passphrase; the old one opens nothing any more. What they did so far stays theirs."
)
SOMEBODY_NEW: Final = "new"
NEEDED: Final = _("Please fill this in.")


class RecoverPage(Retranslated, QWidget):
    """First the two shares, then who it is and their new passphrase."""

    cancelled = Signal()

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._path = Path()
        self._pair: Pair | None = None
        self._people: dict[str, Candidate] = {}
        self.title = Label(_("Passphrase forgotten"), "title")
        self.said = Banner(EXPLAINED, "info")
        self.shares = TwoShares()
        self.person = CodeCombo([], name=_("Whose passphrase was forgotten?"))
        self.person_row = FieldRow(_("Whose passphrase was forgotten?"), self.person, required=True)
        self.name = LineEdit(max_length=200)
        self.name_row = FieldRow(_("Name"), self.name, required=True)
        self.administrator = Check(_("Make them an administrator as well"))
        self.chosen = NewPassphrase(self._names, label=_("New passphrase"))
        self.bar = QProgressBar()
        self.back = Button(_("Back"), kind="quiet", icon="chevron-left")
        self.next = Button(_("Next"), kind="primary", icon="arrow-right")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        person = (self.person_row, self.name_row, self.administrator, self.chosen)
        for widget in (self.title, self.said, self.shares, *person):
            layout.addWidget(widget)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        hidden = self.bar.sizePolicy()
        hidden.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(hidden)
        self.bar.hide()
        layout.addWidget(self.bar)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self._back)
        self.next.clicked.connect(self._next)
        self.person.chosen.connect(lambda _code: self._look())
        self.name.textChanged.connect(self.chosen.judge)
        self.chosen.entered.connect(self._next)
        self._door.busy.connect(self._set_busy)

    def begin(self, path: Path) -> None:
        """Ask for two shares of this casebook."""
        self._path = path
        self._forget()
        self._show_shares()

    def _show_shares(self) -> None:
        self._show_people(False)
        self.said.say(EXPLAINED, "info")
        self.shares.edits[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_people(self, shown: bool) -> None:
        self.shares.setVisible(not shown)
        for widget in (self.person_row, self.chosen):
            widget.setVisible(shown)
        self.next.say(_("Set the passphrase and open") if shown else _("Next"))
        self._look()

    @Slot()
    def _look(self) -> None:
        """What is asked for depends on who was chosen."""
        asked, code = self._pair is not None, self.person.code()
        known = self._people.get(code or "")
        self.name_row.setVisible(asked and code == SOMEBODY_NEW)
        self.administrator.setVisible(asked and known is not None and not known.administrator)
        self.chosen.judge()

    @Slot()
    def _next(self) -> None:
        if not self.next.isEnabled():
            return
        if self._pair is None:
            self._open()
        elif self._complete():
            self._door.recover(self._path, self._pair, self._wish(), self.chosen.take())

    def _open(self) -> None:
        pair = self.shares.pair()
        if pair is None:
            wrong = self.shares.first_wrong()
            if wrong is not None:
                wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._door.look(self._path, pair, lambda people: self._choose(pair, people))

    def _choose(self, pair: "Pair", people: "tuple[Candidate, ...]") -> None:
        """The shares open it: whom is it about?"""
        self._pair, self._people = pair, {one.id: one for one in people}
        self.shares.wipe()
        self.person.set_choices(
            [*(Choice(one.id, verbatim(one.name)) for one in people), Choice(SOMEBODY_NEW, _("Somebody new …"))]
        )
        administrators = [one.id for one in people if one.administrator]
        self.person.set_code(administrators[0] if len(administrators) == 1 else None)
        self.said.say(AFTERWARDS, "info")
        self._show_people(True)
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complete(self) -> bool:
        new = self.person.code() == SOMEBODY_NEW
        self.person_row.set_error(None if self.person.code() else NEEDED)
        self.name_row.set_error(NEEDED if new and not self.name.text().strip() else None)
        weak = self.chosen.complete()
        wrong = next((row for row in (self.person_row, self.name_row) if row.error is not None), weak)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def _wish(self) -> "Recover":
        from kzcase.actions.recovery import Recover

        if self.person.code() == SOMEBODY_NEW:
            return Recover(self.name.text().strip(), administrator=True)
        return Recover(self.person.code(), administrator=self.administrator.isChecked())

    def _names(self) -> tuple[str, ...]:
        known = self._people.get(self.person.code() or "")
        return (known.name if known else self.name.text(),)

    def refuse(self, error: KzcaseError) -> None:
        """It was not done: say why, and let the person correct it."""
        banner_error(self.said, error)

    @Slot()
    def _back(self) -> None:
        """From the person to the shares, from the shares to the start."""
        if self._pair is None:
            self._forget()
            self.cancelled.emit()
        else:
            self.begin(self._path)

    def _forget(self) -> None:
        """Nothing of shares and passphrases stays here."""
        if self._pair is not None:
            for share in self._pair:
                share.secret.wipe()
        self._pair, self._people = None, {}
        self.shares.wipe()
        self.chosen.clear()
        self.name.clear()
        self.administrator.setChecked(False)
        for row in (self.person_row, self.name_row):
            row.set_error(None)

    def leave(self) -> None:
        """The casebook is open."""
        self._forget()

    @Slot(bool)
    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for widget in (self.next, self.back, self.shares, self.chosen):
            widget.setEnabled(not busy)

    def retranslate(self) -> None:
        self.bar.setAccessibleName(language.text(_("Opening …")))
