"""A check finds every planted damage, and nothing in a sound casebook."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import cbor2
import pytest

from kzcase.actions.perform import perform, read_act
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.files import Folder, Lock
from kzcase.domain.errors import CasebookInUse
from kzcase.journal.acts import act_id_of, digest
from tests.db.books import KEY, founded

PERSON = {
    "names": [{"family": "Каримова", "given": "Дильноза"}],
    "sex": "female",
    "birth": "1994-05",
    "phones": [{"number": "+7 709 000 00 01"}],
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed casebook with some acts in it."""
    with founded(tmp_path_factory.mktemp("sound")) as book:
        for number in range(6):
            case = {"act": "case.opened", "kind": "trafficking", "region": "KZ-75", "note": "text", "person": PERSON}
            done = perform(book, read_act(case, ""))
            note = {"act": "note.added", "case": done.number, "text": f"note {number}"}
            perform(book, read_act(note, ""))
        perform(
            book,
            read_act(
                {
                    "act": "case.closed",
                    "case": done.number,
                    "reason": "moved",
                    "summary": "Generated.",
                    "feedback_asked": True,
                },
                "",
            ),
        )
        return book.folder.path


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    """The same casebook, to be damaged."""
    shutil.copytree(sound, tmp_path / "copy.kzcase")
    return tmp_path / "copy.kzcase"


def found(path: Path, *, deep: bool = True) -> set[str]:
    return {finding.check for finding in check_files(path, KEY, deep=deep).findings}


def tampered(path: Path, *statements: str, given: tuple[Any, ...] = ()) -> None:
    """Change the file as somebody with the key and without kzcase would."""
    connection = connect(path / "casebook.db", KEY)
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement, given)
    for _, sql in kept:
        connection.execute(sql)
    connection.close()


def test_a_sound_casebook_has_no_findings(copy: Path) -> None:
    report = check_files(copy, KEY, deep=True)
    assert report.findings == ()
    assert report.cases == 6
    assert report.operations > 60


def test_a_deep_check_leaves_everything_as_it_was(copy: Path) -> None:
    def everything() -> list[list[str]]:
        with closing(connect(copy / "casebook.db", KEY)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return [sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall())) for (name,) in tables]

    before = everything()
    check_files(copy, KEY, deep=True)
    assert everything() == before


def _an_act(path: Path, kind: str) -> bytes:
    with closing(connect(path / "casebook.db", KEY)) as connection:
        return connection.execute("SELECT id FROM acts WHERE kind = ? ORDER BY hlc", (kind,)).fetchone()[0]


JOURNAL = {
    "a header's column": ("UPDATE acts SET kind = 'case.closed' WHERE kind = 'note.added'", "chain"),
    "a header": ("UPDATE acts SET header = zeroblob(9) WHERE kind = 'case.closed'", "chain"),
    "a signature": ("UPDATE acts SET signature = zeroblob(64) WHERE kind = 'case.closed'", "chain"),
    "an act taken out": ("DELETE FROM acts WHERE rowid = 5", "chain"),
    "a part taken out": ("DELETE FROM parts WHERE rowid = 7", "parts"),
    "a part's content": ("UPDATE parts SET content = zeroblob(50) WHERE rowid = 7", "parts"),
    "a part's number": ("UPDATE parts SET first_seq = first_seq + 1 WHERE rowid = 7", "parts"),
    "a body": ("UPDATE bodies SET body = zeroblob(99) WHERE rowid = 7", "parts"),
    "a body taken out": ("DELETE FROM bodies WHERE rowid = 7", "parts"),
    "a body of nothing": ("INSERT INTO bodies VALUES (zeroblob(16), zeroblob(16), zeroblob(16), NULL)", "parts"),
}


@pytest.mark.parametrize("damage", JOURNAL)
def test_a_changed_journal_is_found_without_looking_deep(copy: Path, damage: str) -> None:
    statement, check = JOURNAL[damage]
    tampered(copy, statement)
    assert check in found(copy, deep=False)


