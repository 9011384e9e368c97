"""The attacker must break what is weak, and must fail on what engine R publishes."""

from dataclasses import replace

import pytest

from kzcase.disclosure.attacker import Fact, Published, attack, intervals
from kzcase.disclosure.engine import protect
from kzcase.disclosure.protected import Protected, summed
from kzcase.disclosure.rounding import leanings
from tests.disclosure import cases


def protected(period: str, number: int = 1, earlier=()) -> Protected:
    key = number.to_bytes(32, "big")
    found = protect(cases.counts(period), cases.frame(), base=5, key=key, period=period, earlier=earlier)
    assert found is not None
    return found


def published(counts, *periods: str, **more) -> Published:
    return Published(cases.CODEBOOK, cases.TABLES, counts, 5, 5, periods or ("",), **more)


def naive(period: str) -> Published:
    truth = cases.counts(period)
    shown = {cell: None if 1 <= truth[cell] <= 4 else truth[cell] for cell in cases.frame().cells}
    return Published(cases.CODEBOOK, cases.TABLES, shown, 5, 0, (period,))


@pytest.mark.parametrize(("period", "hidden", "exact"), [("2024Q1", 100, 67), ("2024", 46, 38)])
def test_hiding_small_numbers_is_broken(period, hidden, exact):
    release, truth = naive(period), cases.counts(period)
    found = intervals([release])
    assert all(low <= truth[cell] <= high for cell, (low, high) in found.items()), "the truth is never ruled out"
    secret = [cell for cell, shown in release.counts.items() if shown is None]
    assert len(secret) == hidden
    assert sum(found[cell][0] == found[cell][1] for cell in secret) >= exact
    report = attack([release])
    assert report is not None
    assert len(report.exposed) >= exact


@pytest.mark.parametrize("period", [*cases.QUARTERS, "2024"])
def test_a_protected_release_keeps_every_interval_full(period):
    report = attack([published(protected(period).counts, period)])
    assert report is not None
    assert (report.cells, report.exposed, report.contradictory) == (249, (), False)


def test_the_quick_proof_needs_one_program_and_agrees():
    release = published(protected("2024Q1").counts)
    report = attack([release], quick=True)
    assert report is not None
    assert (report.exposed, report.programs) == ((), 1)
    spoilt = dict(release.counts)
    spoilt[(("sex", "F"),)] += 15
    quick, slow = attack([replace(release, counts=spoilt)], quick=True), attack([replace(release, counts=spoilt)])
    assert quick == slow
    assert quick is not None
    assert quick.exposed


def year() -> list[Published]:
    earlier: list[Protected] = []
    releases = []
    for number, quarter in enumerate(cases.QUARTERS, 1):
        earlier.append(protected(quarter, earlier=earlier))
        releases.append(published(earlier[-1].counts, quarter))
        if number > 1:
            releases.append(published(summed(earlier), *cases.QUARTERS[:number], wider=earlier[-1].wider))
    return releases


def test_four_quarters_and_their_sums_give_nothing_away_together():
    report = attack(year(), quick=True)
    assert report is not None
    assert (report.cells, report.exposed) == (7 * 249, ())


@pytest.mark.proof
def test_four_quarters_and_their_sums_cell_by_cell():
    report = attack(year())
    assert report is not None
    assert (report.exposed, report.contradictory) == ((), False)


def test_rounding_the_same_people_twice_is_caught():
    """Canary: fresh rounding for a second recipient."""
    one, other = protected("2024Q1", 1), protected("2024Q1", 2)
    report = attack([published(one.counts, "q"), published(other.counts, "q")])
    assert report is not None
    assert len(report.exposed) > 20


def test_rounding_each_cell_on_its_own_is_caught():
    """Canary: an engine whose tables do not add up."""
    truth, cells = cases.counts("2024Q1"), cases.frame().cells
    leaning = leanings(truth, cells, base=5, key=bytes(32), period="")
    report = attack([published({cell: 5 * n for cell, n in zip(cells, leaning, strict=True)})])
    assert report is not None
    assert report.exposed


def test_a_bound_below_the_base_is_caught():
    """Canary: D = b − 1, where every published group proves that somebody is there."""
    report = attack([replace(published(protected("2024Q1").counts), bound=4)])
    assert report is not None
    assert report.exposed
    assert attack([replace(published(protected("2024Q1").counts), bound=4)], quick=True) == report


def test_a_number_left_unrounded_is_caught():
    counts = dict(protected("2024Q1").counts)
    counts[()] -= 1
    report = attack([published(counts)])
    assert report is not None
    assert any(one.cell == () for one in report.exposed)


def test_contradictory_releases_are_said_to_be_so():
    counts = dict(protected("2024Q1").counts)
    counts[(("sex", "F"),)] += 50
    report = attack([published(counts)])
    assert report is not None
    assert report.contradictory
    assert report.exposed


def test_knowing_some_people_neither_proves_nor_excludes_one_more():
    release = published(protected("2024Q1").counts)
    cell = next(cell for cell, count in release.counts.items() if len(cell) == 2 and count == 5)
    for known in range(1, 6):
        low, high = intervals([release], [Fact(cell, known)])[cell]
        assert low <= known < high


def test_known_totals_narrow_and_the_report_says_which():
    release, truth = published(protected("2024Q1").counts), cases.counts("2024Q1")
    facts = [Fact(cell, truth[cell], truth[cell]) for cell in truth if cell == () or cell[0][0] == "type"]
    facts = [fact for fact in facts if len(fact.cell) < 2]
    report = attack([release], facts)
    assert report is not None
    named = {one.cell for one in report.exposed}
    assert {fact.cell for fact in facts} <= named
    assert len(named) < 30, "most numbers stay as wide as before"


class Impatient:
    def step(self, done, total):
        pass

    def stopped(self):
        return True


def test_it_can_be_stopped():
    assert attack([naive("2024Q1")], watch=Impatient()) is None
