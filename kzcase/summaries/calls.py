"""From calls to a protected summary: a quarter is closed once, then everything that leaves is a sum of its file."""

import re
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any, Final

from kzcase import paths
from kzcase.actions.reading import record_look
from kzcase.actions.releases import ClosePeriod, ReleaseSummary, close_call_period, release_calls
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.disclosure.engine import protect
from kzcase.disclosure.frame import frame_of
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import ordered_table
from kzcase.disclosure.watch import Watch
from kzcase.domain.errors import BadSummary, BrokenDefinition, PeriodNotOver
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.periods import period_dates, period_words
from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGES, Language, _
from kzcase.queries.call_periods import CountedCall, calls_to_count, closed_call_periods, first_call
from kzcase.queries.periods import ClosedPeriod, one_person
from kzcase.summaries.casebook import Ready, must_be_frozen, read_back, signed_or_waited
from kzcase.summaries.checking import YEARS_SHOWN, PeriodChoice, period_choice
from kzcase.summaries.cubes import coded, true_counts
from kzcase.summaries.indicators import Indicators
from kzcase.summaries.release import Release, release_of
from kzcase.summaries.sealed import sealed
from kzcase.summaries.spec import Spec

CALLS: Final = _("Calls")
IN_ALL: Final = _("Calls in all, rounded")
TITLE: Final = _("Calls to the helpline")
GUARANTEE: Final = _(
    "Every number we publish may differ from the truth by up to {bound} calls; all tables and all later reports are "
    "built from the same sealed rounded file. Of one known caller at most {bound} calls a quarter are counted, so "
    "nobody can prove from our reports that a particular person called us or what they asked."
)
FOOTNOTE: Final = _(
    "Numbers of calls are rounded to {base} and may differ from the real ones by up to {bound}; tables add up."
)
_QUARTER: Final = re.compile(r"\d{4}-Q[1-4]")


