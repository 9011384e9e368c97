"""A release: protected counts of one or several periods, ready to leave the house, without any true count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kzcase.disclosure.attacker import Published
from kzcase.disclosure.codebook import Codebook
from kzcase.disclosure.protected import ENGINE, METHOD, Protected, summed
from kzcase.disclosure.tables import Cell, Table, margins, ordered_table
from kzcase.domain.errors import BadSummary
from kzcase.domain.summary import ALONE, COMPARISON_ONLY, FOOTNOTE, GUARANTEE, NOT_APPROVED, WAITED
from kzcase.i18n import Words, _

PEOPLE: Final = _("People")
IN_ALL: Final = _("People in all, rounded")
HEADING: Final = _("Summary of cases")
STAMPS: Final[Mapping[str, Words]] = {
    "comparison only": COMPARISON_ONLY,
    "not approved": NOT_APPROVED,
    "one person": ALONE,
    "delayed": WAITED,
}


@dataclass(frozen=True, slots=True)
class Release:
    """What recipients get, and how it was made."""

    codebook: Codebook
    tables: tuple[Table, ...]
    counts: Mapping[Cell, int]
    base: int
    bound: int
    periods: tuple[str, ...]
    stamps: tuple[str, ...]
    wider: Mapping[Cell, int] = field(default_factory=dict)
    title: str = ""
    notes: tuple[str, ...] = ()
    unit: Words = PEOPLE
    in_all: Words = IN_ALL
    heading: Words = HEADING
    guarantee: Words = GUARANTEE
    footnote: Words = FOOTNOTE
    made: Mapping[str, object] = field(default_factory=dict)
    """Method, engine, solver, key id and keyed fingerprints: what the ledger can be compared with."""

    def published(self) -> Published:
        """The same as the attacker sees it."""
        return Published(self.codebook, self.tables, self.counts, self.base, self.bound, self.periods, wider=self.wider)


def release_of(
    protected: Sequence[Protected],
    tables: Sequence[Sequence[str]] = (),
    *,
    stamps: Sequence[str] = ("not approved",),
    title: str = "",
    notes: Sequence[str] = (),
) -> Release:
    """One period, or several added up; `tables` selects from the frozen ones (none: all).

    BadSummary if a table is not among the frozen ones, or if the periods do not fit together.
    """
    first, last = protected[0], protected[-1]
    if any((one.codebook, one.tables, one.base) != (first.codebook, first.tables, first.base) for one in protected):
        raise BadSummary("period", why=_("these periods were protected differently and cannot be added up."))
    chosen = _chosen(tables, first)
    used = {name for table in chosen for name in table}
    cells = _cells(chosen, first.counts)
    counts = summed(protected)
    return Release(
        codebook=_narrowed(first.codebook, used),
        tables=chosen,
        counts={cell: counts[cell] for cell in cells},
        base=first.base,
        bound=first.bound,
        periods=tuple(one.period for one in protected),
        stamps=tuple(stamps),
        wider={cell: last.wider[cell] for cell in cells if len(protected) > 1 and cell in last.wider},
        title=title,
        notes=tuple(notes),
        made={
            "method": METHOD,
            "engine": ENGINE,
            "solver": first.solver,
            "proven": all(one.proven for one in protected),
            "gap": max(one.gap for one in protected),
            "key": [one.key_id for one in protected],
            "sources": [one.source for one in protected],
        },
    )


def _chosen(tables: Sequence[Sequence[str]], protected: Protected) -> tuple[Table, ...]:
    if not tables:
        return protected.tables
    chosen = []
    for number, names in enumerate(tables, 1):
        table = ordered_table(names, protected.codebook)
        if len(table) != len(names) or table not in protected.tables:
            known = "; ".join("+".join(frozen) for frozen in protected.tables)
            raise BadSummary(
                f"tables[{number}]",
                why=_("this is not one of the period's frozen tables. They are: {known}.", known=known),
            )
        chosen.append(table)
    return tuple(chosen)


def _cells(tables: Sequence[Table], counts: Mapping[Cell, int]) -> list[Cell]:
    parts = set(margins(tables))
    return [cell for cell in counts if tuple(name for name, _category in cell) in parts]


def _narrowed(codebook: Codebook, used: set[str]) -> Codebook:
    return Codebook(
        tuple(variable for variable in codebook.variables if variable.name in used),
        tuple(link for link in codebook.links if {link.first, link.second} <= used),
        codebook.version,
    )
