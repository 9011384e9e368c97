"""A paper before it is printed: its pages as pictures, larger and smaller, to the printer or into a file."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kzcase.i18n import _, ngettext
from kzcase.ui import language, paper_pages, theme
from kzcase.ui.lanes import Lane
from kzcase.ui.language import Retranslated
from kzcase.ui.paper_pages import PaperSize
from kzcase.ui.print_place import pages_in_memory
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label

ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
SCREEN_DPI: Final = 96
PRINT_DPI: Final = 300
QUEUE_NAME: Final = "A4"
"""What the printing system lists and logs a paper as: nothing of what it is."""
GAP: Final = 16
PICTURES_KEPT: Final = 12


class _Sheets(Retranslated, QWidget):
    """The pages under each other; each picture is asked for when its place is first painted."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.sizes: Sequence[PaperSize] = ()
        self.pictures: dict[int, QImage] = {}
        self.zoom = 1.0

    def show_sizes(self, sizes: Sequence[PaperSize], zoom: float) -> None:
        self.sizes, self.zoom = sizes, zoom
        self.pictures.clear()
        width = max((self._place(number).width() for number in range(len(sizes))), default=0) + 2 * GAP
        height = self._place(len(sizes) - 1).bottom() + GAP if sizes else 0
        self.setMinimumSize(QSize(width, height))
        self.update()

    def take(self, number: int, picture: QImage) -> None:
        self.pictures[number] = picture
        while len(self.pictures) > PICTURES_KEPT:
            del self.pictures[next(iter(self.pictures))]
        self.update(self._place(number))

    def _place(self, number: int) -> QRect:
        """Where a page lies, centred."""
        factor = self.zoom * SCREEN_DPI / paper_pages.POINTS_PER_INCH
        top = GAP + sum(round(size.height * factor) + GAP for size in self.sizes[:number])
        width, height = (round(each * factor) for each in (self.sizes[number].width, self.sizes[number].height))
        return QRect(max((self.width() - width) // 2, GAP), top, width, height)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number in range(len(self.sizes)):
            place = self._place(number)
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, Qt.GlobalColor.white)
            if number in self.pictures:
                painter.drawImage(place, self.pictures[number])
            else:
                self.wanted.emit(number)
            painter.setPen(theme.colour("outline"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()


class PdfPreview(Retranslated, QWidget):
    """Pages, zoom, print, save. It asks for a file name or a printer only through its signals' owners:
    `save_wanted` when a copy is to be kept (whoever made the paper records it), `printed` with the number of pages
    once they went to a printer, `failed` with a KzcaseError."""

    save_wanted = Signal()
    printed = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._generation = 0
        self._asked: set[int] = set()
        self._lane = Lane("kzcase-pages", parent=self)
        self.sheets = _Sheets()
        self.sheets.wanted.connect(self._want)
        self.count = Label(None, "caption")
        self.smaller = Button(_("Smaller"), icon="zoom-out", kind="quiet")
        self.larger = Button(_("Larger"), icon="zoom-in", kind="quiet")
        self.save = Button(_("Save a copy"), icon="download")
        self.print = Button(_("Print"), icon="printer", shortcut="Ctrl+P", kind="primary")
        self.smaller.clicked.connect(lambda: self._step(-1))
        self.larger.clicked.connect(lambda: self._step(1))
        self.save.clicked.connect(self.save_wanted)
        self.print.clicked.connect(self._choose_printer)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        box(bar, space=theme.SPACE_GROUP)
        for widget in (self.smaller, self.larger, self.count):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.save)
        bar.addWidget(self.print)
        self._area = QScrollArea()
        self._area.setWidget(self.sheets)
        self._area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        layout.addLayout(bar)
        layout.addWidget(self._area, 1)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper; its pages appear as they are ready."""
        self._pdf = pdf
        self._lane.run(lambda: paper_pages.sizes(pdf), self._show_sizes, self.failed.emit)

    def stop(self) -> None:
        """End the page thread; called when the preview is closed."""
        self._lane.stop()

    def _show_sizes(self, sizes: Sequence[PaperSize]) -> None:
        self._generation += 1
        self._asked.clear()
        self.sheets.show_sizes(sizes, self.sheets.zoom)
        self.retranslate()

    def _step(self, step: int) -> None:
        place = min(max(ZOOMS.index(self.sheets.zoom) + step, 0), len(ZOOMS) - 1)
        self.sheets.zoom = ZOOMS[place]
        self.smaller.setEnabled(place > 0)
        self.larger.setEnabled(place < len(ZOOMS) - 1)
        self._show_sizes(self.sheets.sizes)

    @Slot(int)
    def _want(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        pdf, generation = self._pdf, self._generation
        scale = self.sheets.zoom * SCREEN_DPI / paper_pages.POINTS_PER_INCH * self.devicePixelRatioF()

        def done(image: QImage) -> None:
            if generation == self._generation:
                self._asked.discard(number)
                self.sheets.take(number, image)

        self._lane.run(lambda: paper_pages.picture(pdf, number, scale), done, self.failed.emit)

    def retranslate(self) -> None:
        self._area.setAccessibleName(language.text(_("Pages of the paper")))
        percent, count = round(self.sheets.zoom * 100), len(self.sheets.sizes)
        self.count.say(ngettext("{count} page, {percent} %", "{count} pages, {percent} %", count, percent=percent))

    @Slot()
    def _choose_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        QDialog.open(dialog)  # QPrintDialog's own `open` wants a receiver and a slot by name

    def print_to(self, printer: QPrinter) -> None:
        """Send all pages to a printer, each made on the page thread; then `printed`."""
        sizes = tuple(self.sheets.sizes)
        if not sizes:
            return
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        _set_paper(printer, sizes[0])
        printer.setDocName(QUEUE_NAME)
        printer.setCreator("")
        painter = QPainter()
        with pages_in_memory():
            begun = painter.begin(printer)
        if begun:
            self._print_page(printer, painter, sizes, 0)

    def _print_page(self, printer: QPrinter, painter: QPainter, sizes: Sequence[PaperSize], number: int) -> None:
        if number == len(sizes):
            painter.end()
            self.printed.emit(number)
            return
        pdf = self._pdf

        def done(image: QImage) -> None:
            if number:
                printer.newPage()
            painter.drawImage(_fit(image, printer), image)
            self._print_page(printer, painter, sizes, number + 1)

        def gave_up(error: object) -> None:
            painter.end()
            self.failed.emit(error)

        scale = PRINT_DPI / paper_pages.POINTS_PER_INCH
        self._lane.run(lambda: paper_pages.picture(pdf, number, scale), done, gave_up)


def _set_paper(printer: QPrinter, size: PaperSize) -> None:
    portrait = size.width <= size.height
    short, long = sorted((size.width, size.height))
    printer.setPageSize(QPageSize(QSizeF(short, long), QPageSize.Unit.Point))
    orientation = QPageLayout.Orientation.Portrait if portrait else QPageLayout.Orientation.Landscape
    printer.setPageOrientation(orientation)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)


def _fit(image: QImage, printer: QPrinter) -> QRect:
    """The whole page, as large as the paper allows, never distorted."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint(0, 0), size)


class PreviewDialog(QDialog):
    """A preview in a window of its own; ends its thread when it is closed."""

    def __init__(self, pdf: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = PdfPreview(self)
        layout = QVBoxLayout(self)
        box(layout, margin=theme.SPACE_CARD)
        layout.addWidget(self.preview)
        self.resize(theme.px(900), theme.px(700))  # a page of A4 at 100 % fits
        self.finished.connect(lambda _result: self.preview.stop())
        self.preview.show_pdf(pdf)
