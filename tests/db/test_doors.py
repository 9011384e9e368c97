"""There are three doors into the casebook, and no window."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError

from kzcase.actions.cases import AddNote, add_note
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.doors import NotThroughADoor
from kzcase.db.engine import connect
from kzcase.db.tables.cases import Note
from kzcase.db.tables.local import Counter
from kzcase.db.tables.office import Partner
from kzcase.domain.errors import NotFound, NothingToChange
from tests.db.books import KEY, founded
from tests.db.drivers import World, perform


def partner_names(book: Casebook) -> list[str]:
    with book.read() as reader:
        return list(reader.session.execute(text("SELECT name FROM partners")).scalars())


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with founded(tmp_path) as book, book.read() as reader, pytest.raises(OperationalError):
        reader.session.execute(text("DELETE FROM staff"))


def test_a_row_added_outside_every_door_is_refused(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        book._session.add(Partner(id=bytes(16), name="Second way to write"))
        with pytest.raises(NotThroughADoor):
            book._session.flush()
        book._session.rollback()
        assert partner_names(book) == []


def test_a_raw_statement_outside_every_door_is_refused(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with pytest.raises(NotThroughADoor):
            book._session.execute(text("UPDATE staff SET name = 'x'"))
        book._session.rollback()


def test_the_local_door_takes_local_rows_only(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with book.local() as session:
            session.add(Counter(prefix="x", last=1))
        with pytest.raises(NotThroughADoor), book.local() as session:
            session.add(Note(id=bytes(16), text="Second way to write"))


def test_a_row_is_struck_never_deleted(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        done = add_partner(book, AddPartner(name="A", kind="ngo"))
        with pytest.raises(NotThroughADoor), book.write("partner.added") as act:
            act.session.delete(act.session.get_one(Partner, done.ids["partner"]))
            act.add(Partner(name="B"))
        assert partner_names(book) == ["A"]


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        before = book.everything()[0]
        with pytest.raises(NotFound):
            add_note(book, AddNote(case="2026-NOPE-1", text="lost?"))
        with pytest.raises(ZeroDivisionError), book.write("partner.added") as act:
            act.add(Partner(name="half"))
            _ = 1 // 0
        assert book.everything()[0] == before
        assert partner_names(book) == []
        add_partner(book, AddPartner(name="whole", kind="ngo"))  # and work goes on
        assert partner_names(book) == ["whole"]


def test_a_failed_act_in_a_batch_takes_the_whole_batch_back(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with pytest.raises(NotFound), book.batch():
            add_partner(book, AddPartner(name="first", kind="ngo"))
            add_note(book, AddNote(case="2026-NOPE-1", text="lost?"))
        assert partner_names(book) == []


def test_an_act_that_changes_nothing_is_no_act(tmp_path: Path) -> None:
    with founded(tmp_path) as book, pytest.raises(NothingToChange), book.write("partner.added"):
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET kind = 'x'",
        "DELETE FROM acts",
        "UPDATE parts SET content = x'00'",
        "DELETE FROM parts",
        "DELETE FROM bodies",
        "UPDATE bodies SET body = x'00'",
    ],
)
def test_the_journal_is_append_only(tmp_path: Path, statement: str) -> None:
    with founded(tmp_path) as book:
        path = book.folder.database
    connection = connect(path, KEY)
    connection.execute("INSERT INTO quarantine SELECT id, 'signature' FROM acts")  # not even what does not count
    with pytest.raises(Exception, match=r"append-only|only be emptied"):
        connection.execute(statement)
    connection.close()


def test_a_body_can_be_emptied_and_the_rest_still_verifies(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        perform(World(book, Random(1)), "case.opened")
        path = book.folder.database
        before = len(book.everything()[0])
    connection = connect(path, KEY)
    connection.execute("UPDATE bodies SET body = NULL WHERE scope IN (SELECT id FROM people)")
    connection.close()
    with Casebook.open(path.parent, book_opening(book)) as again:
        parts, keys = again.everything()
        assert len(parts) == before
        assert again.take_in(parts, keys).refused == 0


def book_opening(book: Casebook) -> Opening:
    return Opening(KEY, book._identity, book._clock)


@pytest.mark.parametrize(
    "statement", ["ATTACH '/tmp/plain.db' AS plain", "PRAGMA key = 'x'", "PRAGMA query_only = OFF"]
)
def test_side_doors_are_shut(tmp_path: Path, statement: str) -> None:
    with founded(tmp_path) as book, book.read() as reader, pytest.raises(DatabaseError):
        reader.session.execute(text(statement))
