"""Releases: a period of cases or calls is closed once, and every summary that leaves is entered in one ledger."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from kzcase.actions.last_release import ensure_may_close, next_release_number
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import CallPeriod
from kzcase.db.tables.office import ProtectedPeriod, Release
from kzcase.domain.errors import NotFound, PeriodClosed, SameApprover
from kzcase.domain.ids import Id, new_id
from kzcase.domain.periods import period_words

Closed = TypeVar("Closed", ProtectedPeriod, CallPeriod)


@dataclass(frozen=True, slots=True)
class ClosePeriod:
    """A period with its protected file: what every published number of it will be a sum of."""

    period: str
    base: int
    key: bytes
    counted: tuple[Id, ...]
    protected_file: bytes
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A summary of a closed period that leaves the casebook."""

    period: str
    tables: tuple[str, ...]
    fingerprints: tuple[str, ...]


def close_period(book: Casebook, wish: ClosePeriod) -> Done:
    """Close a period of cases: its protected file is stored once and never made again."""
    return _close(book, wish, "period.closed", ProtectedPeriod)


def close_call_period(book: Casebook, wish: ClosePeriod) -> Done:
    """Close a quarter of calls: its protected file is stored once and never made again."""
    return _close(book, wish, "call_period.closed", CallPeriod)


def release_summary(book: Casebook, wish: ReleaseSummary) -> Done:
    """Enter a summary of cases in the ledger; it stands as not approved until a second person signs."""
    return _release(book, wish, ProtectedPeriod)


def release_calls(book: Casebook, wish: ReleaseSummary) -> Done:
    """Enter figures of calls in the same ledger; they too wait for a second person."""
    return _release(book, wish, CallPeriod)


def approve_release(book: Casebook, release: Id) -> Done:
    """A second person signs a release."""
    with book.write("summary.approved") as act:
        row = act.session.get(Release, release)
        if row is None:
            raise NotFound(place="release", what=release.hex())
        if row.released_by == act.acting.staff_id:
            raise SameApprover(place="release")
        row.approved_by, row.approved_on = act.acting.staff_id, act.today
    return Done(act.id, act.changed, {"release": release})


def _close(book: Casebook, wish: ClosePeriod, kind: str, table: type[Closed]) -> Done:
    with book.write(kind) as act:
        if _period(act, wish.period, table) is not None:
            raise PeriodClosed(place="period", period=period_words(wish.period))
        ensure_may_close(book, act, wish.period)
        row = table(id=new_id(), period=wish.period, closed_on=act.today, base=wish.base, key=wish.key)
        row.counted, row.protected_file = b"".join(sorted(wish.counted)), wish.protected_file
        row.fingerprint = wish.fingerprint
        act.add(row)
    return Done(act.id, act.changed, {"period": row.id})


def _release(book: Casebook, wish: ReleaseSummary, table: type[Closed]) -> Done:
    with book.write("summary.released") as act:
        period = _period(act, wish.period, table)
        if period is None:
            raise NotFound(place="period", what=wish.period)
        row = act.add(
            Release(
                period_id=period.id,
                number=next_release_number(book, act),
                tables=" ".join(wish.tables),
                fingerprints=" ".join(wish.fingerprints),
                released_by=act.acting.staff_id,
                released_on=act.today,
                released_at=act.now,
            )
        )
    return Done(act.id, act.changed, {"release": row.id}, str(row.number))


def _period(act: Act, name: str, table: type[Closed]) -> Closed | None:
    return act.session.scalars(select(table).where(table.period == name)).first()
