"""Colleagues of a casebook: who is here with which roles, a new one with a passphrase of their own, one who leaves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.staff import AddColleague, Removed, add_colleague
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Role
from kzcase.domain.rows import StaffRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.office import staff_list
from kzcase.ui import theme
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office, joined
from kzcase.ui.passphrases import NewPassphrase
from kzcase.ui.settings.leaving_dialog import LeavingDialog, open_words
from kzcase.ui.settings.rights_dialog import RightsDialog, held_by
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.flow import FlowRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

NEEDED: Final = _("Please fill this in.")
OWN: Final = _("The new colleague types it. Nobody else may know it, and nobody can tell it to them again.")


class StaffCard(Card):
    """Only for those who may manage staff."""

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Colleagues"), parent)
        self._work, self._office, self._desk = work, office, desk
        self.new = Button(_("Add a colleague"), icon="user-plus", parent=self)
        self.new.clicked.connect(self._add)
        self.head.addWidget(self.new)
        self.said = Banner(OWN, "info", parent=self)
        self.said.hide()
        self.add(self.said)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[StaffRow, StaffLine] = Lines(lines, self._line)
        work.changed.connect(self._changed)
        self._look_again()

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "staff"):
            self._look_again()

    def _line(self, parent: QWidget) -> "StaffLine":
        line = StaffLine(self._office, parent)
        line.remove.clicked.connect(lambda: self._ask_remove(line))
        line.rights.clicked.connect(lambda: self._ask_rights(line))
        return line

    def _look_again(self) -> None:
        self._work.ask(staff_list, self._show, key="staff", owner=self)

    def _show(self, rows: Sequence[StaffRow]) -> None:
        """A large office has fifty of them."""
        self._work.slices.do(self._lines.show_little_by_little(rows), self, key="staff")

    @Slot()
    def _add(self) -> None:
        AddColleagueDialog(self._work, self._office, self._desk, self.window()).open()

    def _ask_rights(self, line: "StaffLine") -> None:
        if line.row is not None:
            RightsDialog(self._work, self._office, self._desk, line.row, self.window()).open()

    def _ask_remove(self, line: "StaffLine") -> None:
        if line.row is None:
            return
        dialog = LeavingDialog(self._work, self._desk, line.row, self.window())
        dialog.removed.connect(self._removed)
        dialog.open()

    @Slot(object)
    def _removed(self, done: Removed) -> None:
        """What is left to do, where there is anything."""
        if done.shares:
            self.said.say(_("They hold a recovery share. Please make new shares."), "warn")
        elif done.cases or done.tasks:
            self.said.say(open_words(done.cases, done.tasks), "info")


class StaffLine(Line[StaffRow]):
    """One colleague with their roles; those who left are grey."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.remove = Button(_("Remove"), kind="quiet", parent=self)
        self.rights = Button(_("Roles and access"), kind="quiet", parent=self)
        self.name = Label(None, "label", wrap=True, parent=self)
        self.left = Label(None, "meta", wrap=True, parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        buttons = FlowRow(space=0, parent=self)
        for button in (self.rights, self.remove):
            buttons.add(button)
        layout = QVBoxLayout(self)
        box(layout, space=2)
        for widget in (self.name, self.left, self.told, buttons):
            layout.addWidget(widget)

    def say(self, row: StaffRow) -> None:
        here = row.removed_on is None
        for label, meant in ((self.name, here), (self.left, not here)):
            label.say(verbatim(row.name))
            label.setVisible(meant)
        roles = verbatim(joined(self._office.said("role", each) for each in held_by(row)))
        self.told.say(_standing(row, roles) if here else _("left on {date}", date=row.removed_on))
        for button in (self.remove, self.rights):
            button.setAccessibleName(f"{button.words()}: {row.name}")
            button.setVisible(here)


def _standing(row: StaffRow, roles: Words) -> Words:
    """Roles, and what is not as it should be."""
    if row.frozen:
        return _("{roles} — access frozen", roles=roles)
    return _("{roles} — waits for the key of the read log", roles=roles) if row.no_log_key else roles


class AddColleagueDialog(QDialog):
    """Name, roles, and a passphrase typed twice by the colleague."""

    added = Signal()

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._office, self._desk = work, office, desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.name = FieldRow(_("Name"), LineEdit(), required=True)
        self.role_list = CheckList(office.choices("role"))
        self.roles_row = FieldRow(_("Roles"), self.role_list, required=True)
        self.chosen = NewPassphrase(lambda: (self._name(), self._office.organisation), help=OWN)
        self.said = Banner(OWN, "info")
        self.said.hide()
        self.save = Button(_("Add"), kind="primary", icon="check")
        self.cancel = Button(_("Cancel"))
        self._build()
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Add a colleague"), "title"))
        layout.addWidget(self.said)
        surface = Card()
        for row in (self.name, self.roles_row, self.chosen):
            surface.add(row)
        layout.addWidget(surface)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(520))

    def _name(self) -> str:
        assert isinstance(self.name.field, LineEdit)
        return self.name.field.text().strip()

    @Slot()
    def _save(self) -> None:
        checks: tuple[tuple[FieldRow, bool, Any], ...] = (
            (self.name, bool(self._name()), NEEDED),
            (self.roles_row, bool(self.role_list.codes()), _("Please choose at least one role.")),
        )
        for row, fine, sentence in checks:
            row.set_error(None if fine else sentence)
        weak = self.chosen.complete()
        wrong = next((row for row, fine, _sentence in checks if not fine), weak)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._hand_over()

    def _hand_over(self) -> None:
        wish = AddColleague(self._name(), tuple(Role(code) for code in self.role_list.codes()))
        passphrase, desk = self.chosen.take(), self._desk
        self.save.setEnabled(False)
        self.save.say(_("Adding …"))
        self._work.do(lambda _book: add_colleague(desk, wish, passphrase), self._added, self._refused, owner=self)

    def _added(self, _done: object) -> None:
        self.added.emit()
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        self.save.say(_("Add"))
        banner_error(self.said, error)
