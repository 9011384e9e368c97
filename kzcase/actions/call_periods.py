"""Figures of calls: a quarter is closed once, and whatever leaves is entered in the same ledger as other summaries."""

from sqlalchemy import select

from kzcase.actions.last_release import ensure_may_close, next_release_number
from kzcase.actions.releases import ClosePeriod, ReleaseSummary
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import CallPeriod
from kzcase.db.tables.office import Release
from kzcase.domain.errors import NotFound, PeriodClosed
from kzcase.domain.ids import new_id
from kzcase.domain.periods import period_words


def close_call_period(book: Casebook, wish: ClosePeriod) -> Done:
    """Close a quarter: its protected file is stored once and never made again."""
    with book.write("call_period.closed") as act:
        if _period(act, wish.period) is not None:
            raise PeriodClosed(place="period", period=period_words(wish.period))
        ensure_may_close(book, act, wish.period)
        row = CallPeriod(id=new_id(), period=wish.period, closed_on=act.today, base=wish.base, key=wish.key)
        row.counted, row.protected_file = b"".join(sorted(wish.counted)), wish.protected_file
        row.fingerprint = wish.fingerprint
        act.add(row)
    return Done(act.id, act.changed, {"period": row.id})


def release_calls(book: Casebook, wish: ReleaseSummary) -> Done:
    """Enter figures of calls in the ledger; they stand as not approved until a second person signs."""
    with book.write("summary.released") as act:
        period = _period(act, wish.period)
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


def _period(act: Act, name: str) -> CallPeriod | None:
    return act.session.scalars(select(CallPeriod).where(CallPeriod.period == name)).first()
