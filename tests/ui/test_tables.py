"""Long lists: only pages that are looked at are fetched, narrow windows hide what matters least."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.rows_view import RowPainter, RowsView, needed, shared
from kzcase.ui.tables import MASK, PAGE, PAGES_KEPT, Column, Give, Order, PageWish, RowsModel, fixed_rows, seen
from tests.ui.gallery import COLUMNS, Line, lines, table
from tests.ui.typing import press

HUGE = 100_000
PLAIN = (
    Column(_("Number"), lambda row: row, 100, order="number"),
    Column(_("Note"), lambda row: f"n{row}", 300, 1, priority=1),
)


class Desk:
    """Fetches pages when told to, and remembers what was wished for."""

    def __init__(self) -> None:
        self.wishes: list[PageWish] = []
        self.open: list[tuple[PageWish, Give]] = []

    def fetch(self, wish: PageWish, give: Give) -> None:
        self.wishes.append(wish)
        self.open.append((wish, give))

    def serve(self) -> None:
        for wish, give in self.open:
            give(range(wish.first, wish.first + wish.count))
        self.open.clear()


def text(model: RowsModel, row: int, column: int = 0) -> str:
    return str(model.data(model.index(row, column)))


def test_a_short_list_keeps_qts_rules(qtmodeltester) -> None:
    qtmodeltester.check(fixed_rows(COLUMNS, lines(30)), force_py=True)


def test_a_paged_list_keeps_qts_rules(qtmodeltester) -> None:
    model = RowsModel(PLAIN, lambda wish, give: give(range(wish.count)))
    model.show_total(PAGE + 3)
    qtmodeltester.check(model, force_py=True)


def test_only_what_is_looked_at_is_fetched(qapp) -> None:
    desk = Desk()
    model = RowsModel(PLAIN, desk.fetch)
    model.show_total(HUGE)
    assert desk.wishes == []
    assert text(model, 99_999) == ""
    assert text(model, 99_998) == ""
    assert desk.wishes == [PageWish(99_800, PAGE, None)]
    desk.serve()
    assert text(model, 99_999) == "99999"


def test_the_last_page_is_short_and_old_pages_are_let_go(qapp) -> None:
    desk = Desk()
    model = RowsModel(PLAIN, desk.fetch)
    model.show_total(PAGE * 60 + 7)
    for page in range(61):
        text(model, page * PAGE)
        desk.serve()
    assert desk.wishes[-1].count == 7
    assert len(model._pages) == PAGES_KEPT
    assert text(model, 0) == ""


def test_a_late_page_of_an_older_order_is_thrown_away(qapp) -> None:
    desk = Desk()
    model = RowsModel(PLAIN, desk.fetch)
    model.show_total(PAGE)
    text(model, 0)
    late = desk.open.pop()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    late[1](range(PAGE))
    assert text(model, 0) == ""
    assert desk.wishes[-1].order == Order("number", descending=True)


def test_a_column_without_order_sorts_nothing(qapp) -> None:
    model = RowsModel(PLAIN, Desk().fetch)
    model.show_total(3)
    model.sort(1)
    assert model.order is None


def test_new_totals_keep_the_place(qapp, qtbot) -> None:
    view = RowsView(fixed_rows(PLAIN, range(50)), name=_("Numbers"))
    qtbot.addWidget(view)
    model = view.model()
    assert isinstance(model, RowsModel)
    view.selectRow(20)
    model.show_rows(range(100, 160))
    assert view.currentIndex().row() == 20
    assert view.current_row() == 120
    model.show_rows(range(5))
    assert model.rowCount() == 5


def test_masked_values_are_dots_everywhere(qapp) -> None:
    row = Line("1", "Ғабитова", {}, 0, "", lines(1)[0].opened, frozenset({"name"}))
    model = fixed_rows((Column(_("Name"), seen("name")),), [row])
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    assert [model.data(model.index(0, 0), role) for role in roles] == [MASK, MASK, None]


def shown(view: RowsView) -> list[int]:
    return [number for number in range(len(COLUMNS)) if not view.isColumnHidden(number)]


def test_columns_give_way_by_priority(qtbot) -> None:
    view = table()
    qtbot.addWidget(view)
    view.resize(1_000, 300)
    view.show()
    assert shown(view) == [0, 1, 2, 3, 4, 5]
    view.resize(800, 300)
    assert shown(view) == [0, 1, 2, 3, 5]
    view.resize(510, 300)
    assert shown(view) == [0, 1, 3]
    view.resize(200, 300)
    assert shown(view) == [0, 1]


def test_rows_are_forty_pixels_at_any_letter_size(qtbot) -> None:
    view = table()
    qtbot.addWidget(view)
    view.show()
    assert view.rowHeight(3) == 40
    theme.apply("light", 1.5)
    assert view.rowHeight(3) == 60


def test_enter_opens_and_arrows_pick(qtbot) -> None:
    view = table()
    qtbot.addWidget(view)
    view.show()
    view.selectRow(1)
    with qtbot.waitSignal(view.picked) as picked:
        press(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        press(view, Qt.Key.Key_Return)
    assert picked.args[0].number == opened.args[0].number == "2026-K7-00002"


def test_the_keyboard_is_seen_when_it_arrives(qtbot) -> None:
    view = RowsView(fixed_rows(PLAIN, range(5)), name=_("Numbers"))
    qtbot.addWidget(view)
    view.show()
    assert not view.selectionModel().hasSelection()
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert view.current_row() == 0
    assert view.selectionModel().isRowSelected(0)


def test_headers_follow_the_language(qtbot) -> None:
    view = table()
    qtbot.addWidget(view)
    language.switch("kk")
    header = [view.model().headerData(each, Qt.Orientation.Horizontal) for each in (0, 1)]
    assert header == ["Іс нөмірі", "Аты-жөні"]


def test_painting_asks_for_nothing_but_the_text(qtbot) -> None:
    """What makes long lists fast: the default way of painting asks for a dozen roles a cell."""
    asked: set[int] = set()

    class Counting(RowsModel):
        def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
            asked.add(int(role))
            return super().data(index, role)

    model = Counting(PLAIN, lambda wish, give: give(range(wish.count)))
    model.show_total(30)
    view = RowsView(model, name=_("Numbers"))
    qtbot.addWidget(view)
    view.show()
    view.grab()
    assert asked <= {int(Qt.ItemDataRole.DisplayRole)}


def test_every_row_comes_from_its_page(qapp) -> None:
    def fetch(wish: PageWish, give: Give) -> None:
        rows: Sequence[int] = range(wish.first, wish.first + wish.count)
        give(rows)

    model = RowsModel(PLAIN, fetch)
    model.show_total(HUGE)
    for row in (0, 199, 200, 4_321, 99_999):
        assert text(model, row) == str(row)


def test_a_text_that_is_cut_is_said_where_the_mouse_rests(qtbot: QtBot) -> None:
    """Canary: one that fits has no such hint."""
    said = ["short", "a very long name indeed, longer than any column of this list could ever be"]
    columns = (Column(_("Name"), str, 120), Column(_("Stage"), str, 120, tone=lambda _row: "info"))
    view = RowsView(fixed_rows(columns, said), name=_("Name"))
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    painter = view.itemDelegate()
    assert isinstance(painter, RowPainter)
    for column in (0, 1):
        short, long = (view.model().index(row, column) for row in (0, 1))
        assert painter.cut_short(short, view.columnWidth(column)) == ""
        assert painter.cut_short(long, view.columnWidth(column)) == said[1]
    where = view.visualRect(view.model().index(1, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text() == said[1]
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2000)


def test_what_must_stay_whole_makes_its_column_wide_enough(qtbot: QtBot) -> None:
    whole = "2026-WWW-00000 and rather more than a hundred pixels"
    columns = (Column(_("Number"), str, 40, whole=lambda: (whole,)), Column(_("Name"), str, 40, 1))
    view = RowsView(fixed_rows(columns, [whole]), name=_("Name"))
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show()
    painter = view.itemDelegate()
    assert isinstance(painter, RowPainter)
    assert painter.cut_short(view.model().index(0, 0), view.columnWidth(0)) == ""


LONG = "Кәмелетке толмағандарды бейімдеу орталығы"
SHORT = "иә"


def filled(qtbot: QtBot, width: int, *rows: str) -> RowsView:
    """Three columns that show the same text, the first two no wider by themselves than their titles."""
    columns = (Column(_("Name"), str, 60), Column(_("Stage"), str, 160), Column(_("Kind"), str, 60, 1))
    view = RowsView(fixed_rows(columns, rows), name=_("Name"))
    qtbot.addWidget(view)
    view.resize(width, 300)
    view.show()
    QApplication.processEvents()
    return view


def cut(view: RowsView) -> list[int]:
    painter = view.itemDelegate()
    assert isinstance(painter, RowPainter)
    return [each for each in range(3) if painter.cut_short(view.model().index(0, each), view.columnWidth(each))]


def test_columns_are_as_wide_as_what_stands_in_them(qtbot: QtBot) -> None:
    view = filled(qtbot, 1_400, LONG)
    assert cut(view) == []
    assert sum(view.columnWidth(each) for each in range(3)) == view.viewport().width(), "the rest goes by share"


def test_canary_by_their_least_width_alone_they_would_be_cut(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RowsView, "_measure", lambda _view: None)
    assert cut(filled(qtbot, 1_400, LONG)) == [0, 1]


def test_what_a_column_does_not_need_it_gives_away_but_never_its_title(qtbot: QtBot) -> None:
    view = filled(qtbot, 1_400, SHORT)
    assert view.columnWidth(0) >= needed(view._rows.columns[0], language.text(_("Name")), chip=False)
    assert view.columnWidth(1) < 160


def test_where_there_is_too_little_room_the_shortest_lack_goes_first() -> None:
    columns = (Column(_("Name"), str, 60),) * 3
    least, matter = (60, 60, 60), (400, 100, 400)
    wide = shared(columns, {0, 1, 2}, 300, least, least, matter)
    assert wide == {0: 100, 1: 100, 2: 100}
    assert sum(shared(columns, {0, 1, 2}, 150, least, least, matter).values()) == 180, "none below its least"


def test_only_rows_that_are_seen_are_measured(qtbot: QtBot) -> None:
    """A list of 100,000 rows asks for no page because of its widths, and no column grows narrower on the way."""
    asked: list[int] = []

    def fetch(wish: PageWish, give: Give) -> None:
        asked.append(wish.first)
        give([LONG if wish.first else SHORT] * wish.count)

    model = RowsModel((Column(_("Name"), str, 60), Column(_("Kind"), lambda _row: "", 60, 1)), fetch)
    model.start_over(100_000)
    view = RowsView(model, name=_("Name"))
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    QApplication.processEvents()
    assert asked == [0]
    narrow = view.columnWidth(0)
    view.scrollTo(model.index(50_000, 0))
    qtbot.waitUntil(lambda: view.columnWidth(0) > narrow, timeout=2_000)
    wide = view.columnWidth(0)
    view.scrollToTop()
    QApplication.processEvents()
    assert view.columnWidth(0) == wide
