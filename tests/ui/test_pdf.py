"""The preview of a paper: its pages are made away from the window, damaged files are refused in words."""

import io
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from kzcase.domain.errors import BadInput
from kzcase.ui import language, paper_pages
from kzcase.ui.widgets.pdf import PdfPreview, PreviewDialog
from tests.ui.naming import assert_all_named

LIMIT = 5_000


def paper(count: int) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for _page in range(count):
        canvas.rect(0, 421, 595, 421, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def preview(qtbot) -> Iterator[PdfPreview]:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made
    made.stop()


def test_pages_come_up_black_above_and_white_below(preview: PdfPreview, qtbot) -> None:
    preview.show_pdf(paper(3))
    qtbot.waitUntil(lambda: 0 in preview.sheets.pictures, timeout=LIMIT)
    image = preview.sheets.pictures[0]
    middle, height = image.width() // 2, image.height()
    colours = [image.pixelColor(middle, height * part // 4).name() for part in (1, 3)]
    assert colours == ["#000000", "#ffffff"]
    assert preview.count.text() == "3 pages, 100 %"
    assert_all_named(preview)


def test_larger_and_smaller_end_somewhere(preview: PdfPreview, qtbot) -> None:
    preview.show_pdf(paper(1))
    qtbot.waitUntil(lambda: 0 in preview.sheets.pictures, timeout=LIMIT)
    before = preview.sheets.pictures[0].width()
    preview.larger.click()
    qtbot.waitUntil(lambda: 0 in preview.sheets.pictures, timeout=LIMIT)
    assert preview.sheets.pictures[0].width() > before
    for _click in range(10):
        preview.larger.click()
    assert not preview.larger.isEnabled()
    assert preview.smaller.isEnabled()
    language.switch("ru")
    assert "300" in preview.count.text()


def test_it_prints_every_page(preview: PdfPreview, qtbot, tmp_path) -> None:
    preview.show_pdf(paper(2))
    qtbot.waitUntil(lambda: len(preview.sheets.sizes) == 2, timeout=LIMIT)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with qtbot.waitSignal(preview.printed, timeout=LIMIT) as printed:
        preview.print_to(printer)
    assert printed.args == [2]
    sizes = paper_pages.sizes((tmp_path / "out.pdf").read_bytes())
    assert [(round(each.width), round(each.height)) for each in sizes] == [(595, 842)] * 2


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.4 nothing", paper(1)[:200]])
def test_what_is_no_paper_is_refused(preview: PdfPreview, qtbot, damaged: bytes) -> None:
    with qtbot.waitSignal(preview.failed, timeout=LIMIT) as failed:
        preview.show_pdf(damaged)
    assert isinstance(failed.args[0], BadInput)


def test_huge_pictures_are_made_smaller() -> None:
    image = paper_pages.picture(paper(1), 0, 50.0)
    assert image.width() * image.height() <= paper_pages.MOST_PIXELS * 1.01


def test_closing_the_window_ends_its_thread(qtbot) -> None:
    dialog = PreviewDialog(paper(1))
    dialog.show()
    qtbot.waitUntil(lambda: 0 in dialog.preview.sheets.pictures, timeout=LIMIT)
    dialog.reject()
    assert "kzcase-pages" not in {thread.name for thread in threading.enumerate()}