TABLES = {
    "a field": ("UPDATE people SET birth = '1980' WHERE birth IS NOT NULL", "tables"),
    "a derived field": ("UPDATE people SET shown_name = 'X' WHERE shown_name IS NOT NULL", "tables"),
    "a stage": ("UPDATE cases SET stage = 'screened'", "tables"),
    "heads": (
        "UPDATE heads SET heads = (SELECT heads FROM heads WHERE entity = 'notes') WHERE entity = 'cases'",
        "tables",
    ),
    "a dispute hidden": ("UPDATE heads SET disputed = 'region' WHERE entity = 'cases'", "tables"),
    "a row taken out": ("DELETE FROM notes", "heads"),
    "heads taken out": ("DELETE FROM heads WHERE entity = 'notes'", "heads"),
    "a row put in": ("INSERT INTO notes (id, text) VALUES (zeroblob(16), 'x')", "heads"),
    "a search key taken out": ("DELETE FROM search_keys WHERE kind = 'phone'", "search"),
    "a stray search key": ("INSERT INTO search_keys VALUES ('x', zeroblob(16), zeroblob(16), 'name', '')", "search"),
}


@pytest.mark.parametrize("damage", TABLES)
def test_tables_that_are_not_what_the_journal_says_are_found(copy: Path, damage: str) -> None:
    statement, check = TABLES[damage]
    tampered(copy, statement)
    assert check in found(copy)


def test_an_emptied_body_is_erasure_and_no_damage_to_the_journal(copy: Path) -> None:
    tampered(copy, "UPDATE bodies SET body = NULL WHERE act_id = ?", given=(_an_act(copy, "note.added"),))
    assert found(copy, deep=False) == set()


def test_a_forged_header_that_fits_everything_else_is_found(copy: Path) -> None:
    """Changed by somebody who thought of its columns, of its id and of every place where that stands."""
    act_id = _an_act(copy, "case.closed")
    with closing(connect(copy / "casebook.db", KEY)) as connection:
        row = connection.execute("SELECT header, signature FROM acts WHERE id = ?", (act_id,)).fetchone()
    header = cbor2.loads(row[0])
    header[8] = "another reason"
    forged = cbor2.dumps(header)
    new_id = act_id_of(digest(forged, row[1]))
    tampered(copy, "UPDATE acts SET header = ?, id = ? WHERE id = ?", given=(forged, new_id, act_id))
    for table in ("parts", "bodies"):
        tampered(copy, f"UPDATE {table} SET act_id = ? WHERE act_id = ?", given=(new_id, act_id))
    assert "signatures" in found(copy, deep=False)


def test_a_missing_trigger_is_found(copy: Path) -> None:
    connection = connect(copy / "casebook.db", KEY)
    connection.execute("DROP TRIGGER parts_no_update")
    connection.close()
    assert found(copy, deep=False) == {"triggers"}


def _flip(at: float) -> Callable[[Path], object]:
    def flip(database: Path) -> None:
        content = bytearray(database.read_bytes())
        content[int(len(content) * at)] ^= 1
        database.write_bytes(content)

    return flip


BYTES: dict[str, Callable[[Path], object]] = {
    "one bit in the first page": _flip(0.001),
    "one bit in the middle": _flip(0.5),
    "one bit at the end": _flip(0.999),
    "the second half cut off": lambda database: database.write_bytes(
        database.read_bytes()[: database.stat().st_size // 8192 * 4096]
    ),
    "half a page cut off": lambda database: database.write_bytes(database.read_bytes()[:-2048]),
    "a page of zeros": lambda database: database.write_bytes(
        database.read_bytes()[: 4096 * 5] + bytes(4096) + database.read_bytes()[4096 * 6 :]
    ),
}


@pytest.mark.parametrize("damage", BYTES)
def test_a_damaged_file_is_found_and_told_in_words(copy: Path, damage: str) -> None:
    BYTES[damage](copy / "casebook.db")
    assert "pages" in found(copy, deep=False)


def test_a_file_that_is_not_encrypted_is_found(copy: Path) -> None:
    (copy / "casebook.db-wal").write_bytes(b"CREATE TABLE people (name)" + bytes(4096))
    assert "encryption" in found(copy, deep=False)


def test_an_attachment_nobody_names_is_found(copy: Path) -> None:
    (copy / "attachments" / "x").write_bytes(b"x")
    assert found(copy, deep=False) == {"attachments"}


def test_a_forged_entry_of_the_read_log_is_found(copy: Path) -> None:
    columns = "index_in_chain, incarnation, previous, sealed, digest"
    tampered(copy, f"INSERT INTO read_log ({columns}) VALUES (0, x'00', 'x', 'y', 'z')")
    assert found(copy, deep=False) == {"read_log"}


def test_a_casebook_that_is_open_is_not_checked(copy: Path) -> None:
    lock = Lock(Folder(copy))
    lock.take()
    with pytest.raises(CasebookInUse):
        check_files(copy, KEY)
    lock.release()
