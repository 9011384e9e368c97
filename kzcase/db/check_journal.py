"""Checks the journal: unbroken chains, parts and bodies as named, authors who signed and were allowed to."""

from collections.abc import Iterator
from typing import Any, Final

import cbor2

from kzcase.db import store
from kzcase.db.erasure_register import REFILLED, refilled
from kzcase.db.findings import Finding
from kzcase.db.keyrings import Keyrings
from kzcase.db.sql import Sql
from kzcase.db.take_in import organisation_state
from kzcase.i18n import Words, _, ngettext
from kzcase.journal.acts import BadAct, Header, act_id_of, decode_header
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
_GAPS: Final = f"""
SELECT count(*) FROM (
  SELECT act_id, first_seq, coalesce(max(first_seq + operation_count) OVER (
    PARTITION BY scope, incarnation ORDER BY first_seq, act_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) due
  FROM parts WHERE {store.signed("parts.act_id")}) WHERE first_seq > due
AND instr((SELECT coalesce(max(value), x'') FROM local_facts WHERE name = '{REFILLED}'), act_id) = 0"""
_FORKS: Final = f"""
SELECT incarnation, index_in_chain, count(*) FROM acts WHERE {store.signed("acts.id")}
GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2"""


def journal_findings(sql: Sql) -> Iterator[Finding]:
    """Everything wrong with the journal."""
    yield from _acts(sql)
    yield from _forks(sql)
    yield from count_findings(sql)


def count_findings(sql: Sql) -> Iterator[Finding]:
    """Parts and bodies without their act, and gaps in the numbers: what can be told without opening anything."""
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
    not_counting, refilled_acts = store.not_counting(sql), refilled(sql)
    chain = _Chain()
    for row in sql.each(_ACTS):
        act_id, encoded, signature = row[0], row[7], row[8]
        header = _header(encoded, signature)
        if header is None or _columns(header) != tuple(row[:7]):
            yield _about(act_id, "chain", _("its header or its signature was changed"))
            continue
        if (why := chain.take(header)) and act_id not in not_counting and act_id not in refilled_acts:
            yield _about(act_id, "chain", why)
        if state and (state.judge(header, encoded, signature)[0] is Verdict.COUNTS) is (act_id in not_counting):
            yield _about(act_id, "signatures", _("its signature or its author's right to act does not hold"))
        for why in _part_problems(sql, header):
            yield _about(act_id, "parts", why)


def _forks(sql: Sql) -> Iterator[Finding]:
    """Numbers of a device that several acts carry: all are kept, and the device's laptops take a new identity."""
    for device, index, count in sql.rows(_FORKS):
        said = ngettext(
            "{count} act carries the number {number} of laptop {device}.",
            "{count} different acts carry the number {number} of laptop {device}: its casebook was copied and used in"
            " two places, or somebody signed an act for another laptop. All are kept; look who wrote them.",
            count,
            number=index,
            device=device.hex(),
        )
        yield Finding("forks", said)


def _about(act_id: Id, check: str, why: Words) -> Finding:
    return Finding(check, _("Act {act}: {why}.", act=act_id.hex(), why=why))


def _organisation(sql: Sql) -> Organisation | None:
    """Who may act, or None where the acts that say so do not open."""
    organisation = sql.value("SELECT value FROM local_facts WHERE name = 'organisation'")
    try:
        return organisation_state(sql, Keyrings(), organisation) if _sound(sql, organisation) else None
    except (BadAct, SealBroken):
        return None


def _sound(sql: Sql, scope: Id) -> bool:
    """Whether the parts of a scope are what their headers say: only then may they be read without a further look."""
    held = ((part, store.header_of(sql, part.act_id)[0]) for part in store.parts_in(sql, scope))
    return all(dict(header.parts).get(scope) == part.digest and _is_whole(part, header) for part, header in held)


def _header(encoded: bytes, signature: bytes) -> Header | None:
    try:
        return decode_header(encoded, signature)
    except BadAct:
        return None


def _columns(header: Header) -> tuple[Any, ...]:
    """The columns beside a header as they must be."""
    h = header
    return (h.act_id, h.kind, h.author, h.incarnation, h.index, h.hlc, h.parent)


class _Chain:
    """Where the chain of the device at hand stands; where it forked, every branch is followed."""

    def __init__(self) -> None:
        self._device = b""
        self._index = -1
        self._here: set[Id] = set()
        self._before: set[Id] = set()

    def take(self, header: Header) -> Words | None:
        """Count one act in, in the order of device and index; what is wrong with its place in the chain."""
        if header.incarnation != self._device:
            self._device, self._index, self._here = header.incarnation, -1, set()
        missing = header.index - self._index - 1
        if missing >= 0:
            self._before, self._here = (set() if missing else self._here), set()
        self._index = header.index
        self._here.add(header.act_id)
        if missing > 0:
            return ngettext("{count} act before it is missing", "{count} acts before it are missing", missing)
        follows = act_id_of(header.previous) in self._before if header.index else not header.previous
        return None if follows else _("it does not follow the act before it")


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
        same = decode_part(part.content, part.bodies, header)
        subjects = {subject for subject, _key, _digest in cbor2.loads(part.content)[6]}
    except BadAct:
        return False
    return same == part and part.incarnation == header.incarnation and subjects == part.bodies.keys()
