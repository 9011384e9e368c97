"""Figures of calls: by calls, not by people; closed once; nobody who calls every day can be seen in them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from kzcase.actions.calls import take_back_call
from kzcase.actions.releases import approve_release
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import AlreadyThere, BadSummary, NotAllowed, PeriodClosed, TooFewPeople
from kzcase.domain.permissions import Role
from kzcase.i18n import Language
from kzcase.queries.call_periods import calls_to_count, closed_call_periods
from kzcase.queries.releases import release_list
from kzcase.summaries import calls
from kzcase.summaries.calls import (
    ReadyCalls,
    call_indicators,
    call_period_choices,
    close_call_period,
    prepare_calls,
)
from kzcase.summaries.casebook import released
from kzcase.summaries.commands import attack_directories
from kzcase.summaries.reading import read_release
from kzcase.summaries.spec import Spec
from tests.actions.steps import do
from tests.db.books import TickingClock, founded
from tests.db.laptops import colleague, laptop

QUARTER, START, END = "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)
TOPICS = ("wages", "stay", "held", "silent", "asylum", "health")
RARE = {
    "channel": "phone",
    "language": "uz",
    "topics": ["asylum"],
    "outcome": "out_cut",
    "started_at": "2026-08-01T10:00",
}
OUTCOMES = ("out_answered", "out_sheet", "out_signal", "out_callback", "out_cut")


def log(book: Casebook, chance: Random, **more: Any) -> None:
    day = f"2026-{chance.randint(7, 9):02}-{chance.randint(1, 28):02}T10:00"
    given = {"channel": "phone", "language": chance.choice(("kk", "ru", "uz")), "topics": [chance.choice(TOPICS)]}
    region = chance.choice(("KZ-75", "KZ-61", None))
    do(
        book,
        act="call.logged",
        **{**given, "outcome": chance.choice(OUTCOMES), "region": region, "started_at": day, **more},
    )


def ready(book: Casebook, period: str = QUARTER, tables: Sequence[Sequence[str]] = (), **more: Any) -> ReadyCalls:
    found = prepare_calls(book, Spec(5, tuple(tuple(table) for table in tables), period), **more)
    assert found is not None
    return found


def publish(book: Casebook, figures: ReadyCalls, folder: Path, spoken: Language = "kk") -> bytes:
    figures.close(book)
    return released(book, figures, folder, language=spoken).release


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    clock = TickingClock(datetime(2026, 10, 20, 6, tzinfo=UTC))
    with founded(tmp_path_factory.mktemp("calls"), clock=clock) as opened:
        chance = Random(5)
        with opened.batch():
            for _call in range(150):
                log(opened, chance)
            for _call in range(40):
                log(opened, chance, anonymous=False, phone="+7 709 000 00 88", topics=["asylum"], language="uz")
            log(opened, chance, started_at="2026-10-02T10:00")
        yield opened


def test_of_one_known_caller_only_so_many_calls_are_counted(book: Casebook) -> None:
    with book.read() as reader:
        found = calls_to_count(reader, START, END, 4)
        every = calls_to_count(reader, START, END, 1_000)
    assert [sum(not call.beyond for call in those) for those in (found, every)] == [154, 190]


def test_every_topic_and_outcome_counts_as_something(book: Casebook) -> None:
    known = call_indicators()
    assert all(len(table) <= 3 for table in known.tables)
    for variable, code_list in (("topic", "call_topic"), ("outcome", "call_outcome")):
        codes = {code.code for code in book.rulebook.list(code_list)}
        assert set(known.counts_as[variable]) <= codes
        assert set(known.counts_as[variable].values()) <= set(known.codebook.categories(variable))


def test_a_quarter_is_closed_once_and_published_as_often_as_wanted(book: Casebook, tmp_path: Path) -> None:
    first = ready(book)
    release = publish(book, first, tmp_path / "a")
    log(book, Random(1))  # entered late: it is for the next quarter
    again = ready(book, QUARTER, [["topic", "outcome"]])
    publish(book, again, tmp_path / "b", "en")
    assert first.periods[0].fingerprint() == again.periods[0].fingerprint()
    assert again.closing is None
    assert first.release().counts[()] == again.release().counts[()]
    assert all(count % 5 == 0 for count in first.release().counts.values())
    with pytest.raises(AlreadyThere):
        publish(book, again, tmp_path / "b", "en")
    with pytest.raises(PeriodClosed):
        close_call_period(book, first.closing)
    with book.read() as reader:
        assert [one.people for one in closed_call_periods(reader)] == [190]
        late = calls_to_count(reader, date(2026, 10, 1), date(2026, 12, 31), 4)
        assert [(row.period, row.calls) for row in release_list(reader)] == [(QUARTER, True)] * 2
        assert [(one.period, one.state) for one in call_period_choices(reader)] == [
            ("2026-Q4", "running"),
            (QUARTER, "closed"),
        ]
    assert len(late) == 2, "what was beyond the most is not counted later; what was entered late is"
    attacked = attack_directories([tmp_path / "a", tmp_path / "b"])
    assert attacked is not None
    assert attacked["exposed"] == []
    assert ready(book).release().stamps == ("not approved",)
    _sign(book, release, tmp_path)
    assert ready(book).release().stamps == ()


def _sign(book: Casebook, release: bytes, folder: Path) -> None:
    other = colleague(book, Role.SUPERVISOR)
    with laptop(folder, other, book) as second:
        approve_release(second, release)
        book.take_in(*second.everything())


def test_the_paper_speaks_of_calls(book: Casebook, tmp_path: Path) -> None:
    from tests.paper.reading import squeezed, text_of

    publish(book, ready(book), tmp_path / "c", "en")
    said = squeezed(text_of((tmp_path / "c" / "summary.pdf").read_bytes()))
    assert "callsinall" in said.casefold().replace(" ", "")
    assert "upto5calls" in said
    assert "peopleinall" not in said.casefold()


def _closed(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [each.period for each in closed_call_periods(reader)]


@pytest.mark.parametrize("count", [4, 5])
def test_a_table_of_more_than_three_is_refused_before_the_quarter_is_closed(book: Casebook, count: int) -> None:
    before = _closed(book)
    with pytest.raises(BadSummary) as refused:
        ready(book, tables=[call_indicators().codebook.names()[:count]])
    assert refused.value.place == "tables[1]"
    assert max(len(table) for table in call_indicators().tables) == 3
    assert _closed(book) == before


def test_what_cannot_be_is_refused(book: Casebook, tmp_path: Path) -> None:
    with pytest.raises(BadSummary):
        ready(book, "2026-08")
    with pytest.raises(TooFewPeople):
        ready(book, "2026-Q4", early=True)
    operator = colleague(book, Role.HELPLINE)
    with laptop(tmp_path, operator, book) as other, pytest.raises(NotAllowed):
        ready(other)


def test_the_canary_a_daily_caller_would_be_seen(tmp_path: Path) -> None:
    """Uncapped, one person's calls alone lift a number by more than the rounding hides."""
    with founded(tmp_path, clock=TickingClock(datetime(2026, 10, 20, 6, tzinfo=UTC))) as opened:
        with opened.batch():
            for _call in range(9):
                log(opened, Random(3), anonymous=False, nickname="The Singer")
        with opened.read() as reader:
            seen = [calls_to_count(reader, START, END, most) for most in (4, 1_000)]
    assert [sum(not call.beyond for call in calls) for calls in seen] == [4, 9]


