"""The last look before a protected period leaves the engine: every promise is counted again from the protected file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kzcase.disclosure.frame import Frame, State
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.tables import Cell, Table, label, margins
from kzcase.domain.errors import CannotProtect


def check(protected: Protected, counts: Mapping[Cell, int], frame: Frame) -> None:
    """CannotProtect, naming the first broken promise's cell, if any published number breaks one."""
    for cell in broken(protected, counts, frame.cells):
        raise CannotProtect(label(cell))


def broken(protected: Protected, counts: Mapping[Cell, int], cells: Iterable[Cell]) -> Iterator[Cell]:
    """Cells that are not a multiple of the base, are too far from the truth, or do not count the protected file."""
    from_file = counted(protected.variables, protected.groups, protected.tables)
    for cell in cells:
        count = protected.counts[cell]
        off = abs(count - counts.get(cell, 0)) > protected.bound
        if count % protected.base or off or count != from_file.get(cell, 0):
            yield cell
    yield from not_adding_up(protected.counts, protected.tables)


def counted(variables: Sequence[str], groups: Iterable[tuple[State, int]], tables: Sequence[Table]) -> dict[Cell, int]:
    """The cells of the tables, counted from combinations with their numbers of people."""
    places = {name: place for place, name in enumerate(variables)}
    found: dict[Cell, int] = {}
    parts = margins(tables)
    for state, count in groups:
        for part in parts:
            cell = tuple((name, state[places[name]]) for name in part)
            found[cell] = found.get(cell, 0) + count
    return found


def not_adding_up(counts: Mapping[Cell, int], tables: Sequence[Table]) -> Iterator[Cell]:
    """Margins that differ from the sum of the cells one variable finer."""
    for part in margins(tables):
        for dropped in range(len(part)):
            sums: dict[Cell, int] = {}
            for cell, count in counts.items():
                if tuple(name for name, _category in cell) == part:
                    margin = cell[:dropped] + cell[dropped + 1 :]
                    sums[margin] = sums.get(margin, 0) + count
            yield from (margin for margin, total in sums.items() if counts.get(margin, 0) != total)
