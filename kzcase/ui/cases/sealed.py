"""Sealed notes of a case: which there are, for everybody; what they say, for their readers, one at a time."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.sealed_notes import read_sealed_note
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, SealedNoteRow
from kzcase.i18n import _, on_the_wall, verbatim
from kzcase.queries.sealed_notes import PossibleReader, possible_readers
from kzcase.ui import language, theme
from kzcase.ui.cases.sealed_dialogs import ResealDialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work

NONE_YET = _("None. What only named colleagues may read is written here.")

NOBODY_OPENS: Final = _("Sealed to your earlier key. Nobody here can open it any more.")


class SealedNotesCard(Card):
    """`wanted`: write one. A note is read by its readers only, and each reading is recorded."""

    wanted = Signal()

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Sealed notes"), parent)
        self._work, self._office, self._case = work, office, ""
        self.write = Button(_("Write"), kind="quiet", icon="lock", parent=self)
        self.write.setVisible(office.may(Permission.WORK_ON_CASES))
        self.write.clicked.connect(self.wanted)
        self.head.addWidget(self.write)
        self.nothing = Label(NONE_YET, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self.lines: Lines[SealedNoteRow, SealedLine] = Lines(lines, self._line)

    def _line(self, parent: QWidget) -> "SealedLine":
        line = SealedLine(self._office, parent)
        line.read.clicked.connect(lambda: self._read(line.row))
        line.open_to.clicked.connect(lambda: self._open_to(line.row))
        return line

    def show_case(self, page: CasePage) -> None:
        """Show which sealed notes this case has."""
        self._case = page.id
        self.nothing.setVisible(not page.sealed_notes)
        self.lines.show(page.sealed_notes[::-1])

    def _read(self, row: SealedNoteRow | None) -> None:
        assert row is not None
        note = row.id
        self._work.look(lambda book: read_sealed_note(book, note), lambda text: self._show(row, text), owner=self)

    def _show(self, row: SealedNoteRow, text: str) -> None:
        SealedTextDialog(self._office, row, text, self.window()).open()

    def _open_to(self, row: SealedNoteRow | None) -> None:
        assert row is not None
        case = self._case
        self._work.ask(
            lambda reader: possible_readers(reader, case), lambda found: self._choose(row, found), owner=self
        )

    def _choose(self, row: SealedNoteRow, found: Sequence[PossibleReader]) -> None:
        ResealDialog(self._work, row, found, self.window()).open()


class SealedLine(Line[SealedNoteRow]):
    """One sealed note: its kind, who wrote it when, and for its readers the way in."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.kind = Label(None, "label", wrap=True, parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        self.read = Button(_("Read"), kind="quiet", icon="lock-open", parent=self)
        self.open_to = Button(_("Open to a colleague"), kind="quiet", icon="user-plus", parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=2)
        layout.addWidget(self.kind)
        layout.addWidget(self.told)
        ways = QHBoxLayout()
        box(ways, space=theme.SPACE_GROUP)
        layout.addLayout(ways)
        ways.addWidget(self.read)
        ways.addWidget(self.open_to)
        ways.addStretch(1)

    def say(self, row: SealedNoteRow) -> None:
        kind = language.text(self._office.said("sealed_kind", row.kind))
        self.kind.say(verbatim(kind))
        self.told.say(verbatim(told(row)))
        for button in (self.read, self.open_to):
            button.setVisible(row.mine)
            button.setAccessibleName(f"{button.words()}: {kind}, {told(row)}")


def told(row: SealedNoteRow) -> str:
    """When and by whom; for its readers also who they are."""
    when = on_the_wall(row.written_at) if row.written_at else ""
    if row.earlier_key:
        named = _("Sealed to your earlier key. {names} can share it with you again.", names=", ".join(row.readers))
        readers = language.text(named if row.readers else NOBODY_OPENS)
    else:
        readers = language.text(_("readers: {names}", names=", ".join(row.readers))) if row.readers else ""
    return "  ·  ".join(filter(None, (when, row.author, readers)))


class SealedTextDialog(QDialog):
    """What a sealed note says, as plain text; it goes with the dialog, and the dialog with the lock."""

    def __init__(self, office: Office, row: SealedNoteRow, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.text = Label(verbatim(text), wrap=True)
        self.close_it = Button(_("Close"), kind="primary")
        self.close_it.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(verbatim(language.text(office.said("sealed_kind", row.kind))), "title"))
        layout.addWidget(Label(verbatim(told(row)), "caption", wrap=True))
        scroll = InnerScroll()
        scroll.body.addWidget(self.text)
        scroll.body.addStretch(1)
        layout.addWidget(scroll, 1)
        foot = QHBoxLayout()
        box(foot)
        foot.addStretch(1)
        foot.addWidget(self.close_it)
        layout.addLayout(foot)
        self.setMinimumSize(theme.px(520), theme.px(320))
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)
