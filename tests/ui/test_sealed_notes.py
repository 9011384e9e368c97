"""Sealed notes in the window: seen by all, read by their readers, kept closed at a lock; and who is kept away."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from kzcase.actions.drafts import KeptDraft, load_drafts, save_draft
from kzcase.actions.reading import open_case
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotSealedForYou
from kzcase.domain.permissions import Role
from kzcase.domain.rows import CasePage as CaseView
from kzcase.i18n import LANGUAGES
from kzcase.ui import language
from kzcase.ui.cases.kept_away import KeptAwayCard
from kzcase.ui.cases.sealed import SealedNotesCard, SealedTextDialog
from kzcase.ui.cases.sealed_dialogs import ResealDialog, SealedNoteDialog
from kzcase.ui.draft_keeper import KEPT
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import office_of
from kzcase.ui.work import InlineWork
from tests.actions.steps import a_case, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.ui.naming import assert_all_named

MARKER = "ҚұпияТерапияМаркер"


@dataclass
class Room:
    """The founder at the laptop, a case, and a colleague."""

    book: Casebook
    work: InlineWork
    case: str
    colleague: str
    bot: QtBot
    folder: Path

    def view(self) -> CaseView:
        return open_case(self.book, self.case)

    def card(self) -> SealedNotesCard:
        card = SealedNotesCard(self.work, office_of(self.book))
        self.bot.addWidget(card)
        card.show_case(self.view())
        card.show()
        return card

    def away_card(self) -> KeptAwayCard:
        card = KeptAwayCard(self.work, office_of(self.book))
        self.bot.addWidget(card)
        card.show_case(self.view())
        return card

    def dialog(self) -> SealedNoteDialog:
        dialog = SealedNoteDialog(self.work, office_of(self.book), self.case)
        dialog.open()
        return dialog

    def seal(self, *readers: str) -> str:
        wish = {"act": "note.sealed", "case": self.case, "kind": "legal", "text": MARKER, "readers": list(readers)}
        return do(self.book, **wish).ids["note"].hex()


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with founded(tmp_path) as book:
        case, other = a_case(book), colleague(book, Role.PSYCHOLOGIST)
        work = InlineWork(book)
        yield Room(book, work, case, other.staff_id.hex(), qtbot, tmp_path)
        work.close()
        work.deleteLater()


def shown(kind: type) -> list:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def test_a_note_is_written_sealed_and_read(room: Room) -> None:
    dialog = room.dialog()
    assert dialog.readers is not None
    assert dialog.readers.codes() == (room.book.acting.staff_id.hex(),)  # its author, until somebody says otherwise
    dialog.kind.set_code("therapy")
    dialog.text.setText(MARKER)
    dialog.readers.set_codes([room.book.acting.staff_id.hex(), room.colleague])
    assert_all_named(dialog)
    dialog.save.click()
    assert not dialog.isVisible()
    card = room.card()
    (line,) = card.lines.shown
    assert (line.kind.text(), line.read.isVisible()) == ("therapy", True)
    assert "Founder" in line.told.text()
    assert MARKER not in line.told.text() + line.kind.text()
    line.read.click()
    (told,) = shown(SealedTextDialog)
    assert told.text.text() == MARKER
    told.close_it.click()


def test_what_is_missing_is_said_at_its_field(room: Room) -> None:
    dialog = room.dialog()
    assert dialog.readers is not None
    assert dialog.readers_row is not None
    dialog.readers.set_codes(())
    dialog.save.click()
    assert dialog.isVisible()
    assert all(row.error is not None for row in (dialog.kind_row, dialog.text_row, dialog.readers_row))
    dialog.reject()


def test_others_see_the_line_and_no_way_in(room: Room) -> None:
    room.seal(room.colleague)
    (line,) = room.card().lines.shown
    assert not line.read.isVisible()
    assert not line.open_to.isVisible()


def test_a_reader_opens_it_to_a_colleague(room: Room) -> None:
    room.seal("Founder")
    card = room.card()
    card.lines.shown[0].open_to.click()
    (dialog,) = shown(ResealDialog)
    assert dialog.readers.list.count() == 1
    dialog.save.click()
    assert dialog.isVisible()  # nobody was ticked
    dialog.readers.set_codes([room.colleague])
    dialog.save.click()
    card.show_case(room.view())
    assert room.view().sealed_notes[0].readers == tuple(sorted(row.name for row in _staff(room)))


def _staff(room: Room) -> list:
    from kzcase.queries.office import staff_list

    with room.book.read() as reader:
        return staff_list(reader)


# At a lock


def test_what_is_typed_is_kept_closed_and_put_back(room: Room) -> None:
    dialog = room.dialog()
    dialog.kind.set_code("shelter_address")
    assert dialog.draft() == {}
    dialog.text.setText(MARKER)
    draft = dialog.draft()
    assert dialog.draft() == draft  # not closed anew each time
    assert MARKER not in repr(draft)
    save_draft(room.book, KeptDraft(dialog.draft_place(), draft))
    dialog.reject()
    with room.book.read() as reader:
        (kept,) = load_drafts(reader)
        stored = reader.session.execute(text("SELECT content FROM drafts")).scalar_one()
    assert MARKER.encode() not in stored
    assert kept.place.partition("/")[0] in KEPT
    again = room.dialog()
    again.restore(kept.content)
    assert (again.text.text(), again.kind.code()) == (MARKER, "shelter_address")
    assert again.readers is not None
    assert again.readers.codes() == (room.book.acting.staff_id.hex(),)
    again.reject()


def test_anothers_draft_does_not_open(room: Room) -> None:
    from kzcase.actions.sealed_notes import closed_draft, opened_draft
    from kzcase.keys.identity import Identity

    stranger = Identity.fresh(bytes(16), "Stranger")
    for closed in (closed_draft(MARKER, stranger.public_kem), "", "zz", "00" * 60):
        with pytest.raises(NotSealedForYou):
            opened_draft(room.book, closed)


# Who is kept away


def test_a_colleague_is_kept_away_and_let_back(room: Room) -> None:
    card = room.away_card()
    assert card.nobody.isVisibleTo(card)
    card.keep.click()
    (dialog,) = shown(FormDialog)
    dialog.rows["staff"].field.set_code(room.colleague)
    dialog.save.click()
    card.show_case(room.view())
    (line,) = card.lines.shown
    assert line.row is not None
    assert line.row.staff == room.colleague
    line.back.click()
    (question,) = shown(MessageDialog)
    assert question.act is not None
    question.act.click()
    card.show_case(room.view())
    assert card.lines.shown == []


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PSYCHOLOGIST, Role.HELPLINE])
def test_others_do_not_see_who_is_kept_away(room: Room, role: Role, qtbot: QtBot) -> None:
    do(room.book, act="case.blocked", case=room.case, staff=room.colleague)
    with laptop(room.folder, colleague(room.book, role), room.book) as book:
        work = InlineWork(book)
        card = KeptAwayCard(work, office_of(book))
        qtbot.addWidget(card)
        assert card.isHidden()
        assert open_case(book, room.case, "asked").kept_away == ()
        work.close()
        work.deleteLater()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_speaks_every_language(room: Room, spoken: str) -> None:
    room.seal("Founder")
    do(room.book, act="case.blocked", case=room.case, staff=room.colleague)
    card, away = room.card(), room.away_card()
    language.switch(spoken)  # type: ignore[arg-type]
    dialog = room.dialog()
    for widget in (card, away, dialog):
        assert_all_named(widget)
    assert card.lines.shown[0].kind.text() == language.text(office_of(room.book).said("sealed_kind", "legal"))
    dialog.reject()
