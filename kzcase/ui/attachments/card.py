"""The attachments of a case: what there is, added by choosing or dropping files, opened, copied and removed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.attachments import CopyAttachment, open_attachment, remove_attachment
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import AttachmentRow
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.paper.incoming.limits import PDF, RECORDINGS
from kzcase.queries.attachments import attachments
from kzcase.ui import language, theme
from kzcase.ui.attachments.adding import add_files, choose_files, dropped_files
from kzcase.ui.attachments.viewer import Viewer, choose_copy, copy_to
from kzcase.ui.lines import Line, Lines
from kzcase.ui.messages import ask
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.tips import plain_tip
from kzcase.ui.work import Work, concerns

NONE: Final = _("Nothing yet. Choose files or drop them here; place, time and camera are taken out of them.")
HIDDEN: Final = _("Show names first: an attachment can show who somebody is.")
KILO: Final = 1_000
MEGA: Final = 1_000_000


class AttachmentsCard(Card):
    """Shows the attachments of one case."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Attachments"), parent)
        self._work, self._office, self._case = work, office, ""
        self.setAcceptDrops(office.may(Permission.WORK_ON_CASES))
        self.choose = Button(_("Add files"), kind="quiet", icon="paperclip", parent=self)
        self.choose.clicked.connect(lambda: choose_files(self.window(), self.add_files))
        self.choose.setVisible(office.may(Permission.WORK_ON_CASES))
        self.head.addWidget(self.choose)
        self.nothing = Label(NONE, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_FIELD)
        self.body.addLayout(lines)
        self._lines: Lines[AttachmentRow, AttachmentLine] = Lines(lines, self._line)
        work.changed.connect(self._changed)

    def _line(self, parent: QWidget) -> "AttachmentLine":
        line = AttachmentLine(parent)
        line.remove.setVisible(self._office.may(Permission.WORK_ON_CASES))
        line.wanted.connect(self._open)
        line.unwanted.connect(self._ask_to_remove)
        return line

    def show_case(self, case_id: str) -> None:
        """Show the attachments of this case; those of the case before go at once. Of no case there is none."""
        if case_id != self._case:
            self._case = case_id
            self._lines.show(())
        if case_id:
            self._work.ask(lambda reader: attachments(reader, case_id), self._show, key="attachments", owner=self)

    def add_files(self, files: list[Path]) -> None:
        """Add these files to the case."""
        if files and self._case:
            add_files(self._work, self._case, files, self.window())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(dropped_files(event.mimeData()))

    @property
    def lines(self) -> list["AttachmentLine"]:
        """The attachments shown, the newest first."""
        return self._lines.shown

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self._case and concerns(changed, "attachments"):
            self.show_case(self._case)

    def _show(self, rows: Sequence[AttachmentRow]) -> None:
        self.nothing.setVisible(not rows)
        self._lines.show(rows)

    def _open(self, row: AttachmentRow) -> None:
        open_row(self._work, row, self.window())

    def _ask_to_remove(self, row: AttachmentRow) -> None:
        question = _("Remove this attachment from the case?")
        detail = _("It can be brought back from the history.")
        ask(question, detail, _("Remove"), lambda: self._remove(row), parent=self.window())

    def _remove(self, row: AttachmentRow) -> None:
        self._work.do(lambda book: remove_attachment(book, row.id), owner=self)


def open_row(work: Work, row: AttachmentRow, window: QWidget) -> None:
    """A recording is not played here: it is saved. Everything else is looked at."""
    if row.media_type in RECORDINGS:
        choose_copy(row, window, lambda path: copy_to(work, CopyAttachment(row.id), path, window))
        return

    def view(content: bytes) -> None:
        Viewer(work, row, content, window).open()

    work.long(lambda book, _progress: open_attachment(book, row.id), view, _("Opening the attachment"))


class AttachmentLine(Line[AttachmentRow]):
    """One attachment: what it is called, what it is, and what can be done with it."""

    wanted = Signal(object)
    unwanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(None, "label", wrap=True, parent=self)
        self.facts = Label(None, "caption", wrap=True, parent=self)
        self.open = Button(_("Open"), kind="quiet", icon="eye", parent=self)
        self.save = Button(_("Save a copy"), kind="quiet", icon="download", parent=self)
        self.remove = Button(_("Remove"), kind="quiet", icon="trash-2", parent=self)
        for button in (self.open, self.save):
            button.clicked.connect(lambda: self.wanted.emit(self.row))
        self.remove.clicked.connect(lambda: self.unwanted.emit(self.row))
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        for button in (self.open, self.save, self.remove):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, row: AttachmentRow) -> None:
        title = MASK if "title" in row.masked else row.title or language.text(kind_words(row))
        sound = row.media_type in RECORDINGS
        self.title.say(verbatim(title))
        self.facts.say(_facts(row))
        self.open.setVisible(not sound)
        self.save.setVisible(sound)
        for button in (self.open, self.save):
            button.setEnabled(row.can_open)
            button.setToolTip(plain_tip("" if row.can_open else language.text(HIDDEN)))
        for button in (self.open, self.save, self.remove):
            button.setAccessibleDescription(title)


def kind_words(row: AttachmentRow) -> Words:
    """What kind of thing an attachment is."""
    if row.media_type in RECORDINGS:
        return _("Recording")
    return _("PDF") if row.media_type == PDF else _("Photo or scan")


def _facts(row: AttachmentRow) -> Words:
    facts: list[Any] = [kind_words(row)]
    if row.pages > 1:
        facts.append(ngettext("{count} page", "{count} pages", row.pages))
    large = row.size > MEGA
    facts.append(_("{size} MB", size=row.size // MEGA) if large else _("{size} KB", size=row.size // KILO + 1))
    if row.added_on is not None:
        facts.append(_("added {date}", date=row.added_on))
    if row.author:
        facts.append(verbatim(row.author))
    return verbatim("  ·  ".join(language.text(fact) for fact in facts))
