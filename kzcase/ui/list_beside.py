"""A list, and beside it what is known of the row one stands on: referrals, and those that came from others."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import Words, _, ngettext
from kzcase.ui import theme
from kzcase.ui.at_work import office_at
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box, page_body
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

RowT = TypeVar("RowT")
FoundT = TypeVar("FoundT")
CONCERNED: Final = ("referrals", "cases", "partners")


class ListBeside(Page, Generic[RowT, FoundT]):
    """The list with its ticks, the card beside it, and what stands there while there is nothing."""

    title: ClassVar[Words]
    empty: ClassVar[tuple[str, Words]]
    """The picture and the words for a list with nothing in it."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._rows: Sequence[RowT] = ()
        self.shown: FoundT | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = page_body(self)
        self.header = self._header()
        self.said = Banner(self.title, "info", parent=self)
        self.said.hide()
        layout.addWidget(self.header)
        layout.addWidget(self.said)
        choose = QHBoxLayout()
        box(choose, space=theme.SPACE_CARD)
        for tick in self._ticks():
            choose.addWidget(tick)
            tick.toggled.connect(self.refresh)
        choose.addStretch(1)
        layout.addLayout(choose)
        yield
        halves = QHBoxLayout()
        box(halves, space=theme.SPACE_CARD)
        layout.addLayout(halves, 1)
        self.card = Card(parent=self)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=self.title, parent=self.card)
        self.card.add(self.list, 1)
        halves.addWidget(self.card, 1)
        yield
        self.side = self._side()
        halves.addWidget(self.side)
        self.nothing = EmptyState(*self.empty, parent=self)
        layout.addWidget(self.nothing, 1)
        self.list.picked.connect(self._picked)
        self._work.changed.connect(self._changed)
        self._connect()
        self.refresh()

    def _header(self) -> PageHeader:
        return PageHeader(self.title, parent=self)

    def _ticks(self) -> Sequence[Check]:
        return ()

    def _columns(self) -> Sequence[Column]:
        return ()

    def _side(self) -> Card:
        return Card(parent=self)

    def _connect(self) -> None:
        """What the buttons do."""

    @Slot()
    def refresh(self, *_ticked: object) -> None:
        """Ask again."""

    def _is_late(self, row: RowT) -> bool:
        return bool(getattr(row, "overdue", False))

    def _picked(self, row: RowT | None) -> None:
        """Somebody stands on this row now."""

    def _show(self, found: FoundT) -> None:
        """What is known of it came."""

    def _take(self, rows: Sequence[RowT]) -> None:
        self._rows = rows
        place = max(self.list.currentIndex().row(), 0)
        self.rows.show_rows(rows)
        for widget in (self.card, self.side):
            widget.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.header.set_title(self.title, self._count())
        if rows:
            self.list.selectRow(min(place, len(rows) - 1))
            self._picked(self.list.current_row())

    def _count(self) -> Words:
        late = sum(map(self._is_late, self._rows))
        said = ngettext("{count} referral", "{count} referrals", len(self._rows))
        if not late:
            return said
        return _("{so_far}, {more}", so_far=said, more=ngettext("{count} overdue", "{count} overdue ones", late))

    def _with_row(self, then: Any, *_clicked: object) -> None:
        row = self.list.current_row()
        if row is not None:
            then(row)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, *CONCERNED):
            self.refresh()

    def retranslate(self) -> None:
        if self.ready and self.shown is not None:
            self._show(self.shown)
