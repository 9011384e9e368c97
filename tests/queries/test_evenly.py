"""Who may not be told that somebody fits cannot tell it from the work either: in two casebooks, one of which holds the
person, the same is asked of the database, statement by statement."""

from collections.abc import Iterator
from typing import Any

import pytest

from kzcase.db.casebook import Casebook
from kzcase.db.sql import Sql
from kzcase.domain.permissions import Role
from kzcase.queries import alike, callers, search_index
from kzcase.queries.alike import STEP_S, alike_evenly, alike_people, described
from kzcase.queries.callers import known_caller
from kzcase.queries.search import people_found
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop

HER = {"names": [{"family": "Каримова", "given": "Дильноза"}], "phones": [{"number": "+998 90 123-45-67"}]}
NOBODY = {"names": [{"family": "Шевченко", "given": "Оксана"}], "phones": [{"number": "+380 44 765-43-21"}]}
OTHERS = 30
TYPED = {
    "as written": "Каримова Дильноза",
    "in other letters": "KARIMOVA DILNOZA",
    "as it sounds": "Каремова Дилноза",
    "begun": "Кар Дил",
    "one word": "Каримова",
    "mistyped": "Карисова Дильноза",
    "in two": "Кари мова Дильноза",
    "with a patronymic": "Каримова Дильноза Анваровна",
    "mistyped, with a patronymic": "Карисова Дильноза Анваровна",
    "a phone": "998901234567",
}
"""Each leads to her in another way."""


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Casebook, Casebook]]:
    """A colleague's laptop in an office that holds her case, beyond their reach, and in one that does not."""
    books = []
    for person in (HER, NOBODY):
        folder = tmp_path_factory.mktemp("evenly")
        with founded(folder) as office:
            with office.batch():
                for at in range(OTHERS):
                    names = [{"family": "Generated", "given": f"Other{at}"}]
                    do(office, **(CASE | {"person": {"names": names}}))
                do(office, **(CASE | {"person": person}))
            books.append(laptop(folder, colleague(office, Role.CASEWORKER), office))
    yield books[0], books[1]
    for book in books:
        book.close()


def asked(book: Casebook, typed: str) -> tuple[list[str], int]:
    """Every statement that is asked while somebody is typed, and how many are led to by it."""
    said: list[str] = []
    plain = Sql.rows

    def listening(sql: Sql, statement: str, given: Any = ()) -> Any:
        said.append(statement)
        return plain(sql, statement, given)

    with pytest.MonkeyPatch.context() as patch, book.read() as reader:
        led = len(people_found(reader, typed, most=5))
        patch.setattr(Sql, "rows", listening)
        names, phones = ([], [typed]) if typed.isdecimal() else ([typed], [])
        assert alike_people(reader, described(names, "", "", phones, ())) == []
    return said, led


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_as_much_is_asked_whether_or_not_somebody_beyond_reach_fits(
    laptops: tuple[Casebook, Casebook], typed: str
) -> None:
    (with_her, led), (without, to_nobody) = (asked(book, typed) for book in laptops)
    assert (led, to_nobody) == (1, 0)
    assert with_her == without
    assert len(with_her) > 10


@pytest.mark.parametrize("typed", [TYPED["as written"], TYPED["mistyped"], TYPED["in two"]])
def test_the_canary_who_stops_at_the_first_way_is_found_out(
    laptops: tuple[Casebook, Casebook], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    plain = search_index.Index.of
    monkeypatch.setattr(search_index.Index, "of", lambda reader, most, **_: plain(reader, most))
    with_her, without = (asked(book, typed)[0] for book in laptops)
    assert with_her != without


# Who calls

FREE, HELD, AWAY, ENDED, UNKNOWN = ("+7 709 000 00 2" + str(digit) for digit in range(5))


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """A laptop on the line, in an office with a phone of each sort."""
    folder = tmp_path_factory.mktemp("line")
    with founded(folder) as office:
        operator = colleague(office, Role.HELPLINE)
        for number in (FREE, HELD, AWAY, ENDED):
            until = {"until": "2026-01-01"} if number == ENDED else {}
            opened = do(office, **(CASE | {"person": HER | {"phones": []}}))
            person = {"person": opened.ids["person"].hex()}
            phone = do(office, act="phone.added", **person, number=number, safe="safe", **until).ids["phone"].hex()
            if number == HELD:
                do(office, act="phone.controlled", phone=phone, state="controlled")
            if number == AWAY:
                do(office, act="case.blocked", case=opened.ids["case"].hex(), staff=operator.staff_id.hex())
        with laptop(folder, operator, office) as book:
            yield book


def told(book: Casebook, number: str) -> tuple[bool, int]:
    """Whether a word is asked for, and how many statements it took to know."""
    said: list[str] = []
    with book.read() as reader:
        driver = reader.session.connection().connection.driver_connection
        driver.set_trace_callback(said.append)
        try:
            return known_caller(reader, number).ask_word, len(said)
        finally:
            driver.set_trace_callback(None)


@pytest.mark.parametrize("more", [0.0, 0.0005, 0.02])
def test_what_little_a_look_takes_longer_is_not_in_its_answer(
    laptops: tuple[Casebook, Casebook], more: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of the test's own: the work takes 24 ms and something more, the answer comes at the same step."""
    at = [100.0]

    def worked(*_given: Any) -> list[Any]:
        at[0] += 0.024 + more
        return []

    def slept(seconds: float) -> None:
        at[0] += seconds

    monkeypatch.setattr(alike, "alike_people", worked)
    monkeypatch.setattr(alike.time, "monotonic", lambda: at[0])
    monkeypatch.setattr(alike.time, "sleep", slept)
    with laptops[0].read() as reader:
        assert alike_evenly(reader, described([TYPED["one word"]], "", "", (), ())) == []
    assert at[0] - 100 == pytest.approx(STEP_S)


def test_a_phone_that_tells_nothing_takes_as_much_as_one_nobody_knows(line: Casebook) -> None:
    free, *others = [told(line, number) for number in (FREE, HELD, AWAY, ENDED, UNKNOWN)]
    assert free[0]
    assert [asked for asked, _statements in others] == [False] * 4
    assert len({statements for _asked, statements in (free, *others)}) == 1


def test_the_canary_a_question_left_out_for_nobody_is_found_out(
    line: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = callers._of_callers
    monkeypatch.setattr(
        callers, "_of_callers", lambda reader, phones, held: plain(reader, phones, held) if phones else []
    )
    assert len({told(line, number)[1] for number in (HELD, UNKNOWN)}) == 2
