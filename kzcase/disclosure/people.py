"""From the counts of cliques to one list of people: the protected file that every published number is counted from."""

from collections.abc import Sequence

from kzcase.disclosure.frame import Clique, Frame, State, projected
from kzcase.disclosure.rounding import drawn


def glued(frame: Frame, groups: Sequence[int], *, base: int, key: bytes, period: str) -> tuple[tuple[State, int], ...]:
    """Give each group of `base` people all its categories, so that every clique is counted as solved.

    Cliques hang together in a tree and agree on what they share, so handing out each clique's states among the
    groups that already carry the shared categories always comes out even. Which goes to which is drawn from the key.
    """
    carried: list[dict[str, str]] = []
    for index in _downward(frame.cliques):
        clique = frame.cliques[index]
        waiting = _waiting(clique, groups, key, period)
        if clique.parent < 0:
            carried = [dict(zip(clique.variables, state, strict=True)) for state in _all(waiting)]
            continue
        for person in carried:
            state = waiting[tuple(person[name] for name in clique.shared)].pop()
            person.update(zip(clique.variables, state, strict=True))
    return _counted([tuple(person[name] for name in frame.variables()) for person in carried], base)


def _downward(cliques: Sequence[Clique]) -> list[int]:
    order = [index for index, clique in enumerate(cliques) if clique.parent < 0]
    for index in order:
        order.extend(child for child, clique in enumerate(cliques) if clique.parent == index)
    return order


def _waiting(clique: Clique, groups: Sequence[int], key: bytes, period: str) -> dict[State, list[State]]:
    """The states still to hand out, by what they share with the parent, in an order drawn from the key."""
    dealt = [
        (drawn(key, period, "deal", [*clique.variables, *state, number]), state)
        for offset, state in enumerate(clique.states)
        for number in range(groups[clique.first + offset])
    ]
    found: dict[State, list[State]] = {}
    for _order, state in sorted(dealt):
        found.setdefault(projected(state, clique.variables, clique.shared), []).append(state)
    return found


def _all(waiting: dict[State, list[State]]) -> list[State]:
    return [state for states in waiting.values() for state in states]


def _counted(states: Sequence[State], base: int) -> tuple[tuple[State, int], ...]:
    found: dict[State, int] = {}
    for state in states:
        found[state] = found.get(state, 0) + base
    return tuple(sorted(found.items()))
