"""Tables and their cells: a cell names some categories, everything it does not name is “all”."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kzcase.disclosure.codebook import ALL, Codebook

Table = tuple[str, ...]
"""The variables of a table, in the codebook's order."""
Cell = tuple[tuple[str, str], ...]
"""(variable, category) pairs in the codebook's order; the empty cell is the grand total."""


def ordered_table(variables: Iterable[str], codebook: Codebook) -> Table:
    """The same variables in the codebook's order, each once."""
    wanted = set(variables)
    return tuple(name for name in codebook.names() if name in wanted)


def margins(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Every table with all its margins, each once, shortest first; `()` is the grand total."""
    found = {part for table in tables for size in range(len(table) + 1) for part in combinations(table, size)}
    return tuple(sorted(found, key=lambda part: (len(part), part)))


def cells_of_person(person: Mapping[str, str], tables: Sequence[Table]) -> Iterator[Cell]:
    """Every cell of the tables and margins in which this person is counted."""
    for part in margins(tables):
        yield tuple((name, person[name]) for name in part)


def label(cell: Cell) -> str:
    """A cell in words for messages and reports: `sex=female, age=0-17`; `*` is everybody."""
    return ", ".join(f"{name}={category}" for name, category in cell) or ALL


def table_label(table: Table) -> str:
    """The name of a table in files: `macro+sex+age`."""
    return "+".join(table) or ALL
