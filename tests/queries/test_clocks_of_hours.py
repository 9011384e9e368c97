"""Clocks of hours: each counts from the hour of its event, and without one it is over as soon as it could be."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook
from kzcase.db.rulebook import baseline
from kzcase.domain.due import DueRow
from kzcase.domain.tasks import When
from kzcase.i18n import KAZAKHSTAN, render
from kzcase.queries.due import due
from kzcase.queries.my_day import my_day, waiting_count
from kzcase.queries.roads import where_it_stands
from kzcase.queries.team import team_board
from kzcase.queries.timelines import case_timeline
from tests.actions.steps import do
from tests.db.books import founded

RULES = baseline()
OF_HOURS = {rule.id: rule.term for rule in RULES.deadlines.versions if rule.unit == "hours"}
CLOCKS = sorted(
    {
        (pathway.id, each.rule, each.since)
        for pathway in RULES.pathways.values()
        for _step, stage in pathway.every_stage()
        for each in stage.due
        if each.rule in OF_HOURS
    }
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def opened(book: Casebook, kind: str, **more: str) -> tuple[str, datetime]:
    """The case, and the moment it was opened at."""
    with book.read() as reader:
        before = reader.now
    done = do(book, act="case.opened", kind=kind, person={"names": [{"family": "Үлгі"}], "sex": "female"}, **more)
    return done.ids["case"].hex(), before


def row_of(book: Casebook, rule: str) -> DueRow:
    with book.read() as reader:
        return next(row for row in due(reader, until=date(2027, 3, 1)) if row.rule == rule)


def test_every_clock_of_hours_is_asked_about_here() -> None:
    """Canary: one that a pathway sets running from a fact these tests do not know."""
    assert {rule for _kind, rule, _since in CLOCKS} == set(OF_HOURS)
    assert {since for _kind, _rule, since in CLOCKS} == {"opened", "detained", "danger_to_life"}


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind, rule, since in CLOCKS if since == "opened"])
def test_from_the_opening_it_counts_by_the_hour_of_the_act(book: Casebook, kind: str, rule: str) -> None:
    case, begun = opened(book, kind)
    row, term = row_of(book, rule), timedelta(hours=OF_HOURS[rule])
    assert row.moment is not None
    assert timedelta() <= row.moment - (begun + term) < timedelta(minutes=1)
    assert not row.overdue
    book._clock.now += term + timedelta(minutes=1)  # type: ignore[attr-defined]
    assert row_of(book, rule).overdue
    with book.read() as reader:
        clocks = [each for each in where_it_stands(reader, case, "en").clocks if each.moment == row.moment]
        expected = [each for each in case_timeline(reader, case, "en") if each.moment == row.moment]
        assert [each.overdue for each in clocks] == [True]
        assert [str(each.state) for each in expected] == ["late"]
        assert not any("is not known" in render(words, "en") for words in clocks[0].explained)
        [line] = [each for each in my_day(reader) if each.rule_id == rule]
        assert (line.moment, line.when) == (row.moment, When.OVERDUE)
        assert waiting_count(reader) >= 1
        assert [member.overdue for member in team_board(reader)] >= [1]


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind, rule, since in CLOCKS if since == "opened"])
def test_opened_for_an_earlier_day_it_is_over_as_soon_as_it_could_be(book: Casebook, kind: str, rule: str) -> None:
    opened(book, kind, opened_on="2026-11-21")
    row = row_of(book, rule)
    assert row.moment == datetime(2026, 11, 21, tzinfo=KAZAKHSTAN) + timedelta(hours=OF_HOURS[rule])
    assert row.overdue


@pytest.mark.parametrize("rule", sorted({rule for _kind, rule, since in CLOCKS if since == "detained"}))
def test_a_detention_counts_by_its_hour_and_without_one_from_the_first_minute(book: Casebook, rule: str) -> None:
    term = timedelta(hours=OF_HOURS[rule])
    case, _begun = opened(book, "detention")
    do(book, act="fact.stated", case=case, fact="detained", on="2026-11-22")
    assert row_of(book, rule).moment == datetime(2026, 11, 22, tzinfo=KAZAKHSTAN) + term
    known, _begun = opened(book, "detention")
    do(book, act="fact.stated", case=known, fact="detained", at="2026-11-22T10:30")
    with book.read() as reader:
        found = {row.case: row.moment for row in due(reader, until=date(2027, 3, 1)) if row.rule == rule}
    assert found[known] == datetime(2026, 11, 22, 10, 30, tzinfo=KAZAKHSTAN) + term


@pytest.mark.parametrize("kind", sorted({kind for kind, _rule, since in CLOCKS if since == "danger_to_life"}))
def test_a_danger_to_life_is_decided_within_the_hour_it_became_known(book: Casebook, kind: str) -> None:
    case, _begun = opened(book, kind)
    with book.read() as reader:
        assert not any("police" in render(row.what, "en").lower() for row in due(reader, until=date(2027, 3, 1)))
    do(book, act="fact.stated", case=case, fact="danger_to_life", at="2026-11-22T10:30")
    row = row_of(book, "police_in_danger")
    assert row.moment == datetime(2026, 11, 22, 11, 30, tzinfo=KAZAKHSTAN)
    assert "a life is in danger" in render(row.reason, "en")
    do(book, act="report.made", case=case, addressee="Generated", proof="No. 1", told="Generated.")
    with book.read() as reader:
        assert "police_in_danger" not in {row.rule for row in due(reader, until=date(2027, 3, 1))}


def test_what_a_clock_says_it_counts_from_is_what_set_it_off(book: Casebook) -> None:
    case, _begun = opened(book, "trafficking")
    do(book, act="fact.stated", case=case, fact="police_consented", on="2026-11-22")
    with book.read() as reader:
        said = {row.rule: render(row.reason, "en") for row in due(reader, until=date(2027, 3, 1))}
        told = [render(line, "en") for clock in where_it_stands(reader, case, "en").clocks for line in clock.explained]
        expected = [render(line, "en") for each in case_timeline(reader, case, "en") for line in each.explained]
    agreed = "the person agreed that the police are told"
    assert said["police_by_consent"] == f"at once, counted from: {agreed}."
    assert said["safety_hour"] == "1 hour, counted from: the case is open."
    assert any(line == f"Counted from 22.11.2026 ({agreed})." for line in told)
    assert told == expected


def test_a_check_that_was_made_in_time_is_no_longer_due(book: Casebook) -> None:
    case, _begun = opened(book, "trafficking")
    do(book, act="fact.stated", case=case, fact="safe", on="2026-11-22")
    book._clock.now += timedelta(hours=2)  # type: ignore[attr-defined]
    with book.read() as reader:
        assert "safety_hour" not in {row.rule for row in due(reader, until=date(2027, 3, 1))}
