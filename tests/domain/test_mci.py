"""Amounts of the monthly calculation index."""

from datetime import date
from itertools import pairwise

import pytest

from kzcase.domain.errors import BrokenDefinition, NotInForce
from kzcase.domain.mci import COLUMNS, TIMES, compensation, read_mci
from tests.domain.shipped import text

TABLE = read_mci(text("rules", "mci.csv"))


@pytest.mark.parametrize(
    ("day", "amount", "thirty", "fifty"),
    [
        (date(2015, 6, 1), 1982, 59460, 99100),
        (date(2018, 12, 31), 2405, 72150, 120250),
        (date(2020, 3, 31), 2651, 79530, 132550),
        (date(2020, 4, 1), 2778, 83340, 138900),
        (date(2022, 3, 31), 3063, 91890, 153150),
        (date(2022, 4, 1), 3180, 95400, 159000),
        (date(2023, 1, 1), 3450, 103500, 172500),
        (date(2024, 5, 5), 3692, 110760, 184600),
        (date(2025, 5, 5), 3932, 117960, 196600),
        (date(2026, 12, 31), 4325, 129750, 216250),
    ],
)
def test_amounts(day: date, amount: int, thirty: int, fifty: int) -> None:
    found = TABLE.on(day)
    assert (found.amount, found.times(30), found.times(50)) == (amount, thirty, fifty)


def test_fines_may_have_their_own_amount_and_doubt_shows() -> None:
    assert TABLE.on(date(2022, 5, 1), "fines").amount == 3063
    assert TABLE.on(date(2022, 5, 1), "fines").doubtful
    assert not TABLE.on(date(2026, 5, 1)).doubtful


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2027, 1, 1)])
def test_a_year_without_an_amount_is_refused(day: date) -> None:
    with pytest.raises(NotInForce):
        TABLE.on(day)


@pytest.mark.parametrize("use", ["benefits", "fines"])
def test_every_day_has_exactly_one_amount(use: str) -> None:
    rows = sorted((row for row in TABLE.rows if row.use in ("all", use)), key=lambda row: row.first)
    for earlier, later in pairwise(rows):
        assert (later.first - earlier.last).days == 1


@pytest.mark.parametrize(
    "row",
    [
        "2026-01-01,2026-12-31,x,all,V,s,",
        "2026-12-31,2026-01-01,1,all,V,s,",
        "2026-01-01,2026-12-31,1,bribes,V,s,",
        "a",
    ],
)
def test_a_broken_row_is_refused_with_its_place(row: str) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        read_mci(",".join(COLUMNS) + f"\n{row}\n")
    assert refused.value.place == "rules/mci.csv:2"


def test_a_compensation_stands_once_for_each_date_that_might_fix_it() -> None:
    found = compensation(TABLE, "mci_40", recognition=date(2022, 5, 1), payment=date(2027, 2, 1))
    assert [each.fixed_by for each in found] == ["recognition", "application", "payment"]
    assert [each.amount for each in found] == [127200, None, None]  # a day nobody said, and a year without an index
    assert not found[0].doubtful
    assert [compensation(TABLE, ground, application=date(2026, 3, 1))[1].amount for ground in TIMES] == [
        129750,
        173000,
        216250,
    ]
