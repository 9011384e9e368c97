"""Looks are entered, or wait in the spool while the disk refuses or somebody writes for long; none is lost or twice."""

import os
import resource
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kzcase.actions.drafts import KeptDraft, load_drafts, save_draft
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.reading import open_case, record_look, show_names
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.engine import connect
from kzcase.db.facts import Local
from kzcase.db.look_log import LookLog
from kzcase.db.read_log import PURPOSE, Place, append, broken_links, opened
from kzcase.db.spool import SLOT, SLOTS, Spool
from kzcase.db.sql import Sql
from kzcase.domain.errors import CasebookInUse, DiskTrouble
from kzcase.domain.looks import Look
from tests.actions.steps import a_case
from tests.db.books import AUDIT, KEY, TickingClock, founded, template

ROOM = SLOT * SLOTS
"""Files may not grow beyond the spool: it is written in place, the database's log is not."""


@contextmanager
def full_disk(book: Casebook) -> Iterator[None]:
    """No file can be made longer from here on, as on a disk without a free byte."""
    with book.local():  # the log of the database is longer than the spool already
        for number in range(60):
            book._sql.run("INSERT OR REPLACE INTO counters VALUES (?, ?)", (f"{number}" * 2_000, number))
    assert (book.folder.path / "casebook.db-wal").stat().st_size > ROOM
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def log_of(book: Casebook) -> list[str]:
    """What each entry says, by the audit key; the chain must hold."""
    with book.local():
        assert broken_links(book._sql) == []
        rows = book._sql.rows("SELECT incarnation, sealed FROM read_log ORDER BY index_in_chain")
    found = []
    for incarnation, sealed in rows:
        entry = opened(AUDIT.open_sealed(PURPOSE, sealed), Place(book.facts.organisation, incarnation)).entry
        found.append(":".join(filter(None, (entry.what, entry.detail))))
    return found


def spool_of(book: Casebook) -> Spool:
    return book._looks._spool


def again(book: Casebook) -> Casebook:
    path, identity = book.folder.path, book._identity
    book.close()
    return Casebook.open(path, Opening(KEY, identity, TickingClock()))


def test_a_full_disk_does_not_stop_an_urgent_look(tmp_path: Path) -> None:
    book = founded(tmp_path)
    case = a_case(book)
    with full_disk(book):
        assert open_case(book, case).id == case
        show_names(book)
        assert book.acting.names_shown
        assert len(spool_of(book).waiting()) == 2
    assert log_of(book) == []
    record_look(book, Look.SEARCH)
    assert log_of(book) == ["case.read", "names.shown", "search.made"]
    assert spool_of(book).waiting() == {}
    book.close()


