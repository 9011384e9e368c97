"""What all drafts of a laptop come to: kept beside them, so that one put back to an earlier text shows.

No act knows a draft, so nothing else could tell: a page as it was a while ago is authentic under the store key.
"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from kzcase.db.findings import Finding
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.sql import Sql
from kzcase.i18n import _
from kzcase.journal.operations import Id

_SUM: Final = "drafts"
_BYTES: Final = 32
_ROW: Final = "SELECT id, staff_id, place, content, saved_at FROM drafts"


@contextmanager
def counted(sql: Sql, drafts: Collection[Id]) -> Iterator[None]:
    """Whoever writes or deletes these drafts does it inside; the sum follows in the same transaction.

    A casebook that an older program wrote begins here. Where no draft is left the sum begins anew: nothing of what
    was wrong can be offered any more.
    """
    before = _kept(sql)
    if before is None:
        before = _sum(sql.rows(_ROW))
    before ^= _sum(sql.rows_with(f"{_ROW} WHERE id IN ({{}})", drafts))
    yield
    left = sql.value("SELECT 1 FROM drafts LIMIT 1")
    after = before ^ _sum(sql.rows_with(f"{_ROW} WHERE id IN ({{}})", drafts)) if left else 0
    put_fact(sql, _SUM, after.to_bytes(_BYTES))


def forget(sql: Sql, drafts: Collection[Id]) -> None:
    """Delete these drafts, as far as they are there."""
    with counted(sql, drafts):
        sql.run_each("DELETE FROM drafts WHERE id = ?", [(draft,) for draft in drafts])


def draft_findings(sql: Sql) -> Iterator[Finding]:
    """Whether the drafts are those that were kept last."""
    kept = _kept(sql)
    if kept is not None and kept != _sum(sql.rows(_ROW)):
        yield Finding(
            "drafts",
            _("Unsaved typing is not as it was kept last. Read what is offered again before you save it."),
        )


def _kept(sql: Sql) -> int | None:
    held = fact(sql, _SUM)
    return int.from_bytes(held) if held else None


def _sum(rows: list[tuple[object, ...]]) -> int:
    """Of any order: each draft counts by its digest."""
    total = 0
    for row in rows:
        total ^= int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=_BYTES).digest())
    return total
