"""Worked examples with printed answers from τ-ARGUS, sdcTable, SmallCountRounding and real reports."""

from collections import Counter
from itertools import product

import pytest

from kzcase.disclosure.attacker import Published, attack, intervals
from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.disclosure.engine import protect
from kzcase.disclosure.frame import Frame, frame_of
from kzcase.disclosure.linear import Program, solved
from kzcase.disclosure.tables import cells_of_person
from kzcase.domain.errors import TooFewPeople


def book(**categories: str) -> Codebook:
    return Codebook(tuple(Variable(name, tuple(said.split())) for name, said in categories.items()))


def counted(codebook: Codebook, tables, numbers: dict[tuple[str, ...], int]) -> Counter:
    found: Counter = Counter(dict.fromkeys(frame_of(codebook, tables).cells, 0))
    for state, people in numbers.items():
        for cell in cells_of_person(dict(zip(codebook.names(), state, strict=True)), tables):
            found[cell] += people
    return found


def hide(counts, hidden=(1, 4), also=()):
    return {cell: None if 1 <= n <= 4 or cell in also else n for cell, n in counts.items()}


def at(**named: str):
    return tuple(named.items())


FIRST = book(citizenship="UZ KZ KG TJ", exploitation="labour sexual begging")
FIRST_TABLE = (("citizenship", "exploitation"),)
FIRST_NUMBERS = dict(
    zip(product(*(v.categories for v in FIRST.variables)), (41, 2, 5, 6, 12, 0, 3, 0, 2, 7, 1, 0), strict=True)
)
SECRETS = [
    at(citizenship="UZ", exploitation="sexual"),
    at(citizenship="KG", exploitation="labour"),
    at(citizenship="KG", exploitation="begging"),
    at(citizenship="TJ", exploitation="sexual"),
]


def test_w1_hidden_cells_are_all_exact():
    truth = counted(FIRST, FIRST_TABLE, FIRST_NUMBERS)
    found = intervals([Published(FIRST, FIRST_TABLE, hide(truth), 5, 0)])
    assert [found[cell] for cell in SECRETS] == [(2, 2), (3, 3), (2, 2), (1, 1)]


def test_w1_secondary_suppression_leaves_a_proof_of_presence():
    truth = counted(FIRST, FIRST_TABLE, FIRST_NUMBERS)
    also = [at(citizenship="UZ", exploitation="begging"), at(citizenship="TJ", exploitation="labour")]
    shown = hide(truth, also=also)
    found = intervals([Published(FIRST, FIRST_TABLE, shown, 5, 0, hidden=(0, 1000))])
    assert [found[cell] for cell in [*SECRETS, *also]] == [(0, 3), (2, 5), (0, 3), (0, 3), (4, 7), (5, 8)]


def nearest(frame: Frame, truth, base: int) -> float:
    """The smallest Σ|P − X| of any additive table of multiples."""
    program = Program()
    for _column in range(frame.width):
        program.column(0, 1000, whole=True)
    for cell, members in zip(frame.cells, frame.members, strict=True):
        over, under = program.column(0, 1000, 1), program.column(0, 1000, 1)
        terms = [(column, float(base)) for column in members]
        program.row(truth[cell], truth[cell], [*terms, (over, -1.0), (under, 1.0)])
    solver = program.solver()
    assert solved(solver) is not None
    return round(solver.getInfo().objective_function_value, 6)


@pytest.mark.parametrize(("base", "optimum"), [(5, 28), (3, 12)])
def test_w1_rounding_optimum(base, optimum):
    truth = counted(FIRST, FIRST_TABLE, FIRST_NUMBERS)
    assert nearest(frame_of(FIRST, FIRST_TABLE), truth, base) == optimum


def test_w1_engine_r_keeps_every_interval():
    truth = counted(FIRST, FIRST_TABLE, FIRST_NUMBERS)
    result = protect(truth, frame_of(FIRST, FIRST_TABLE), base=5, key=bytes(32))
    assert result is not None
    report = attack([Published(FIRST, FIRST_TABLE, result.counts, 5, 5)])
    assert report is not None
    assert (report.cells, report.exposed) == (20, ())


