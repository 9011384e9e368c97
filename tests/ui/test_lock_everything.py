"""After the lock nothing of a case stands anywhere: with every page visited and every dialog open."""

import dataclasses
import gc
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kzcase.domain.permissions import Role
from kzcase.ui.main_window import MainWindow
from kzcase.ui.places import FORMS, HELP, PLACES, RULES, SETTINGS
from tests.asking import everything_in
from tests.db.laptops import colleague
from tests.ui.desks import ADMINISTRATOR, open_window
from tests.ui.test_drafts_everywhere import BEGIN, Desk
from tests.whole_case import MARK, PHONES, WholeCase, whole_case

SAYS = (
    "text",
    "toPlainText",
    "placeholderText",
    "windowTitle",
    "toolTip",
    "statusTip",
    "accessibleName",
    "currentText",
)
OF_PEOPLE = (
    *("note", "person", "consent", "reply", "closing", "conference"),
    *("handing_over", "sealed", "referral", "relation"),
)
"""Dialogs that say something of the case, each of another room."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.UserRole)
EVERYWHERE = [each.key for each in (*(entry for entry, _right in PLACES), FORMS, RULES, HELP, SETTINGS)]


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(tmp_path, cases=0)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


def filled(window: MainWindow) -> WholeCase:
    """A case of which everything is kept, names shown, and every page visited and dialog opened on it."""
    found: list[WholeCase] = []
    place: Any = window.workplace

    def fill(book: Any) -> None:
        found.append(whole_case(book, ADMINISTRATOR, colleague(book, Role.CASEWORKER).staff_id.hex()))
        book.show_names()

    place.work.do(fill)
    return found[0]


def visit(window: MainWindow, case: WholeCase) -> None:
    """Go everywhere, look at the case, and begin everything that can be typed."""
    place: Any = window.workplace
    desk = Desk(window, _page(place, case))
    for key in EVERYWHERE:
        place.go(key)
    place.open_case(case["case"])
    place.log_call()
    for kind in OF_PEOPLE:
        BEGIN[kind][0](desk)


def _page(place: Any, case: WholeCase) -> Any:
    from kzcase.queries.case_page import case_page

    found: list[Any] = []
    place.work.ask(lambda reader: case_page(reader, case["case"]), found.append)
    return found[0]


def shown(case: WholeCase) -> set[str]:
    """Where something of the case stands: texts of widgets and documents, models, rows in memory, the clipboard."""
    marks = (MARK, case.number, *PHONES)
    texts = [(type(each).__name__, said) for each in _objects() for said in _said(each)]
    texts += [(type(each).__name__, everything_in(each)) for each in gc.get_objects() if _is_row(each)]
    texts.append(("clipboard", QGuiApplication.clipboard().text()))
    return {where for where, said in texts if any(mark in said for mark in marks)}


def _objects() -> Iterator[QObject]:
    for window in QApplication.topLevelWidgets():
        yield window
        yield from window.findChildren(QObject)


def _said(each: QObject) -> Iterator[str]:
    if isinstance(each, QTextDocument):
        yield each.toPlainText()
    elif isinstance(each, QAbstractItemModel):
        yield from _cells(each)
    elif isinstance(each, QWidget):
        yield from (str(getattr(each, name)()) for name in SAYS if callable(getattr(each, name, None)))


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row, column, role in product(range(min(model.rowCount(QModelIndex()), 50)), range(columns), ROLES):
        yield str(model.data(model.index(row, column), role))


def _is_row(each: object) -> bool:
    kind = type(each)
    module = str(kind.__module__)  # compiled kinds answer with something else than a name
    ours = module.startswith(("kzcase.domain.", "kzcase.queries.", "kzcase.actions."))
    rows = kind.__name__.endswith(("Row", "Page", "Hit")) or "rows" in module
    return ours and rows and (dataclasses.is_dataclass(kind) or issubclass(kind, msgspec.Struct))


def test_with_everything_open_nothing_of_a_case_is_left_after_the_lock(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screenless platform does not know whose the clipboard is, so that is said here."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    case = filled(window)
    visit(window, case)
    QGuiApplication.clipboard().setText(PHONES[0])
    before = shown(case)
    assert before >= {"clipboard", "CaseRow", "CallRow", "ReferralRow"}, "the canary: it is all there"
    assert len([each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]) > 7
    window.lock()
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()
    assert shown(case) == set()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    assert window.windowTitle() == "kzcase"
