"""Whether another signal may be about the same crime: two callers tell of one house, and one of us has passed it on.

Told are the number of the earlier signal, its unit, who of us passed it on and when: who has to be asked. Never the
call or the case it came from, nor a word of what was told there.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CrimeSignal
from kzcase.db.tables.office import Call
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line import digits_of
from kzcase.domain.line_rows import SharedSignal
from kzcase.domain.permissions import Permission
from kzcase.domain.spelling import fold_word, words_of
from kzcase.queries.call_reach import call_must_be_there, calls_kept_away, cases_of_calls
from kzcase.queries.case_page import name_of

LOOKED_BACK: Final = timedelta(days=90)
"""So long a place or a caller's number speaks for the same crime."""
_MOST: Final = 2_000
_SHORTEST: Final = 3
_STEM, _ENDING = 4, 3
_TOGETHER: Final = 2
"""So many words of a place in common make it one."""
_ANYWHERE: Final = frozenset(
    map(
        fold_word,
        (
            *("облысы", "қаласы", "ауданы", "ауылы", "көшесі", "даңғылы", "үй", "шағынаудан"),
            *("область", "город", "район", "село", "посёлок", "улица", "проспект", "дом", "микрорайон"),
            *("region", "city", "district", "village", "street", "avenue", "house"),
        ),
    )
)
"""Words that stand in addresses everywhere."""


def shared_signals(reader: Reader, signal: str) -> tuple[SharedSignal, ...]:
    """The other signals that may be about the same crime as this one, the earliest first."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(CrimeSignal, from_hex(signal) or b"")
    if row is None or row.struck:
        raise NotFound(place="signal", what=signal[:64])
    call_must_be_there(reader, row.call_id, signal, "signal")
    return tuple(shared_with(reader, row))


def shared_with(reader: Reader, row: CrimeSignal) -> Iterator[SharedSignal]:
    """The same inside an act; what the asker is kept away from is not among them."""
    there = (CrimeSignal.struck.is_not(True), CrimeSignal.id != row.id)
    theirs = CrimeSignal.call_id.not_in(calls_kept_away(reader))
    since = (CrimeSignal.made_at >= reader.now - LOOKED_BACK) | (CrimeSignal.call_id == row.call_id)
    query = select(CrimeSignal).where(*there, theirs, since).order_by(CrimeSignal.made_at.desc()).limit(_MOST)
    others = reader.session.scalars(query).all()
    same = _same_people(reader, row, others)
    place = _words(row.place)
    for other in reversed(others):
        if other.call_id in same or _same_place(place, _words(other.place)):
            yield SharedSignal(
                number=other.number or "",
                unit=other.unit or "",
                by=name_of(reader, other.sent_by or other.author_id),
                sent_at=other.sent_at,
                received=other.acknowledged_at is not None,
            )


def _same_people(reader: Reader, row: CrimeSignal, others: Iterable[CrimeSignal]) -> frozenset[Id]:
    """The calls that are this one, that share a case with it, or that came from the same number."""
    calls = {each.call_id for each in (row, *others) if each.call_id}
    rows = reader.session.execute(select(Call.id, Call.phone).where(Call.id.in_(calls)))
    numbers: dict[Id, str | None] = dict(iter(rows))
    cases, mine = cases_of_calls(reader, calls), row.call_id or b""
    number, own = digits_of(numbers.get(mine)), cases.get(mine, frozenset())
    return frozenset(
        call
        for call in calls
        if call == mine or own & cases.get(call, frozenset()) or (number and digits_of(numbers.get(call)) == number)
    )


def _words(place: str | None) -> frozenset[str]:
    """The words of a place as the search spells them, whatever their language; house numbers count as well."""
    found = (fold_word(word) for word in words_of(place or "") if len(word) >= _SHORTEST or word.isdigit())
    return frozenset(found) - _ANYWHERE - {""}


def _same_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places are probably one; a town alone is none."""
    if len(one) < _TOGETHER or len(other) < _TOGETHER:
        return bool(one) and one == other
    return sum(any(_same_word(word, each) for each in other) for word in one) >= _TOGETHER


def _same_word(one: str, other: str) -> bool:
    """Whether two folded words are one, whatever the ending of its case; numbers are as they are."""
    short, long = sorted((one, other), key=len)
    bends = len(short) >= _STEM and not short.isdigit() and len(long) - len(short) <= _ENDING
    return one == other or (bends and long.startswith(short))
