"""A line across the workplace when two recovery shares should be tried, or a holder left: only for those who manage."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kzcase.domain.permissions import Permission
from kzcase.domain.recovery import RecoveryState
from kzcase.i18n import _
from kzcase.queries.recovery import recovery_state
from kzcase.ui.office import Office
from kzcase.ui.settings.recovery_card import DUE, LEFT
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.work import Work


class RecoveryReminder(Banner):
    """Hidden until there is something to be reminded of, and asked for once; `go` leads where it is seen to."""

    def __init__(self, work: Work, office: Office, go: Callable[[], object], parent: QWidget | None = None) -> None:
        self.show_it = Button(_("Show"))
        super().__init__(DUE, "warn", action=self.show_it, closable=True, parent=parent)
        self._lead = go
        self.hide()
        self.show_it.clicked.connect(self._go)
        if office.may(Permission.MANAGE_STAFF):
            work.ask(recovery_state, self._tell, key="recovery reminder", owner=self)

    def _tell(self, state: RecoveryState) -> None:
        if state.replace or state.due:
            self.say(LEFT if state.replace else DUE, "warn")

    def _go(self) -> None:
        self.hide()
        self._lead()
