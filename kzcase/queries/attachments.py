"""Attachments of a case, and the key to one of them for whoever may see what it shows."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.cases import Case
from kzcase.domain.errors import NamesHidden, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import AttachmentRow
from kzcase.queries.case_page import name_of
from kzcase.queries.cases import case_id
from kzcase.queries.printings import paper_of
from kzcase.queries.reach import must_be_open
from kzcase.queries.veil import Veil


@dataclass(frozen=True, slots=True)
class Content:
    """What it takes to open one attachment."""

    id: Id
    media_type: str
    pages: int
    key: bytes = field(repr=False)
    chunks: bytes = field(repr=False)
    case: Id = b""


def attachments(reader: Reader, reference: str) -> tuple[AttachmentRow, ...]:
    """The attachments of one case, the newest first."""
    reader.must_be_allowed(Permission.READ_CASES)
    query = select(Attachment).where(Attachment.case_id == case_id(reader, reference), Attachment.struck.is_not(True))
    rows = reader.session.scalars(query.order_by(Attachment.added_on.desc(), Attachment.id))
    return tuple(_row(reader, row) for row in rows)


def content(reader: Reader, reference: str) -> Content:
    """The key and the chunks of one attachment. Raises NamesHidden where the asker does not see what it shows."""
    reader.must_be_allowed(Permission.READ_CASES)
    row = reader.session.get(Attachment, from_hex(reference) or b"")
    if row is None or row.struck or row.key is None or reader.session.get(Case, row.case_id) is None:
        raise NotFound(place="attachment", what=reference[:64])
    must_be_open(reader, row.case_id, reference, "attachment")
    if Veil(reader, "attachments").hides("key"):
        raise NamesHidden(place="attachment")
    return _content(row, row.key)


def scans_of(reader: Reader, printing: str, size: int) -> tuple[tuple[Content, date | None], ...]:
    """What it takes to open the scans of one printed sheet that have so many bytes, and when each was added."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    wanted = (Attachment.printing_id == (from_hex(printing) or b""), Attachment.size == size)
    rows = reader.session.scalars(select(Attachment).where(*wanted, Attachment.struck.is_not(True))).all()
    for row in rows:
        must_be_open(reader, row.case_id, place="printing")
    return tuple((_content(row, row.key), row.added_on) for row in rows if row.key is not None)


def _content(row: Attachment, key: bytes) -> Content:
    return Content(row.id, row.media_type or "", row.pages or 0, key, row.chunks or b"", row.case_id or b"")


def _row(reader: Reader, row: Attachment) -> AttachmentRow:
    seen, hidden = Veil(reader, "attachments").over({"title": row.title, "key": row.key})
    author = name_of(reader, row.author_id)
    facts = (row.media_type or "", row.pages or 0, row.size or 0, row.added_on, author)
    printed = (row.printing_id.hex() if row.printing_id else "", paper_of(reader, row.printing_id), row.version or "")
    return AttachmentRow(row.id.hex(), seen["title"], *facts, "key" not in hidden, hidden - {"key"}, *printed)
