"""How old somebody is and how long they may stay, as a card and a sheet show it: every number with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.ages import AgeRange
from kzcase.domain.papers import SheetHeader
from kzcase.domain.stay import ALLOWED, Counted, StayAnswer
from kzcase.i18n import Words, _, ngettext, verbatim

NOT_SEEN: Final = _("hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow:
    """How old somebody is today. `estimated`: from estimates, each grown older since; `until`: surely 18 from then."""

    ages: AgeRange | None
    minor: bool | None
    first: date | None = None
    sure: date | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRow:
    """How long somebody may stay. `answer` counts both ways side by side; `told` is a day a paper gave; `unknown`
    says why nothing can be counted. `lines` are the stays counted, as (from, until, under a permit)."""

    answer: StayAnswer | None = None
    told: date | None = None
    told_extended_by: str = ""
    unknown: Words | None = None
    cut: Words | None = None
    regime: Words | None = None
    lines: tuple[tuple[date, date | None, bool], ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last lawful day, when there is one."""
        return self.told or (self.answer.last_day if self.answer else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeAndStay:
    """Both of one person; None is what the asker may not see."""

    today: date
    age: AgeRow | None
    stay: StayRow | None


@dataclass(frozen=True, slots=True)
class StaySheet:
    """The stay calculation on paper: it names nobody."""

    header: SheetHeader
    today: date
    row: StayRow | None
    worker: str = ""


def age_lines(row: AgeRow | None) -> Iterator[Words]:
    """What is said of an age."""
    if row is None:
        yield NOT_SEEN
        return
    if row.ages is None:
        yield _("Nothing is known of the age.")
        return
    low, high = row.ages.low, row.ages.high
    yield _("{years} today", years=_years(low)) if low == high else _("{low}–{high} years today", low=low, high=high)
    if row.estimated:
        yield _("From an estimate, which has grown older since.")
    if row.minor and high >= 18:
        yield _("Perhaps 18 already: treated as a child while there is doubt.")
    elif row.minor:
        yield _("A child.")
    if row.minor and row.first is not None and row.sure is not None:
        if row.first == row.sure:
            yield _("18 on {date}.", date=row.first)
        else:
            yield _("18 between {first} and {last}.", first=row.first, last=row.sure)


def _years(count: int) -> Words:
    return ngettext("{count} year old", "{count} years old", count)


def stay_lines(row: StayRow | None, today: date) -> Iterator[Words]:
    """What is said of a stay: the last lawful day, both ways of counting, and what moved it."""
    if row is None:
        yield NOT_SEEN
        return
    if row.unknown is not None:
        yield row.unknown
        return
    if row.told is not None:
        if row.told < today:
            yield _("A paper allowed the stay until {date}.", date=row.told)
            yield _left(row.told, today)
        else:
            yield _("May stay until {date}, as a paper says.", date=row.told)
        if row.told_extended_by:
            yield _("Moved by a time of leave to stay: {source}.", source=verbatim(row.told_extended_by))
        return
    if row.answer is None:
        return
    if row.answer.last_day is not None:
        yield _("Last lawful day: {date}.", date=row.answer.last_day)
        yield _left(row.answer.last_day, today)
    elif row.answer.cut_by is None:
        yield _("A visa or permit governs this stay.")
    else:
        yield _("Not one day is left.")
    if row.cut is not None:
        yield _("What ends first: {rule}.", rule=row.cut)
    extended, before = row.answer.extended, row.answer.before
    if extended is not None and before is not None:
        source = verbatim(extended.source)
        yield _("Moved from {date} by a time of leave to stay: {source}.", date=before, source=source)


def _left(last: date, today: date) -> Words:
    days = (last - today).days + 1
    if days <= 0:
        return ngettext("Over for {count} day.", "Over for {count} days.", 1 - days)
    return ngettext("{count} day left, today included.", "{count} days left, today included.", days)


def both_ways(answer: StayAnswer) -> tuple[tuple[Words, Counted], ...]:
    """The two ways of counting, each with its name."""
    return (
        (_("90 days in any 180, counted back from today"), answer.rolling),
        (_("90 days in every 180, in blocks from the first entry"), answer.block),
    )


def counted_words(counted: Counted) -> Words:
    """One way of counting in one line."""
    used = _("{used} of {allowed} days used", used=counted.used, allowed=ALLOWED)
    if counted.last_day is None:
        return used
    return _("{used}, safe until {date}", used=used, date=counted.last_day)
