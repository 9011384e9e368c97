"""Attachments: photos, scans, PDFs and recordings of a case; their content lies in chunks beside the database."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import IDENTIFYING, OPERATIONAL, SENSITIVE, Journaled, field


class Attachment(Journaled):
    """One photo, scan, PDF or recording. Whoever may not see `key` cannot open the chunks: it has their class.

    Of a paper that came back, `printing_id` says which was printed and `version` which text stood above the signature.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "attachments"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    title: Mapped[str | None] = field(SENSITIVE)
    media_type: Mapped[str | None] = field(OPERATIONAL)
    pages: Mapped[int | None] = field(OPERATIONAL)
    size: Mapped[int | None] = field(OPERATIONAL)
    key: Mapped[bytes | None] = field(IDENTIFYING)
    chunks: Mapped[bytes | None] = field(OPERATIONAL)
    added_on: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    printing_id: Mapped[bytes | None] = field(OPERATIONAL)
    version: Mapped[str | None] = field(OPERATIONAL)


class Copying(Journaled):
    """That a copy of an attachment left the casebook: which pages were covered; the copy itself is not kept."""

    __tablename__ = "copyings"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "attachments"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    attachment_id: Mapped[bytes | None] = field(OPERATIONAL)
    covered: Mapped[int | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)
