"""What each draft of a laptop was when it was kept last: kept beside them, so that one put back shows.

No act knows a draft, so nothing else could tell: a page as it was a while ago is authentic under the store key.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from kzcase.db.findings import Finding
from kzcase.db.local_facts import fact, put_fact
from kzcase.db.sql import Sql
from kzcase.i18n import _
from kzcase.journal.operations import Id

_NAME: Final = "drafts"
_BEGUN: Final = b"\1"
"""Before the digests, so that none at all differs from a casebook in which they were never written down."""
_BYTES: Final = 16
"""Of an id, and of a digest."""
_ROW: Final = "SELECT id, staff_id, place, content, saved_at FROM drafts"

Digests = dict[Id, bytes]


@contextmanager
def counted(sql: Sql, drafts: Collection[Id]) -> Iterator[None]:
    """Whoever writes or deletes these drafts does it inside; their digests follow in the same transaction.

    A casebook that an older program wrote begins here. What is gone for good can be offered to nobody and is
    forgotten, or a finding would stay that nobody could end.
    """
    kept = _kept(sql)
    before = _digests(sql.rows(_ROW)) if kept is None else kept
    yield
    there = {draft for (draft,) in sql.rows("SELECT id FROM drafts")} - set(drafts)
    now = {draft: digest for draft, digest in before.items() if draft in there}
    now |= _digests(sql.rows_with(f"{_ROW} WHERE id IN ({{}})", drafts))
    put_fact(sql, _NAME, _BEGUN + b"".join(draft + digest for draft, digest in sorted(now.items())))


def forget(sql: Sql, drafts: Collection[Id]) -> None:
    """Delete these drafts, as far as they are there."""
    with counted(sql, drafts):
        sql.run_each("DELETE FROM drafts WHERE id = ?", [(draft,) for draft in drafts])


def draft_findings(sql: Sql) -> Iterator[Finding]:
    """Whether the drafts are those that were kept last."""
    kept = _kept(sql)
    if kept is not None and kept != _digests(sql.rows(_ROW)):
        yield Finding(
            "drafts",
            _(
                "Unsaved typing is not as it was kept last. Read what is offered again before you save or discard it; "
                "that also ends this finding."
            ),
        )


def _kept(sql: Sql) -> Digests | None:
    held = fact(sql, _NAME)
    if not held:
        return None
    pairs = range(len(_BEGUN), len(held), 2 * _BYTES)
    return {held[at : at + _BYTES]: held[at + _BYTES : at + 2 * _BYTES] for at in pairs}


def _digests(rows: Iterable[tuple[Any, ...]]) -> Digests:
    return {row[0]: hashlib.blake2b(repr(row).encode(), digest_size=_BYTES).digest() for row in rows}
