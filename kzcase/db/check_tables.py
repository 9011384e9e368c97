"""Checks that the tables are what the journal says: rows and heads belong together, and rebuilding gives the same."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from kzcase.db.derive import derive
from kzcase.db.findings import Finding
from kzcase.db.keyrings import Keyrings
from kzcase.db.projector import Row, project_scope
from kzcase.db.rulebook import baseline
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.domain.ids import Id
from kzcase.i18n import _, ngettext
from kzcase.journal.acts import BadAct
from kzcase.journal.sealing import SealBroken

_STRAY_KEYS: Final = (
    "SELECT count(*) FROM search_keys k WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = k.person_id)"
    " OR NOT EXISTS (SELECT 1 FROM heads h WHERE h.id = k.source AND h.entity IN ('people', 'cases'))"
)

Snapshot = dict[Row, tuple[Any, ...]]


def table_findings(sql: Sql) -> Iterator[Finding]:
    """Rows without heads, heads without rows, and search keys that lead nowhere."""
    for entity in sorted(ENTITIES):
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


def rebuilt_findings(sql: Sql, progress: Callable[[int, int], object] | None) -> Iterator[Finding]:
    """Project every scope anew from the journal and compare, inside a transaction that is rolled back."""
    scopes = [row[0] for row in sql.rows("SELECT scope FROM parts UNION SELECT scope FROM heads ORDER BY 1")]
    sql.run("BEGIN IMMEDIATE")
    try:
        for done, scope in enumerate(scopes, 1):
            if progress:
                progress(done, len(scopes))
            yield from _rebuilt(sql, scope)
    finally:
        sql.run("ROLLBACK")


def _rebuilt(sql: Sql, scope: Id) -> Iterator[Finding]:
    before = _snapshot(sql, scope)
    sql.run("SAVEPOINT rebuilt")
    try:
        derive(sql, baseline(), project_scope(sql, Keyrings(), scope))
        after = _snapshot(sql, scope)
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


def _snapshot(sql: Sql, scope: Id) -> Snapshot:
    """Every row of a scope with its heads, derived columns included, and the search keys it gave rise to."""
    found: Snapshot = {}
    for entity, row_id, heads, disputed in sql.rows(
        "SELECT entity, id, heads, disputed FROM heads WHERE scope = ?", (scope,)
    ):
        row = sql.row(f"SELECT * FROM {entity} WHERE id = ?", (row_id,)) if entity in ENTITIES else None
        found[entity, row_id] = (heads, disputed, row)
    keys = sql.rows("SELECT key, person_id, kind FROM search_keys WHERE source = ? ORDER BY 1, 2, 3", (scope,))
    return found | ({("search_keys", scope): tuple(keys)} if keys else {})
