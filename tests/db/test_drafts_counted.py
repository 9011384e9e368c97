"""The digests of drafts: one put back to an earlier text shows, and whatever the program itself does is in order."""

from contextlib import closing
from pathlib import Path

import pytest

from kzcase.actions.drafts import KeptDraft, drop_draft, save_draft
from kzcase.db import drafts
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.sql import Sql
from tests.db.books import KEY, founded


def found(path: Path) -> set[str]:
    return {one.check for one in check_files(path, KEY, deep=False).findings}


def kept(folder: Path) -> Path:
    """A casebook with two drafts, one of them kept three times."""
    with founded(folder) as book:
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        save_draft(book, KeptDraft("note/2", {"text": "другой случай"}))
        save_draft(book, KeptDraft("note/1", {"text": "екінші"}))
        save_draft(book, KeptDraft("note/3", {"text": "кейін жойылады"}))
        drop_draft(book, "note/3")
        drop_draft(book, "note/9")
        return book.folder.path


def done(path: Path, statement: str) -> None:
    """Behind the program's back."""
    with closing(connect(path / "casebook.db", KEY)) as connection:
        Sql(connection).run(statement)


def test_what_the_program_keeps_and_drops_is_in_order(tmp_path: Path) -> None:
    assert not found(kept(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE drafts SET content = replace(content, 'e', 'E') || ' '",
        "UPDATE drafts SET saved_at = '2020-01-01T00:00:00Z' WHERE place = 'note/1'",
        "UPDATE drafts SET place = 'note/4' WHERE place = 'note/1'",
        "UPDATE drafts SET id = zeroblob(16) WHERE place = 'note/1'",
        "DELETE FROM drafts WHERE place = 'note/2'",
        "DELETE FROM drafts",
    ],
)
def test_a_draft_that_was_changed_shows(tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: without the digests nothing is found."""
    path = kept(tmp_path)
    done(path, change)
    assert found(path) == {"drafts"}
    monkeypatch.setattr(drafts, "_digests", lambda _rows: {})
    monkeypatch.setattr(drafts, "_kept", lambda _sql: {})
    assert not found(path)


@pytest.mark.parametrize(
    "older",
    [
        "UPDATE drafts SET content = '{}' WHERE place = 'note/1'",
        "DELETE FROM drafts WHERE place = 'note/1'",
        "INSERT INTO drafts SELECT zeroblob(16), staff_id, 'note/5', content, saved_at FROM drafts LIMIT 1",
    ],
)
def test_what_a_program_without_digests_kept_shows_until_it_is_kept_or_dropped(tmp_path: Path, older: str) -> None:
    """So that an older program leaves no finding behind which nobody can end."""
    with founded(tmp_path) as book:
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        save_draft(book, KeptDraft("note/2", {"text": "екінші"}))
        path = book.folder.path
    done(path, older)
    assert found(path) == {"drafts"}
    with closing(connect(path / "casebook.db", KEY)) as connection:
        sql = Sql(connection)
        drafts.forget(sql, [draft for (draft,) in sql.rows("SELECT id FROM drafts WHERE place <> 'note/2'")])
    assert not found(path)


def test_a_casebook_that_never_counted_them_begins_with_the_next(tmp_path: Path) -> None:
    path = kept(tmp_path)
    done(path, "DELETE FROM local_facts WHERE name = 'drafts'")
    assert not found(path)
    with closing(connect(path / "casebook.db", KEY)) as connection:
        drafts.forget(Sql(connection), [])
    assert not found(path)
    done(path, "DELETE FROM drafts WHERE place = 'note/2'")
    assert found(path) == {"drafts"}


def test_none_left_is_not_the_same_as_never_counted(tmp_path: Path) -> None:
    path = kept(tmp_path)
    with closing(connect(path / "casebook.db", KEY)) as connection:
        sql = Sql(connection)
        drafts.forget(sql, [draft for (draft,) in sql.rows("SELECT id FROM drafts")])
        sql.run("INSERT INTO drafts VALUES (zeroblob(16), zeroblob(16), 'note/1', '{}', '2026-01-01')")
    assert found(path) == {"drafts"}
