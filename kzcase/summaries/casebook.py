"""From an open casebook to a protected summary: a period is closed once, then every summary of it is a sum.

`close_and_release` does it all in one go, for the command line. The window does the same in steps, so that a person
can look in between: `prepare` (reading and rounding, long), `close` (one act), `entered` (one act), `written` (files).
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeVar

from kzcase.actions.reading import record_look
from kzcase.actions.releases import ClosePeriod, ReleaseSummary, close_period, release_summary
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import ordered_table, table_label
from kzcase.disclosure.watch import Watch
from kzcase.domain.errors import AlreadyThere, BadSummary, CasebookDamaged, PeriodNotOver
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.periods import period_dates, period_words, periods_words
from kzcase.domain.permissions import Permission
from kzcase.i18n import Language, _
from kzcase.queries.periods import (
    ClosedPeriod,
    approved_fingerprints,
    closed_periods,
    one_person,
    waited_fingerprints,
)
from kzcase.queries.releases import people_to_count
from kzcase.summaries.facts import facts_of
from kzcase.summaries.files import ABOUT, CELLS, cells_csv, write_release
from kzcase.summaries.indicators import Indicators, standard
from kzcase.summaries.protecting import protect_period
from kzcase.summaries.release import Release, release_of
from kzcase.summaries.sealed import sealed, unsealed
from kzcase.summaries.spec import Spec

NOT_APPROVED: Final = "not approved"
ONE_PERSON, DELAYED = "one person", "delayed"


@dataclass(frozen=True, slots=True)
class Ready:
    """A summary worked out but not released: nothing has been written yet.

    `closing` is the wish that closes the period, or None where it (or all its parts) is closed already.
    """

    spec: Spec
    periods: tuple[Protected, ...]
    closing: ClosePeriod | None
    approved: bool
    """A second person has signed these very numbers."""
    alone: bool = False
    """Nobody else works here who could sign."""
    waited: bool = False
    """These very numbers were entered a day ago or earlier: where one is alone, that stands for a second signature."""

    def release(self) -> Release:
        """What recipients get; stamped until a second person has signed."""
        return release_of(self.periods, self.spec.tables, stamps=self.stamps(), title=self.spec.title)

    def indicators(self) -> Indicators:
        """What its categories are called."""
        return standard()

    def stored(self, reader: Reader) -> list[ClosedPeriod]:
        """Every closed period of the same kind."""
        return closed_periods(reader)

    def close(self, book: Casebook) -> None:
        """Close the period if it is to be closed. `PeriodClosed` if somebody was faster."""
        if self.closing is not None:
            close_period(book, self.closing)

    def enter(self, book: Casebook, wish: ReleaseSummary) -> Done:
        """Write a line of the ledger."""
        return release_summary(book, wish)

    def stamps(self) -> tuple[str, ...]:
        if self.approved:
            return ()
        if self.alone:
            return (ONE_PERSON, DELAYED) if self.waited else (NOT_APPROVED, ONE_PERSON)
        return (NOT_APPROVED,)


ReadyT = TypeVar("ReadyT", bound=Ready)


@dataclass(frozen=True, slots=True)
class Released:
    """What was entered in the ledger and written."""

    release: Id
    number: str
    periods: tuple[str, ...]
    closed: bool
    """This call closed the period."""
    stamps: tuple[str, ...]
    base: int
    bound: int
    people: int
    """The published, rounded total."""
    cells: int
    fingerprints: dict[str, str]

    def as_json(self, out_dir: Path) -> dict[str, object]:
        """The same for the command line, in the shape of a summary made from a file of cases."""
        return {
            "out": str(out_dir),
            "files": sorted(self.fingerprints),
            "fingerprints": self.fingerprints,
            "base": self.base,
            "bound": self.bound,
            "people": self.people,
            "cells": self.cells,
            "stamps": list(self.stamps),
            "notes": [],
            "release": self.release.hex(),
            "number": self.number,
            "periods": list(self.periods),
            "closed": self.closed,
        }


def close_and_release(
    book: Casebook,
    spec: Spec,
    out_dir: Path,
    *,
    language: Language,
    watch: Watch | None = None,
    replace_files: bool = False,
    early: bool = False,
) -> Released | None:
    """Close the period if it is not closed yet, enter the release in the ledger and write its files.

    None if the watch stopped it; then nothing was written. The files are stamped “not approved” until a second
    person has signed these numbers with `actions.releases.approve_release` (opening the casebook as themselves);
    called again after that, with `replace_files`, it writes the same numbers without the stamp and enters that too.
    `early` closes a period before its last day; demonstration casebooks always may. BadSummary, PeriodNotOver,
    CannotProtect, AlreadyThere, DiskTrouble, NotAllowed.
    """
    if (out_dir / ABOUT).exists() and not replace_files:
        raise AlreadyThere(out_dir.name)
    ready = prepare(book, spec, watch, early=early)
    if ready is None:
        return None
    ready.close(book)
    return released(book, ready, out_dir, language=language, replace_files=replace_files)


def prepare(
    book: Casebook, spec: Spec, watch: Watch | None = None, *, early: bool = False, lane: str = "long"
) -> Ready | None:
    """Everything up to the decision: the closed parts of the period, or a fresh rounding of it. Writes nothing but
    the entry in the read log, which comes first."""
    _refuse_what_does_not_belong(spec, demonstration=book.facts.demonstration)
    with book.read(lane) as reader:
        reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    record_look(book, Look.SUMMARY)
    with book.read(lane) as reader:
        stored = closed_periods(reader)
        parts = parts_of(spec.period, [one.period for one in stored])
        if parts:
            return _again(reader, spec, [one for one in stored if one.period in parts])
        start, end = period_dates(spec.period)
        if end >= reader.today and not (early or book.facts.demonstration):
            raise PeriodNotOver("period", period=period_words(spec.period), day=end + timedelta(days=1))
        people = people_to_count(reader, start, end)
        facts = facts_of(reader, people)
        earlier = [found for one in stored if (found := _same_year(one, spec, start)) is not None]
        alone = one_person(reader)
    key = spec.key or secrets.token_bytes(32)
    protected = protect_period(facts, spec.period, spec, key, earlier, watch)
    if protected is None:
        return None
    closing = ClosePeriod(
        period=spec.period,
        base=spec.base,
        key=key,
        counted=tuple(one.person for one in people),
        protected_file=sealed(protected).encode(),
        fingerprint=protected.fingerprint(),
    )
    return Ready(spec, (protected,), closing, approved=False, alone=alone)


def released(
    book: Casebook, ready: Ready, out_dir: Path, *, language: Language, replace_files: bool = False
) -> Released:
    """Write the files and enter them in the ledger; the period must be closed by now."""
    prints = written(book, ready, out_dir, language=language, replace_files=replace_files)
    try:
        return entered(book, ready, prints)
    except BaseException:
        take_back(out_dir)
        raise


def take_back(out_dir: Path) -> None:
    """What is not in the ledger was not released: without its description a folder is no release."""
    (out_dir / ABOUT).unlink(missing_ok=True)


def written(
    book: Casebook, ready: Ready, out_dir: Path, *, language: Language, replace_files: bool = False
) -> dict[str, str]:
    """Write the files of a release and give their fingerprints by name."""
    with book.read("long") as reader:
        today = reader.today
    return write_release(
        ready.release(),
        out_dir,
        language=language,
        printed_on=today,
        organisation=book.facts.organisation_name,
        indicators=ready.indicators(),
        demonstration=book.facts.demonstration,
        replace=replace_files,
    )


def entered(book: Casebook, ready: Ready, prints: dict[str, str]) -> Released:
    """Enter a release in the ledger with the fingerprints of its files (`cells.csv:…`)."""
    release = ready.release()
    said = [f"{name}:{digest}" for name, digest in sorted(prints.items())]
    if len(release.periods) > 1:
        said.insert(0, "sum:" + "+".join(release.periods))
    wish = ReleaseSummary(
        period=release.periods[-1],
        tables=tuple(table_label(table) for table in release.tables),
        fingerprints=tuple(said),
    )
    done = ready.enter(book, wish)
    return Released(
        release=done.ids["release"],
        number=done.number,
        periods=release.periods,
        closed=ready.closing is not None,
        stamps=release.stamps,
        base=release.base,
        bound=release.bound,
        people=release.counts[()],
        cells=len(release.counts),
        fingerprints=prints,
    )


def parts_of(period: str, closed: Iterable[str]) -> tuple[str, ...]:
    """The closed periods that make up a wished one: itself, or parts without a gap; none if nothing is closed yet.

    BadSummary if it lies inside a longer closed period, or if only some of it is closed.
    """
    start, end = period_dates(period)
    spans = {name: period_dates(name) for name in closed}
    inside = [name for name, (first, last) in spans.items() if start <= first and last <= end]
    inside.sort(key=lambda name: spans[name])
    for name, (first, last) in spans.items():
        if name not in inside and first <= end and last >= start:
            raise BadSummary(
                "period", why=_("it is part of {period}, which is closed as a whole.", period=period_words(name))
            )
    if not inside:
        return ()
    following = start
    for name in inside:
        if spans[name][0] != following:
            break
        following = spans[name][1] + timedelta(days=1)
    if following != end + timedelta(days=1):
        said = periods_words(inside)
        why = _("only parts of it are closed ({periods}). Close the rest part by part, then add them up.", periods=said)
        raise BadSummary("period", why=why)
    return tuple(inside)


def _again(reader: Reader, spec: Spec, stored: Sequence[ClosedPeriod]) -> Ready:
    """A closed period, or several, published once more: only sums of what is stored, never a new rounding."""
    for one in stored:
        if one.base != spec.base:
            raise BadSummary("base", why=_("the period {period} is closed with base {base}.", **_of(one)))
    ready = Ready(spec, tuple(read_back(one) for one in stored), None, approved=False, alone=one_person(reader))
    return signed_or_waited(reader, ready)


def signed_or_waited(reader: Reader, ready: ReadyT) -> ReadyT:
    """What is published once more, with what the ledger says of these very numbers."""
    cells = f"{CELLS}:{hashlib.sha256(cells_csv(ready.release())).hexdigest()}"
    signed, waited = cells in approved_fingerprints(reader), cells in waited_fingerprints(reader)
    return replace(ready, approved=signed, waited=waited)


def _of(one: ClosedPeriod) -> dict[str, object]:
    return {"period": period_words(one.period), "base": one.base}


def read_back(one: ClosedPeriod) -> Protected:
    """The protected period as it was stored; CasebookDamaged if it is not what was sealed."""
    found = unsealed(one.sealed)
    if found.fingerprint() != one.fingerprint:
        raise CasebookDamaged(part="releases")
    return found


def _same_year(one: ClosedPeriod, spec: Spec, start: date) -> Protected | None:
    """An earlier period of the same year, whose errors are balanced so that the year's sums stay within the bound."""
    first, last = period_dates(one.period)
    if first.year != start.year or last >= start or one.base != spec.base:
        return None
    found = read_back(one)
    return found if found.codebook == standard().codebook else None


def _refuse_what_does_not_belong(spec: Spec, *, demonstration: bool) -> None:
    """A casebook has its own codebook, and its rounding must not be repeatable."""
    if not spec.period:
        raise BadSummary("period", why=_("write which period, as 2026-Q3."))
    if spec.key is not None and not demonstration:
        raise BadSummary("key_hex", why=_("a key may only be given for a demonstration casebook."))
    for name in ("incident", "codebook", "within", "never"):
        if getattr(spec, name):
            raise BadSummary(name, why=_("this is for files of cases; a casebook has a codebook of its own."))
    must_be_frozen(spec.tables, standard())


def must_be_frozen(tables: Sequence[Sequence[str]], known: Indicators) -> None:
    """Refuse a table that is none of the period's, however few or many dimensions it has."""
    for number, names in enumerate(tables, 1):
        table = ordered_table(names, known.codebook)
        if len(table) != len(names) or table not in known.tables:
            said = "; ".join(table_label(frozen) for frozen in known.tables)
            why = _("this is not one of the period's frozen tables. They are: {known}.", known=said)
            raise BadSummary(f"tables[{number}]", why=why)
