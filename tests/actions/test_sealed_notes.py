"""Sealed notes: read by their readers alone, whoever else has the casebook and its key; nowhere else is their text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.papers import WantedPaper, paper_names, print_paper
from kzcase.actions.reading import open_case, read_history, search_cases
from kzcase.actions.sealed_notes import read_sealed_note, with_own_notes
from kzcase.db import store
from kzcase.db.casebook import Casebook
from kzcase.db.keyrings import Keyrings
from kzcase.db.tables import Base
from kzcase.db.tables.cases import SealedNoteKey
from kzcase.domain.errors import (
    KzcaseError,
    NeedsReason,
    NoReader,
    NotAReader,
    NotFound,
    NothingToChange,
    NotSealedForYou,
)
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from kzcase.queries.case_page import case_page
from tests.actions.steps import a_case, do
from tests.db.books import KEY, founded
from tests.db.laptops import colleague, laptop, meet
from tests.db.raw_pages import plain_pages

MARKER = "ҚұпияТерапияМаркер"
TEXT = f"Психологқа айтқаны: {MARKER} 0123456789"


def seal_in(book: Casebook, case: str, *readers: str, text: str = TEXT, kind: str = "therapy") -> str:
    wish = {"act": "note.sealed", "case": case, "kind": kind, "readers": list(readers), "text": text}
    return do(book, **wish).ids["note"].hex()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Casebook]:
    book = founded(tmp_path)
    yield book
    book.close()


def psychologist(office: Casebook) -> Identity:
    return colleague(office, Role.PSYCHOLOGIST)


# Who reads it


def test_its_readers_read_it_and_nobody_else(office: Casebook, tmp_path: Path) -> None:
    case, reader, other = a_case(office), psychologist(office), colleague(office, Role.SUPERVISOR, Role.ADMINISTRATOR)
    note = seal_in(office, case, reader.staff_id.hex())
    with laptop(tmp_path, reader, office) as book:
        assert read_sealed_note(book, note) == TEXT
    for stranger in (other, colleague(office, Role.SUPERVISOR)):
        with laptop(tmp_path, stranger, office) as book:
            with pytest.raises(NotAReader):
                read_sealed_note(book, note)
            with book.read() as reading:
                for key in reading.session.query(SealedNoteKey):
                    with pytest.raises(NotSealedForYou):
                        stranger.open_sealed(b"kzcase sealed note key 1", key.sealed or b"")
    with pytest.raises(NotAReader):
        read_sealed_note(office, note)  # its author is a reader only when named


def test_others_see_that_it_is_there_its_kind_author_and_date(office: Casebook, tmp_path: Path) -> None:
    case, reader = a_case(office), psychologist(office)
    seal_in(office, case, reader.staff_id.hex(), kind="shelter_address")
    (row,) = open_case(office, case).sealed_notes
    assert (row.kind, row.author, row.mine, row.readers, row.text) == ("shelter_address", "Founder", False, (), None)
    assert row.written_at is not None
    with laptop(tmp_path, reader, office) as book:
        (row,) = open_case(book, case).sealed_notes
        assert (row.mine, row.readers) == (True, (reader.name,))
        (row,) = with_own_notes(book, open_case(book, case)).sealed_notes
        assert row.text == TEXT
        assert MARKER not in repr(row)


def test_a_reader_opens_it_to_one_more_and_nobody_else_can(office: Casebook, tmp_path: Path) -> None:
    case, reader, second = a_case(office), psychologist(office), colleague(office, Role.LAWYER)
    note = seal_in(office, case, reader.staff_id.hex())
    wish = {"act": "note.resealed", "note": note, "readers": [second.staff_id.hex()]}
    with pytest.raises(NotAReader):
        do(office, **wish)
    with laptop(tmp_path, reader, office) as book:
        do(book, **wish)
        with pytest.raises(NothingToChange):
            do(book, **wish)
        meet(office, book)
    with laptop(tmp_path, second, office) as book:
        assert read_sealed_note(book, note) == TEXT


def test_two_who_open_it_to_others_apart_do_not_take_it_from_each_other(office: Casebook, tmp_path: Path) -> None:
    case = a_case(office)
    one, other, third, fourth = (psychologist(office) for _each in range(4))
    note = seal_in(office, case, one.staff_id.hex(), other.staff_id.hex())
    with laptop(tmp_path, one, office) as first, laptop(tmp_path, other, office) as second:
        do(first, act="note.resealed", note=note, readers=[third.staff_id.hex()])
        do(second, act="note.resealed", note=note, readers=[fourth.staff_id.hex()])
        meet(office, first, second)
    for reader in (one, other, third, fourth):
        with laptop(tmp_path, reader, office) as book:
            assert read_sealed_note(book, note) == TEXT


def test_a_reader_works_on_cases_is_here_and_not_kept_away(office: Casebook, tmp_path: Path) -> None:
    case, away = a_case(office), colleague(office, Role.CASEWORKER)
    note = seal_in(office, case, away.staff_id.hex())
    do(office, act="case.blocked", case=case, staff=away.staff_id.hex())
    for nobody in (colleague(office, Role.AUDITOR), colleague(office, Role.ADMINISTRATOR), away):
        with pytest.raises(NoReader) as refused:
            seal_in(office, case, "Founder", nobody.staff_id.hex())
        assert refused.value.place == "[0].readers"
    with laptop(tmp_path, away, office) as book, pytest.raises(NotFound):
        read_sealed_note(book, note)


def test_a_reader_of_a_case_beyond_their_reach_is_within_it(office: Casebook, tmp_path: Path) -> None:
    case, reader, other = a_case(office), colleague(office, Role.HELPLINE), colleague(office, Role.HELPLINE)
    note = seal_in(office, case, reader.staff_id.hex())
    with laptop(tmp_path, reader, office) as book:
        assert read_sealed_note(book, note) == TEXT
    with laptop(tmp_path, other, office) as book, pytest.raises(NeedsReason):
        read_sealed_note(book, note)


def test_a_note_put_in_place_of_another_does_not_open(office: Casebook) -> None:
    case = a_case(office)
    one, other = seal_in(office, case, "Founder"), seal_in(office, case, "Founder", text="another")
    with office.local():
        box = office._sql.value("SELECT box FROM sealed_notes WHERE id = ?", (bytes.fromhex(other),))
        office._sql.run("UPDATE sealed_notes SET box = ? WHERE id = ?", (box, bytes.fromhex(one)))
    with pytest.raises(NotSealedForYou):
        read_sealed_note(office, one)
    assert read_sealed_note(office, other) == "another"


@pytest.mark.parametrize("reference", ["", "x", "00" * 16, "00" * 15])
def test_no_such_note(office: Casebook, reference: str) -> None:
    with pytest.raises(NotFound):
        read_sealed_note(office, reference)


# Where its text is: nowhere


def everything_stored(book: Casebook) -> bytes:
    """Every value of every table, the search index included, as bytes."""
    found = bytearray()
    with book.read("long") as reader:
        for table in sorted(Base.metadata.tables):
            for row in reader.session.execute(text(f"SELECT * FROM {table}")):
                found += b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    with book.local():  # and every operation of the journal, its closed bodies opened
        for (scope,) in book._sql.rows("SELECT DISTINCT scope FROM parts"):
            for part in store.parts_in(book._sql, scope):
                ring = Keyrings().ring(book._sql, scope, part.bodies)
                found += "".join(str(each.value) for each in store.operations_of(book._sql, part, ring)).encode()
    return bytes(found)


def used(book: Casebook, case: str, note: str) -> list[str]:
    """Everything that can be done with a casebook that holds a sealed note; what all of it said."""
    said = [repr(open_case(book, case)), repr(read_history(book, case))]
    said += [repr(search_cases(book, typed)) for typed in (MARKER, "психологқа", "0123456789")]
    read_sealed_note(book, note)
    for paper in paper_names():
        try:
            made = print_paper(book, WantedPaper(paper, "kk", case, safe_to_take="office"))
        except KzcaseError:  # nothing on this case to print there
            continue
        said.append(made.content.decode("latin-1"))
    return said


def test_the_text_is_in_no_page_table_index_log_paper_or_list(office: Casebook) -> None:
    case = a_case(office, note="АшықМаркер")
    note = seal_in(office, case, "Founder")
    said = used(office, case, note)
    assert not [each for each in said if MARKER in each or "0123456789" in each]
    stored = everything_stored(office)
    pages = b"".join(plain_pages(office.folder.database, KEY))
    for place in (stored, pages):
        assert "АшықМаркер".encode() in place  # the canary: an open note is found by the same means
        for form in (MARKER, MARKER.lower(), "терапия", "0123456789"):
            assert form.encode() not in place
            assert form.encode("utf-16-le") not in place
    path = office.folder.path
    office.close()
    for file in path.rglob("*"):
        if file.is_file():
            assert MARKER.encode() not in file.read_bytes()
    pages = b"".join(plain_pages(path / "casebook.db", KEY))
    assert "АшықМаркер".encode() in pages
    assert MARKER.encode() not in pages


def test_the_canary_a_note_stored_open_is_found(office: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.keys.sealed_notes.seal", lambda key, purpose, bound, plain: plain)
    case = a_case(office)
    seal_in(office, case, "Founder")
    assert MARKER.encode() in everything_stored(office)
    assert MARKER.encode() in b"".join(plain_pages(office.folder.database, KEY))


def test_an_undone_note_is_gone_from_the_page(office: Casebook) -> None:
    case = a_case(office)
    done = do(office, act="note.sealed", case=case, kind="legal", readers=["Founder"], text=TEXT)
    undo_act(office, UndoAct(of=done.act.hex()))
    with office.read() as reader:
        assert case_page(reader, case).sealed_notes == ()
    with pytest.raises(NotFound):
        read_sealed_note(office, done.ids["note"].hex())
