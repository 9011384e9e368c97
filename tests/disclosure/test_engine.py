"""What engine R promises: groups of b, off by at most b, additive, repeatable, empty cells not surely empty."""

from collections import Counter
from dataclasses import replace

import pytest

from kzcase.disclosure import rounding
from kzcase.disclosure.checks import broken, counted
from kzcase.disclosure.codebook import Codebook, Variable
from kzcase.disclosure.engine import protect
from kzcase.disclosure.frame import frame_of
from kzcase.disclosure.protected import Protected, summed
from kzcase.disclosure.rounding import leanings
from kzcase.disclosure.sampling import thinned
from kzcase.domain.errors import BadInput, CannotProtect, TooFewPeople
from tests.disclosure import cases

FLOOR = 0.015
"""Declared: an empty cell shows a group at least so often, whatever the cell (measured over 400 keys)."""


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def protected(period: str, number: int = 1, base: int = 5, **more) -> Protected:
    found = protect(cases.counts(period), cases.frame(), base=base, key=key(number), period=period, **more)
    assert found is not None
    return found


@pytest.mark.parametrize("base", [3, 5, 10])
@pytest.mark.parametrize("period", [*cases.QUARTERS, "2024"])
def test_every_count_is_a_multiple_within_the_bound_and_adds_up(period, base):
    result, truth = protected(period, base=base), cases.counts(period)
    assert set(result.counts) == set(cases.frame().cells)
    assert all(count % base == 0 and count >= 0 for count in result.counts.values())
    assert max(abs(result.counts[cell] - truth[cell]) for cell in result.counts) <= base
    assert not list(broken(result, truth, cases.frame().cells))


def test_the_protected_file_is_a_list_of_possible_people_that_gives_every_number():
    result = protected("2024")
    assert all(cases.CODEBOOK.allows(dict(zip(result.variables, state, strict=True))) for state, _n in result.groups)
    assert all(count % 5 == 0 for _state, count in result.groups)
    found = counted(result.variables, result.groups, result.tables)
    assert {cell: n for cell, n in result.counts.items() if n} == found


def test_the_checks_catch_a_broken_promise():
    result, truth, cells = protected("2024Q1"), cases.counts("2024Q1"), cases.frame().cells
    cell = (("sex", "F"), ("exploitation", "1"))
    for wrong in (result.counts[cell] + 5, result.counts[cell] + 1):
        spoilt = replace(result, counts={**result.counts, cell: wrong})
        assert list(broken(spoilt, truth, cells))
    assert list(broken(replace(result, bound=4), truth, cells))


def test_the_same_key_gives_the_same_numbers_forty_times_and_another_key_others():
    first = protected("2024Q1")
    assert all(protected("2024Q1").counts == first.counts for _ in range(40))
    assert protected("2024Q1", 2).counts != first.counts


def test_the_order_in_which_people_come_does_not_matter():
    truth = cases.counts("2024Q1")
    turned = Counter(dict(reversed(truth.items())))
    again = protect(turned, cases.frame(), base=5, key=key(1), period="2024Q1")
    assert again is not None
    assert again.counts == protected("2024Q1").counts


def test_an_isolated_cell_is_plain_unbiased_random_rounding():
    share = sum(leanings({(): 2}, [()], base=5, key=key(n), period="")[0] for n in range(2000)) / 2000
    assert abs(share - 0.4) < 0.04


def test_too_few_people_are_refused_on_the_protected_total():
    few = Counter({(): 10, (("sex", "F"),): 4, (("sex", "M"),): 6})
    frame = frame_of(cases.CODEBOOK, [("sex",)])
    with pytest.raises(TooFewPeople) as caught:
        protect(few, frame, base=5, key=key(1))
    assert caught.value.facts["total"] % 5 == 0


def test_a_person_the_codebook_does_not_know_is_refused():
    frame = frame_of(cases.CODEBOOK, [("sex",)])
    with pytest.raises(BadInput):
        protect({(): 40, (("sex", "?"),): 40}, frame, base=5, key=key(1))


def test_impossible_counts_are_refused_in_words():
    frame = frame_of(cases.CODEBOOK, [("sex",)])
    with pytest.raises(CannotProtect):
        protect({(): 1000, (("sex", "F"),): 40}, frame, base=5, key=key(1))


def test_quarters_add_up_to_a_year_within_the_bound():
    earlier: list[Protected] = []
    truth: Counter = Counter()
    for quarter in cases.QUARTERS:
        earlier.append(protected(quarter, earlier=earlier))
        truth += cases.counts(quarter)
        off = {cell: abs(count - truth[cell]) for cell, count in summed(earlier).items()}
        assert all(gap <= earlier[-1].wider.get(cell, 5) for cell, gap in off.items())
    assert sum(gap > 5 for gap in off.values()) <= 3


def test_without_looking_back_the_year_would_drift():
    alone = summed([protected(quarter) for quarter in cases.QUARTERS])
    truth = cases.counts("2024")
    assert max(abs(count - truth[cell]) for cell, count in alone.items()) > 5


