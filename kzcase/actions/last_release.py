"""The last release number: what a restored or copied casebook must be told before it closes a period or releases."""

from dataclasses import replace

from sqlalchemy import func, select

from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.sql import Sql
from kzcase.db.standing import save_standing
from kzcase.db.tables.office import Release
from kzcase.domain.errors import LastReleaseUnknown, PeriodPerhapsClosed, ReleaseNumberTooLow, ReleasesKnown
from kzcase.domain.periods import period_dates
from kzcase.domain.permissions import Permission


def enter_last_release(book: Casebook, number: int) -> bool:
    """Say which summary was the last that left; whether this copy has all of them, so that nothing is blocked now.

    `ReleaseNumberTooLow` when a higher one is known, `ReleasesKnown` when this copy is sure already.
    """
    with book.read() as reader:
        reader.must_be_allowed(Permission.MAKE_SUMMARIES)
        highest = _highest(reader)
    standing = book.standing
    if standing is None:
        raise ReleasesKnown
    known = max(standing.releases, highest)
    if number < known:
        raise ReleaseNumberTooLow("number", known=known)
    settled = None if number == highest else replace(standing, needed=number)
    with book.local() as session:
        save_standing(Sql.of(session.connection()), settled)
    book.standing = settled
    return settled is None


def ensure_may_close(book: Casebook, act: Act, period: str) -> None:
    """A period that may have been published from a copy that was lost is not published a second time."""
    standing = book.standing
    if standing is None:
        return
    if standing.needed is None:
        raise LastReleaseUnknown(place="period")
    if standing.blocks(_highest(act), period_dates(period)[1]):
        raise PeriodPerhapsClosed(place="period")


def next_release_number(book: Casebook, act: Act) -> int:
    """One more than the last that is known to have left, here or in a copy that was lost."""
    needed = book.standing.needed if book.standing is not None else 0
    if needed is None:
        raise LastReleaseUnknown(place="release")
    return 1 + max(_highest(act), needed)


def _highest(reader: Reader) -> int:
    return reader.session.scalar(select(func.max(Release.number))) or 0
