"""Ages from births that are not exact and from estimates that grow older; every deadline of the trade's own table."""

from datetime import date

import pytest

from kzcase.db.rulebook import baseline as rulebook
from kzcase.domain.eighteenth import Estimate, ages_on, born_between, eighteenth, minor_on
from kzcase.domain.stays_of_person import LastDay, StayLine, last_lawful_day

TODAY = date(2026, 11, 22)
ROWS = {
    "host_notice": (3, "working_days", False),
    "registration_2026": (30, "days", True),
    "reregistration_2026": (5, "working_days", True),
    "visa_free_stay": (30, "days", False),
    "ninety_180": (90, "days", False),
    "asylum_application": (5, "days", False),
    "asylum_irregular": (1, "days", False),
    "asylum_fingerprint": (3, "days", False),
    "asylum_certificate": (3, "months", False),
    "asylum_decision": (3, "months", False),
    "refugee_review": (1, "years", True),
    "stateless_inquiry": (6, "months", False),
    "naturalisation": (5, "years", False),
    "citizenship_ordinary": (6, "months", True),
    "citizenship_simplified": (3, "months", True),
    "crime_signal": (0, "days", False),
    "public_data_removal": (1, "working_days", False),
}
"""Rule → its term, what it is counted in, and whether nobody has confirmed it yet."""


def test_every_deadline_of_the_table_is_a_dated_rule() -> None:
    rules = rulebook().deadlines
    for rule_id, known in ROWS.items():
        [rule] = rules.all_known(rule_id)
        assert (rule.term, rule.unit, rule.doubtful) == known, rule_id
        assert rule.source
        assert rule.version
    assert rules.on("asylum_decision", TODAY).up_to == 12
    assert rules.on("registration_2026", TODAY).valid_from == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("birth", "low", "high", "minor", "first", "sure"),
    [
        ("2008-03-05", 18, 18, False, date(2026, 3, 5), date(2026, 3, 5)),
        ("2008-12", 17, 17, True, date(2026, 12, 1), date(2026, 12, 31)),
        ("2008", 17, 18, True, date(2026, 1, 1), date(2026, 12, 31)),
        ("2008~", 15, 20, True, date(2024, 1, 1), date(2028, 12, 31)),
        ("2008-02-29", 18, 18, False, date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_a_birth_that_is_not_exact_is_a_range(
    birth: str, low: int, high: int, minor: bool, first: date, sure: date
) -> None:
    ages = ages_on(birth, (), TODAY)
    assert ages is not None
    assert (ages.low, ages.high, minor_on(birth, (), TODAY)) == (low, high, minor)
    assert eighteenth(birth) == (first, sure)


def test_an_estimate_grows_older_and_several_leave_the_whole_range_open() -> None:
    young = Estimate(15, 16, date(2024, 11, 22))
    assert young.span == (date(2007, 11, 22), date(2009, 11, 22))
    ages = ages_on("", (young,), TODAY)
    assert ages is not None
    assert (ages.low, ages.high) == (17, 19)
    assert minor_on("", (young,), TODAY)
    assert not minor_on("", (young,), date(2027, 11, 22))
    older = Estimate(19, 21, date(2026, 11, 22))
    assert minor_on("", (young, older), TODAY)  # doubt counts for the child
    assert born_between("2001-01-01", (young,)) == (date(2001, 1, 1), date(2001, 1, 1))
    assert minor_on("", (), TODAY) is None
    assert minor_on("", (Estimate(16, 12, TODAY), Estimate(None, 3, TODAY), Estimate(3, 4, None)), TODAY) is None


def test_the_last_lawful_day_of_somebodys_stay() -> None:
    rules = rulebook()

    def last(*lines: StayLine, lands: tuple[str, ...] = ("UZ",)) -> LastDay | None:
        return last_lawful_day(lines, lands, rules)

    entry = StayLine(b"1", date(2026, 1, 10))
    assert last(entry) == LastDay(b"1", date(2026, 2, 8), "stay_30")
    assert last(entry, lands=("RU",)) == LastDay(b"1", date(2026, 4, 9), "stay_90")
    before = StayLine(b"0", date(2026, 1, 1), left_on=date(2026, 3, 1))
    again = StayLine(b"1", date(2026, 4, 1))
    assert last(before, again, lands=("RU",)) == LastDay(b"1", date(2026, 4, 30), "ninety_180")
    assert last(StayLine(b"1", date(2026, 1, 10), until=date(2026, 5, 1))) == LastDay(b"1", date(2026, 5, 1))
    assert last(StayLine(b"1", date(2026, 1, 10), basis="foreigner_perm")) is None
    assert last(StayLine(b"1", date(2026, 1, 10), left_on=date(2026, 1, 12))) is None
    assert last(entry, lands=("KZ", "UZ")) is None
    assert last(entry, lands=()) is None  # nobody knows by which rule