class Impatient:
    def step(self, done, total):
        pass

    def stopped(self):
        return True


def test_it_can_be_stopped():
    truth = cases.counts("2024Q1")
    assert protect(truth, cases.frame(), base=5, key=key(1), watch=Impatient()) is None


@pytest.mark.proof
def test_a_wide_frame_is_thinned_from_the_codebook_and_still_protects(monkeypatch):
    monkeypatch.setattr("kzcase.disclosure.sampling.MOST", 379)
    monkeypatch.setattr("kzcase.disclosure.sampling.FEWEST_EACH", 20)
    thin = thinned(cases.frame(), key=key(1), period="2024Q1")
    assert len(thin.cliques) == 1
    assert all(thin.members), "every possible cell can be reached, also where nobody is"
    result = protected("2024Q1")
    assert not list(broken(result, cases.counts("2024Q1"), cases.frame().cells))


def shown_when_empty(keys: int, **more) -> dict:
    frame, found = cases.frame(), Counter()
    for number in range(keys):
        result = protect(cases.counts("2024Q1"), frame, base=5, key=key(number), period="2024Q1", **more)
        assert result is not None
        found.update(cell for cell in frame.cells if not cases.counts("2024Q1")[cell] and result.counts[cell])
    return {cell: found[cell] / keys for cell in frame.cells if not cases.counts("2024Q1")[cell]}


def test_empty_cells_of_every_dimension_show_groups_now_and_then():
    shown = shown_when_empty(40)
    for dimensions in (1, 2, 3):
        shares = [share for cell, share in shown.items() if len(cell) == dimensions]
        assert 0.02 < sum(shares) / len(shares) < 0.15


def test_without_decoys_the_same_measure_falls(monkeypatch):
    monkeypatch.setattr(rounding, "DECOY_CHANCE", 0.0)
    without = shown_when_empty(15)
    monkeypatch.undo()
    assert sum(without.values()) < 0.7 * sum(shown_when_empty(15).values())


@pytest.mark.proof
def test_no_published_group_proves_presence():
    shown = shown_when_empty(400)
    assert min(shown.values()) >= FLOOR


def transitions(keys: int) -> dict[tuple[int, int], float]:
    truth, frame, found = cases.counts("2024Q1"), cases.frame(), Counter()
    for number in range(keys):
        result = protect(truth, frame, base=5, key=key(number), period="2024Q1")
        assert result is not None
        found.update((truth[cell], result.counts[cell]) for cell in frame.cells)
    sums = Counter()
    for (true, _shown), n in found.items():
        sums[true] += n
    return {pair: n / sums[pair[0]] for pair, n in found.items()}


REFERENCE = {
    (0, 0): 0.954, (0, 5): 0.046, (1, 0): 0.846, (1, 5): 0.154, (2, 0): 0.637, (2, 5): 0.363, (3, 0): 0.410,
    (3, 5): 0.590, (4, 0): 0.207, (4, 5): 0.793, (5, 0): 0.050, (5, 5): 0.901, (5, 10): 0.049, (6, 5): 0.775,
    (6, 10): 0.225, (9, 5): 0.195, (9, 10): 0.805,
}  # fmt: skip


def far_from_reference(found, tolerance: float) -> dict:
    return {pair: found.get(pair, 0) for pair, p in REFERENCE.items() if abs(found.get(pair, 0) - p) > tolerance}


def test_true_numbers_turn_into_published_ones_as_often_as_declared():
    assert not far_from_reference(transitions(15), 0.09)


@pytest.mark.proof
def test_transition_frequencies_over_many_keys():
    found = transitions(160)
    assert not far_from_reference(found, 0.04)
    assert found[5, 0] <= 0.10
    assert found[5, 10] <= 0.10
    for shown in (0, 5, 10):
        for true in range(10):
            one, other = found.get((true, shown), 0), found.get((true + 1, shown), 0)
            if abs(true - shown) < 5 and abs(true + 1 - shown) < 5:
                assert max(one, other) <= 6 * min(one, other)


def test_deterministic_rounding_is_far_from_the_reference():
    nearest = {(true, 5 * ((true + 2) // 5)): 1.0 for true in range(10)}
    assert far_from_reference(nearest, 0.09)


def test_large_numbers_are_no_trouble():
    variables = (Variable("a", tuple("pq")), Variable("b", tuple("rs")))
    frame = frame_of(Codebook(variables), [("a", "b")])
    truth = {(): 100_000, (("a", "p"),): 60_001, (("a", "q"),): 39_999, (("b", "r"),): 99_998, (("b", "s"),): 2}
    truth |= {(("a", "p"), ("b", "r")): 60_000, (("a", "p"), ("b", "s")): 1}
    truth |= {(("a", "q"), ("b", "r")): 39_998, (("a", "q"), ("b", "s")): 1}
    result = protect(truth, frame, base=5, key=key(1))
    assert result is not None
    assert max(map(abs, result.drift.values())) <= 5
