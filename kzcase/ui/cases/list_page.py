"""The list of cases: a hundred thousand of them page by page, or what the search found; names only when asked for."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kzcase.actions.reading import show_names
from kzcase.domain.case_filter import CaseFilter
from kzcase.domain.dates import parse_edtf
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CaseRow, Hit
from kzcase.i18n import Words, _, ngettext
from kzcase.queries.cases import case_count, case_list, chosen_among
from kzcase.queries.search import search
from kzcase.ui import language, theme
from kzcase.ui.cases.choosing import ChoosingBar
from kzcase.ui.office import Office, stage_tone
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.search_watch import SearchWatch
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, Give, PageWish, RowsModel, a_number, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, EmptyState, box
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import EVERYTHING, Work, concerns

CASES: Final = _("Cases")
MOST_HITS: Final = 50


def columns(office: Office) -> tuple[Column, ...]:
    """The columns of the list, the least important giving way first."""

    def coded(list_id: str, field: str) -> Any:
        def value(row: CaseRow) -> object:
            code = getattr(row, field)
            return MASKED if field in row.masked else language.text(office.said(list_id, code))

        return value

    def stage(row: CaseRow) -> object:
        return MASKED if "stage" in row.masked else language.text(office.stage(row.kind, row.stage))

    def stages() -> Iterator[str]:
        """Every stage a case can have."""
        for pathway in office.rulebook.pathways.values():
            yield from (language.text(each) for each in pathway.stages)

    return (
        Column(_("Number"), seen("number"), 140, 0, order="number", faint=True, whole=a_number),
        Column(_("Name"), seen("name"), 200, 3, order="name", strong=True),
        Column(_("Born"), _born, 110, priority=4),
        Column(_("Kind"), coded("case_kind", "kind"), 170, 2, priority=2),
        Column(_("Stage"), stage, 120, 1, priority=1, tone=lambda row: stage_tone(row.stage), whole=stages),
        Column(_("Region"), coded("region", "region"), 140, 1, priority=3),
        Column(_("Worker"), seen("worker"), 120, 1, priority=5),
        Column(_("Opened"), seen("opened_on"), 110, priority=2, order="opened_on", right=True),
    )


def _born(row: CaseRow) -> object:
    if "birth" in row.masked:
        return MASKED
    return language.text(parse_edtf(row.birth).words()) if row.birth else None


def _found(reader: Any, typed: str, chosen: CaseFilter) -> list[Hit]:
    """What fits the text, of the chosen cases."""
    hits = search(reader, typed, MOST_HITS)
    among = chosen_among(reader, [hit.row.id for hit in hits], chosen) if chosen and hits else None
    return hits if among is None else [hit for hit in hits if hit.row.id in among]


class CaseListPage(Page):
    """All cases, the latest first. `open_case` carries the id, `new_case_wanted` asks for a new one."""

    open_case = Signal(str)
    new_case_wanted = Signal()

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self._total = 0
        self._typed = ""
        self.searches = SearchWatch(work, self)
        self.build(self._steps(office))

    def _steps(self, office: Office) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.new = Button(_("New case"), kind="primary", icon="plus", shortcut="Ctrl+N", parent=self)
        self.names = Button(_("Show names"), icon="eye", parent=self)
        self.header = PageHeader(CASES, None, primary=self.new, others=(self.names,), parent=self)
        layout.addWidget(self.header)
        self.choosing = ChoosingBar(self._work, office, self)
        layout.addWidget(self.choosing)
        self.rows = RowsModel(columns(office), self._fetch)
        yield
        surface = Card(parent=self)
        layout.addWidget(surface, 1)
        holder = QWidget(surface)
        surface.add(holder, 1)
        self._below = QStackedLayout(holder)
        self.view = RowsView(self.rows, name=CASES, parent=holder)
        self._below.addWidget(self.view)
        yield
        first = Button(_("Open the first case"), icon="plus")
        self.empty = EmptyState("folder-open", _("There are no cases yet."), first, holder)
        nobody = _("Nobody was found. Another spelling or fewer letters may help.")
        self.nothing = EmptyState("search", nobody, parent=holder)
        self.none_chosen = EmptyState("list-checks", _("No case fits what is chosen. Take a chip away."), parent=holder)
        for each in (self.empty, self.nothing, self.none_chosen):
            self._below.addWidget(each)
        self.setObjectName("page")
        self._connect(first)
        self._look_again()

    def _connect(self, first: Button) -> None:
        self.new.clicked.connect(self.new_case_wanted)
        first.clicked.connect(self.new_case_wanted)
        self.names.clicked.connect(self._show_names)
        self.choosing.changed.connect(self._choose)
        self.view.opened.connect(self._opened)
        self._work.changed.connect(self._changed)
        may_open = self._office.may(Permission.WORK_ON_CASES)
        self.new.setVisible(may_open)
        first.setVisible(may_open)

    def take_keyboard(self) -> None:
        """Whoever comes here walks through the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, wish: PageWish, give: Give) -> None:
        order = wish.order.name if wish.order is not None else "opened_on"
        descending, chosen = wish.order.descending if wish.order is not None else True, self.choosing.chosen

        def question(reader: Any) -> list[CaseRow]:
            page: dict[str, Any] = {"offset": wish.first, "limit": wish.count, "order": order, "descending": descending}
            return case_list(reader, chosen=chosen, **page)

        self._work.ask(question, give, owner=self)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "cases", "people"):
            self._look_again()

    def _look_again(self) -> None:
        if self._typed:
            self._ask_search()
        else:
            chosen = self.choosing.chosen
            self._work.ask(lambda reader: case_count(reader, chosen), self._show_all, key="case count", owner=self)

    @Slot(object)
    def _choose(self, _chosen: object) -> None:
        """Other cases are wanted: the list begins at the top."""
        self.rows.start_over(0)
        self._look_again()

    def _show_all(self, total: int) -> None:
        if self._typed:
            return
        self._total = total
        self.rows.show_total(total)
        chosen = bool(self.choosing.chosen)
        self._below.setCurrentWidget(self.view if total else self.none_chosen if chosen else self.empty)
        if chosen:
            self._say(ngettext("{count} case chosen", "{count} cases chosen", total))
        else:
            self._say(ngettext("{count} case", "{count} cases", total))

    def _say(self, words: Words) -> None:
        self.header.set_title(CASES, words)

    # Search

    def search(self, typed: str) -> None:
        """Show what fits the text; all cases again when it is empty."""
        typed = typed.strip()
        if typed == self._typed:
            return
        self.searches.typed(typed)
        self._typed = typed
        if typed:
            self._ask_search()
        else:
            self._work.forget("search")
            self.rows.start_over(0)
            self._look_again()

    def _ask_search(self) -> None:
        typed, chosen = self._typed, self.choosing.chosen
        self._work.ask(lambda reader: _found(reader, typed, chosen), self._show_hits, key="search", owner=self)

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        if not self._typed:
            return
        self.rows.start_over(0)
        self.rows.show_rows([hit.row for hit in hits])
        self._below.setCurrentWidget(self.view if hits else self.nothing)
        if len(hits) >= MOST_HITS:
            self._say(_("The {count} closest. More letters find fewer.", count=len(hits)))
        else:
            self._say(ngettext("{count} case found", "{count} cases found", len(hits)))

    def open_first(self) -> None:
        """Open the case one stands on, or the first of the list."""
        row = self.view.current_row() or self.rows.row(0)
        if row is not None:
            self._opened(row)

    @Slot(object)
    def _opened(self, row: CaseRow) -> None:
        self.searches.settle()
        self.open_case.emit(row.id)

    # Names

    @Slot()
    def _show_names(self) -> None:
        self._work.do(show_names, self._names_shown, changes={EVERYTHING}, owner=self)

    def _names_shown(self, _nothing: object) -> None:
        self.names.setEnabled(False)
        self.names.say(_("Names shown until the lock"))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
