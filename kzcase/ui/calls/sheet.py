"""One call beside the list: what was heard, what came of it, and the way to its case."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.domain.rows import CallRow
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language
from kzcase.ui.language import Label as Said
from kzcase.ui.office import Office, joined
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.facts import FactList


class CallCard(Card):
    """The call one stands on. `case_wanted` and `new_case_wanted` carry the ids of its case and of itself."""

    case_wanted = Signal(str)
    new_case_wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Call"), parent)
        self._office = office
        self.row: CallRow | None = None
        self.facts = FactList(self)
        self.add(self.facts)
        self.case = Button(_("Go to the case"), icon="folder-open", parent=self)
        self.case.clicked.connect(self._case)
        self.new_case = Button(_("Open a case from this call"), icon="folder-plus", parent=self)
        self.new_case.clicked.connect(self._new_case)
        self.add(self.case)
        self.add(self.new_case)

    def show_call(self, row: CallRow | None) -> None:
        """Show this call in place of the one before."""
        self.row = row
        if row is None:
            return
        self.title.say(_("Call {number}", number=row.number))
        self.facts.show_facts(self._facts(row))
        self.case.setVisible(bool(row.case))
        self.new_case.setVisible(not row.case)

    def _facts(self, row: CallRow) -> list[tuple[Words, Said]]:
        said = self._office.said
        topics = joined(said("call_topic", each) for each in row.topics)
        facts: list[tuple[Words, Said]] = [
            (_("Time"), verbatim(language.shown(row.started_at))),
            (_("Operator"), verbatim(row.operator or "")),
            (_("Channel"), said("channel", row.channel)),
            (_("Language of the call"), said("language", row.language)),
            (_("Who is calling"), said("caller", row.caller)),
            (_("Phone of the caller"), self._veiled(row, "phone")),
            (_("Topics"), verbatim(topics)),
            (_("Region the call is about"), said("region", row.region)),
            (_("Is anybody in danger now?"), said("yes_no", row.danger)),
            (_("How the call ended"), said("call_outcome", row.outcome)),
            (_("Note"), self._veiled(row, "note")),
        ]
        return [(label, value) for label, value in facts if language.text(value)]

    def _veiled(self, row: CallRow, name: str) -> Said:
        return verbatim(MASK if name in row.masked else getattr(row, name) or "")

    def retranslate(self) -> None:
        if getattr(self, "row", None) is not None:
            self.show_call(self.row)

    @Slot()
    def _case(self) -> None:
        if self.row is not None and self.row.case:
            self.case_wanted.emit(self.row.case)

    @Slot()
    def _new_case(self) -> None:
        if self.row is not None:
            self.new_case_wanted.emit(self.row.id)
