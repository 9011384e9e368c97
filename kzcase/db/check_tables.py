"""Checks that the tables are what the journal says: rows and heads belong together, and rebuilding gives the same."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from kzcase.db.derive import derive
from kzcase.db.findings import Finding
from kzcase.db.keyrings import Keyrings
from kzcase.db.projector import Row, project_scope
from kzcase.db.rederive import derive_all
from kzcase.db.rulebook import rulebook_of
from kzcase.db.schema import SCHEMA_NUMBER
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES, Base
from kzcase.domain.ids import Id
from kzcase.i18n import _, ngettext
from kzcase.journal.acts import BadAct
from kzcase.journal.sealing import SealBroken

_STRAY_KEYS: Final = (
    "SELECT count(*) FROM search_keys k WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = k.person_id)"
    " OR NOT EXISTS (SELECT 1 FROM heads h WHERE h.id = k.source AND h.entity IN ('people', 'cases'))"
)

Snapshot = dict[Row, tuple[Any, ...]]
Columns = dict[str, tuple[str, ...]]
"""Of each table, the columns it has in the file that is checked."""


def table_findings(sql: Sql) -> Iterator[Finding]:
    """Rows without heads, heads without rows, and search keys that lead nowhere."""
    for entity in _tables(sql):
        heads = "SELECT 1 FROM heads h WHERE h.entity = ? AND h.id = t.id"
        if count := sql.value(f"SELECT count(*) FROM {entity} t WHERE NOT EXISTS ({heads})", (entity,)):
            yield Finding(
                "heads",
                ngettext(
                    "{table}: {count} row no act made.", "{table}: {count} rows no act made.", count, table=entity
                ),
            )
        row = f"SELECT 1 FROM {entity} t WHERE t.id = h.id"
        if count := sql.value(f"SELECT count(*) FROM heads h WHERE h.entity = ? AND NOT EXISTS ({row})", (entity,)):
            yield Finding(
                "heads",
                ngettext("{table}: {count} row is missing.", "{table}: {count} rows are missing.", count, table=entity),
            )
    if count := sql.value(_STRAY_KEYS):
        said = ngettext("{count} search key leads to nobody.", "{count} search keys lead to nobody.", count)
        yield Finding("search", said)


def _tables(sql: Sql) -> list[str]:
    """The tables there must be: all of them, but in a casebook of an older schema those that it had then."""
    if sql.value("PRAGMA user_version") >= SCHEMA_NUMBER:
        return sorted(ENTITIES)
    return sorted(
        ENTITIES.keys() & {name for (name,) in sql.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    )


def rebuilt_findings(sql: Sql, progress: Callable[[int, int], object] | None) -> Iterator[Finding]:
    """Project every scope anew from the journal and compare, inside a transaction that is rolled back."""
    scopes = [row[0] for row in sql.rows("SELECT scope FROM parts UNION SELECT scope FROM heads ORDER BY 1")]
    sql.run("BEGIN IMMEDIATE")
    try:
        known = _brought_up(sql)
        derive_all(sql, rulebook_of(sql))  # what only waits to follow newer rules is no fault
        for done, scope in enumerate(scopes, 1):
            if progress:
                progress(done, len(scopes))
            yield from _rebuilt(sql, scope, known)
    finally:
        sql.run("ROLLBACK")


def _brought_up(sql: Sql) -> Columns:
    """The columns there are to compare. What came with a later schema is added, so that acts can be read anew."""
    known: Columns = {}
    for table in Base.metadata.sorted_tables:
        held = tuple(column for _at, column, *_rest in sql.rows(f"PRAGMA table_info({table.name})"))
        if not held:
            sql.run(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            continue
        for column in (each.name for each in table.columns if each.name not in held):
            sql.run(f"ALTER TABLE {table.name} ADD COLUMN {column}")
        known[table.name] = held
    return known


def _rebuilt(sql: Sql, scope: Id, known: Columns) -> Iterator[Finding]:
    before = _snapshot(sql, scope, known)
    sql.run("SAVEPOINT rebuilt")
    try:
        derive(sql, rulebook_of(sql), project_scope(sql, Keyrings(), scope))
        after = _snapshot(sql, scope, known)
    except (BadAct, SealBroken):
        yield Finding("tables", _("Scope {scope}: its acts can no longer be opened.", scope=scope.hex()))
        return
    finally:
        sql.run("ROLLBACK TO rebuilt")
        sql.run("RELEASE rebuilt")
    for entity in sorted({entity for entity, _row in before.keys() ^ after.keys()} | _changed(before, after)):
        said = _("Scope {scope}: {table} are not what the journal says.", scope=scope.hex(), table=entity)
        yield Finding("search" if entity == "search_keys" else "tables", said)


def _changed(before: Snapshot, after: Snapshot) -> set[str]:
    return {row[0] for row in before.keys() & after.keys() if before[row] != after[row]}


def _snapshot(sql: Sql, scope: Id, known: Columns) -> Snapshot:
    """Every row of a scope with its heads, derived columns included, and the search keys it gave rise to."""
    found: Snapshot = {}
    for entity, row_id, heads, disputed in sql.rows(
        "SELECT entity, id, heads, disputed FROM heads WHERE scope = ?", (scope,)
    ):
        columns = ", ".join(known.get(entity, ())) if entity in ENTITIES else ""
        row = sql.row(f"SELECT {columns} FROM {entity} WHERE id = ?", (row_id,)) if columns else None
        found[entity, row_id] = (heads, disputed, row)
    keys = sql.rows("SELECT key, person_id, kind FROM search_keys WHERE source = ? ORDER BY 1, 2, 3", (scope,))
    dues = sql.rows("SELECT * FROM due_dates WHERE case_id = ? ORDER BY source, key", (scope,))
    found |= {("search_keys", scope): tuple(keys)} if keys else {}
    return found | ({("due_dates", scope): tuple(dues)} if dues else {})
