"""The file is encrypted, opened as it must be, or not opened at all."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kzcase.db import engine, files
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.engine import connect
from kzcase.domain.errors import (
    CasebookDamaged,
    CasebookInUse,
    CasebookOnlyRead,
    DiskTrouble,
    NewerVersionNeeded,
    NoCasebook,
)
from kzcase.i18n import render
from tests.db.books import KEY, TickingClock, founded, template


def a_file(folder: Path) -> Path:
    file = folder / "store.db"
    connection = connect(file, KEY, must_exist=False)
    connection.execute("CREATE TABLE notes (text)")
    connection.execute("INSERT INTO notes VALUES ('MARKER-7f3a')")
    connection.close()
    return file


def test_the_bytes_on_disk_say_nothing(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    content = file.read_bytes()
    assert content[:16] == KEY[32:]
    assert b"MARKER-7f3a" not in content
    assert b"SQLite format 3" not in content


def test_a_plain_file_would_show_the_marker(tmp_path: Path) -> None:
    """The canary of the test above: without a key the marker stands there to read."""
    file = tmp_path / "plain.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE notes (text)")
    connection.execute("INSERT INTO notes VALUES ('MARKER-7f3a')")
    connection.commit()
    connection.close()
    assert b"MARKER-7f3a" in file.read_bytes()
    with pytest.raises(CasebookDamaged):
        connect(file, KEY)


def test_pragmas_are_read_back(tmp_path: Path) -> None:
    connection = connect(a_file(tmp_path), KEY)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.set_authorizer(None)  # the others are nobody's business once they are set
    assert connection.execute("PRAGMA temp_store").fetchone() == (2,)
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    connection.close()


def test_a_pragma_that_does_not_hold_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_file(tmp_path)
    monkeypatch.setattr(engine, "_PRAGMAS", (("synchronous", "NORMAL", 2),))
    with pytest.raises(CasebookDamaged):
        connect(file, KEY)


_ASKED = """
import sys
from pathlib import Path
from kzcase.db import engine
{before}
connection = engine.connect(Path(sys.argv[1]), bytes(range(48)))
connection.set_authorizer(None)
print(connection.execute("PRAGMA cipher_memory_security").fetchone()[0])
"""
_WITHOUT = "engine._PRAGMAS = tuple(each for each in engine._PRAGMAS if each[0] != 'cipher_memory_security')"


@pytest.mark.parametrize(("before", "said"), [("", "1"), (_WITHOUT, "0")], ids=["as shipped", "the canary"])
def test_the_program_locks_and_wipes_its_memory(tmp_path: Path, before: str, said: str) -> None:
    """In a program of its own: tests do without, as it takes nearly half of their time."""
    asked = [sys.executable, "-c", _ASKED.format(before=before), str(a_file(tmp_path))]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == said


@pytest.mark.parametrize("spoil", ["other key", "truncated", "empty", "garbage", "plain"])
def test_a_file_that_is_not_ours_is_refused_in_words(tmp_path: Path, spoil: str) -> None:
    file, key = a_file(tmp_path), KEY
    if spoil == "other key":
        key = os.urandom(48)
    elif spoil == "truncated":
        file.write_bytes(file.read_bytes()[:2000])
    elif spoil == "plain":
        file.unlink()
        with closing(sqlite3.connect(file)) as plain:
            plain.execute("CREATE TABLE notes (text)")
    elif spoil == "empty":
        file.write_bytes(b"")
    else:
        file.write_bytes(os.urandom(8192))
    with pytest.raises(CasebookDamaged):
        connect(file, key)


def test_the_cipher_library_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It would tell of pages and files on the standard error, past every log of ours; so it does in the canary."""
    file, wrong = a_file(tmp_path), os.urandom(48)
    raw = engine.sqlcipher.connect(file)
    with engine._digits(wrong) as digits:
        raw.set_key(digits)
    raw.execute("PRAGMA cipher_log_level = WARN")  # of the whole program, until somebody says otherwise
    with pytest.raises(engine.sqlcipher.DatabaseError):
        raw.execute("SELECT * FROM notes").fetchall()
    raw.close()
    assert capfd.readouterr().err, "canary: it does print"
    with pytest.raises(CasebookDamaged):
        connect(file, wrong)
    assert capfd.readouterr() == ("", "")
    spoiled = connect(file, KEY)
    file.write_bytes(file.read_bytes()[:5000] + os.urandom(1000) + file.read_bytes()[6000:])
    with pytest.raises(engine.sqlcipher.DatabaseError):
        spoiled.execute("SELECT * FROM notes").fetchall()
    spoiled.close()
    assert capfd.readouterr() == ("", "")


def test_one_program_at_a_time(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        opening = Opening(KEY, template().founder, TickingClock())
        with pytest.raises(CasebookInUse):
            Casebook.open(book.folder.path, opening)
    Casebook.open(book.folder.path, opening).close()


@pytest.mark.parametrize("why", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_where_nothing_can_be_written_it_is_said_that_a_copy_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    with founded(tmp_path) as book:
        path = book.folder.path

    def refused(*_given: object, **_named: object) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(files, "open_own", refused)
    with pytest.raises(CasebookOnlyRead if why != errno.ENOSPC else DiskTrouble) as said:
        Casebook.open(path, Opening(KEY, template().founder))
    assert ("copy" in render(said.value.sentence(), "en")) == (why != errno.ENOSPC)


def test_a_missing_casebook_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NoCasebook):
        Casebook.open(tmp_path / "nowhere.kzcase", Opening(KEY, template().founder))


def test_a_casebook_of_a_newer_program_is_left_untouched(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        folder = book.folder
    connection = connect(folder.database, KEY)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = folder.database.read_bytes()
    with pytest.raises(NewerVersionNeeded):
        Casebook.open(folder.path, Opening(KEY, template().founder))
    assert folder.database.read_bytes() == before


@pytest.mark.parametrize(("lowest", "error"), [("_SQLITE_MIN", DiskTrouble), ("_CIPHER_MIN", CasebookDamaged)])
def test_an_older_library_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lowest: str, error: type[Exception]
) -> None:
    with founded(tmp_path) as book:
        monkeypatch.setattr(engine, lowest, (99, 0))
        with pytest.raises(error):
            connect(book.folder.database, KEY)
        monkeypatch.undo()
