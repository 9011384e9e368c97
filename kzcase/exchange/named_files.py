"""The photos, recordings and files that answers name: which they are, and those that can leave beside the answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from kzcase.actions.attachments import attachment_bytes
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import AttachmentMissing
from kzcase.domain.rows import AttachmentRow
from kzcase.exchange.comparing import plain_path
from kzcase.exchange.packages import LARGEST_FILE
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import QuestionKind
from kzcase.queries.attachments import attachments

_MEDIA: Final = frozenset({QuestionKind.IMAGE, QuestionKind.AUDIO, QuestionKind.FILE})
MOST_BESIDE: Final = LARGEST_FILE - (8 << 20)
"""Bytes of files that go along: a larger package could not be taken in again."""


@dataclass(frozen=True, slots=True)
class FilesBeside:
    """Files beside several sets of answers, one mapping a set, and the names of those that stay out."""

    files: Sequence[Mapping[str, bytes]] = field(default=(), repr=False)
    stay: tuple[str, ...] = ()


def named_files(sheet: AnswerSheet, shown: Collection[FieldClass] = tuple(FieldClass)) -> tuple[str, ...]:
    """The files that answers of these classes name, each once, in the order of the form."""
    asked = ((sheet.form.by_path[plain_path(path)], value) for path, value in sheet.values().items())
    return tuple(dict.fromkeys(value for each, value in asked if each.kind in _MEDIA and each.field_class in shown))


def files_that_go(reader: Reader, case: str, names: Sequence[str]) -> dict[str, AttachmentRow]:
    """The attachments of a case that are called so, as far as the asker may open them and no other is called the
    same: a photo of somebody else would be worse than none."""
    rows = [row for row in attachments(reader, case) if row.title in names] if names else []
    titles = [row.title for row in rows]
    return {row.title: row for row in rows if row.title and row.can_open and titles.count(row.title) == 1}


def files_beside(
    book: Casebook, named: Sequence[Sequence[str]], found: Sequence[Mapping[str, AttachmentRow]]
) -> FilesBeside:
    """The bytes of what is named, as long as there is room. Each is entered as a copy before it is read."""
    beside: list[dict[str, bytes]] = []
    stay: dict[str, None] = {}
    room = MOST_BESIDE
    for names, rows in zip(named, found, strict=True):
        beside.append({})
        for name in names:
            row = rows.get(name)
            content = b"".join(_bytes(book, row)) if row and row.size <= room and _is_plain(name) else b""
            if content:
                room -= len(content)
                beside[-1][name] = content
            else:
                stay[name] = None
    return FilesBeside(beside, tuple(stay))


def _bytes(book: Casebook, row: AttachmentRow) -> Iterator[bytes]:
    """Nothing where the file has not arrived at this laptop."""
    try:
        yield attachment_bytes(book, row.id)
    except AttachmentMissing:
        return


def _is_plain(name: str) -> bool:
    """A name that leads nowhere, and that nobody would take for answers."""
    alone = PurePosixPath(name.replace("\\", "/")).name == name and not name.startswith(".")
    return alone and name.isprintable() and len(name) <= 100 and not name.lower().endswith(".xml")
