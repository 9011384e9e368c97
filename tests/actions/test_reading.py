"""“Show names” is entered in the read log before any name is shown, and only the audit key reads the entry."""

from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions import reading
from kzcase.db.read_log import PURPOSE, broken_links
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import DiskTrouble
from kzcase.domain.permissions import Sight
from tests.db.books import AUDIT, founded


def test_show_names_is_recorded_and_then_shows(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with book.read() as reader:
            assert reader.sight(FieldClass.IDENTIFYING) is Sight.MASK
        reading.show_names(book)
        with book.read() as reader:
            assert reader.sight(FieldClass.IDENTIFYING) is Sight.SHOW
            (sealed,) = reader.session.execute(text("SELECT sealed FROM read_log")).scalars()
        with book.local():
            assert broken_links(book._sql) == []
    assert b"names.shown" in AUDIT.open_sealed(PURPOSE, sealed)


def test_where_the_entry_cannot_be_written_no_name_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_entry(*_: object) -> bytes:
        raise DiskTrouble(reason="full")

    monkeypatch.setattr(reading, "seal_to", no_entry)
    with founded(tmp_path) as book:
        with pytest.raises(DiskTrouble):
            reading.show_names(book)
        assert not book.acting.names_shown
