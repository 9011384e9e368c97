"""Days of stay, beside a day-by-day count written on its own."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzcase.domain import stay
from kzcase.domain.errors import RegimeUnknown, RuleBroken, UnknownCode
from kzcase.domain.stay import Stay, StayQuestion, count_stay, read_question
from kzcase.i18n import render
from tests.domain.shipped import code_list

DAY = timedelta(days=1)


def answer(
    citizenship: str, today: str, *stays: tuple[str, str | None] | tuple[str, str | None, str]
) -> dict[str, Any]:
    question = {
        "citizenship": citizenship,
        "today": today,
        "stays": [dict(zip(("in", "out", "kind"), one, strict=False)) for one in stays],
    }
    return count_stay(read_question(question, code_list("country"))).as_json()


@pytest.mark.parametrize(
    ("citizenship", "today", "stays", "last_day", "cut_by"),
    [
        ("UZ", "2026-01-10", [("2026-01-10", None)], "2026-02-08", "stay_30"),
        ("UZ", "2026-01-10", [], "2026-02-08", "stay_30"),
        (
            "UZ",
            "2026-04-15",
            [
                ("2026-01-01", "2026-01-30"),
                ("2026-02-05", "2026-03-06"),
                ("2026-03-10", "2026-04-08"),
                ("2026-04-15", None),
            ],
            None,
            "ninety_180",
        ),
        ("RU", "2026-01-10", [("2026-01-10", None)], "2026-04-09", "stay_90"),
        ("RU", "2026-04-01", [("2026-01-01", "2026-03-01"), ("2026-04-01", None)], "2026-04-30", "ninety_180"),
        ("KG", "2026-04-20", [("2026-01-01", "2026-03-01"), ("2026-04-01", None)], "2026-04-30", "ninety_180"),
        ("UZ", "2026-03-01", [("2026-01-10", None)], "2026-02-08", "stay_30"),
        ("UZ", "2026-01-01", [("2026-01-10", None)], "2026-02-08", "stay_30"),
        ("UZ", "2026-01-15", [("2026-01-10", None, "permit")], None, None),
        ("UZ", "2026-02-15", [("2026-01-01", "2026-02-10", "permit"), ("2026-02-11", None)], "2026-03-12", "stay_30"),
    ],
)
def test_last_days(citizenship: str, today: str, stays: list[Any], last_day: str | None, cut_by: str | None) -> None:
    found = answer(citizenship, today, *stays)
    assert (found["last_day"], found["cut_by"]) == (last_day, cut_by)


def test_where_the_two_ways_diverge() -> None:
    past = [("2026-01-01", "2026-01-10"), ("2026-04-12", None)]
    found = answer("RU", "2026-06-30", *past)
    assert found["rolling"] == {"used": 89, "left": 1, "last_day": "2026-07-10"}
    assert found["block"]["used"] == 1
    assert answer("RU", "2026-07-11", *past)["rolling"]["used"] == 91
    assert answer("RU", "2026-06-29", *past)["block"]["used"] == 89


def test_entry_and_exit_both_count_and_a_shared_day_once() -> None:
    found = answer("UZ", "2026-02-01", ("2026-01-01", "2026-01-05"), ("2026-01-05", "2026-01-06"))
    assert found["rolling"]["used"] == found["block"]["used"] == 6


def test_days_under_a_permit_do_not_count() -> None:
    found = answer("UZ", "2026-02-01", ("2026-01-01", "2026-01-20"), ("2026-01-06", "2026-01-15", "permit"))
    assert found["rolling"]["used"] == 10


class DayByDay:
    """Walks the calendar one day at a time and keeps every day in a list: slow, plain, and sure."""

    def __init__(self, question: StayQuestion, window: int = 180) -> None:
        self.question = question
        self.window = window

    def in_country(self, day: date) -> bool:
        inside = permitted = False
        for one in self.question.stays:
            end = one.end if one.end is not None else date(2099, 12, 31)
            if one.start <= day <= end:
                if one.kind == "permit":
                    permitted = True
                else:
                    inside = True
        return inside and not permitted

    def permitted(self, day: date) -> bool:
        end = date(2099, 12, 31)
        return any(one.kind == "permit" and one.start <= day <= (one.end or end) for one in self.question.stays)

    def rolling(self, present: list[date], day: date) -> int:
        return len([one for one in present if day - self.window * DAY < one <= day])

    def block(self, present: list[date], day: date) -> int:
        begins: list[date] = []
        for one in present:
            if not begins or (one - begins[-1]).days >= self.window:
                begins.append(one)
        if not begins or (day - begins[-1]).days >= self.window:
            return 0
        return len([one for one in present if one >= begins[-1]])

    def entry(self) -> date:
        today = self.question.today
        now = [one for one in self.question.stays if one.start <= today and (one.end is None or one.end >= today)]
        if now:
            return max(one.start for one in now)
        coming = [one.start for one in self.question.stays if one.start > today and one.end is None]
        return min(coming) if coming else today

    def answer(self) -> tuple[tuple[int, date | None], tuple[int, date | None]]:
        first = min([one.start for one in self.question.stays] + [self.question.today])
        days = [first + number * DAY for number in range((self.question.today - first).days + 1)]
        present = [day for day in days if self.in_country(day)]
        found = []
        for count in (self.rolling, self.block):
            known = [day for day in present if day < self.entry()]
            day, last = self.entry(), None
            for _number in range(30 if self.question.regime == "visa_free" else 90):
                if not self.permitted(day):
                    known.append(day)
                if count(known, day) > 90:
                    break
                last = day
                day += DAY
            found.append((count(present, self.question.today), last))
        return found[0], found[1]


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@st.composite
def questions(draw: st.DrawFn) -> StayQuestion:
    today = draw(DAYS)
    stays = []
    for start, length, kind in draw(
        st.lists(
            st.tuples(DAYS, st.integers(0, 100), st.sampled_from(("visa_free", "visa_free", "permit"))), max_size=6
        )
    ):
        stays.append(Stay(start, start + length * DAY, kind))
    if draw(st.booleans()):
        stays.append(Stay(draw(st.dates(today - 100 * DAY, today))))
    return StayQuestion(draw(st.sampled_from(("visa_free", "eaeu"))), tuple(stays), today)


def governed_by_permit(question: StayQuestion) -> bool:
    return count_stay(question).cut_by is None


TOUCHING = StayQuestion("eaeu", (Stay(date(2026, 1, 1), date(2026, 1, 10)), Stay(date(2026, 4, 12))), date(2026, 6, 30))


def agrees(question: StayQuestion, window: int = 180) -> bool:
    rolling, block = DayByDay(question, window).answer()
    found = count_stay(question)
    if found.cut_by is None:
        return (found.rolling.used, found.block.used) == (rolling[0], block[0])
    ends = (rolling[1], block[1])
    return (
        (found.rolling.used, found.rolling.last_day) == rolling
        and (found.block.used, found.block.last_day) == block
        and found.last_day == (None if None in ends else min(end for end in ends if end))
    )


@given(questions())
@example(TOUCHING)
@settings(max_examples=150, deadline=None)
def test_every_answer_agrees_with_the_day_by_day_count(question: StayQuestion) -> None:
    assert agrees(question)


def test_canary_a_window_of_one_day_less_is_noticed() -> None:
    assert agrees(TOUCHING)
    assert not agrees(TOUCHING, window=179)


@given(questions())
@settings(max_examples=60, deadline=None)
def test_left_and_used_add_up_and_nobody_stays_beyond_the_limit(question: StayQuestion) -> None:
    found = count_stay(question)
    for way in (found.rolling, found.block):
        assert way.left == max(0, 90 - way.used)
    assert found.cut_by in (None, *(code.code for code in code_list("stay_cut")))


@pytest.mark.parametrize("citizenship", ["AF", "KZ", "UNK", "XXA", "IN"])
def test_an_unknown_regime_never_gives_a_date(citizenship: str) -> None:
    with pytest.raises(RegimeUnknown) as refused:
        answer(citizenship, "2026-01-10")
    assert render(refused.value.sentence(), "en").startswith("citizenship")


def test_a_regime_given_by_hand_is_taken() -> None:
    question = {"citizenship": "IN", "regime": "visa_free", "stays": [], "today": "2026-01-10"}
    assert read_question(question, code_list("country")).regime == "visa_free"


def test_the_regime_is_that_of_the_day() -> None:
    assert stay.regime_of("KG", code_list("country"), date(2026, 1, 1)) == "eaeu"
    assert stay.regime_of("CN", code_list("country"), date(2023, 11, 10)) == "visa_free"
    with pytest.raises(RegimeUnknown):
        stay.regime_of("CN", code_list("country"), date(2023, 11, 9))
    with pytest.raises(UnknownCode):
        stay.regime_of("ZZ", code_list("country"), date(2026, 1, 1))


GOOD: dict[str, Any] = {"citizenship": "UZ", "stays": [{"in": "2026-01-10", "out": None}], "today": "2026-01-10"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"today": "10.01.2026"}, "today"),
        ({"today": None}, "today"),
        ({"today": "2026-02-30"}, "today"),
        ({"today": "20260110"}, "today"),
        ({"today": "9999-12-31"}, "today"),
        ({"stays": {}}, "stays"),
        ({"stays": ["x"]}, "stays[0]"),
        ({"stays": [{"in": "2026-01-10", "out": "2026-01-09"}]}, "stays[0].out"),
        ({"stays": [{"out": "2026-01-09"}]}, "stays[0].in"),
        ({"stays": [{"in": "2026-01-10", "kind": "tourist"}]}, "stays[0].kind"),
        ({"stays": [{"in": "2026-01-10", "until": "x"}]}, "stays[0].until"),
        ({"stays": [{"in": "2026-01-10"}] * 2000}, "stays"),
        ({"regime": "visa"}, "regime"),
        ({"citizenship": 7}, "citizenship"),
        ({"citizenship": "Өзбекстан"}, "citizenship"),
        ({"citizenship": "uz"}, "citizenship"),
        ({"foo": 1}, "foo"),
    ],
)
def test_bad_questions_are_refused_with_their_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_question(GOOD | change, code_list("country"))
    assert refused.value.place == place


@pytest.mark.parametrize("untrusted", [None, [], "x", 3])
def test_something_else_is_refused(untrusted: object) -> None:
    with pytest.raises(RuleBroken):
        read_question(untrusted, code_list("country"))


def test_canary_the_good_question_is_taken() -> None:
    assert read_question(GOOD, code_list("country")).stays == (Stay(date(2026, 1, 10)),)
