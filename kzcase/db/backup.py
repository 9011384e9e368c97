"""Copies an encrypted store into another one under a key of its own, and proves the copy by reading it again."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cbor2

from kzcase.db.check import trigger_findings
from kzcase.db.check_journal import count_findings
from kzcase.db.check_pages import encryption_findings, page_findings
from kzcase.db.check_tables import table_findings
from kzcase.db.engine import connect
from kzcase.db.files import Folder
from kzcase.db.findings import Finding
from kzcase.db.sql import Sql
from kzcase.db.troubles import in_words
from kzcase.domain.errors import CasebookDamaged
from kzcase.i18n import _, verbatim

Progress = Callable[[int, int], object]
"""So many of so many; may raise, and the copy is given up."""
_PAGES_AT_ONCE: Final = 512
_ROWS_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Extent:
    """What a store holds: counts people understand, and a digest of every table to compare two stores by."""

    cases: int
    acts: int
    operations: int
    releases: int
    tables: dict[str, bytes]

    def differences(self, other: "Extent") -> list[str]:
        """The tables that are not the same in both."""
        names = self.tables.keys() | other.tables.keys()
        return sorted(name for name in names if self.tables.get(name) != other.tables.get(name))


def copy_store(reading: Sql, target: Path, new_key: bytes, progress: Progress) -> Extent:
    """Copy a store under another key, as it is at one moment, however much is written meanwhile; what it holds.

    `reading` is inside a transaction. The pages go over in steps, so that one can see how far it is and stop; were
    they not read inside one transaction, every commit of the writer would make the copy begin again, and that of a
    busy casebook never end.
    """
    with in_words():
        held = extent(reading)  # the first question: from here on this connection sees one state only
        with closing(connect(target, new_key, must_exist=False, journal="OFF")) as writing:
            reading.copy_into(writing, _PAGES_AT_ONCE, progress)
    return held


def copy_closed_store(source: Path, key: bytes, target: Path, new_key: bytes, progress: Progress) -> Extent:
    """The same for a store that nobody has open."""
    with in_words(), closing(connect(source, key, writable=False)) as reading:
        reading.execute("BEGIN")
        return copy_store(Sql(reading), target, new_key, progress)


def extent(sql: Sql, progress: Progress = lambda _done, _total: None) -> Extent:
    """What a store holds at this moment."""
    names = [name for (name,) in sql.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = {}
    for done, name in enumerate(names, 1):
        tables[name] = _digest(sql, name)
        progress(done, len(names))
    counted = ("cases WHERE struck IS NOT 1", "acts")
    cases, acts = (sql.value(f"SELECT count(*) FROM {what}") for what in counted)
    operations = sql.value("SELECT coalesce(sum(operation_count), 0) FROM parts")
    releases = sql.value("SELECT coalesce(max(number), 0) FROM releases")
    return Extent(cases, acts, operations, releases, tables)


def _digest(sql: Sql, table: str) -> bytes:
    summed = hashlib.sha256()
    for rows in _in_portions(sql.each(f"SELECT * FROM {table}")):
        summed.update(cbor2.dumps(rows))
    return summed.digest()


def _in_portions(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    portion: list[tuple[Any, ...]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == _ROWS_AT_ONCE:
            yield portion
            portion = []
    yield portion


def copy_findings(folder: Folder, key: bytes, expected: Extent, progress: Progress) -> list[Finding]:
    """Everything wrong with a copy, read anew from the disk; `progress` counts its steps."""
    forget_cached(folder.database)
    steps = 4
    try:
        with in_words():
            found = list(encryption_findings(folder, key))
            progress(1, steps)
            found += page_findings(folder.database, key)
            progress(2, steps)
            with closing(connect(folder.database, key)) as connection:
                sql = Sql(connection)
                found += [*trigger_findings(sql), *count_findings(sql), *table_findings(sql)]
                progress(3, steps)
                found += _other_content(extent(sql), expected)
    except CasebookDamaged:
        return [Finding("pages", _("The copy can no longer be read whole."))]
    progress(steps, steps)
    return found


def _other_content(held: Extent, expected: Extent) -> Iterator[Finding]:
    for table in held.differences(expected):
        yield Finding("content", _("The copy of {table} is not the same.", table=verbatim(table)))


def forget_cached(file: Path) -> None:
    """Let the next look at a file come from the disk, where the system can be asked for that."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return
    with suppress(OSError), file.open("rb") as stream:
        os.fsync(stream.fileno())
        advise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
