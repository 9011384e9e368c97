"""True counts: how many people are in every cell of every table. They never leave this room unprotected."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kzcase.disclosure.codebook import Codebook
from kzcase.disclosure.tables import Cell, Table
from kzcase.domain.errors import BadSummary
from kzcase.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray


def coded(columns: Mapping[str, Sequence[str]], codebook: Codebook) -> "dict[str, NDArray[Any]]":
    """Each column as category numbers; BadSummary if a value is not in the codebook."""
    import numpy

    found = {}
    for name in codebook.names():
        numbers = {category: number for number, category in enumerate(codebook.categories(name))}
        try:
            found[name] = numpy.fromiter(map(numbers.__getitem__, columns[name]), dtype=numpy.int64)
        except KeyError:
            raise BadSummary(name, why=_("a value is not in the codebook.")) from None
    return found


def true_counts(columns: "Mapping[str, NDArray[Any]]", codebook: Codebook, tables: Sequence[Table]) -> dict[Cell, int]:
    """Non-empty cells of all tables and margins with their numbers of people; `columns` are category numbers."""
    import numpy

    people = len(next(iter(columns.values()), ()))
    counts: dict[Cell, int] = {(): people}
    for table in tables:
        shape = [len(codebook.categories(name)) for name in table]
        places = numpy.zeros(people, dtype=numpy.int64)
        for name, size in zip(table, shape, strict=True):
            places = places * size + columns[name]
        cube = numpy.bincount(places, minlength=int(numpy.prod(shape))).reshape(shape)
        counts.update(_with_margins(cube, table, codebook))
    return counts


def _with_margins(cube: Any, table: Table, codebook: Codebook) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    axes = range(len(table))
    for size in range(1, len(table) + 1):
        for kept in combinations(axes, size):
            margin = cube.sum(axis=tuple(axis for axis in axes if axis not in kept))
            for place in zip(*margin.nonzero(), strict=True):
                cell = tuple(
                    (table[axis], codebook.categories(table[axis])[at]) for axis, at in zip(kept, place, strict=True)
                )
                found[cell] = int(margin[place])
    return found
