"""Attachments at a case: dropped, opened, covered, copied, removed; what cannot be added is said."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kzcase.domain.rows import AttachmentRow
from kzcase.i18n import LANGUAGES
from kzcase.paper.incoming.door import look
from kzcase.queries.attachments import attachments
from kzcase.ui import language
from kzcase.ui.attachments.card import AttachmentsCard
from kzcase.ui.attachments.viewer import Viewer
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import office_of
from tests.paper.incoming.files import TELLING
from tests.ui.naming import assert_all_named
from tests.ui.offices import with_case, working


@pytest.fixture
def office(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        case, _partner = with_case(book)
        window = QWidget()
        qtbot.addWidget(window)
        card = AttachmentsCard(work, office_of(book), window)
        card.show_case(case)
        window.show()
        yield book, card, case, tmp_path
        window.close()


def add(card: AttachmentsCard, folder: Path, *kinds: str) -> None:
    files = []
    for kind in kinds:
        path = folder / f"made-{kind}.{kind}"
        path.write_bytes(TELLING.get(kind, b"nothing known"))
        files.append(path)
    card.add_files(files)


def rows_of(book, case: str) -> tuple[AttachmentRow, ...]:
    with book.read() as reader:
        return attachments(reader, case)


def messages() -> list[MessageDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, MessageDialog) and w.isVisible()]


def viewer_of(qtbot, card: AttachmentsCard) -> Viewer:
    card.lines[0].open.click()
    (viewer,) = card.window().findChildren(Viewer)
    qtbot.waitUntil(lambda: viewer.page._image is not None)
    return viewer


def test_files_are_added_and_shown(office) -> None:
    book, card, case, folder = office
    assert card.nothing.isVisibleTo(card)
    add(card, folder, "jpeg", "pdf", "mp3")
    assert {row.media_type for row in rows_of(book, case)} == {"image/jpeg", "application/pdf", "audio/mpeg"}
    assert len(card.lines) == 3
    assert not card.nothing.isVisibleTo(card)
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(card)


def test_one_bad_file_stops_no_other_and_is_named(office) -> None:
    book, card, case, folder = office
    add(card, folder, "rubbish", "png")
    assert [row.title for row in rows_of(book, case)] == ["made-png"]
    (message,) = messages()
    assert "made-rubbish.rubbish" in message.sentence.text()
    message.reject()


def test_it_opens_only_when_names_are_shown(office) -> None:
    book, card, case, folder = office
    add(card, folder, "jpeg")
    assert not card.lines[0].open.isEnabled()
    book.show_names()
    card.show_case(case)
    assert card.lines[0].open.isEnabled()


def test_a_covered_copy_shows_nothing_under_the_boxes(qtbot, office) -> None:
    book, card, case, folder = office
    add(card, folder, "pdf")
    book.show_names()
    card.show_case(case)
    viewer = viewer_of(qtbot, card)
    viewer.cover.click()
    page = viewer.page
    qtbot.mousePress(page, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    qtbot.mouseMove(page, QPoint(page.width() // 2, page.height() - 2))
    page.grab()  # painted while it is being drawn
    qtbot.mouseRelease(page, Qt.MouseButton.LeftButton, pos=QPoint(page.width() // 2, page.height() - 2))
    assert len(viewer.boxes[0]) == 1
    viewer.save_copy(folder / "copy.pdf")
    copy = (folder / "copy.pdf").read_bytes()
    first, second = (look(copy, "application/pdf", n, 100) for n in (0, 1))
    middle = 3 * (first.width * (first.height // 2) + 10)
    assert first.rows[middle] < 40
    assert second.rows[-3] > 215
    viewer.close()
    assert viewer._content == b""


def test_boxes_are_drawn_with_the_keyboard_too(qtbot, office) -> None:
    book, card, case, folder = office
    add(card, folder, "png")
    book.show_names()
    card.show_case(case)
    viewer = viewer_of(qtbot, card)
    viewer.cover.click()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(viewer.page, key)
    qtbot.keyClick(viewer.page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (box,) = viewer.boxes[0]
    assert box == pytest.approx((0.42, 0.42, 0.64, 0.62))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up) * 30:
        qtbot.keyClick(viewer.page, key)
    assert viewer.boxes[0][0][:2] == (0.0, 0.0), "no strip beside it stays open"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down) * 60:
        qtbot.keyClick(viewer.page, key, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.boxes[0] == [(0.0, 0.0, 1.0, 1.0)]
    qtbot.keyClick(viewer.page, Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down) * 30:
        qtbot.keyClick(viewer.page, key)
    assert viewer.boxes[0][1][2:] == (1.0, 1.0)
    viewer.undo.click()
    viewer.undo.click()
    assert viewer.boxes[0] == []
    viewer.close()


def test_a_flat_page_is_drawn_wider_than_the_window(qtbot, office) -> None:
    book, card, case, folder = office
    Image.new("RGB", (4000, 100)).save(folder / "flat.png")
    card.add_files([folder / "flat.png"])
    book.show_names()
    card.show_case(case)
    viewer = viewer_of(qtbot, card)
    assert viewer.page.height() > 80
    viewer.close()


def test_what_is_removed_goes_after_a_question(office) -> None:
    book, card, case, folder = office
    add(card, folder, "png")
    card.lines[0].remove.click()
    (question,) = messages()
    assert rows_of(book, case)
    question.act.click()
    assert not rows_of(book, case)
    assert card.nothing.isVisibleTo(card)
