"""Drafts: what somebody was typing when the casebook was locked, kept inside it for that person alone."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import select

from kzcase.db.casebook import Casebook
from kzcase.db.drafts import counted, forget
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.local import Draft
from kzcase.domain.errors import TooLarge
from kzcase.domain.ids import Id

MAX_CONTENT: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Unsaved typing: the place it belongs to (`note/<case>`), the fields by name, and when it was kept."""

    place: str
    content: Mapping[str, str]
    saved_at: datetime | None = None


def save_draft(book: Casebook, draft: KeptDraft) -> None:
    """Keep a draft in place of an older one of the same person and place. `TooLarge` beyond 1 MiB."""
    content = msgspec.json.encode(dict(draft.content))
    if len(content) > MAX_CONTENT:
        raise TooLarge(place="draft", limit="1 MB")
    staff = book.acting.staff_id
    row = Draft(id=_id(staff, draft.place), staff_id=staff, place=draft.place, content=content, saved_at=book.now())
    with book.local() as session, counted(Sql.of(session.connection()), [row.id]):
        session.merge(row)
        session.flush()


def load_drafts(reader: Reader) -> tuple[KeptDraft, ...]:
    """The drafts of the person at the laptop, the latest first; nobody sees another's."""
    mine = select(Draft).where(Draft.staff_id == reader.acting.staff_id).order_by(Draft.saved_at.desc())
    rows = ((row, content_of(row.content)) for row in reader.session.scalars(mine))
    return tuple(KeptDraft(row.place, content, row.saved_at) for row, content in rows if content is not None)


def content_of(untrusted: bytes) -> dict[str, str] | None:
    """The fields of a draft; None for one that cannot be read: it must not keep the others from being offered."""
    try:
        return msgspec.json.decode(untrusted, type=dict[str, str])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def drop_draft(book: Casebook, place: str) -> None:
    """Forget a draft: it was saved for good, or is not wanted any more."""
    draft = _id(book.acting.staff_id, place)
    with book.local() as session:
        forget(Sql.of(session.connection()), [draft])


def _id(staff: Id, place: str) -> Id:
    """One draft a person and place."""
    return hashlib.blake2b(staff + place.encode(), digest_size=16).digest()
