"""The ledger: every summary that left, who made it, who signed it; and the second signature."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.domain.periods import period_words
from kzcase.domain.release_rows import ReleaseRow
from kzcase.i18n import Words, _
from kzcase.ui import language, theme
from kzcase.ui.rows_view import RowsView
from kzcase.ui.summaries.subjects import CALLS, PEOPLE
from kzcase.ui.tables import Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.labels import Label


class LedgerCard(Card):
    """All releases, the latest first. `approve_wanted` carries the id of the one chosen."""

    approve_wanted = Signal(str)

    def __init__(self, me: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Ledger of summaries"), parent)
        self._me = me
        columns = (
            Column(_("No."), seen("number"), 60, right=True),
            Column(_("Period"), _periods, 150, 1, strong=True),
            Column(_("What is counted"), lambda row: (CALLS if row.calls else PEOPLE).name, 150, 1, priority=1),
            Column(_("Made by"), seen("released_by"), 150, 1),
            Column(_("On"), seen("released_on"), 110),
            Column(_("Signed"), _signed, 220, 1, tone=_tone),
        )
        self.rows = fixed_rows(columns, ())
        self.list = RowsView(self.rows, name=_("Ledger of summaries"), parent=self)
        self.list.setMinimumHeight(theme.px(150))
        self.nothing = Label(_("Nothing was released yet."), "meta", parent=self)
        self.approve = Button(_("Sign as second person"), icon="shield-check", parent=self)
        self.approve.clicked.connect(self._approve)
        self.list.picked.connect(self._picked)
        foot = QHBoxLayout()
        box(foot)
        foot.addStretch(1)
        foot.addWidget(self.approve)
        self.add(self.nothing)
        self.add(self.list, 1)
        self.body.addLayout(foot)
        self._picked(None)

    def show_releases(self, rows: Sequence[ReleaseRow]) -> None:
        """Show the ledger."""
        self.rows.show_rows(rows)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._picked(self.list.current_row())

    @Slot(object)
    def _picked(self, row: ReleaseRow | None) -> None:
        may = row is not None and row.approved_on is None and row.released_by != self._me
        self.approve.setEnabled(may)

    @Slot()
    def _approve(self) -> None:
        row = self.list.current_row()
        if row is not None:
            self.approve_wanted.emit(row.id)


def _periods(row: ReleaseRow) -> str:
    sums = [each.removeprefix("sum:") for each in row.fingerprints if each.startswith("sum:")]
    parts = sums[0].split("+") if sums else [row.period]
    return " + ".join(language.text(period_words(each)) for each in parts)


def _signed(row: ReleaseRow) -> Words:
    if row.approved_on is None:
        return _("not approved")
    who, day = row.approved_by or "", row.approved_on
    if row.signed_as is not None:
        return _("{person}, {date}, as No. {number}", person=who, date=day, number=row.signed_as)
    return _("{person}, {date}", person=who, date=day)


def _tone(row: ReleaseRow) -> Tone:
    return "warn" if row.approved_on is None else "ok"
