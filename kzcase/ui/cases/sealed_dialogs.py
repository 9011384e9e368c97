"""Writing a sealed note to named readers, and opening one to more of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.sealed_notes import ResealNote, SealNote, closed_draft, opened_draft, reseal_note, seal_note
from kzcase.domain.errors import KzcaseError
from kzcase.domain.rows import SealedNoteRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.sealed_notes import PossibleReader, possible_readers
from kzcase.ui import theme
from kzcase.ui.drafts import DraftingDialog, place
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

ONLY_THEM: Final = _(
    "Only the colleagues you tick can open it: nobody else, whatever their role. It is not printed, not found by "
    "searching, and in no summary. If all of them leave, nobody can open it any more."
)
NOT_TAKEN_BACK: Final = _("Whoever was named once can read it from then on; that cannot be taken back.")
READERS: Final = _("Who can read it")
NEEDED: Final = _("Please fill this in.")
NO_READER: Final = _("Please tick at least one colleague.")
WIDTH: Final = 560


class ReadersDialog(DraftingDialog):
    """A dialog with a list of colleagues to tick and a button that does what the dialog is for."""

    def __init__(self, work: Work, title: Words, hint: Words, save: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("kzcase")
        self.readers: CheckList | None = None
        self.readers_row: FieldRow | None = None
        self.said = Banner(hint, "info")
        self.said.hide()
        self.card = Card()
        self.save = Button(save, kind="primary", icon="lock", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self.save.setEnabled(False)
        self.cancel.clicked.connect(self.reject)
        self._build(title, hint)

    def _build(self, title: Words, hint: Words) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(title, "title"))
        layout.addWidget(Label(hint, "meta", wrap=True))
        layout.addWidget(self.said)
        layout.addWidget(self.card, 1)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(WIDTH))

    def offer(self, found: Sequence[PossibleReader], ticked: Sequence[str]) -> None:
        """Show who can be chosen."""
        self.readers = CheckList([Choice(one.staff, verbatim(one.name)) for one in found], name=READERS)
        self.readers.set_codes(ticked)
        self.readers_row = FieldRow(READERS, self.readers, required=True)
        self.card.add(self.readers_row)
        self.save.setEnabled(True)

    def chosen(self) -> tuple[str, ...]:
        """The colleagues ticked; what is missing is said at the list."""
        codes = self.readers.codes() if self.readers is not None else ()
        if self.readers_row is not None:
            self.readers_row.set_error(None if codes else NO_READER)
        return codes

    def perform(self, action: Callable[[Any], object]) -> None:
        """Do it, and close when it is done."""
        self.save.setEnabled(False)
        self._work.do(action, self._done, self._refused, owner=self)

    def _done(self, _done: object) -> None:
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        banner_error(self.said, error)


class SealedNoteDialog(ReadersDialog):
    """A new sealed note. Unfinished, it is kept at a lock closed to its author."""

    def __init__(self, work: Work, office: Office, case: str, parent: QWidget | None = None) -> None:
        super().__init__(work, _("Write a sealed note"), ONLY_THEM, _("Seal"), parent)
        self._case = case
        self._own_key = b""
        self._wanted: tuple[str, ...] | None = None
        self._closed = ("", "")
        self.kind = CodeCombo(office.choices("sealed_kind"))
        self.text = TextArea(lines=8)
        self.kind_row = FieldRow(_("Kind"), self.kind, required=True)
        self.text_row = FieldRow(_("Text"), self.text, required=True)
        self.card.add(self.kind_row)
        self.card.add(self.text_row)
        self.save.clicked.connect(self._seal)
        for changes in (self.kind.chosen, self.text.textChanged, self.finished):
            changes.connect(self._tell)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        work.ask(lambda reader: possible_readers(reader, case), self._take, owner=self)

    def _take(self, found: Sequence[PossibleReader]) -> None:
        mine = next((one for one in found if one.me), None)
        self._own_key = mine.public_kem if mine is not None else b""
        self.offer(found, self._wanted if self._wanted is not None else [one.staff for one in found if one.me])
        if self.readers is not None:
            self.readers.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _seal(self) -> None:
        kind, text, readers = self.kind.code() or "", self.text.text().strip(), self.chosen()
        self.kind_row.set_error(None if kind else NEEDED)
        self.text_row.set_error(None if text else NEEDED)
        if kind and text and readers:
            wish = SealNote(case=self._case, kind=kind, readers=list(readers), text=text)
            self.perform(lambda book: seal_note(book, wish))

    # What is kept: closed to its author, never as it was typed

    @Slot()
    def _tell(self) -> None:
        self._work.typed.emit(self)

    def draft_place(self) -> str:
        """One unfinished sealed note a case."""
        return place("sealed", self._case)

    def draft(self) -> Mapping[str, str]:
        """What is typed, closed; nothing before the author's own key is known."""
        text = self.text.text()
        if not text.strip() or not self._own_key:
            return {}
        if self._closed[0] != text:
            self._closed = (text, closed_draft(text, self._own_key))
        readers = " ".join(self.readers.codes()) if self.readers is not None else ""
        return {"kind": self.kind.code() or "", "readers": readers, "sealed": self._closed[1]}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put it back; opening what was typed takes its author."""
        self.kind.set_code(content.get("kind", ""))
        self._wanted = tuple(content.get("readers", "").split())
        if self.readers is not None:
            self.readers.set_codes(self._wanted)
        closed = content.get("sealed", "")
        self._work.look(lambda book: opened_draft(book, closed), self.text.setText, owner=self)


class ResealDialog(ReadersDialog):
    """Further readers for a note one can read oneself."""

    def __init__(
        self, work: Work, row: SealedNoteRow, found: Sequence[PossibleReader], parent: QWidget | None = None
    ) -> None:
        super().__init__(work, _("Open to a colleague"), NOT_TAKEN_BACK, _("Open to them"), parent)
        self._note = row.id
        self.offer([one for one in found if not one.me], ())
        self.save.clicked.connect(self._reseal)

    @Slot()
    def _reseal(self) -> None:
        readers = self.chosen()
        if readers:
            wish = ResealNote(note=self._note, readers=list(readers))
            self.perform(lambda book: reseal_note(book, wish))