def test_on_a_full_disk_nothing_leaves_the_house_and_own_drafts_are_shown(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case = a_case(book)
        save_draft(book, KeptDraft(f"note/{case}", {"text": "begun"}))
        with full_disk(book):
            with pytest.raises(DiskTrouble):
                print_paper(book, WantedPaper("case_sheet", "kk", case))
            assert spool_of(book).waiting() == {}
            with book.read() as reader:
                assert [draft.content for draft in load_drafts(reader)] == [{"text": "begun"}]
        assert print_paper(book, WantedPaper("case_sheet", "kk", case)).content
        assert log_of(book) == ["paper.made:case_sheet"]


def test_what_waits_outlives_the_program(tmp_path: Path) -> None:
    book = founded(tmp_path)
    with full_disk(book):
        for _look in range(5):
            record_look(book, Look.SEARCH)
    book = again(book)
    assert log_of(book) == []
    record_look(book, Look.NAMES)
    assert log_of(book) == [*["search.made"] * 5, "names.shown"]
    book.close()


def test_numbers_go_on_where_they_were_after_a_restart(tmp_path: Path) -> None:
    """On a disk that is full from the first moment on: a number given before would be taken for an old entry."""
    book = founded(tmp_path)
    with full_disk(book):
        for _look in range(3):
            record_look(book, Look.SEARCH)
    record_look(book, Look.NAMES)
    book = again(book)
    with full_disk(book):
        record_look(book, Look.HISTORY)
    record_look(book, Look.CASE)
    assert log_of(book) == [*["search.made"] * 3, "names.shown", "history.read", "case.read"]
    book.close()


def test_a_full_spool_refuses_the_look(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with full_disk(book):
            for _look in range(SLOTS):
                record_look(book, Look.SEARCH)
            with pytest.raises(DiskTrouble):
                show_names(book)
            assert not book.acting.names_shown
        record_look(book, Look.NAMES)
        assert len(log_of(book)) == SLOTS + 1


def test_a_kill_between_the_log_and_the_spool_enters_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = founded(tmp_path)
    with full_disk(book):
        record_look(book, Look.SEARCH)
    monkeypatch.setattr(Spool, "clear", lambda *_: None)
    record_look(book, Look.NAMES)
    monkeypatch.undo()
    book = again(book)
    assert len(spool_of(book).waiting()) == 1
    record_look(book, Look.NAMES)
    assert log_of(book) == ["search.made", "names.shown", "names.shown"]
    assert spool_of(book).waiting() == {}
    with full_disk(book):
        record_look(book, Look.SEARCH)
    record_look(book, Look.NAMES)
    assert log_of(book)[3:] == ["search.made", "names.shown"]
    book.close()


def test_an_entry_taken_out_of_the_spool_is_missed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    with full_disk(book):
        for what in (Look.SEARCH, Look.NAMES, Look.HISTORY):
            record_look(book, what)
    file = book.folder.path / "spool"
    content = bytearray(file.read_bytes())
    place = next(at for at, (number, _) in spool_of(book).waiting().items() if number == 2)
    content[place * SLOT : (place + 1) * SLOT] = os.urandom(SLOT)
    file.write_bytes(bytes(content))
    book = again(book)
    record_look(book, Look.CASE)
    assert log_of(book) == ["log.lost:1", "search.made", "history.read", "case.read"]
    book.close()


# Somebody writes for long


def test_a_look_does_not_wait_for_a_batch_and_is_not_taken_back_with_it(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        began, go_on = threading.Event(), threading.Event()

        def import_many() -> None:
            with pytest.raises(ZeroDivisionError), book.batch():
                a_case(book)
                record_look(book, Look.SEARCH)
                began.set()
                go_on.wait(30)
                raise ZeroDivisionError

        importing = threading.Thread(target=import_many)
        importing.start()
        assert began.wait(30)
        show_names(book)
        assert book.acting.names_shown
        assert len(spool_of(book).waiting()) == 2
        go_on.set()
        importing.join()
        assert log_of(book) == []
        record_look(book, Look.CASE)
        assert log_of(book) == ["search.made", "names.shown", "case.read"]


def test_in_a_hurry_a_lock_that_is_held_is_said(tmp_path: Path) -> None:
    """The canary for the test above: without the spool the look would be refused."""
    with founded(tmp_path) as book:
        held, go_on = threading.Event(), threading.Event()

        def hold() -> None:
            with book._write_lock:
                held.set()
                go_on.wait(30)

        holding = threading.Thread(target=hold)
        holding.start()
        assert held.wait(30)
        with pytest.raises(CasebookInUse), book._hurried(True):
            pass
        go_on.set()
        holding.join()


def test_many_threads_lose_nothing(tmp_path: Path) -> None:
    with founded(tmp_path) as book:

        def look() -> None:
            for _number in range(10):
                record_look(book, Look.SEARCH)

        threads = [threading.Thread(target=look) for _each in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        record_look(book, Look.NAMES)
        assert sorted(log_of(book)) == ["names.shown"] + ["search.made"] * 40


# Another laptop, and an older state


def test_a_casebook_that_became_a_new_device_says_so_in_its_log(tmp_path: Path) -> None:
    book = founded(tmp_path)
    record_look(book, Look.CASE)
    path, identity, organisation = book.folder.path, book._identity, book.facts.organisation
    book.close()
    Local(path / "casebook.db", KEY).begin(organisation)
    book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    record_look(book, Look.CASE)
    record_look(book, Look.CASE)
    assert log_of(book) == ["case.read", "log.cut", "case.read", "case.read"]
    book.close()


def test_a_log_cut_off_at_its_end_is_noticed_at_the_next_opening(tmp_path: Path) -> None:
    book = founded(tmp_path)
    for _look in range(4):
        record_look(book, Look.CASE)
    path, identity = book.folder.path, book._identity
    book.close()
    with closing(connect(path / "casebook.db", KEY)) as connection:  # past the program, with the casebook's key
        connection.execute("DELETE FROM read_log WHERE index_in_chain > 1")
    book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    record_look(book, Look.CASE)
    assert log_of(book) == ["case.read", "case.read", "log.cut:older", "case.read"]
    book.close()


def test_a_log_made_anew_to_the_same_length_is_noticed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    for what in (Look.CASE, Look.NAMES, Look.SEARCH):
        record_look(book, what)
    path, identity = book.folder.path, book._identity
    place = Place(book.facts.organisation, book.facts.incarnation)
    book.close()
    with closing(connect(path / "casebook.db", KEY)) as connection:
        kept = [
            connection.execute(f"SELECT sealed FROM read_log WHERE index_in_chain = {at}").fetchone() for at in (0, 2)
        ]
        connection.execute("DELETE FROM read_log")
        for (sealed,) in (*kept, kept[1]):
            append(Sql(connection), place, sealed)
    book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    record_look(book, Look.CASE)
    assert log_of(book) == ["case.read", "search.made", "search.made", "log.cut:older", "case.read"]
    book.close()


def test_an_older_database_put_back_is_noticed(tmp_path: Path) -> None:
    book = founded(tmp_path)
    record_look(book, Look.CASE)
    path, identity = book.folder.path, book._identity
    book.close()
    shutil.copy(path / "casebook.db", tmp_path / "older.db")
    book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    record_look(book, Look.SEARCH)
    book.close()
    shutil.copy(tmp_path / "older.db", path / "casebook.db")
    book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    record_look(book, Look.NAMES)
    assert log_of(book) == ["case.read", "log.cut:older", "names.shown"]
    book.close()


def test_opening_twice_makes_no_new_spool(tmp_path: Path) -> None:
    book = founded(tmp_path)
    before = (book.folder.path / "spool").read_bytes()
    key = book._looks._spool._key
    book = again(book)
    assert (book.folder.path / "spool").read_bytes() == before
    assert book._looks._spool._key == key
    assert key not in (KEY[:32], bytes(32))
    assert isinstance(book._looks, LookLog)
    assert book.acting.staff_id == template().founder.staff_id
    book.close()
