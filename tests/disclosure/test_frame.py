"""The folded frame must say exactly what the long list of all combinations would say."""

from itertools import product
from random import Random

import pytest

from kzcase.disclosure.attacker import Published, intervals
from kzcase.disclosure.codebook import Codebook, Variable, never
from kzcase.disclosure.frame import frame_of
from kzcase.disclosure.linear import Program, solved
from kzcase.disclosure.tables import Cell, cells_of_person, margins
from tests.disclosure import cases


def test_the_fixed_data_set_is_the_published_one():
    first, year = cases.counts("2024Q1"), cases.counts("2024")
    assert (len(cases.people("2024Q1")), len(cases.people("2024"))) == (124, 474)
    assert (len(first), sum(n < 5 for n in first.values()), sum(n == 1 for n in first.values())) == (205, 100, 36)
    assert (len(year), sum(n < 5 for n in year.values()), sum(n == 1 for n in year.values())) == (241, 46, 12)


def test_the_frame_has_every_possible_cell_and_few_columns():
    frame = cases.frame()
    assert len(frame.cells) == 249
    assert frame.width == 380
    assert all(frame.members)


def test_cells_that_no_person_can_be_in_are_not_there():
    cells = set(frame_of(cases.CODEBOOK, [("age", "type"), ("type", "exploitation")]).cells)
    assert (("age", "0"), ("type", "2")) in cells
    assert (("age", "3"), ("type", "2")) not in cells
    assert (("type", "1"), ("exploitation", "1")) not in cells


def long_intervals(codebook: Codebook, tables, counts, bound: int) -> dict[Cell, tuple[float, float]]:
    """The slow attacker: one column for each combination of all variables."""
    everybody = [
        dict(zip(codebook.names(), one, strict=True)) for one in product(*(v.categories for v in codebook.variables))
    ]
    everybody = [person for person in everybody if codebook.allows(person)]
    found = {}
    for cell in counts:
        pair = []
        for sign in (1.0, -1.0):
            program = Program()
            for person in everybody:
                program.column(0, float("inf"), sign * all(person[n] == c for n, c in cell))
            for other, count in counts.items():
                own = [(i, 1.0) for i, person in enumerate(everybody) if all(person[n] == c for n, c in other)]
                program.row(max(0, count - bound), count + bound, own)
            solver = program.solver()
            assert solved(solver) is not None
            pair.append(sign * solver.getInfo().objective_function_value)
        found[cell] = (pair[0], pair[1])
    return found


@pytest.mark.parametrize("seed", range(4))
def test_folded_intervals_equal_those_over_all_combinations(seed):
    chance = Random(seed)
    variables = tuple(Variable(name, tuple("abc"[: chance.randint(2, 3)])) for name in "pqrst")
    codebook = Codebook(variables, (never(variables[0], "a", variables[3], "b"),))
    tables = (("p", "q"), ("q", "r"), ("r", "s"), ("p", "s", "t"))[: chance.randint(3, 4)]
    crowd = []
    while len(crowd) < 15:
        person = {v.name: chance.choice(v.categories) for v in variables}
        crowd += [person] if codebook.allows(person) else []
    counts = dict.fromkeys(frame_of(codebook, tables).cells, 0)
    for person in crowd:
        for cell in cells_of_person(person, tables):
            counts[cell] += 1
    slow = long_intervals(codebook, tables, counts, 1)
    fast = intervals([Published(codebook, tables, counts, 1, 1)])
    for cell, (low, high) in fast.items():
        assert slow[cell][0] - 1e-6 <= low < slow[cell][0] + 1 - 1e-6
        assert slow[cell][1] - 1 + 1e-6 < high <= slow[cell][1] + 1e-6


def test_margins_hold_each_part_once():
    assert margins([("a", "b"), ("b", "c")]) == ((), ("a",), ("b",), ("c",), ("a", "b"), ("b", "c"))