@cache
def call_indicators() -> Indicators:
    """The codebook of calls that ships with the program. `BrokenDefinition` when it cannot be used."""
    try:
        said = tomllib.loads(paths.resources("indicators", "calls.toml").read_text(encoding="utf-8"))
        variables = tuple(Variable(one["name"], tuple(own["code"] for own in one["own"])) for one in said["variables"])
        codebook = Codebook(variables, (), said["version"])
        return Indicators(
            codebook,
            tuple(ordered_table(table, codebook) for table in said["tables"]),
            {key: label for one in said["variables"] for key, label in _labels(one)},
            {one["name"]: _counts_as(one) for one in said["variables"]},
            {one["name"]: one["otherwise"] for one in said["variables"]},
            {},
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BrokenDefinition("indicators/calls.toml", why=_("it cannot be read")) from error


def _counts_as(one: Mapping[str, Any]) -> dict[str, str]:
    """Code → the category it counts as, the gravest first: the order of the file."""
    return {code: category for category, codes in one.get("counts", {}).items() for code in codes}


def _labels(one: Mapping[str, Any]) -> list[tuple[str, dict[Language, str]]]:
    own = [(f"{one['name']}={entry['code']}", {each: entry[each] for each in LANGUAGES}) for entry in one["own"]]
    return [(one["name"], dict(one["label"])), *own]


def fact_of(call: CountedCall, macro: str) -> dict[str, str]:
    """The categories of one call."""
    known = call_indicators()
    topics = [known.counts_as["topic"].get(topic, "other") for topic in call.topics] or ["other"]
    order = known.codebook.categories("topic")
    said = {
        "topic": min(topics, key=order.index),
        "language": call.language,
        "macro": macro,
        "month": str((call.on.month - 1) % 3 + 1),
        "outcome": known.counts_as["outcome"].get(call.outcome, call.outcome),
    }
    return {name: value if value in known.codebook.categories(name) else known.otherwise[name]
            for name, value in said.items()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadyCalls(Ready):
    """Figures of one quarter of calls, worked out; nothing is written yet."""

    def release(self) -> Release:
        """What recipients get; it speaks of calls, not of people."""
        made = release_of(self.periods, self.spec.tables, stamps=self.stamps(), title=self.spec.title)
        return replace(made, unit=CALLS, in_all=IN_ALL, heading=TITLE, guarantee=GUARANTEE, footnote=FOOTNOTE)

    def indicators(self) -> Indicators:
        """What the categories of calls are called."""
        return call_indicators()

    def stored(self, reader: Reader) -> list[ClosedPeriod]:
        """Every closed quarter of calls."""
        return closed_call_periods(reader)

    def close(self, book: Casebook) -> None:
        """Close the quarter if it is to be closed."""
        if self.closing is not None:
            close_call_period(book, self.closing)

    def enter(self, book: Casebook, wish: ReleaseSummary) -> Done:
        """Write a line of the ledger."""
        return release_calls(book, wish)


def prepare_calls(book: Casebook, spec: Spec, watch: Watch | None = None, *, early: bool = False) -> ReadyCalls | None:
    """The closed quarter as it was stored, or a fresh rounding of an open one. The look is entered first.

    None if the watch stopped it. TooFewPeople, CannotProtect, PeriodNotOver, BadSummary.
    """
    if not _QUARTER.fullmatch(spec.period):
        raise BadSummary("period", why=_("calls are counted by quarters, as 2026-Q3."))
    with book.read("long") as reader:
        reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    must_be_frozen(spec.tables, call_indicators())
    record_look(book, Look.SUMMARY)
    with book.read("long") as reader:
        alone = one_person(reader)
        stored = next((one for one in closed_call_periods(reader) if one.period == spec.period), None)
        if stored is not None:
            kept = replace(spec, base=stored.base)
            return signed_or_waited(reader, ReadyCalls(kept, (read_back(stored),), None, approved=False, alone=alone))
        facts, counted = _facts_of(reader, book, spec, early=early)
    key = secrets.token_bytes(32)
    protected = _protected(facts, spec, key, watch)
    if protected is None:
        return None
    file = sealed(protected).encode()
    closing = ClosePeriod(spec.period, spec.base, key, counted, file, protected.fingerprint())
    return ReadyCalls(spec, (protected,), closing, approved=False, alone=alone)


def _facts_of(
    reader: Reader, book: Casebook, spec: Spec, *, early: bool
) -> tuple[list[dict[str, str]], tuple[Id, ...]]:
    """(the facts of every call that counts, every call that is counted now and never again)."""
    start, end = period_dates(spec.period)
    if end >= reader.today and not (early or book.facts.demonstration):
        raise PeriodNotOver("period", period=period_words(spec.period), day=end + timedelta(days=1))
    calls = calls_to_count(reader, start, end, spec.base - 1)
    regions = reader.rulebook.list("region")
    facts = [fact_of(call, _macro(regions, call.region)) for call in calls if not call.beyond]
    return facts, tuple(call.call for call in calls)


def _macro(regions: Any, region: str) -> str:
    found = regions.get(region) if region else None
    return str(found.attribute("macro")) if found is not None else ""


def _protected(facts: Sequence[Mapping[str, str]], spec: Spec, key: bytes, watch: Watch | None) -> Protected | None:
    known = call_indicators()
    columns = {name: [fact[name] for fact in facts] for name in known.codebook.names()}
    counts = true_counts(coded(columns, known.codebook), known.codebook, known.tables)
    frame = frame_of(known.codebook, known.tables)
    return protect(counts, frame, base=spec.base, key=key, period=spec.period, watch=watch)


def call_period_choices(reader: Reader) -> list[PeriodChoice]:
    """The quarters since the first call, the latest first; at most three years back."""
    stored, today = closed_call_periods(reader), reader.today
    begun = first_call(reader) or today
    years = range(today.year, max(begun.year, today.year - YEARS_SHOWN + 1) - 1, -1)
    names = [f"{year}-Q{quarter}" for year in years for quarter in (4, 3, 2, 1)]
    spans = [(name, *period_dates(name)) for name in names]
    return [period_choice(name, end, stored, today) for name, start, end in spans if end >= begun and start <= today]
