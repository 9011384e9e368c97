"""The calls of the helpline, the latest first: a list by pages, and what one call was about."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CallRow
from kzcase.i18n import Words, _, ngettext
from kzcase.queries.found_calls import found_and_counted
from kzcase.queries.office import call_count, call_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.calls.sheet import CallCard
from kzcase.ui.office import joined
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.search_watch import SearchWatch
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, Give, PageWish, RowsModel, a_number, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, EmptyState, box
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

FIND: Final = _("Find by call number or the caller's telephone")


class CallsPage(Page):
    """`open_call_entry` asks for a new call, `open_case` and `new_case_from_call` carry ids."""

    open_call_entry = Signal()
    open_case = Signal(str)
    new_case_from_call = Signal(str)

    def __init__(self, work: Work, *, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._found: Sequence[CallRow] | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.new = Button(_("New call"), kind="primary", icon="phone-incoming", shortcut="Ctrl+N", parent=self)
        self.new.setVisible(self._office.may(Permission.LOG_CALLS))
        self.new.clicked.connect(self.open_call_entry)
        self.header = PageHeader(_("Calls"), primary=self.new, parent=self)
        layout.addWidget(self.header)
        beside = QHBoxLayout()
        box(beside, space=theme.SPACE_CARD)
        layout.addLayout(beside, 1)
        self.card = Card(parent=self)
        beside.addWidget(self.card, 3)
        self.rows = RowsModel(self._columns(), self._fetch)
        self.list = RowsView(self.rows, name=_("Calls"), parent=self.card)
        self.search = LineEdit(FIND, max_length=200, parent=self.card)
        self.searches = SearchWatch(self._work, self)
        self.search.textEdited.connect(self._typed)
        self.card.add(self.search)
        self.card.add(self.list, 1)
        yield
        self.call = CallCard(self._work, self._office, self)
        beside.addWidget(self.call, 2)
        self.call.case_wanted.connect(self.open_case)
        self.call.new_case_wanted.connect(self.new_case_from_call)
        self.call.hide()
        nothing = _("No calls yet. A new call is written down while it goes on.")
        self.none = EmptyState("phone", nothing, parent=self)
        layout.addWidget(self.none, 1)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self._work.changed.connect(self._changed)
        self.search.setAccessibleName(language.text(FIND))
        self.refresh()

    def retranslate(self) -> None:
        if self.ready:
            self.search.setAccessibleName(language.text(FIND))

    def _columns(self) -> Sequence[Column]:
        said = self._office.said

        def code(name: str, list_id: str = "") -> Callable[[CallRow], object]:
            def value(row: CallRow) -> object:
                if name in row.masked:
                    return MASKED
                return language.text(said(list_id or name, getattr(row, name)))

            return value

        return (
            Column(_("Call number"), seen("number"), 176, faint=True, whole=a_number),
            Column(_("Time"), seen("started_at"), 140),
            Column(
                _("Topics"), lambda row: joined(said("call_topic", each) for each in row.topics), 180, 3, strong=True
            ),
            Column(_("How the call ended"), code("outcome", "call_outcome"), 170, 1, priority=1),
            Column(_("Danger"), self._danger, 90, priority=1, tone=_danger_tone),
            Column(_("Channel"), code("channel"), 110, priority=3),
            Column(_("Region"), code("region"), 140, 1, priority=4),
            Column(_("Case"), seen("case_number"), 170, priority=2, whole=a_number),
        )

    def _danger(self, row: CallRow) -> Words | None:
        return _("danger") if row.danger == "yes" else None

    @Slot()
    def refresh(self) -> None:
        """Ask again how many calls there are, or which were looked for; what is seen is fetched anew."""
        typed = self.search.text().strip()
        if typed:
            look = partial(found_and_counted, typed=typed)
            self._work.ask(look, self._show_found, key="calls/count", owner=self)
        else:
            self._found = None
            self._work.ask(call_count, self._show_total, key="calls/count", owner=self)

    @Slot(str)
    def _typed(self, typed: str) -> None:
        """The telephone is not shown anywhere: it only finds. Each search is entered once it has settled."""
        self.searches.typed(typed)
        self.refresh()

    def _show_found(self, answer: tuple[Sequence[CallRow], int]) -> None:
        self._found, there = answer
        shown = len(self._found)
        self._show_total(shown)
        if there > shown:
            said = _("{count} of {total} calls, the latest first", count=shown, total=there)
            self.header.set_title(_("Calls"), said)

    def _show_total(self, total: int) -> None:
        self.rows.show_total(total)
        counted = ngettext("{count} call", "{count} calls", total)
        looked_for = self._found is not None
        self.header.set_title(_("Calls"), counted if total or not looked_for else _("No call was found."))
        self.card.setVisible(total > 0 or looked_for)
        self.none.setVisible(total == 0 and not looked_for)
        self.call.setVisible(total > 0 and self.call.row is not None and not looked_for)

    def _fetch(self, wish: PageWish, give: Give) -> None:
        if self._found is not None:
            give(self._found[wish.first : wish.first + wish.count])
            return
        self._work.ask(lambda reader: call_list(reader, offset=wish.first, limit=wish.count), give, owner=self)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "calls", "cases"):
            self.refresh()

    @Slot(object)
    def _picked(self, row: CallRow | None) -> None:
        self.call.setVisible(row is not None)
        self.call.show_call(row)

    @Slot(object)
    def _opened(self, row: CallRow) -> None:
        if row.case:
            self.open_case.emit(row.case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.call.isVisibleTo(self):
            self.call.hide()
        else:
            super().keyPressEvent(event)


def _danger_tone(row: CallRow) -> Tone | None:
    return "danger" if row.danger == "yes" else None
