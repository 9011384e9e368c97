"""A summary looked at before it leaves: which periods there are, what recipients see, what an attacker could learn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.disclosure.attacker import Published, attack
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import Cell, Table
from kzcase.disclosure.watch import Watch
from kzcase.domain.errors import BadSummary
from kzcase.domain.periods import period_dates
from kzcase.i18n import Words
from kzcase.queries.periods import closed_periods
from kzcase.queries.releases import first_case
from kzcase.summaries.casebook import Ready, parts_of, read_back
from kzcase.summaries.release import Release, release_of

YEARS_SHOWN: Final = 3
State = Literal["closed", "over", "running", "partly"]


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """One reporting period: closed (itself or all its parts), over but open, still running, or not to be had (why)."""

    period: str
    state: State
    closes_on: date
    """From this day on it may be closed."""
    closed_on: date | None = None
    base: int | None = None
    why: Words | None = None


def period_choices(reader: Reader) -> list[PeriodChoice]:
    """The periods since the first case, the latest first; at most three years back."""
    stored = closed_periods(reader)
    begun = first_case(reader) or reader.today
    start = max(begun.year, reader.today.year - YEARS_SHOWN + 1)
    names = [name for year in range(reader.today.year, start - 1, -1) for name in _periods_of(year)]
    found = []
    for name in names:
        first, last = period_dates(name)
        if last >= begun and first <= reader.today:
            found.append(period_choice(name, last, stored, reader.today))
    return found


def _periods_of(year: int) -> tuple[str, ...]:
    return (f"{year}-Q4", f"{year}-Q3", f"{year}-H2", f"{year}-Q2", f"{year}-Q1", f"{year}-H1", f"{year}")


def period_choice(name: str, last: date, stored: Sequence[Any], today: date) -> PeriodChoice:
    """How one period stands."""
    after = last + timedelta(days=1)
    by_name = {one.period: one for one in stored}
    try:
        parts = parts_of(name, by_name)
    except BadSummary as error:
        why = error.facts.get("why")
        return PeriodChoice(name, "partly", after, why=why if isinstance(why, Words) else None)
    if parts:
        last_closed = max((by_name[part].closed_on for part in parts if by_name[part].closed_on), default=None)
        return PeriodChoice(name, "closed", after, last_closed, by_name[parts[0]].base)
    return PeriodChoice(name, "over" if last < today else "running", after)


@dataclass(frozen=True, slots=True)
class CellCheck:
    """One number before and after. The true one is for the screen of authorised staff only."""

    table: Table
    cell: Cell
    true: int
    shown: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Live results of looking at a summary: never text made up beforehand."""

    cells: tuple[CellCheck, ...]
    hidden: int
    """How many small numbers “hide what is below the base” would hide."""
    learned: int
    """How many of those an attacker would learn exactly all the same."""
    attacked: int
    exposed: int
    """How many protected numbers can be made more exact, over this summary and earlier ones together."""
    earlier: int
    mean_error: float
    largest_error: int
    people_true: int
    people_shown: int
    bound: int
    """How far a shown number may be from the truth."""

    @property
    def safe(self) -> bool:
        """Nothing gave way."""
        return self.exposed == 0


def true_counts_of(periods: Sequence[Protected]) -> dict[Cell, int]:
    """What was rounded: published minus drift, summed over periods. Never leaves the house."""
    total: dict[Cell, int] = {}
    for one in periods:
        for cell, count in one.counts.items():
            total[cell] = total.get(cell, 0) + count - one.drift.get(cell, 0)
    return total


def check(book: Casebook, ready: Ready, watch: Watch) -> Checked | None:
    """Attack the summary as an outsider would, without protection and with it, together with every closed period of
    the same codebook. None if the watch stopped it."""
    release, truth = ready.release(), true_counts_of(ready.periods)
    unprotected = attack([naive(release, truth)], watch=watch)
    if unprotected is None:
        return None
    earlier = _earlier(book, ready)
    protected = attack([release.published(), *(one.published() for one in earlier)], quick=True, watch=watch)
    if protected is None:
        return None
    cells = tuple(_cells(release, truth))
    errors = [abs(one.shown - one.true) for one in cells]
    hidden = sum(count is None for count in naive(release, truth).counts.values())
    return Checked(
        cells=cells,
        hidden=hidden,
        learned=sum(one.low == one.high for one in unprotected.exposed),
        attacked=protected.cells,
        exposed=len(protected.exposed),
        earlier=len(earlier),
        mean_error=sum(errors) / max(len(errors), 1),
        largest_error=max(errors, default=0),
        people_true=truth[()],
        people_shown=release.counts[()],
        bound=release.bound,
    )


def naive(release: Release, truth: Mapping[Cell, int]) -> Published:
    """The same tables as many offices publish them: true numbers, those below the base hidden."""
    shown = {cell: None if 0 < truth[cell] < release.base else truth[cell] for cell in release.counts}
    return Published(release.codebook, release.tables, shown, release.base, 0, ("",), hidden=(1, release.base - 1))


def _earlier(book: Casebook, ready: Ready) -> list[Release]:
    """What could have been published before: every closed period with the same codebook and base."""
    own, first = {one.period for one in ready.periods}, ready.periods[0]
    with book.read("long") as reader:
        stored = [read_back(one) for one in ready.stored(reader) if one.period not in own]
    return [release_of([one]) for one in stored if (one.codebook, one.base) == (first.codebook, first.base)]


def _cells(release: Release, truth: Mapping[Cell, int]) -> Iterable[CellCheck]:
    for table in release.tables:
        names = set(table)
        for cell, shown in release.counts.items():
            if {name for name, _category in cell} == names:
                yield CellCheck(table, cell, truth[cell], shown)
