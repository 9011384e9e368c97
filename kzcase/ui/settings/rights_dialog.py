"""What a colleague may do from now on: their roles ticked anew, and their access frozen or opened again."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.freezing import FreezeAccess, UnfreezeAccess, freeze_access, unfreeze_access
from kzcase.actions.key_changes import follow_journal
from kzcase.actions.role_changes import change_roles, roles_anew
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, LastLogReader, LeavesClosed
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.ui import theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.settings.leaving_dialog import KNOWN
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

KNOWN_BEFORE: Final = _("What they have read so far, they know. Other laptops follow once they exchange with this one.")
AGREED: Final = _("You agreed. It opens once a colleague with the other role, supervisor or administrator, agrees too.")


def held_by(row: StaffRow) -> tuple[str, ...]:
    """The codes of a colleague's roles: shown, never compared."""
    found: tuple[str, ...] = getattr(row, "roles", ())
    return found


class RightsDialog(QDialog):
    """Roles, and whether the passphrase opens anything."""

    def __init__(self, work: Work, office: Office, desk: "Desk", row: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._desk, self._row = work, desk, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.said = Banner(KNOWN_BEFORE, "info")
        self.role_list = CheckList(office.choices("role"))
        self.role_list.set_codes(held_by(row))
        self.known = Check(KNOWN)
        self.known.hide()
        self.access = Button(_("Open the access again") if row.frozen else _("Freeze the access"), icon="lock")
        self.save = Button(_("Save"), kind="primary", icon="check")
        self.cancel = Button(_("Cancel"))
        self._build()
        self.access.clicked.connect(self._change_access)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(verbatim(self._row.name), "title", wrap=True))
        layout.addWidget(self.said)
        surface = Card()
        surface.add(FieldRow(_("Roles"), self.role_list, required=True))
        surface.add(self.known)
        layout.addWidget(surface)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.access)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(520))

    @Slot()
    def _save(self) -> None:
        wish = roles_anew(self._row, self.role_list.codes(), knowingly=self.known.isChecked())
        if wish is None:
            self.accept()
            return
        self._work.do(lambda book: change_roles(book, wish), lambda _done: self.accept(), self._refused, owner=self)

    @Slot()
    def _change_access(self) -> None:
        desk, who, frozen = self._desk, self._row.id, self._row.frozen

        def change(book: object) -> Done:
            done = (
                unfreeze_access(desk.book, UnfreezeAccess(staff=who))
                if frozen
                else freeze_access(desk.book, FreezeAccess(staff=who))
            )
            follow_journal(desk)
            return done

        self._work.do(change, self._changed, self._refused, owner=self)

    def _changed(self, done: Done) -> None:
        if self._row.frozen and "opened" not in done.ids:
            self.said.say(AGREED, "info")
        else:
            self.accept()

    def _refused(self, error: KzcaseError) -> None:
        """What can be lost knowingly may be saved once one says so."""
        self.known.setVisible(self.known.isVisible() or isinstance(error, LeavesClosed | LastLogReader))
        banner_error(self.said, error)
