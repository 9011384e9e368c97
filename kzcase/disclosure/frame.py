"""The frame of a release: every combination the codebook allows, folded so that a small program covers all of them.

Tables overlap, so their cells must come from one list of people. Listing every combination of all variables would need
tens of thousands of unknowns. Instead the variables are grouped into cliques (a triangulated graph of the tables and
links), each clique lists the combinations of *its* variables, and cliques that share variables must agree on them.
For such groups any agreeing whole-number counts can be glued into a list of people, and the other way round
(Lauritzen, *Graphical Models*, 1996, on decomposable tables). So nothing is left out and nothing is drawn from records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from kzcase.disclosure.codebook import Codebook, Link
from kzcase.disclosure.tables import Cell, Table, margins
from kzcase.domain.errors import TooLarge

LARGEST: Final = 60_000
"""States in one clique beyond which a release is refused: the tables cross too many variables."""

State = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clique:
    """Some variables and every combination of them that can occur."""

    variables: tuple[str, ...]
    states: tuple[State, ...]
    first: int
    """The column of the first state; the others follow."""
    parent: int
    """The clique it hangs on in the tree, -1 for the root."""
    shared: tuple[str, ...]
    """The variables it shares with its parent; empty means only the total."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Cliques, the cells they publish, and the columns that add up to each cell."""

    codebook: Codebook
    tables: tuple[Table, ...]
    cliques: tuple[Clique, ...]
    cells: tuple[Cell, ...]
    members: tuple[tuple[int, ...], ...]
    """For each cell the columns whose sum it is."""
    ties: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Pairs of column groups with equal sums: what two cliques must agree on."""

    @property
    def width(self) -> int:
        """The number of columns."""
        last = self.cliques[-1]
        return last.first + len(last.states)

    def variables(self) -> tuple[str, ...]:
        """The variables of all tables in the codebook's order."""
        used = {name for clique in self.cliques for name in clique.variables}
        return tuple(name for name in self.codebook.names() if name in used)


def frame_of(codebook: Codebook, tables: Sequence[Table]) -> Frame:
    """Fold the codebook for these tables; TooLarge if they cross too many variables."""
    links = [link for link in codebook.links if _used(link, tables)]
    cardinality = {variable.name: len(variable.categories) for variable in codebook.variables}
    groups = _cliques(tables, links, cardinality, codebook.names())
    tree = _tree(groups)
    states = _consistent([_states(group, codebook, links) for group in groups], groups, tree)
    cliques = _numbered(groups, states, tree)
    cells, members = _cells(cliques, margins(tables))
    return Frame(codebook, tuple(tables), cliques, cells, members, _ties(cliques))


def _used(link: Link, tables: Sequence[Table]) -> bool:
    named = {name for table in tables for name in table}
    return link.first in named and link.second in named


def _cliques(
    tables: Sequence[Table], links: Sequence[Link], cardinality: Mapping[str, int], order: Sequence[str]
) -> list[tuple[str, ...]]:
    """Triangulate by always removing the variable whose neighbourhood has fewest combinations."""
    near: dict[str, set[str]] = {name: set() for table in tables for name in table}
    for group in [*tables, *((link.first, link.second) for link in links)]:
        for name in group:
            near[name] |= set(group) - {name}
    found: list[frozenset[str]] = []
    while near:
        name = min(near, key=lambda name: (_size({name, *near[name]}, cardinality, links), name))
        clique = frozenset({name, *near[name]})
        if not any(clique <= other for other in found):
            found.append(clique)
        for other in near[name]:
            near[other] = (near[other] | near[name]) - {other, name}
        del near[name]
    return [tuple(name for name in order if name in clique) for clique in found] or [()]


def _size(group: set[str], cardinality: Mapping[str, int], links: Sequence[Link]) -> float:
    """About how many combinations a group has: the product of its categories, thinned by its links."""
    size = 1.0
    for name in group:
        size *= cardinality[name]
    for link in links:
        if link.first in group and link.second in group:
            size *= len(link.allowed) / (cardinality[link.first] * cardinality[link.second])
    return size