def test_w2_small_counts():
    codebook = book(country="Iceland Portugal Spain", union="EU other", year="2018 2019")
    numbers = {("Iceland", "other", "2018"): 2, ("Portugal", "EU", "2018"): 3, ("Spain", "EU", "2018"): 7}
    numbers |= {("Iceland", "other", "2019"): 1, ("Portugal", "EU", "2019"): 5, ("Spain", "EU", "2019"): 6}
    tables = (("union", "year"), ("country", "year"))
    truth = counted(codebook, tables, numbers)
    for number in range(20):
        result = protect(truth, frame_of(codebook, tables), base=3, key=bytes([number] * 32), fewest=0)
        assert result is not None
        assert all(n % 3 == 0 for n in result.counts.values())
        assert max(map(abs, result.drift.values())) <= 3


THIRD = book(region="1 2 3", kind="1 2 3", form="1 2 3")
THIRD_NUMBERS = dict(
    zip(
        product("123", repeat=3),
        (2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 5, 5, 4),
        strict=True,
    )
)


def test_w3_only_the_joint_attacker_sees_everything():
    tables = (("region", "kind"), ("region", "form"), ("kind", "form"))
    truth = counted(THIRD, tables, THIRD_NUMBERS)
    together = intervals([Published(THIRD, tables, hide(truth), 5, 0)])
    secret = [cell for cell, n in truth.items() if 1 <= n <= 4]
    assert len(secret) == 18
    assert all(together[cell] == (truth[cell], truth[cell]) for cell in secret)
    assert together[at(region="1", kind="1")] == (3, 3)
    assert together[at(region="2", kind="2")] == (2, 2)
    assert together[at(region="1")] == (4, 4)

    widest: Counter = Counter()
    for table in tables:
        own = counted(THIRD, [table], THIRD_NUMBERS)
        for cell, (low, high) in intervals([Published(THIRD, (table,), hide(own), 5, 0)]).items():
            widest[cell] = max(widest[cell], high - low)
    assert sum(widest[cell] == 1 for cell in secret) == 11


def test_w4_rare_refugees_over_the_years():
    codebook = book(citizenship="AF ET SO NG")
    table = (("citizenship",),)
    years = {"2009": (575, 2, 1, 0), "2010": (618, 2, 1, 1)}
    for year, numbers in years.items():
        truth = counted(codebook, table, {(c,): n for c, n in zip(("AF", "ET", "SO", "NG"), numbers, strict=True)})
        found = intervals([Published(codebook, table, hide(truth), 5, 0)])
        rare = [found[at(citizenship=c)] for c in ("ET", "SO", "NG")]
        assert sum(low for low, _high in rare) >= (2 if year == "2009" else 3)
        result = protect(truth, frame_of(codebook, table), base=5, key=bytes(32), period=year)
        assert result is not None
        assert all(result.counts[at(citizenship=c)] in {0, 5} for c in ("ET", "SO", "NG"))
        report = attack([Published(codebook, table, result.counts, 5, 5)])
        assert report is not None
        assert not report.exposed


def test_w5_ten_people_are_no_statistics():
    codebook = book(region="Almaty Astana Shymkent Aktobe", sex="F M")
    numbers = {("Almaty", "F"): 3, ("Almaty", "M"): 1, ("Astana", "M"): 2, ("Shymkent", "F"): 2}
    numbers |= {("Shymkent", "M"): 1, ("Aktobe", "F"): 1}
    tables = (("region", "sex"),)
    with pytest.raises(TooFewPeople):
        protect(counted(codebook, tables, numbers), frame_of(codebook, tables), base=5, key=bytes(32))


def test_w7_overlapping_age_groups_differ_by_whole_groups():
    codebook = book(age="0-17 18-20 21+", region="A B")
    tables = (("region", "age"),)
    numbers = {("0-17", "A"): 12, ("18-20", "A"): 2, ("21+", "A"): 20, ("0-17", "B"): 3, ("21+", "B"): 9}
    truth = counted(codebook, tables, numbers)
    for number in range(10):
        result = protect(truth, frame_of(codebook, tables), base=5, key=bytes([number] * 32))
        assert result is not None
        assert result.counts[at(region="A", age="18-20")] in {0, 5}
