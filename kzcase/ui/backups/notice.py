"""A line above the pages when the backups need somebody: there is none, it is old, or restoring it failed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.domain.backups import BackupState
from kzcase.i18n import Words, _
from kzcase.ui.widgets.cards import Banner

if TYPE_CHECKING:
    from kzcase.domain.standing import Standing


class BackupNotice(Banner):
    """Hidden while all is well; closable, and back at the next unlock."""

    def __init__(self, standing: "Standing | None", parent: QWidget | None = None) -> None:
        super().__init__(_("Backups"), "warn", closable=True, parent=parent)
        self._standing = standing
        self._closed = False
        self.closed.connect(self._leave)
        self.hide()
        if standing is not None and standing.needed is None:
            self.say(standing.sentence(), "warn")

    @Slot()
    def _leave(self) -> None:
        self._closed = True

    @Slot(object)
    def tell(self, state: BackupState) -> None:
        """Show what is wrong, or nothing."""
        if self._closed or (self._standing is not None and self._standing.needed is None):
            return
        wrong = what_is_wrong(state)
        if wrong is None:
            self.hide()
        else:
            self.say(wrong, "danger" if is_serious(state) else "warn")


def is_serious(state: BackupState) -> bool:
    """Whether the casebook, or the copy it would be restored from, is damaged."""
    damaged = state.checked is not None and state.checked.findings > 0
    return damaged or (state.drill is not None and not state.drill.passed)


def what_is_wrong(state: BackupState) -> Words | None:
    """In one sentence, with what to do."""
    if state.checked is not None and state.checked.findings:
        return _("This casebook is damaged. Please have it checked now, and restore the last backup if it says so.")
    if state.drill is not None and not state.drill.passed and state.last and state.drill.number >= state.last.number:
        return _("The last backup could not be restored. Please make a new one now, in Settings.")
    if state.last is None:
        return _("There is no backup of this casebook yet. Please choose a folder for it in Settings.")
    if state.late:
        return _("The last verified backup is of {moment}. Please connect the stick.", moment=state.last.taken_at)
    return None
