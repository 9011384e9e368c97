"""The card of backups in the settings: the last one, one more now, the folder, and a restore that is only tried."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from kzcase.domain.backups import SAME_DISK, BackupRow, BackupState
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _, ngettext, on_the_wall, verbatim
from kzcase.queries.backups import backup_state
from kzcase.ui import language
from kzcase.ui.backups.jobs import back_up_now, say_last_release, try_restoring
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.numbers import NumberEdit
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

NONE_YET: Final = _("none yet")
MOST: Final = 1_000_000


class BackupsCard(Card):
    """For everybody: whoever works here may make a backup, and only administrators and two shares open it."""

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Backups"), parent)
        self._work, self._office, self._desk = work, office, desk
        self._target: str | None = None
        self.said = Banner(_("Backups"), "info", parent=self)
        self.said.hide()
        self.facts = FactList(self)
        self.now = Button(_("Back up now"), icon="save", parent=self)
        self.choose = Button(_("Choose folder"), kind="quiet", icon="folder-open", parent=self)
        self.drill = Button(_("Try restoring"), kind="quiet", icon="refresh-cw", parent=self)
        self.number = NumberEdit(0, MOST, None)
        self.number_row = FieldRow(_("Number of the last summary that left"), self.number, parent=self)
        self.enter = Button(_("Enter"), icon="check", parent=self)
        self._build()
        self.now.clicked.connect(self._back_up)
        self.choose.clicked.connect(self._choose)
        self.drill.clicked.connect(self._drill)
        self.enter.clicked.connect(self._enter)
        self.look_again()

    def _build(self) -> None:
        self.add(self.said)
        self.add(self.facts)
        buttons = Flow()
        for button in (self.now, self.choose, self.drill):
            buttons.addWidget(button)
        self.body.addLayout(buttons)
        self.add(self.number_row)
        self.add(self.enter)
        self._ask_number()

    def _ask_number(self) -> None:
        """Only where a restored or copied casebook waits for it, and from those who make summaries."""
        standing = self._desk.book.standing
        wanted = standing is not None and standing.needed is None and self._office.may(Permission.MAKE_SUMMARIES)
        self.number_row.setVisible(wanted)
        self.enter.setVisible(wanted)
        if standing is not None and standing.needed is None:
            self.said.say(standing.sentence(), "warn")

    def look_again(self) -> None:
        """Ask what is known."""
        self._work.ask(backup_state, self._show, key="backups", owner=self)

    def _show(self, state: BackupState) -> None:
        self._target = state.target
        self.drill.setEnabled(state.last is not None)
        last, tried, checked = state.last, state.drill, state.checked
        facts: list[tuple[Words, Words]] = [
            (_("Last verified backup"), _at(last.taken_at) if last else NONE_YET),
            (_("Folder"), verbatim(state.target) if state.target else NONE_YET),
            (_("Restoring last tried"), _tried(tried.at, tried.passed) if tried else NONE_YET),
            (_("Casebook last checked"), _sound(checked.at, checked.findings) if checked else NONE_YET),
        ]
        self.facts.show_facts(facts)

    # Doing

    @Slot()
    def _back_up(self) -> None:
        if self._target is None:
            self._choose()
            return
        self.back_up_to(self._target)

    def back_up_to(self, folder: str) -> None:
        """Write a backup into a folder, which is where they go from now on."""
        back_up_now(self._work, self._desk, Path(folder), self._made, self._failed, owner=self)

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, language.text(_("Choose a folder for backups, best on a stick or another disk")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.back_up_to)
        QFileDialog.open(dialog)

    @Slot()
    def _drill(self) -> None:
        try_restoring(self._work, self._desk, self._drilled, self._failed, owner=self)

    def _made(self, row: BackupRow) -> None:
        written = _("The backup was written, read back and compared.")
        if row.same_disk:
            self.said.say(_("{first} {second}", first=written, second=SAME_DISK), "warn")
        else:
            self.said.say(written, "ok")
        self.look_again()

    def _drilled(self, tried: Any) -> None:
        if tried.drill.passed:
            self.said.say(_("Restoring works: what came out is what went in."), "ok")
        else:
            self.said.say(_("The last backup cannot be relied on. Please make a new one now."), "danger")
        self.look_again()

    def _failed(self, error: KzcaseError) -> None:
        banner_error(self.said, error)
        self.look_again()

    @Slot()
    def _enter(self) -> None:
        number = self.number.value()
        say_last_release(self._work, number, self._entered, lambda error: self.number_row.set_error(error.sentence()),
                         owner=self)  # fmt: skip

    def _entered(self, complete: bool) -> None:
        self.number_row.set_error(None)
        if complete:
            self.said.say(_("All releases are here. Periods can be closed again."), "ok")
        else:
            self.said.say(
                _("Some releases are missing here. Periods that were over can be closed once they have arrived."),
                "info",
            )
        self._ask_number()


def _at(moment: Any) -> Words:
    return verbatim(on_the_wall(moment))


def _tried(moment: Any, passed: bool) -> Words:
    return _("{moment}: it works", moment=moment) if passed else _("{moment}: it did not work", moment=moment)


def _sound(moment: Any, findings: int) -> Words:
    if findings:
        return ngettext("{moment}: {count} finding", "{moment}: {count} findings", findings, moment=moment)
    return _("{moment}: sound", moment=moment)
