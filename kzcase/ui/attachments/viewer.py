"""Looks at one attachment: its pages, and a copy for outside with boxes over what must not be seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kzcase.actions.attachments import CopyAttachment, copy_attachment
from kzcase.domain.errors import KzcaseError
from kzcase.domain.rows import AttachmentRow
from kzcase.i18n import _, ngettext
from kzcase.paper.incoming.door import Box, Looking, Picture, look
from kzcase.paper.incoming.limits import JPEG, M4A, MP3, OGG, PDF, PNG, WAV
from kzcase.ui import language, theme
from kzcase.ui.attachments.covering import CoverablePage
from kzcase.ui.lanes import Lane
from kzcase.ui.language import Retranslated
from kzcase.ui.messages import show_error
from kzcase.ui.saving import write_copy
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import LongWork, Work

SUFFIXES: Final = {JPEG: "jpg", PNG: "png", PDF: "pdf", MP3: "mp3", WAV: "wav", M4A: "m4a", OGG: "ogg"}
PAGE_WIDTH: Final = 860
FLAT: Final = 240
WIDEST: Final = 4.0
"""A page lower than this is drawn wider, up to so many times: whom one shall cover must be seen."""
HOW: Final = _(
    "Draw boxes over faces, names and numbers. What is covered is not in the copy. With the keyboard: Space puts a "
    "box, arrows move it, Shift and arrows size it, Backspace takes it back."
)
Chosen = Callable[[Path], object]


class Viewer(Retranslated, QDialog):
    """Shows the pages of `content`, which stays in memory and is gone when the dialog closes."""

    def __init__(self, work: Work, row: AttachmentRow, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self._work, self._row, self._content, self._number = work, row, content, 0
        self.boxes: dict[int, list[Box]] = {}
        self._looking = Looking()
        self._lane = Lane("kzcase-attachment", lambda: self._looking.stop(), parent=self)
        self.page = CoverablePage()
        self.page.changed.connect(self._changed)
        self.hint = Banner(HOW, "info")
        self.hint.hide()
        self.back = Button(_("Previous page"), icon="chevron-left", kind="quiet")
        self.next = Button(_("Next page"), icon="chevron-right", kind="quiet")
        self.count = Label(None, "caption")
        self.cover = Button(_("Cover"), icon="eye-off")
        self.undo = Button(_("Take the last box back"), icon="undo-2", kind="quiet")
        self.save = Button(_("Save a copy"), icon="download")
        self._build()
        self._connect()
        self.turn_to(0)

    def _build(self) -> None:
        bar = QHBoxLayout()
        box(bar, space=theme.SPACE_GROUP)
        for widget in (self.back, self.count, self.next):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.undo, self.cover, self.save):
            bar.addWidget(widget)
        area = QScrollArea()
        area.setWidget(self.page)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_CARD)
        layout.addLayout(bar)
        layout.addWidget(self.hint)
        layout.addWidget(area, 1)
        self.resize(theme.px(PAGE_WIDTH + 80), theme.px(700))

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.turn_to(self._number - 1))
        self.next.clicked.connect(lambda: self.turn_to(self._number + 1))
        self.cover.clicked.connect(self._begin_covering)
        self.undo.clicked.connect(self.page.take_back)
        self.save.clicked.connect(lambda: choose_copy(self._row, self, self.save_copy))
        self.finished.connect(self._forget)

    def turn_to(self, number: int) -> None:
        """Show a page; its picture is made in the child, on a thread of its own."""
        self._number = min(max(number, 0), max(self._row.pages - 1, 0))
        self._draw(self._show_or_widen)
        self._changed()

    def _draw(self, shown: Callable[[Picture], object], times: float = 1.0) -> None:
        content, media_type, at = self._content, self._row.media_type, self._number
        width = round(theme.px(PAGE_WIDTH) * times * self.devicePixelRatioF())
        self._lane.drop()
        looking = self._looking = Looking()
        self._lane.run(lambda: look(content, media_type, at, width, looking), shown, self._refused)

    def _show_or_widen(self, picture: Picture) -> None:
        flat = theme.px(FLAT) * self.devicePixelRatioF() / picture.height
        if flat > 1 and picture.width >= theme.px(PAGE_WIDTH):
            self._draw(self._show, min(flat, WIDEST))
        else:
            self._show(picture)

    def _refused(self, error: KzcaseError) -> None:
        show_error(error, self)

    def _show(self, picture: Picture) -> None:
        self.page.show_picture(picture, self.boxes.setdefault(self._number, []))
        self._changed()

    @Slot()
    def _begin_covering(self) -> None:
        self.page.covering = True
        self.hint.show()
        self.page.setCursor(Qt.CursorShape.CrossCursor)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    @Slot()
    def _changed(self) -> None:
        covered = sum(map(len, self.boxes.values()))
        self.back.setEnabled(self._number > 0)
        self.next.setEnabled(self._number < self._row.pages - 1)
        self.undo.setVisible(self.page.covering)
        self.undo.setEnabled(bool(self.page.boxes))
        said = ngettext("Save a copy with {count} box", "Save a copy with {count} boxes", covered)
        self.save.say(said if covered else _("Save a copy"))
        self.count.say(_("Page {number} of {count}", number=self._number + 1, count=max(self._row.pages, 1)))

    def save_copy(self, path: Path) -> LongWork:
        """Record the copy, then write it where the person chose."""
        return copy_to(self._work, CopyAttachment(self._row.id, dict(self.boxes)), path, self)

    @Slot()
    def _forget(self) -> None:
        """Whoever still works at a page is stopped: nothing of it stays in any memory, and nobody waits for it."""
        self._content = b""
        self.page.clear()
        self._lane.stop()

    def retranslate(self) -> None:
        if hasattr(self, "save"):
            self._changed()


def choose_copy(row: AttachmentRow, over: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask where a copy goes; the name offered tells nothing."""
    suffix = SUFFIXES.get(row.media_type, "bin")
    dialog = QFileDialog(over, language.text(_("Save a copy")), f"copy.{suffix}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    QFileDialog.open(dialog)
    return dialog


def copy_to(work: Work, wish: CopyAttachment, path: Path, over: QWidget) -> LongWork:
    """A copy that leaves the casebook is recorded before it is written."""

    def job(book: Any, _progress: LongWork) -> None:
        write_copy(path, copy_attachment(book, wish)[1])

    def ended(_nothing: object) -> None:
        work.changed.emit(frozenset({"attachments", "history"}))

    return work.long(job, ended, _("Saving a copy"), owner=over)
