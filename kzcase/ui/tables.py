"""Long lists: 100,000 rows shown through pages of 200 that are fetched when somebody looks at them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kzcase.ui import language
from kzcase.ui.language import Label
from kzcase.ui.widgets.chips import Tone

PAGE: Final = 200
PAGES_KEPT: Final = 40
MASK: Final = "••••"
Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()


class Masked:
    """The value a column function gives where the person's role does not show it; written as `••••`."""

    def __str__(self) -> str:
        return MASK


MASKED: Final = Masked()


def seen(name: str) -> Callable[[Any], object]:
    """A column function: one field of a row, or `MASKED` where the row says the person may not see it."""

    def value(row: Any) -> object:
        return MASKED if name in getattr(row, "masked", ()) else getattr(row, name)

    return value


@dataclass(frozen=True, slots=True)
class Column:
    """One column as data. `value(row)` gives words, text, a date, `MASKED` or None.

    `width` is the least width in pixels at 100 %, `stretch` its share of what is left over. Columns of higher
    `priority` number go first when the window is narrow (0 stays always). `order` names the sort order offered by
    the header ("" = none). `tone(row)` paints the value as a chip; `strong` is medium weight, `faint` is grey.
    `whole` gives texts, in the language of the window, that the column is never too narrow for.
    """

    title: Label
    value: Callable[[Any], object]
    width: int = 120
    stretch: int = 0
    priority: int = 0
    order: str = ""
    right: bool = False
    strong: bool = False
    faint: bool = False
    tone: Callable[[Any], Tone | None] | None = None
    whole: Callable[[], Iterable[str]] = tuple


def a_number() -> tuple[str, ...]:
    """What a column of numbers is never too narrow for: its last sign tells two numbers apart."""
    return ("2026-WWW-W00000-W",)


def a_moment() -> tuple[str, ...]:
    """What a column of days with hours is never too narrow for: the hour may be all that counts."""
    return ("30.08.2026 20:00",)


@dataclass(frozen=True, slots=True)
class Order:
    """The order rows are wanted in: the name of the column's order, and which end first."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PageWish:
    """Rows `first` … `first + count - 1` in this order."""

    first: int
    count: int
    order: Order | None


Give = Callable[[Sequence[Any]], None]
Fetch = Callable[[PageWish, Give], None]
"""Called on the window's thread; `give(rows)` is to be called there too, at once or later."""


class RowsModel(QAbstractTableModel):
    """Frozen rows by page. `fetch` is asked for a page when a cell of it is first painted; the 40 pages used last
    are kept. Rows that have not come yet are blank."""

    order_changed = Signal(object)

    def __init__(self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order: Order | None = None
        self._fetch = fetch
        self._total = 0
        self._generation = 0
        self._pages: OrderedDict[int, tuple[Any, ...]] = OrderedDict()
        self._asked: set[int] = set()

    def show_total(self, total: int) -> None:
        """There are so many rows now: forget the pages kept, keep place and selection, ask again for what is seen."""
        self._forget()
        before, self._total = self._total, self._total
        if total > before:
            self.beginInsertRows(NOWHERE, before, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < before:
            self.beginRemoveRows(NOWHERE, total, before - 1)
            self._total = total
            self.endRemoveRows()
        self._repaint(0, total)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """A short list that is already here: all rows at once."""
        self.show_total(len(rows))
        for number in range(0, len(rows), PAGE):
            self._pages[number // PAGE] = tuple(rows[number : number + PAGE])

    def start_over(self, total: int) -> None:
        """Quite different rows (another search): nothing stays selected, the list begins at the top."""
        self.beginResetModel()
        self._forget()
        self._total = total
        self.endResetModel()

    def _forget(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._asked.clear()

    def _repaint(self, first: int, beyond: int) -> None:
        if beyond > first and self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(beyond - 1, len(self.columns) - 1))

    def row(self, number: int) -> Any:
        """The row at a place, or None while its page is on the way."""
        page, within = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            rows = self._pages.get(page)
            if rows is None:
                return None
        self._pages.move_to_end(page)
        return rows[within] if within < len(rows) else None

    def _ask(self, page: int) -> None:
        if page in self._asked or not 0 <= page * PAGE < self._total:
            return
        self._asked.add(page)
        generation = self._generation

        def give(rows: Sequence[Any]) -> None:
            if generation == self._generation:
                self._take(page, rows)

        count = min(PAGE, self._total - page * PAGE)
        self._fetch(PageWish(page * PAGE, count, self.order), give)

    def _take(self, page: int, rows: Sequence[Any]) -> None:
        self._asked.discard(page)
        self._pages[page] = tuple(rows)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._repaint(page * PAGE, min(page * PAGE + len(rows), self._total))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            return "" if row is None else language.shown(self.columns[index.column()].value(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Where the text of a column stands."""
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].right else Qt.AlignmentFlag.AlignLeft
        return Qt.AlignmentFlag.AlignVCenter | side

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return language.text(self.columns[section].title)
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The header was clicked: other pages are wanted, from the top."""
        name = self.columns[column].order if 0 <= column < len(self.columns) else ""
        wanted = Order(name, order is Qt.SortOrder.DescendingOrder) if name else None
        if wanted != self.order:
            self.order = wanted
            self.start_over(self._total)
            self.order_changed.emit(wanted)

    def retranslate(self) -> None:
        """The language has changed: headers and cells say it anew."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._repaint(0, self._total)


def fixed_rows(columns: Sequence[Column], rows: Sequence[Any], parent: QObject | None = None) -> RowsModel:
    """A model over a short list that is already here; its header sorts nothing."""
    model = RowsModel(columns, lambda _wish, give: give(()), parent)
    model.show_rows(rows)
    return model
