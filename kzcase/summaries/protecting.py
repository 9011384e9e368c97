"""From people to protected periods: the only place where true counts are made for a summary."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.disclosure.engine import FEWEST, protect
from kzcase.disclosure.frame import Frame, frame_of
from kzcase.disclosure.incidents import refuse_events
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import ordered_table
from kzcase.disclosure.watch import Watch
from kzcase.domain.errors import BadSummary, TooLarge
from kzcase.i18n import _
from kzcase.summaries.cases_file import EMPTY, Cases
from kzcase.summaries.cubes import coded, true_counts
from kzcase.summaries.indicators import INCIDENT, standard
from kzcase.summaries.release import Release, release_of
from kzcase.summaries.spec import Spec
from kzcase.summaries.structure import with_links

MOST_CELLS: Final = 20_000
MOST_CATEGORIES: Final = 1_000


def protect_period(
    facts: Iterable[Mapping[str, str]],
    period: str,
    spec: Spec,
    key: bytes,
    earlier: Sequence[Protected] = (),
    watch: Watch | None = None,
) -> Protected | None:
    """Protect one closed period of a casebook: always all six frozen tables, whatever the spec selects of them.

    One fact a person; codes of region, sex, age (band), citizenship, type, exploitation, outcome and, if the person
    belongs to one, `incident`. None if the watch stopped it. TooFewPeople, OneEventStandsOut, CannotProtect.
    """
    indicators = standard()
    people = [(indicators.person(fact), fact.get(INCIDENT, "")) for fact in facts]
    refuse_events(people, indicators.tables, spec.base)
    columns = {name: [person[name] for person, _incident in people] for name in indicators.codebook.names()}
    counts = true_counts(coded(columns, indicators.codebook), indicators.codebook, indicators.tables)
    frame = frame_of(indicators.codebook, indicators.tables)
    return protect(counts, frame, base=spec.base, key=key, period=period, earlier=earlier, watch=watch)


def protect_cases(cases: Cases, spec: Spec, watch: Watch | None = None) -> Release | None:
    """Protect a file of cases that never was in a casebook; the release is stamped “comparison only”.

    Nobody but the file says what could have been in it: the codebook is what was seen plus what the spec names. So a
    category that stands in the tables may prove that somebody is there; a casebook's codebook does not depend on
    records. The release says so.
    """
    codebook = _codebook_of(cases, spec)
    tables = tuple(dict.fromkeys(ordered_table(table, codebook) for table in spec.tables))
    columns = coded(cases.columns, codebook)
    codebook, silent = with_links(codebook, columns, spec, tables)
    frame = _bounded_frame(codebook, tables)
    narrower = frame_of(silent, tables)
    if set(narrower.cells) == set(frame.cells):
        frame = replace(narrower, codebook=codebook)
    if spec.incident:
        refuse_events(_with_incidents(cases, codebook, spec.incident), tables, spec.base)
    counts = true_counts(columns, codebook, tables)
    protected = protect(
        counts,
        frame,
        base=spec.base,
        key=spec.key or secrets.token_bytes(32),
        period=spec.period,
        fewest=fewest_of_cases(spec.base),
        watch=watch,
    )
    if protected is None:
        return None
    return release_of([protected], stamps=("comparison only",), title=spec.title, notes=_notes(codebook))


def fewest_of_cases(base: int) -> int:
    """Thirty people, or six groups if the base is smaller: with fewer the rounding drowns what it should show."""
    return min(FEWEST, 6 * base)


def wanted_columns(spec: Spec) -> frozenset[str]:
    """The columns a spec needs from a file."""
    own = {name for table in spec.tables for name in table}
    return frozenset(own | ({spec.incident} if spec.incident else set()))


def columns_from_data(cases: Cases, spec: Spec) -> list[str]:
    """The columns with categories that only the file names: whoever sees one in a table knows that it occurred."""
    named = {name: set(categories) for name, categories in spec.codebook}
    order = dict.fromkeys(name for table in spec.tables for name in table)
    return [name for name in order if set(cases.columns[name]) - named.get(name, set())]


def _codebook_of(cases: Cases, spec: Spec) -> Codebook:
    named = dict(spec.codebook)
    order = dict.fromkeys(name for table in spec.tables for name in table)
    for name in named:
        if name not in order:
            raise BadSummary(f"codebook.{name}", why=_("no table uses the column “{name}”.", name=name))
    variables = []
    for name in order:
        seen = set(cases.columns[name])
        rest = sorted(seen - set(named.get(name, ())), key=lambda category: (category == EMPTY, category))
        categories = (*dict.fromkeys(named.get(name, ())), *rest)
        if len(categories) > MOST_CATEGORIES:
            raise TooLarge(name, limit=MOST_CATEGORIES)
        variables.append(Variable(name, categories))
    return Codebook(tuple(variables))


def _bounded_frame(codebook: Codebook, tables: Sequence[tuple[str, ...]]) -> Frame:
    for number, table in enumerate(tables, 1):
        cells = 1
        for name in table:
            cells *= len(codebook.categories(name)) + 1
        if cells > MOST_CELLS:
            raise TooLarge(f"tables[{number}]", limit=MOST_CELLS)
    return frame_of(codebook, tables)


def _with_incidents(cases: Cases, codebook: Codebook, incident: str) -> Iterable[tuple[Mapping[str, str], str]]:
    names = codebook.names()
    rows = zip(*(cases.columns[name] for name in names), cases.columns[incident], strict=True)
    for *categories, event in rows:
        yield dict(zip(names, categories, strict=True)), "" if event == EMPTY else event


def _notes(codebook: Codebook) -> list[str]:
    notes = ["codebook: categories seen in the file and those named in the spec; a category shows that it occurred"]
    notes += [f"linked: {link.first}, {link.second}" for link in codebook.links]
    return notes
