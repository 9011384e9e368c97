"""Clocks: stamps only ever rise, whatever the laptop's clock says, and never run out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.journal.hlc import FURTHEST, moment, tick
from kzcase.journal.reading import MAX_STAMP

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
JUMPS = (
    *(timedelta(), timedelta(days=1), timedelta(days=-1), timedelta(hours=-1), timedelta(microseconds=1)),
    *(datetime(1970, 1, 1, tzinfo=UTC) - NOW, datetime(2099, 12, 31, tzinfo=UTC) - NOW),
    *(datetime(1, 1, 2, tzinfo=UTC) - NOW, datetime(9999, 12, 30, tzinfo=UTC) - NOW),
)


@given(st.lists(st.sampled_from(JUMPS), min_size=1, max_size=60), st.integers(0, FURTHEST))
def test_stamps_rise_under_any_clock(jumps: list[timedelta], last: int) -> None:
    for jump in jumps:
        after = tick(last, NOW + jump)
        assert last < after <= MAX_STAMP
        last = after


def test_a_stamp_says_when() -> None:
    assert moment(tick(0, NOW)) == NOW
    assert tick(0, NOW + timedelta(milliseconds=1)) > tick(0, NOW)


def test_a_clock_that_fell_back_counts_on() -> None:
    first = tick(0, NOW)
    assert tick(first, NOW - timedelta(days=1)) == first + 1


@pytest.mark.parametrize("stamp", [0, 1, FURTHEST, MAX_STAMP])
def test_every_stamp_that_is_taken_in_can_be_shown(stamp: int) -> None:
    assert moment(stamp).year <= 9999
