"""When tables cross too many variables for whole numbers over every combination: some of them, drawn from the codebook.

Candidates are never drawn from records. If they were, every published group would prove that somebody is there.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from kzcase.disclosure.frame import Clique, Frame, State, projected
from kzcase.disclosure.rounding import seed
from kzcase.disclosure.tables import Cell, cells_of_person

MOST: Final = 6_000
"""Columns that HiGHS still rounds to whole groups in seconds; wider frames are thinned to about this."""

FEWEST_EACH: Final = 4
"""Combinations through every cell, at least."""


def thinned(frame: Frame, *, key: bytes, period: str) -> Frame:
    """The same cells over fewer combinations: several through every cell, chosen by the key; small frames unchanged."""
    if frame.width <= MOST:
        return frame
    chance = Random(seed(key, period, "candidates"))  # noqa: S311 - seeded from HMAC-SHA256 of the secret key
    near = _neighbours(frame.cliques)
    each = max(FEWEST_EACH, MOST // len(frame.cells))
    found: dict[State, None] = {}
    for members in frame.members:
        for _ in range(each):
            found[_completed(frame, near, chance.choice(members), chance)] = None
    return _one_clique(frame, tuple(sorted(found)))


def _neighbours(cliques: Sequence[Clique]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in cliques]
    for index, clique in enumerate(cliques):
        if clique.parent >= 0:
            near[index].append(clique.parent)
            near[clique.parent].append(index)
    return near


def _completed(frame: Frame, near: Sequence[Sequence[int]], column: int, chance: Random) -> State:
    """One whole combination through a column: walk the tree, choosing what agrees with what is already chosen."""
    start = max(index for index, clique in enumerate(frame.cliques) if clique.first <= column)
    person: dict[str, str] = {}
    todo, seen = [start], {start}
    for index in todo:
        clique = frame.cliques[index]
        known = tuple(name for name in clique.variables if name in person)
        wanted = tuple(person[name] for name in known)
        own = [clique.states[column - clique.first]] if index == start else clique.states
        fitting = [state for state in own if projected(state, clique.variables, known) == wanted]
        person.update(zip(clique.variables, chance.choice(fitting), strict=True))
        todo.extend(other for other in near[index] if other not in seen)
        seen.update(near[index])
    return tuple(person[name] for name in frame.variables())


def _one_clique(frame: Frame, states: tuple[State, ...]) -> Frame:
    names = frame.variables()
    clique = Clique(names, states, 0, -1, ())
    members: dict[Cell, list[int]] = {cell: [] for cell in frame.cells}
    for column, state in enumerate(states):
        for cell in _cells_of(names, state, frame):
            members[cell].append(column)
    return Frame(
        frame.codebook, frame.tables, (clique,), frame.cells, tuple(tuple(members[c]) for c in frame.cells), ()
    )


def _cells_of(names: Sequence[str], state: State, frame: Frame) -> Iterator[Cell]:
    person = dict(zip(names, state, strict=True))
    return cells_of_person(person, frame.tables)
