"""Checks a casebook from the bytes on the disk up: encryption, pages, the journal, and what is built of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kzcase.db.check_journal import journal_findings
from kzcase.db.check_pages import encryption_findings, page_findings
from kzcase.db.check_tables import rebuilt_findings, table_findings
from kzcase.db.drafts import draft_findings
from kzcase.db.engine import connect
from kzcase.db.files import Folder, Lock, existing
from kzcase.db.findings import Finding
from kzcase.db.read_log import broken_links
from kzcase.db.sql import Sql
from kzcase.db.standing import standing_findings
from kzcase.db.troubles import in_words
from kzcase.db.vault import Vault, named_chunks
from kzcase.domain.errors import CasebookDamaged
from kzcase.i18n import _, ngettext

MOST_FINDINGS: Final = 200
"""More would tell nobody more; the casebook is damaged then."""
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
    found = list(encryption_findings(folder, key))
    counts = (0, 0)
    try:
        with in_words():
            found += page_findings(folder.database, key)
            with closing(connect(folder.database, key)) as connection:
                found += standing_findings(Sql(connection), folder)
                found += islice(_content(Sql(connection), deep, progress), MOST_FINDINGS)
                found += islice(_attachments(folder, Sql(connection), deep), MOST_FINDINGS)
                counts = _counts(Sql(connection))
    except CasebookDamaged:
        found.append(Finding("pages", _("The database can no longer be read whole; restore the last backup.")))
    return Report(tuple(found), *counts)


def file_findings(folder: Folder, key: bytes) -> list[Finding]:
    """What is wrong with the file as bytes, also while it is open.

    Whoever finds pages wrong while others write asks again when nobody does: a page just being written looks changed.
    """
    return [*encryption_findings(folder, key), *page_findings(folder.database, key)]


def content_findings(folder: Folder, sql: Sql) -> list[Finding]:
    """What is wrong with journal, tables, read log and attachments, without rebuilding anything."""
    found = list(islice(_content(sql, deep=False, progress=None), MOST_FINDINGS))
    return [*found, *islice(_attachments(folder, sql, deep=False), MOST_FINDINGS)]


def _content(sql: Sql, deep: bool, progress: Callable[[int, int], object] | None) -> Iterator[Finding]:
    yield from trigger_findings(sql)
    journal = list(islice(journal_findings(sql), MOST_FINDINGS))
    yield from journal
    yield from table_findings(sql)
    yield from draft_findings(sql)
    yield from _read_log(sql)
    if deep and any(found.check in ("chain", "parts") for found in journal):
        yield Finding("tables", _("The journal was changed, so the tables cannot be compared with it."))
    elif deep:
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


def _attachments(folder: Folder, sql: Sql, deep: bool) -> Iterator[Finding]:
    """Nothing lies among the attachments that no record names; `deep` reads every chunk that one names."""
    vault, named = Vault(folder.attachments), named_chunks(sql)
    for name in vault.strangers(named):
        yield Finding("attachments", _("No record names the attachment {name}.", name=name[:80]))
    for name, changed in vault.faults(named) if deep else vault.missing(named):
        said = _("The attachment {name} was changed.") if changed else _("The attachment {name} is missing.")
        yield Finding("attachments", said.with_arguments(name=name[:80]))


def trigger_findings(sql: Sql) -> Iterator[Finding]:
    """The locks that keep the journal append-only still stand."""
    standing = dict(sql.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name in sorted(_TRIGGERS):
        if "RAISE(ABORT" not in standing.get(name, ""):
            yield Finding("triggers", _("The lock {name} that keeps the journal append-only is gone.", name=name))