def _tree(groups: Sequence[tuple[str, ...]]) -> list[tuple[int, tuple[str, ...]]]:
    """For each clique its parent and what they share: a spanning tree of largest overlaps (Prim)."""
    tree: list[tuple[int, tuple[str, ...]]] = [(-1, ())] * len(groups)
    reached = [0]
    while len(reached) < len(groups):
        waiting = [index for index in range(len(groups)) if index not in reached]
        index, parent = max(
            ((index, parent) for index in waiting for parent in reached),
            key=lambda pair: (len(set(groups[pair[0]]) & set(groups[pair[1]])), -pair[0], -pair[1]),
        )
        shared = tuple(name for name in groups[index] if name in groups[parent])
        tree[index] = (parent, shared)
        reached.append(index)
    return tree


def _states(group: tuple[str, ...], codebook: Codebook, links: Sequence[Link]) -> list[State]:
    """Every allowed combination of a group, grown variable by variable so that links prune early."""
    states: list[State] = [()]
    for position, name in enumerate(group):
        here = [link for link in links if name in (link.first, link.second)]
        before = {other: place for place, other in enumerate(group[:position])}
        states = [
            (*state, category)
            for state, category in product(states, codebook.categories(name))
            if _fits(state, name, category, here, before)
        ]
        if len(states) > LARGEST:
            raise TooLarge("+".join(group), limit=LARGEST)
    return states


def _fits(state: State, name: str, category: str, links: Sequence[Link], before: Mapping[str, int]) -> bool:
    for link in links:
        if link.second == name and link.first in before:
            if (state[before[link.first]], category) not in link.allowed:
                return False
        elif (
            link.first == name and link.second in before and (category, state[before[link.second]]) not in link.allowed
        ):
            return False
    return True


def _consistent(
    states: list[list[State]], groups: Sequence[tuple[str, ...]], tree: Sequence[tuple[int, tuple[str, ...]]]
) -> list[list[State]]:
    """Drop combinations that no neighbour can continue: one pass up the tree, one down, is exact on a tree."""
    downward = _downward(tree)
    for index in reversed(downward[1:]):
        _keep_shared(states, groups, tree[index][0], index, tree[index][1])
    for index in downward[1:]:
        _keep_shared(states, groups, index, tree[index][0], tree[index][1])
    return states


def _downward(tree: Sequence[tuple[int, tuple[str, ...]]]) -> list[int]:
    """Indices so that every parent comes before its children."""
    order = [0]
    for index in order:
        order.extend(child for child, (parent, _shared) in enumerate(tree) if parent == index and child != 0)
    return order


def _keep_shared(
    states: list[list[State]], groups: Sequence[tuple[str, ...]], trimmed: int, by: int, shared: tuple[str, ...]
) -> None:
    known = {projected(state, groups[by], shared) for state in states[by]}
    states[trimmed] = [state for state in states[trimmed] if projected(state, groups[trimmed], shared) in known]


def projected(state: State, variables: Sequence[str], onto: Sequence[str]) -> State:
    """The categories of some of the variables of a combination."""
    return tuple(state[variables.index(name)] for name in onto)


def _numbered(
    groups: Sequence[tuple[str, ...]],
    states: Sequence[Sequence[State]],
    tree: Sequence[tuple[int, tuple[str, ...]]],
) -> tuple[Clique, ...]:
    first, cliques = 0, []
    for group, own, (parent, shared) in zip(groups, states, tree, strict=True):
        cliques.append(Clique(group, tuple(own), first, parent, shared))
        first += len(own)
    return tuple(cliques)


def _columns_by(clique: Clique, onto: Sequence[str]) -> dict[State, list[int]]:
    places = [clique.variables.index(name) for name in onto]
    found: dict[State, list[int]] = {}
    for offset, state in enumerate(clique.states):
        found.setdefault(tuple(state[place] for place in places), []).append(clique.first + offset)
    return found


def _cells(cliques: Sequence[Clique], parts: Iterable[Table]) -> tuple[tuple[Cell, ...], tuple[tuple[int, ...], ...]]:
    cells: list[Cell] = []
    members: list[tuple[int, ...]] = []
    for part in parts:
        holders = [clique for clique in cliques if set(part) <= set(clique.variables)]
        home = min(holders, key=lambda clique: len(clique.states))
        for state, columns in _columns_by(home, part).items():
            cells.append(tuple(zip(part, state, strict=True)))
            members.append(tuple(columns))
    return tuple(cells), tuple(members)


def _ties(cliques: Sequence[Clique]) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    ties = []
    for clique in cliques:
        if clique.parent < 0:
            continue
        above = _columns_by(cliques[clique.parent], clique.shared)
        for state, columns in _columns_by(clique, clique.shared).items():
            ties.append((tuple(columns), tuple(above[state])))
    return tuple(ties)
