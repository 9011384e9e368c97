"""From calls to a protected summary: a quarter is closed once, then everything that leaves is a sum of its file."""

import hashlib
import re
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from kzcase import paths
from kzcase.actions.call_periods import close_call_period, release_calls
from kzcase.actions.reading import record_look
from kzcase.actions.releases import ClosePeriod, ReleaseSummary
from kzcase.db.casebook import Casebook
from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.disclosure.engine import protect
from kzcase.disclosure.frame import frame_of
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import ordered_table, table_label
from kzcase.domain.errors import BadSummary, BrokenDefinition, PeriodNotOver
from kzcase.domain.looks import Look
from kzcase.domain.periods import period_dates, period_words
from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGES, Language, _
from kzcase.queries.call_periods import CountedCall, calls_to_count, closed_call_periods
from kzcase.queries.periods import approved_fingerprints, one_person
from kzcase.summaries.casebook import NOT_APPROVED, ONE_PERSON, read_back
from kzcase.summaries.cubes import coded, true_counts
from kzcase.summaries.files import ABOUT, CELLS, cells_csv, write_release
from kzcase.summaries.indicators import Indicators
from kzcase.summaries.release import Release, release_of
from kzcase.summaries.sealed import sealed

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
class CallFigures:
    """Figures of one quarter, worked out; nothing is written yet. `closing`: the wish that closes it, if it is open."""

    protected: Protected
    closing: ClosePeriod | None
    tables: tuple[tuple[str, ...], ...]
    stamps: tuple[str, ...]

    def release(self) -> Release:
        """What recipients get."""
        made = release_of([self.protected], self.tables, stamps=self.stamps)
        words = (_("Calls"), _("Calls in all, rounded"), TITLE)
        unit, in_all, heading = words
        return replace(made, unit=unit, in_all=in_all, heading=heading, guarantee=GUARANTEE, footnote=FOOTNOTE)


def prepare_calls(
    book: Casebook, period: str, tables: Sequence[Sequence[str]] = (), *, base: int = 5, early: bool = False
) -> CallFigures | None:
    """The closed quarter as it was stored, or a fresh rounding of an open one. The look is entered first.

    TooFewPeople, CannotProtect, PeriodNotOver, BadSummary.
    """
    if not _QUARTER.fullmatch(period):
        raise BadSummary("period", why=_("calls are counted by quarters, as 2026-Q3."))
    chosen = tuple(tuple(table) for table in tables)
    with book.read("long") as reader:
        reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    record_look(book, Look.SUMMARY)
    with book.read("long") as reader:
        alone = one_person(reader)
        stored = next((one for one in closed_call_periods(reader) if one.period == period), None)
        if stored is not None:
            return _again(read_back(stored), chosen, approved_fingerprints(reader), alone=alone)
        start, end = period_dates(period)
        if end >= reader.today and not (early or book.facts.demonstration):
            raise PeriodNotOver("period", period=period_words(period), day=end + timedelta(days=1))
        calls = calls_to_count(reader, start, end, base - 1)
        regions = reader.rulebook.list("region")
        facts = [fact_of(call, _macro(regions, call.region)) for call in calls if not call.beyond]
    key = secrets.token_bytes(32)
    protected = _protected(facts, period, base, key)
    if protected is None:
        return None
    counted, file = tuple(call.call for call in calls), sealed(protected).encode()
    closing = ClosePeriod(period, base, key, counted, file, protected.fingerprint())
    return CallFigures(protected, closing, chosen, _stamps(alone=alone))


def _macro(regions: Any, region: str) -> str:
    found = regions.get(region) if region else None
    return str(found.attribute("macro")) if found is not None else ""


def _protected(facts: Sequence[Mapping[str, str]], period: str, base: int, key: bytes) -> Protected | None:
    known = call_indicators()
    columns = {name: [fact[name] for fact in facts] for name in known.codebook.names()}
    counts = true_counts(coded(columns, known.codebook), known.codebook, known.tables)
    return protect(counts, frame_of(known.codebook, known.tables), base=base, key=key, period=period)


def _again(protected: Protected, tables: tuple[tuple[str, ...], ...], signed: set[str], *, alone: bool) -> CallFigures:
    figures = CallFigures(protected, None, tables, _stamps(alone=alone))
    cells = f"{CELLS}:{hashlib.sha256(cells_csv(figures.release())).hexdigest()}"
    return replace(figures, stamps=()) if cells in signed else figures


def _stamps(*, alone: bool) -> tuple[str, ...]:
    return (NOT_APPROVED, ONE_PERSON) if alone else (NOT_APPROVED,)


def release_call_figures(
    book: Casebook, figures: CallFigures, out_dir: Path, *, language: Language, again: bool = False
) -> tuple[bytes, dict[str, str]]:
    """Close the quarter if it is open, write the files and enter them in the ledger: (release id, fingerprints)."""
    if figures.closing is not None:
        close_call_period(book, figures.closing)
    release = figures.release()
    with book.read("long") as reader:
        today = reader.today
    prints = write_release(
        release,
        out_dir,
        language=language,
        printed_on=today,
        organisation=book.facts.organisation_name,
        indicators=call_indicators(),
        demonstration=book.facts.demonstration,
        replace=again,
    )
    said = tuple(f"{name}:{digest}" for name, digest in sorted(prints.items()))
    tables = tuple(table_label(table) for table in release.tables)
    entered = False
    try:
        done = release_calls(book, ReleaseSummary(figures.protected.period, tables, said))
        entered = True
    finally:
        if not entered:  # what is not in the ledger was not released
            (out_dir / ABOUT).unlink(missing_ok=True)
    return done.ids["release"], prints
