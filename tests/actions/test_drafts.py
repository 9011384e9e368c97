"""Drafts: one a person and place, seen by nobody else, never in the journal."""

from pathlib import Path

import pytest

from kzcase.actions.drafts import MAX_CONTENT, KeptDraft, drop_draft, load_drafts, save_draft
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import TooLarge
from kzcase.keys.identity import Identity
from tests.db.books import founded


def kept(book: Casebook) -> dict[str, str]:
    with book.read() as reader:
        return {draft.place: draft.content["text"] for draft in load_drafts(reader)}


def test_a_newer_draft_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        save_draft(book, KeptDraft("note/2", {"text": "другой случай"}))
        save_draft(book, KeptDraft("note/1", {"text": "екінші"}))
        assert kept(book) == {"note/1": "екінші", "note/2": "другой случай"}


def test_a_dropped_draft_is_gone_and_dropping_twice_is_no_fault(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        drop_draft(book, "note/1")
        drop_draft(book, "note/1")
        assert kept(book) == {}


def test_drafts_are_no_acts(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with book.read() as reader:
            before = reader.number("SELECT count(*) FROM acts")
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        with book.read() as reader:
            assert reader.number("SELECT count(*) FROM acts") == before


def test_nobody_sees_the_draft_of_another(tmp_path: Path) -> None:
    """Canary: the same question by the same person finds it."""
    with founded(tmp_path) as book:
        save_draft(book, KeptDraft("note/1", {"text": "бірінші"}))
        assert kept(book)
        book.acting = type(book.acting)(Identity.fresh(b"s" * 16, "Somebody").staff_id, "Somebody", book.acting.grants)
        assert kept(book) == {}


def test_a_draft_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    with founded(tmp_path) as book, pytest.raises(TooLarge):
        save_draft(book, KeptDraft("note/1", {"text": "ә" * MAX_CONTENT}))
