"""Checks a casebook from the bytes on the disk up: encryption, pages, the journal, and what is built of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from os import urandom
from pathlib import Path
from typing import Any, Final

from kzcase.db.check_journal import journal_findings
from kzcase.db.check_tables import rebuilt_findings, table_findings
from kzcase.db.engine import KEY_BYTES, connect
from kzcase.db.files import Folder, Lock, existing
from kzcase.db.findings import Finding
from kzcase.db.read_log import broken_links
from kzcase.db.sql import Sql
from kzcase.db.troubles import in_words
from kzcase.domain.errors import CasebookDamaged, DiskTrouble
from kzcase.i18n import _, ngettext, verbatim

MOST_FINDINGS: Final = 200
"""More would tell nobody more; the casebook is damaged then."""
_LOOKED_THROUGH: Final = 1 << 20
_PLAIN_SIGNS: Final = (b"SQLite format 3\0", b"CREATE TABLE")
_TRIGGERS: Final = frozenset(
    {
        "acts_no_update",
        "acts_no_delete",
        "parts_no_update",
        "parts_no_delete",
        "bodies_only_emptied",
        "bodies_no_delete",
    }
)
"""What keeps the journal append-only."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and how much it looked at; the counts are 0 when the file could not be read."""

    findings: tuple[Finding, ...]
    cases: int = 0
    operations: int = 0


def check_files(
    path: Path, key: bytes, *, deep: bool = False, progress: Callable[[int, int], object] | None = None
) -> Report:
    """Check a casebook that nobody has open. `deep` also rebuilds every scope from the journal and compares.

    Nothing is changed, apart from the write-ahead log being laid into the file. `CasebookInUse` when it is open.
    """
    folder = existing(path)
    lock = Lock(folder)
    lock.take()
    try:
        return _checked(folder, key, deep, progress)
    finally:
        lock.release()


def _checked(folder: Folder, key: bytes, deep: bool, progress: Callable[[int, int], object] | None) -> Report:
    found = [*_encryption(folder, key), *_attachments(folder)]
    counts = (0, 0)
    try:
        with in_words():
            found += _pages(folder.database, key)
            with closing(connect(folder.database, key)) as connection:
                found += islice(_content(Sql(connection), deep, progress), MOST_FINDINGS)
                counts = _counts(Sql(connection))
    except CasebookDamaged:
        found.append(Finding("pages", _("The database can no longer be read whole; restore the last backup.")))
    return Report(tuple(found), *counts)


def _content(sql: Sql, deep: bool, progress: Callable[[int, int], object] | None) -> Iterator[Finding]:
    yield from _triggers(sql)
    yield from journal_findings(sql)
    yield from table_findings(sql)
    yield from _read_log(sql)
    if deep:
        yield from rebuilt_findings(sql, progress)


def _read_log(sql: Sql) -> Iterator[Finding]:
    if broken := len(broken_links(sql)):
        yield Finding(
            "read_log",
            ngettext(
                "{count} entry in the log of what was looked at was changed.",
                "{count} entries in the log of what was looked at were changed.",
                broken,
            ),
        )


def _counts(sql: Sql) -> tuple[int, int]:
    cases = sql.value("SELECT count(*) FROM cases WHERE struck IS NOT 1")
    return cases, sql.value("SELECT coalesce(sum(operation_count), 0) FROM parts")


# The file as bytes


def _encryption(folder: Folder, key: bytes) -> Iterator[Finding]:
    """Really encrypted: no plain page in the file or its log, and no other key opens it."""
    for file in (folder.database, folder.path / "casebook.db-wal"):
        if file.exists() and any(sign in _beginning(file) for sign in _PLAIN_SIGNS):
            yield Finding("encryption", _("The file {name} is not encrypted.", name=file.name))
    if _opens(folder.database, urandom(KEY_BYTES)):
        yield Finding("encryption", _("The database opens without its key."))


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LOOKED_THROUGH)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or "") from error


def _opens(database: Path, key: bytes) -> bool:
    try:
        connect(database, key).close()
    except CasebookDamaged:
        return False
    return True


def _attachments(folder: Folder) -> Iterator[Finding]:
    """Nothing may lie among the attachments that no record names; this schema names none."""
    if folder.attachments.is_dir():
        for file in sorted(folder.attachments.iterdir()):
            yield Finding("attachments", _("No record names the attachment {name}.", name=file.name[:80]))


def _pages(database: Path, key: bytes) -> Iterator[Finding]:
    """Every page's authentication code and the structure of the tables, each on a connection of its own.

    The log is laid into the file first: the codes of pages that wait in it would otherwise not be looked at.
    """
    _asked(database, key, "PRAGMA wal_checkpoint(TRUNCATE)")
    for row in _asked(database, key, "PRAGMA cipher_integrity_check"):
        yield Finding("pages", _("A page was changed outside kzcase: {what}.", what=verbatim(str(row[0])[:120])))
    for row in _asked(database, key, "PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Finding("structure", _("The tables do not hang together: {what}.", what=verbatim(str(row[0])[:120])))


def _asked(database: Path, key: bytes, question: str) -> list[Any]:
    with closing(connect(database, key)) as connection:
        rows: list[Any] = connection.execute(question).fetchall()
    return rows


def _triggers(sql: Sql) -> Iterator[Finding]:
    standing = dict(sql.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name in sorted(_TRIGGERS):
        if "RAISE(ABORT" not in standing.get(name, ""):
            yield Finding("triggers", _("The lock {name} that keeps the journal append-only is gone.", name=name))
