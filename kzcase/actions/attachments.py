"""Attachments: what comes in was made anew by a child process; what leaves is recorded, with what was covered."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kzcase.actions.finding import find_attachment, find_case
from kzcase.actions.reading import enter_case, having_said_why
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.attachments import Attachment, Copying
from kzcase.db.vault import Vault
from kzcase.domain.errors import NeedsReason
from kzcase.domain.ids import from_hex, new_id
from kzcase.domain.looks import Look
from kzcase.domain.rows import AttachmentRow
from kzcase.paper.incoming.door import Box, Clean, cover
from kzcase.queries.attachments import Content, attachments, content


@dataclass(frozen=True, slots=True)
class AddAttachment:
    """A file for a case, as the child made it anew (`paper.incoming.door.cleaned`), and what people call it."""

    case: str
    title: str
    clean: Clean = field(repr=False)
    look_reason: str = ""


@dataclass(frozen=True, slots=True)
class CopyAttachment:
    """A copy that leaves the casebook; `boxes` are covered: page → shares of it (left, top, right, bottom)."""

    attachment: str
    boxes: Mapping[int, Sequence[Box]] = field(default_factory=dict)
    reason: str = ""


def add_attachment(book: Casebook, wish: AddAttachment) -> Done:
    """Add a file to a case, also to a closed one. Its chunks are on the disk before the act is."""
    return having_said_why(book, wish, lambda: _added(book, wish))


def _added(book: Casebook, wish: AddAttachment) -> Done:
    with add_bytes(book, "attachment.added", wish.clean, wish.title) as (act, row):
        case = find_case(act, wish.case)
        row.case_id = case.id
        act.add(row)
    return Done(act.id, act.changed, {"attachment": row.id, "case": case.id})


@contextmanager
def add_bytes(book: Casebook, kind: str, made: Clean, title: str) -> Iterator[tuple[Act, Attachment]]:
    """An act of this kind and the row of a file, whose chunks are on the disk before the act is; without the act they
    go again."""
    vault, row_id = Vault(book.folder.attachments), new_id()
    key, chunks = vault.put(row_id, made.content)
    try:
        with book.write(kind) as act:
            row = Attachment(id=row_id, title=title.strip() or None, media_type=made.media_type)
            row.pages, row.size, row.key, row.chunks = made.pages, len(made.content), key, chunks
            row.added_on, row.author_id = act.today, act.acting.staff_id
            yield act, row
    except BaseException:
        vault.drop(chunks)
        raise
    vault.keep(chunks)


def remove_attachment(book: Casebook, attachment: str) -> Done:
    """Take an attachment out of its case. It can be brought back: the chunks stay until the person is erased."""
    with book.write("attachment.removed") as act:
        row = find_attachment(act, attachment)
        row.struck = True
    return Done(act.id, act.changed, {"attachment": row.id, "case": row.case_id or b""})


def open_attachment(book: Casebook, attachment: str) -> bytes:
    """The content of an attachment, to be looked at through the child again."""
    return _bytes_of(book, attachment, Look.ATTACHMENT)[1]


def attachment_bytes(book: Casebook, attachment: str) -> bytes:
    """The content of an attachment that is to leave in a package; entered as a copy before it is read."""
    return _bytes_of(book, attachment, Look.COPY)[1]


def copy_attachment(book: Casebook, wish: CopyAttachment) -> tuple[Done, bytes]:
    """A copy for outside, with boxes covered; recorded before it is handed over."""
    found, plain = _bytes_of(book, wish.attachment, Look.COPY, wish.reason)
    boxes = {page: list(given) for page, given in wish.boxes.items() if given}
    made = cover(plain, found.media_type, boxes) if boxes else plain
    with book.write("attachment.copied") as act:
        row = find_attachment(act, wish.attachment)
        copy = Copying(case_id=row.case_id, attachment_id=row.id, covered=sum(map(len, boxes.values())))
        copy.sha256 = hashlib.sha256(made).hexdigest()
        act.add(copy)
    return Done(act.id, act.changed, {"attachment": row.id, "case": row.case_id or b""}), made


def list_attachments(book: Casebook, case: str, reason: str = "") -> tuple[AttachmentRow, ...]:
    """The attachments of one case; a reason is entered first, as for looking at the case."""
    if reason:
        enter_case(book, case, Look.CASE, reason=reason)
    with book.read() as reader:
        return attachments(reader, case)


def _bytes_of(book: Casebook, attachment: str, what: Look, reason: str = "") -> tuple[Content, bytes]:
    """The plain bytes; that they are looked at is in the read log before they are."""
    try:
        with book.read("long") as reader:
            found = content(reader, attachment)
        enter_case(book, found.case.hex(), what, reason=reason, detail=found.id.hex())
    except NeedsReason as beyond:
        if not reason:
            raise
        enter_case(book, beyond.case.hex(), what, reason=reason, detail=(from_hex(attachment) or b"").hex())
        with book.read("long") as reader:
            found = content(reader, attachment)
    return found, Vault(book.folder.attachments).get(found.id, found.key, found.chunks)
