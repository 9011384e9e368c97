"""An attachment joins its case whole, opens only where names are shown, and leaves only with a record."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions.attachments import (
    AddAttachment,
    CopyAttachment,
    add_attachment,
    copy_attachment,
    open_attachment,
    remove_attachment,
)
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.perform import perform, read_acts
from kzcase.db.casebook import Casebook
from kzcase.db.check import check_files
from kzcase.domain.errors import NamesHidden, NotFound
from kzcase.paper.incoming.door import Clean, cleaned, look
from kzcase.queries.attachments import attachments
from tests.db.books import KEY, founded
from tests.paper.incoming.files import MARKER, jpeg

CASE = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": "Generated"}]}}
GENERATED = Clean("audio/mpeg", 0, b"generated sound")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with founded(tmp_path) as opened:
        yield opened


def opened_case(book: Casebook) -> str:
    (wanted,) = read_acts(json.dumps([CASE]).encode())
    return perform(book, wanted).number


def count(book: Casebook, kind: str) -> int:
    with book.read() as reader:
        query = text("SELECT count(*) FROM acts WHERE kind = :kind")
        return int(reader.session.execute(query, {"kind": kind}).scalar_one())


def test_a_photo_is_added_opened_covered_and_copied(book: Casebook) -> None:
    case = opened_case(book)
    photo = add_attachment(book, AddAttachment(case, " Passport ", cleaned(jpeg()))).ids["attachment"].hex()
    book.show_names()
    with book.read() as reader:
        (row,) = attachments(reader, case)
    assert (row.title, row.media_type, row.pages, row.can_open) == ("Passport", "image/jpeg", 1, True)
    assert look(open_attachment(book, photo), row.media_type, 0, 60).width == 60
    done, copy = copy_attachment(book, CopyAttachment(photo, {0: [(0, 0, 1, 1)]}))
    assert max(look(copy, row.media_type, 0, 60).rows) < 40
    assert done.ids["attachment"].hex() == photo
    assert count(book, "attachment.copied") == 1


def test_it_opens_like_a_name(book: Casebook) -> None:
    case = opened_case(book)
    row_id = add_attachment(book, AddAttachment(case, "", GENERATED)).ids["attachment"].hex()
    with book.read() as reader:
        assert not attachments(reader, case)[0].can_open
    for ask in (lambda: open_attachment(book, row_id), lambda: copy_attachment(book, CopyAttachment(row_id))):
        with pytest.raises(NamesHidden):
            ask()
    assert count(book, "attachment.copied") == 0


def test_a_removed_attachment_can_be_brought_back(book: Casebook) -> None:
    case = opened_case(book)
    book.show_names()
    row_id = add_attachment(book, AddAttachment(case, "", GENERATED)).ids["attachment"].hex()
    removed = remove_attachment(book, row_id)
    with pytest.raises(NotFound):
        open_attachment(book, row_id)
    undo_act(book, UndoAct(of=removed.act.hex()))
    assert open_attachment(book, row_id) == GENERATED.content


def test_what_could_not_be_committed_leaves_no_chunk(book: Casebook) -> None:
    with pytest.raises(NotFound):
        add_attachment(book, AddAttachment("2026-XX-1", "", GENERATED))
    assert not [path for path in book.folder.attachments.rglob("*") if path.is_file()]


def test_a_check_looks_at_attachments(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        add_attachment(book, AddAttachment(opened_case(book), "", GENERATED))
        folder = book.folder
    assert check_files(folder.path, KEY, deep=True).findings == ()
    (chunk,) = [path for path in folder.attachments.iterdir() if path.is_file()]
    chunk.write_bytes(b"changed" + chunk.read_bytes())
    assert check_files(folder.path, KEY).findings == ()  # a quick check does not read every chunk
    assert [found.check for found in check_files(folder.path, KEY, deep=True).findings] == ["attachments"]
    chunk.unlink()
    assert [found.check for found in check_files(folder.path, KEY).findings] == ["attachments"]


def test_no_plain_byte_of_a_photo_reaches_the_disk(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        add_attachment(book, AddAttachment(opened_case(book), "", Clean("audio/mpeg", 0, MARKER * 1000)))
        found = [path for path in book.folder.path.rglob("*") if path.is_file() and MARKER in path.read_bytes()]
    assert not found
