"""Checking pages: what was changed is named exactly, and a casebook that was only killed is in order."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check_pages import encryption_findings, page_findings
from kzcase.db.engine import connect
from kzcase.db.files import Folder
from kzcase.domain.errors import CasebookDamaged, DiskTrouble
from kzcase.i18n import render
from tests.actions.steps import a_case, a_partner
from tests.db.books import KEY, TickingClock, founded, template

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with founded(tmp_path) as book:
        a_case(book)
        return book.folder.path


def said(path: Path) -> list[str]:
    return [render(one.what, "en") for one in page_findings(path / "casebook.db", KEY)]


@pytest.mark.parametrize("page", [3, 17, 40])
def test_exactly_the_damaged_page_is_named(path: Path, page: int) -> None:
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    file.write_bytes(content)
    with closing(connect(file, KEY)) as connection:
        rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    assert [str(page) in row[0] for row in rows] == [True]
    told = [words for words in said(path) if "outside kzcase" in words]
    assert len(told) == 1
    assert str(page) in told[0]


@pytest.mark.parametrize("at", [0, 7, 15])
def test_the_first_bytes_count_although_no_page_covers_them(path: Path, at: int) -> None:
    """They hold the salt; the key file has it too, so the casebook still opens, and a check still tells."""
    file = path / "casebook.db"
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert said(path) == ["The first bytes of the database were changed."]
    Casebook.open(path, Opening(KEY, template().founder, TickingClock())).close()


def test_a_casebook_that_was_killed_is_in_order(tmp_path: Path) -> None:
    """Pages that wait in the log are laid into the file first: otherwise their old codes would be told as damage."""
    with founded(tmp_path) as book:
        a_partner(book)
        copy = tmp_path / "killed.kzcase"
        shutil.copytree(book.folder.path, copy)
    assert (copy / "casebook.db-wal").stat().st_size > 0
    assert said(copy) == []
    assert list(encryption_findings(Folder(copy), KEY)) == []


def test_a_plain_file_is_told(path: Path) -> None:
    (path / "casebook.db-wal").write_bytes(b"x" * 100 + b"CREATE TABLE people")
    found = [render(one.what, "en") for one in encryption_findings(Folder(path), KEY)]
    assert found == ["The file casebook.db-wal is not encrypted."]


def test_a_disk_that_refuses_is_not_told_as_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of words: a full disk at opening once read as a damaged casebook."""
    from tests.proofs.disk import FULL, watched

    with watched() as disk:
        disk.refuse = lambda passing: FULL if passing.what == "write" else None
        with pytest.raises(DiskTrouble):
            connect(path / "new.db", KEY, must_exist=False)
    with pytest.raises(CasebookDamaged):
        connect(path / "casebook.db", bytes(48))
