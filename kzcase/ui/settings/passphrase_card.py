"""One's own passphrase: changed by whoever knows the one of today, also at a desk that stood open."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.staff import change_own_passphrase
from kzcase.domain.errors import KzcaseError, WeakPassphrase, WrongPassphrase
from kzcase.i18n import _
from kzcase.ui import theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.passphrases import NewPassphrase
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.passphrase import PassphraseEdit
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

OLD_COPIES: Final = _("Backups and copies made before still open with the old one. Keep or destroy them accordingly.")
CHANGED: Final = _("Your passphrase is changed. From now on only the new one opens this casebook.")
NEEDED: Final = _("Please fill this in.")


class PassphraseCard(Card):
    """For everybody."""

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Your passphrase"), parent)
        self._work, self._office, self._desk = work, office, desk
        self.change = Button(_("Change"), icon="key-round", parent=self)
        self.change.clicked.connect(self._change)
        self.head.addWidget(self.change)
        self.said = Banner(CHANGED, "ok", parent=self)
        self.said.hide()
        self.add(self.said)
        self.add(Label(_("Only you know it. Nobody can tell it to you again."), "meta", wrap=True, parent=self))

    @Slot()
    def _change(self) -> None:
        self.said.hide()
        dialog = ChangePassphraseDialog(self._work, self._office, self._desk, self.window())
        dialog.accepted.connect(self.said.show)
        dialog.open()


class ChangePassphraseDialog(QDialog):
    """The passphrase of today, and the new one twice."""

    def __init__(self, work: Work, office: Office, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._office, self._desk = work, office, desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.current = PassphraseEdit()
        self.current_row = FieldRow(_("Your passphrase of today"), self.current, required=True)
        self.chosen = NewPassphrase(self._names, label=_("New passphrase"))
        self.said = Banner(OLD_COPIES, "info")
        self.save = Button(_("Change the passphrase"), kind="primary", icon="check")
        self.cancel = Button(_("Cancel"))
        self._build()
        self.chosen.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Your passphrase"), "title"))
        layout.addWidget(self.said)
        surface = Card()
        surface.add(self.current_row)
        surface.add(self.chosen)
        layout.addWidget(surface)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(520))

    def _names(self) -> tuple[str, str]:
        return self._office.colleague, self._office.organisation

    @Slot()
    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self.current_row.set_error(None if self.current.text() else NEEDED)
        wrong = self.current_row if self.current_row.error is not None else self.chosen.complete()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        current, new, desk = self.current.text(), self.chosen.first.text(), self._desk
        self._set_busy(True)
        self._work.do(
            lambda _book: change_own_passphrase(desk, new, current),
            lambda _nothing: self.accept(),
            self._refused,
            changes=(),
            owner=self,
        )

    def _refused(self, error: KzcaseError) -> None:
        """What is wrong stands at its field."""
        self._set_busy(False)
        match error:
            case WrongPassphrase():
                self.current_row.set_error(error.sentence())
                self.current_row.setFocus(Qt.FocusReason.OtherFocusReason)
            case WeakPassphrase():
                self.chosen.passphrase.set_error(error.sentence())
                self.chosen.take_focus()
            case _:
                banner_error(self.said, error)

    def _set_busy(self, busy: bool) -> None:
        self.save.setEnabled(not busy)
        self.save.say(_("Changing …") if busy else _("Change the passphrase"))

    def done(self, result: int) -> None:
        """Nothing that was typed stays in the fields."""
        self.current.take()
        self.chosen.clear()
        super().done(result)
