"""After a change of rules, or an update: cases are worked out anew as long work, and lists name what is new."""

from typing import Any

from PySide6.QtCore import QObject, Slot

from kzcase.actions.rules import bring_up_to_date
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import _
from kzcase.ui.office import Office
from kzcase.ui.work import LongWork, Work, concerns, watched


class RulesFollower(QObject):
    """Sees to it from the unlock on; nobody has to ask for it."""

    def __init__(self, work: Work, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._office = work, office
        work.changed.connect(self._changed)

    def begin(self) -> None:
        """Look whether anything is behind."""
        self._work.long(_follow, self._followed, _("Working out deadlines by the newer rules"), owner=self, quiet=True)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "rules"):
            self._work.ask(lambda reader: reader.rulebook, self._take, key="rulebook", owner=self)

    def _take(self, rules: Rulebook) -> None:
        self._office.rulebook = rules
        title = _("Working out deadlines by the newer rules")
        self._work.long(_follow, self._followed, title, owner=self)

    def _followed(self, worked: bool) -> None:
        if worked:
            self._work.changed.emit(frozenset({"cases", "tasks", "due"}))


def _follow(book: Any, progress: LongWork) -> bool:
    return bring_up_to_date(book, watched(progress))
