"""A printed sheet that comes back: found by its code or its number, added only when somebody agrees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kzcase.actions.papers import MadePaper, WantedPaper, print_paper
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NeedsReason
from kzcase.domain.papers import SlipCode
from kzcase.i18n import LANGUAGES
from kzcase.paper.incoming.door import Clean
from kzcase.queries.attachments import attachments
from kzcase.ui import language
from kzcase.ui.forms import returned
from kzcase.ui.forms.returned import ReturnedDialog
from kzcase.ui.sheet_drop import SheetDrop, sheet_in
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working

FORM = "victim_screening"


class Desk:
    """A casebook with a case, a blank sheet printed for it, and what the child sees on the next scan."""

    def __init__(self, book: Casebook, work: Any, home: QWidget, scan: Path) -> None:
        self.book, self.work, self.home, self.scan = book, work, home, scan
        self.case, _partner = with_case(book)
        self.paper: MadePaper = print_paper(book, WantedPaper(FORM, "kk", self.case, blank=True))
        self.seen: tuple[str, ...] = ()

    def slip(self, number: str) -> str:
        return SlipCode("F-7K3Q2", "0123456789", number.replace("-", ""), 1).text()

    def open(self) -> Any:
        return offered(ReturnedDialog(self.work, self.scan, self.home))

    def added(self) -> int:
        with self.book.read() as reader:
            return len(attachments(reader, self.case))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    home = QWidget()
    qtbot.addWidget(home)
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"a generated scan")
    with working(tmp_path / "book") as (book, work):
        made = Desk(book, work, home, scan)
        monkeypatch.setattr(returned, "cleaned", lambda given: Clean("image/jpeg", 1, given))
        monkeypatch.setattr("kzcase.actions.scans.codes_in", lambda *_given: made.seen)
        yield made


def test_a_scan_finds_its_case_and_is_added_when_one_agrees(desk: Desk, qtbot: QtBot) -> None:
    desk.seen = (desk.slip(desk.paper.printing),)
    dialog = desk.open()
    assert dialog.facts.isVisible()
    assert desk.added() == 0, "nothing is done before somebody agrees"
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
    with qtbot.waitSignal(dialog.returned) as told:
        dialog.add.click()
    assert told.args == [desk.case]
    assert desk.added() == 1


def test_the_very_same_scan_is_known_and_not_added_twice(desk: Desk) -> None:
    desk.seen = (desk.slip(desk.paper.printing),)
    desk.open().add.click()
    again = desk.open()
    assert not again.add.isEnabled()
    assert again.found.title, "it is called by its name"
    again.reject()
    assert desk.added() == 1


def test_escape_adds_nothing(desk: Desk) -> None:
    desk.seen = (desk.slip(desk.paper.printing),)
    dialog = desk.open()
    dialog.reject()
    assert desk.added() == 0


def test_without_a_code_the_number_is_typed(desk: Desk) -> None:
    dialog = desk.open()
    assert not dialog.add.isEnabled()
    assert dialog.number.isVisible()
    assert dialog.number.hasFocus()
    dialog.number.setText("AAAA-AAAA-AAAA")
    dialog.again.click()
    assert not dialog.add.isEnabled()
    dialog.number.setText(desk.paper.printing)
    dialog.number.returnPressed.emit()
    assert dialog.add.isEnabled()
    assert not dialog.number.isVisible()
    dialog.add.click()
    assert desk.added() == 1


def test_a_case_beyond_reach_asks_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = returned.propose_sheet

    def beyond(book: Any, clean: Clean, reason: str) -> Any:
        asked.append(reason)
        if not reason:
            raise NeedsReason(bytes.fromhex(desk.case))
        return known(book, clean)

    monkeypatch.setattr(returned, "propose_sheet", beyond)
    desk.seen = (desk.slip(desk.paper.printing),)
    dialog = desk.open()
    assert dialog.reasons.isVisible()
    assert not dialog.add.isEnabled()
    dialog.reasons.set_code("danger")
    dialog.again.click()
    assert asked == ["", "danger"]
    assert dialog.add.isEnabled()
    dialog.reject()


def test_a_file_that_is_gone_is_said_to_be_so(desk: Desk) -> None:
    desk.scan.unlink()
    dialog = desk.open()
    assert dialog.told.isVisible()
    assert not dialog.add.isEnabled()
    dialog.reject()


def dropped(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def test_one_picture_dropped_anywhere_on_the_window_is_taken(qtbot: QtBot) -> None:
    window = QWidget()
    inner = QWidget(window)
    qtbot.addWidget(window)
    offered(window)
    taken: list[Path] = []
    SheetDrop(window, taken.append)
    copy, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for names, fits in (
        (("/a/scan.jpg",), True),
        (("/a/scan.JPG", "/a/b.png"), False),
        (("/a/talk.mp3",), False),
        (("/a/paper.PDF",), True),
        (("/a/answers.zip",), True),
    ):
        data = dropped(*names)
        enter = QDragEnterEvent(QPoint(1, 1), copy, data, buttons, keys)
        QApplication.sendEvent(inner, enter)
        assert enter.isAccepted() is fits
        if fits:
            QApplication.sendEvent(inner, QDropEvent(QPoint(1, 1), copy, data, buttons, keys))
        assert (sheet_in(data) is not None) is fits
    assert taken == [Path("/a/scan.jpg"), Path("/a/paper.PDF"), Path("/a/answers.zip")]
