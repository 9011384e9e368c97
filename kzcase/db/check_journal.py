"""Checks the journal: unbroken chains, parts and bodies as named, authors who signed and were allowed to."""

from collections.abc import Iterator
from typing import Any, Final

import cbor2

from kzcase.db import store
from kzcase.db.findings import Finding
from kzcase.db.keyrings import Keyrings
from kzcase.db.sql import Sql
from kzcase.db.take_in import organisation_state
from kzcase.i18n import Words, _, ngettext
from kzcase.journal.acts import BadAct, Header, decode_header, digest
from kzcase.journal.authority import Organisation, Verdict
from kzcase.journal.operations import Id
from kzcase.journal.parts import Part, decode_part
from kzcase.journal.sealing import SealBroken

_ACTS: Final = (
    "SELECT id, kind, author, incarnation, index_in_chain, hlc, parent, header, signature FROM acts"
    " ORDER BY incarnation, index_in_chain, id"
)
_ORPHANS: Final = (
    "SELECT count(*) FROM parts p WHERE NOT EXISTS (SELECT 1 FROM acts a WHERE a.id = p.act_id)",
    "SELECT count(*) FROM bodies b WHERE NOT EXISTS"
    " (SELECT 1 FROM parts p WHERE p.act_id = b.act_id AND p.scope = b.scope)",
)
_GAPS: Final = """
SELECT count(*) FROM (
  SELECT first_seq, lag(first_seq + operation_count, 1, 0) OVER (PARTITION BY scope, incarnation ORDER BY first_seq) due
  FROM parts) WHERE first_seq <> due"""


def journal_findings(sql: Sql) -> Iterator[Finding]:
    """Everything wrong with the journal."""
    yield from _acts(sql)
    for query in _ORPHANS:
        if count := sql.value(query):
            yield Finding("parts", ngettext("{count} row without its act.", "{count} rows without their act.", count))
    if count := sql.value(_GAPS):
        said = ngettext(
            "{count} gap in the numbers of operations.", "{count} gaps in the numbers of operations.", count
        )
        yield Finding("parts", said)


def _acts(sql: Sql) -> Iterator[Finding]:
    """One pass over all acts, device by device."""
    state = _organisation(sql)
    if state is None:
        yield Finding("signatures", _("The list of who may act can no longer be read."))
    not_counting = store.not_counting(sql)
    chain = _Chain()
    for row in sql.each(_ACTS):
        act_id, encoded, signature = row[0], row[7], row[8]
        header = _header(encoded)
        if header is None or _columns(header) != tuple(row[:7]):
            yield _about(act_id, "chain", _("its header was changed"))
            continue
        if why := chain.take(header, encoded):
            yield _about(act_id, "chain", why)
        if state and (state.judge(header, encoded, signature)[0] is Verdict.COUNTS) is (act_id in not_counting):
            yield _about(act_id, "signatures", _("its signature or its author's right to act does not hold"))
        for why in _part_problems(sql, header):
            yield _about(act_id, "parts", why)


def _about(act_id: Id, check: str, why: Words) -> Finding:
    return Finding(check, _("Act {act}: {why}.", act=act_id.hex(), why=why))


def _organisation(sql: Sql) -> Organisation | None:
    """Who may act, or None where the acts that say so do not open."""
    organisation = sql.value("SELECT value FROM local_facts WHERE name = 'organisation'")
    try:
        return organisation_state(sql, Keyrings(), organisation)
    except (BadAct, SealBroken):
        return None


def _header(encoded: bytes) -> Header | None:
    try:
        return decode_header(encoded)
    except BadAct:
        return None


def _columns(header: Header) -> tuple[Any, ...]:
    """The columns beside a header as they must be."""
    h = header
    return (h.act_id, h.kind, h.author, h.incarnation, h.index, h.hlc, h.parent)


class _Chain:
    """Where the chain of the device at hand stands."""

    def __init__(self) -> None:
        self._device, self._index, self._previous = b"", 0, b""

    def take(self, header: Header, encoded: bytes) -> Words | None:
        """Count one act in; what is wrong with its place in the chain."""
        if header.incarnation != self._device:
            self._device, self._index, self._previous = header.incarnation, 0, b""
        fits = header.index == self._index and header.previous == self._previous
        gap = header.index - self._index
        self._index, self._previous = header.index + 1, digest(encoded)
        if fits:
            return None
        if gap > 0:
            return ngettext("{count} act before it is missing", "{count} acts before it are missing", gap)
        return _("it does not follow the act before it")


def _part_problems(sql: Sql, header: Header) -> Iterator[Words]:
    named = dict(header.parts)
    held = {part.scope: part for part in store.parts_of(sql, header.act_id)}
    if held.keys() - named.keys():
        yield _("it has a part that its header does not name")
    for scope, part_digest in named.items():
        part = held.get(scope)
        if part is None:
            yield _("a part is missing")
        elif part.digest != part_digest:
            yield _("a part was changed")
        elif not _is_whole(part, header):
            yield _("the values of a part were changed")


def _is_whole(part: Part, header: Header) -> bool:
    """Whether columns agree with the content, and every body is there, emptied or the one named."""
    try:
        same = decode_part(part.content, part.bodies)
        subjects = {subject for subject, _key, _digest in cbor2.loads(part.content)[6]}
    except BadAct:
        return False
    return same == part and part.incarnation == header.incarnation and subjects == part.bodies.keys()
