"""Notes of a case: write one, read those there are; what is being written survives a lock."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.cases import AddNote, add_note
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, NoteRow
from kzcase.i18n import _, ngettext, on_the_wall, verbatim
from kzcase.ui import theme
from kzcase.ui.drafts import place
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.fields import TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

SHOWN: Final = 5


class NotesCard(Card):
    """The field on top, the newest notes under it."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Notes"), parent)
        self._work = work
        self.case = ""
        self._notes: tuple[NoteRow, ...] = ()
        self._begun: dict[str, str] = {}
        self._all = False
        self.text = TextArea(_("What happened, what was agreed"), lines=3, parent=self)
        self.save = Button(_("Save the note"), kind="primary", icon="save", shortcut="Ctrl+S", parent=self)
        self.more = Button(_("Show all"), kind="quiet", parent=self)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_FIELD)
        self.text.textChanged.connect(self._typed)
        self.text.textChanged.connect(lambda: work.typed.emit(self))
        self.save.clicked.connect(self._save)
        self.more.clicked.connect(self._show_all)
        self._build(office.may(Permission.WORK_ON_CASES), lines)
        self._lines: Lines[NoteRow, NoteLine] = Lines(lines, NoteLine)
        self.retranslate()
        self._typed()

    def _build(self, may_write: bool, lines: QVBoxLayout) -> None:
        self.add(self.text)
        foot = QHBoxLayout()
        box(foot)
        foot.addStretch(1)
        foot.addWidget(self.save)
        self.body.addLayout(foot)
        self.body.addLayout(lines)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.setVisible(may_write)
        self.save.setVisible(may_write)

    def retranslate(self) -> None:
        from kzcase.ui import language

        if hasattr(self, "text"):
            self.text.setAccessibleName(language.text(_("New note")))

    def show_case(self, page: CasePage) -> None:
        """Show the notes of this case, and a note begun for it before."""
        if page.id != self.case:
            self.begin(page.id)
        self._notes = tuple(reversed(page.notes))
        self._fill()

    def begin(self, case_id: str) -> None:
        """Another case: a note begun for the one before waits until somebody comes back to it."""
        if self.case and self.text.text().strip():
            self._begun[self.case] = self.text.text()
        self.case, self._all = case_id, False
        self.text.setText(self._begun.pop(case_id, ""))

    def _fill(self) -> None:
        shown = self._notes if self._all else self._notes[:SHOWN]
        self._lines.show(shown)
        hidden = len(self._notes) - len(shown)
        self.more.setVisible(hidden > 0)
        self.more.say(ngettext("Show {count} older note", "Show {count} older notes", hidden))

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._fill()

    @Slot()
    def _typed(self) -> None:
        self.save.setEnabled(bool(self.text.text().strip()))

    @Slot()
    def _save(self) -> None:
        wish = AddNote(case=self.case, text=self.text.text().strip())
        self.save.setEnabled(False)
        self._work.do(lambda book: add_note(book, wish), self._saved, owner=self)

    def _saved(self, _done: object) -> None:
        self.text.setText("")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is kept at a lock

    def draft_place(self) -> str:
        """One unsaved note a case."""
        return place("note", self.case)

    def draft(self) -> Mapping[str, str]:
        """What is typed and not saved."""
        text = self.text.text()
        return {"text": text} if text.strip() else {}

    def other_drafts(self) -> Mapping[str, Mapping[str, str]]:
        """Notes begun for other cases, by place."""
        return {place("note", case): {"text": text} for case, text in self._begun.items()}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put it back."""
        self.text.setText(content.get("text", ""))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


class NoteLine(Line[NoteRow]):
    """One note: when and who, then what was written, as plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.text = Label(None, "caption", parent=self), Label(None, wrap=True, parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=2)
        layout.addWidget(self.head)
        layout.addWidget(self.text)

    def say(self, row: NoteRow) -> None:
        when = on_the_wall(row.written_at) if row.written_at else ""
        self.head.say(verbatim("  ·  ".join(filter(None, (when, row.author)))))
        self.text.say(verbatim(MASK if "text" in row.masked else row.text or ""))
