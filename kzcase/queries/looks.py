"""The read log as an auditor sees it: who looked at what, and whether the log is whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.keyrings import Keyrings
from kzcase.db.read_log import Opened, Place, ReadEntry, broken_links, head, opened
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Call
from kzcase.db.tables.organisation import Staff
from kzcase.db.take_in import organisation_state
from kzcase.domain.errors import Ambiguous, NotFound, NotSealedForYou
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.looks import Chain, Look, LookPage, LookRow, escaped
from kzcase.domain.permissions import Permission
from kzcase.keys.identity import signed_by
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.cases import case_named
from kzcase.queries.reach import kept_away

AT_ONCE: Final = 4_000
"""Entries opened for one page: opening each takes a tenth of a millisecond and more."""
Unseal = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class LooksWish:
    """Which entries: of one case, of one colleague (both by number, name or id), older than `before`.

    At most `most` that fit, looked for among at most `among`.
    """

    case: str = ""
    who: str = ""
    before: int | None = None
    most: int = 500
    among: int = AT_ONCE


def looks(reader: Reader, unseal: Unseal, wish: LooksWish) -> LookPage:
    """The latest entries that fit. An entry that does not open, or that its author did not sign, is shown as such."""
    reader.must_be_allowed(Permission.READ_LOG)
    sql = Sql.of(reader.session.connection())
    broken = broken_links(sql)
    laptops = sql.value("SELECT count(DISTINCT incarnation) FROM read_log")
    chain = Chain(not broken, head(sql).count, tuple(broken), max(laptops - 1, 0))
    case = case_named(reader, wish.case) if wish.case else None
    staff = _colleague(reader, wish.who) if wish.who else None
    faces = _Faces(reader, sql, frozenset(broken))
    found: list[LookRow] = []
    at = wish.before if wish.before is not None else chain.entries
    for looked, (index, incarnation, sealed) in enumerate(_entries(sql, at)):
        if looked >= wish.among or len(found) >= wish.most:
            return LookPage(tuple(found), index + 1, chain)
        entry = _opened(unseal, sealed, Place(reader.organisation, incarnation))
        if _fits(entry, case, staff):
            found.append(faces.row(index, entry))
    return LookPage(tuple(found), None, chain)


_INTO_CASES: Final = frozenset(
    {Look.CASE, Look.HISTORY, Look.SEALED_NOTE, Look.ATTACHMENT, Look.COPY, Look.PAPER, Look.EXPORT}
)


def cases_looked_at(reader: Reader, unseal: Unseal, staff: Id, first: datetime, last: datetime) -> frozenset[Id]:
    """The cases a colleague looked into on this laptop within a time. What cannot be opened says nothing."""
    reader.must_be_allowed(Permission.READ_LOG)
    return frozenset(
        entry.subject
        for entry in _every_entry(reader, unseal)
        if entry.staff_id == staff and entry.what in _INTO_CASES and first <= entry.at <= last
    )


def what_left(reader: Reader, unseal: Unseal) -> tuple[int, int, int]:
    """How many papers were made, how many copies of attachments and answers, how many lists, by this laptop's log."""
    reader.must_be_allowed(Permission.READ_LOG)
    found = [entry.what for entry in _every_entry(reader, unseal)]
    copies = found.count(Look.COPY) + found.count(Look.EXPORT)
    return found.count(Look.PAPER), copies, found.count(Look.LIST) + found.count(Look.TAKEN)


def _every_entry(reader: Reader, unseal: Unseal) -> Iterator[ReadEntry]:
    sql = Sql.of(reader.session.connection())
    for _index, incarnation, sealed in _entries(sql, head(sql).count):
        entry = _opened(unseal, sealed, Place(reader.organisation, incarnation))
        if entry is not None:
            yield entry.entry


def _entries(sql: Sql, before: int) -> Iterator[tuple[Any, ...]]:
    query = "SELECT index_in_chain, incarnation, sealed FROM read_log WHERE index_in_chain < ? ORDER BY 1 DESC"
    return sql.each(query, (before,))


def _opened(unseal: Unseal, sealed: bytes, place: Place) -> Opened | None:
    try:
        return opened(unseal(sealed), place)
    except (NotSealedForYou, ValueError):
        return None


def _fits(entry: Opened | None, case: Id | None, staff: Id | None) -> bool:
    """What cannot be opened fits everything: nobody is to hide an entry by spoiling it."""
    if entry is None:
        return True
    return case in (None, entry.entry.subject) and staff in (None, entry.entry.staff_id)


def _colleague(reader: Reader, who: str) -> Id:
    query = select(Staff.id).where((Staff.name == who) | (Staff.id == (from_hex(who) or b""))).limit(2)
    found = list(reader.session.scalars(query))
    if len(found) > 1:
        raise Ambiguous(place="who", what=who[:64])
    if not found:
        raise NotFound(place="who", what=who[:64])
    return found[0]


class _Faces:
    """Names and numbers to the ids of entries, and the keys that check who signed them."""

    def __init__(self, reader: Reader, sql: Sql, broken: frozenset[int]) -> None:
        self._reader, self._broken = reader, broken
        self._away = kept_away(reader) | calls_kept_away(reader)
        self._names: Mapping[Id, str] = {
            row.id: escaped(row.name or "") for row in reader.session.scalars(select(Staff))
        }
        state = organisation_state(sql, Keyrings(), reader.organisation)
        self._keys = {staff: state.keys_of(staff) for staff in state.claims}
        self._numbers: dict[Id, str | None] = {}

    def row(self, index: int, opened_entry: Opened | None) -> LookRow:
        """One entry; of a case the asker is kept away from only that somebody looked."""
        if opened_entry is None:
            return LookRow(index, None, "", "", "", None, None, "", "", self._doubt(index, "unreadable"))
        entry = opened_entry.entry
        away = entry.subject in self._away
        number, of_call = (None, None) if away else (self._number(entry.subject), self._number_of_call(entry.subject))
        return LookRow(
            index=index,
            at=entry.at,
            who=self._names.get(entry.staff_id, ""),
            staff=entry.staff_id.hex(),
            what=entry.what,
            case=entry.subject.hex() if number is not None else None,
            number=number or of_call,
            detail="" if away else entry.detail,
            reason=entry.reason,
            doubt=self._doubt(index, "" if self._signed(opened_entry) else "forged"),
            masked=frozenset({"case", "number", "detail"}) if away else frozenset(),
        )

    def _doubt(self, index: int, otherwise: str) -> str:
        return "chain" if index in self._broken else otherwise

    def _signed(self, found: Opened) -> bool:
        """A wrong passphrase is signed by whoever got in next; everything else by who looked."""
        who = found.entry.staff_id
        keys = self._keys.get(who, set()) if any(who) else set().union(*self._keys.values())
        return any(signed_by(key, found.signature, found.message) for key in keys)

    def _number(self, case: Id) -> str | None:
        if case not in self._numbers:
            row = self._reader.session.get(Case, case)
            self._numbers[case] = (row.number or "") if row is not None else None
        return self._numbers[case]

    def _number_of_call(self, call: Id) -> str | None:
        row = self._reader.session.get(Call, call)
        return row.number if row is not None and not row.struck else None
