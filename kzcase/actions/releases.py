"""Releases: a reporting period is closed once, and every summary that leaves is entered in the ledger."""

from dataclasses import dataclass

from sqlalchemy import select

from kzcase.actions.last_release import ensure_may_close, next_release_number
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.office import ProtectedPeriod, Release
from kzcase.domain.errors import NotFound, PeriodClosed, SameApprover
from kzcase.domain.ids import Id, new_id
from kzcase.domain.periods import period_words


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
    """Close a period: its protected file is stored once and never made again."""
    with book.write("period.closed") as act:
        if _period(act, wish.period) is not None:
            raise PeriodClosed(place="period", period=period_words(wish.period))
        ensure_may_close(book, act, wish.period)
        row = act.add(
            ProtectedPeriod(
                id=new_id(),
                period=wish.period,
                closed_on=act.today,
                base=wish.base,
                key=wish.key,
                counted=b"".join(sorted(wish.counted)),
                protected_file=wish.protected_file,
                fingerprint=wish.fingerprint,
            )
        )
    return Done(act.id, act.changed, {"period": row.id})


def release_summary(book: Casebook, wish: ReleaseSummary) -> Done:
    """Enter a release in the ledger; it stands as not approved until a second person signs."""
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


def _period(act: Act, name: str) -> ProtectedPeriod | None:
    return act.session.scalars(select(ProtectedPeriod).where(ProtectedPeriod.period == name)).first()
