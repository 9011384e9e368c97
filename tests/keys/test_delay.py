"""The wait after wrong passphrases grows, ends, survives a restart, and no clock locks anybody out."""

from hypothesis import given
from hypothesis import strategies as st

from kzcase.keys.delay import LONGEST_WAIT, Tries, wait_after

moments = st.floats(0, 4e9)


def test_three_tries_are_free_then_it_doubles() -> None:
    assert [wait_after(count) for count in range(8)] == [0, 0, 0, 0, 1, 2, 4, 8]
    assert wait_after(10) >= 30
    assert wait_after(10_000) == LONGEST_WAIT


def test_ten_wrong_ones_are_remembered_by_whoever_keeps_the_tries() -> None:
    tries = Tries()
    for second in range(10):
        tries = tries.failed(float(second))
    again = Tries(tries.failures, tries.last)
    assert again.seconds_to_wait(9.0) == wait_after(10)
    assert again.seconds_to_wait(9.0 + wait_after(10)) == 0


@given(st.integers(0, 10**6), moments, moments)
def test_no_clock_makes_the_wait_longer_than_it_is(failures: int, last: float, now: float) -> None:
    assert 0 <= Tries(failures, last).seconds_to_wait(now) <= wait_after(failures)


@given(st.integers(0, 10**6), moments, moments)
def test_a_clock_put_back_lets_in_after_one_wait(failures: int, last: float, now: float) -> None:
    settled = Tries(failures, last).settled(now)
    assert settled.seconds_to_wait(now + wait_after(failures) + 1) == 0