def around_a_call(folder: Path) -> list[Path]:
    """Two releases of a quarter; between them one call was taken back and another logged late."""
    clock = TickingClock(datetime(2026, 10, 20, 6, tzinfo=UTC))
    with founded(folder, clock=clock) as opened:
        chance = Random(8)
        with opened.batch():
            for _call in range(60):
                log(opened, chance)
        wrong = do(opened, act="call.logged", **RARE).ids["call"].hex()
        publish(opened, ready(opened), folder / "before")
        take_back_call(opened, wrong)
        log(opened, Random(9), topics=["held"], language="uz")
        publish(opened, ready(opened), folder / "after")
    return [folder / "before", folder / "after"]


def test_two_releases_with_a_call_between_them_tell_nothing_of_it(tmp_path: Path) -> None:
    folders = around_a_call(tmp_path)
    one, other = (read_release(folder).published for folder in folders)
    assert one.counts == other.counts, "what was published stays as it is"
    attacked = attack_directories(folders)
    assert attacked is not None
    assert (attacked["exposed"], attacked["contradictory"]) == ([], False)


def test_the_canary_numbers_rounded_anew_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the stored file each release would round again, and two of them would narrow each other."""
    monkeypatch.setattr(calls, "closed_call_periods", lambda _reader: [])
    monkeypatch.setattr(ReadyCalls, "close", lambda _ready, _book: None)
    entered = SimpleNamespace(ids={"release": b""}, number="")
    monkeypatch.setattr(ReadyCalls, "enter", lambda _ready, _book, _wish: entered)
    one, other = (read_release(folder).published for folder in around_a_call(tmp_path))
    assert one.counts != other.counts
