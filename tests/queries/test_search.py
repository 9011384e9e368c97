"""Search: people are found however their names are spelt, by phone and number, and nothing typed does harm."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.reading import open_case
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.errors import NotAllowed
from kzcase.domain.permissions import Role
from kzcase.queries import search as searching
from kzcase.queries import search_index, search_words
from kzcase.queries.cases import case_list
from kzcase.queries.search import MAX_CANDIDATES, answer, search
from tests.actions.steps import CASE, PERSON, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop

PEOPLE = {
    "qairat": ([("Әбілқасымов", "Қайрат", None)], "+7 (701) 234-56-78"),
    "jumabek": ([("Жақсыбеков", "Жұмабек", None)], "8 702 345 67 89"),
    "dilnoza": ([("Каримова", "Дильноза", "Анваровна")], "+998 90 123-45-67"),
    "otkir": ([("Йўлдошев", "Ўткир", None), ("YOʻLDOSHEV", "OʻTKIR", None)], "77032222222"),
    "sherzod": ([("Ғуломов", "Шерзод", None)], ""),
    "nurbek": ([("Нурбек уулу", "Азамат", None)], ""),
    "aigul": ([("Нұрланқызы", "Айгүл", None)], ""),
    "karim": ([("Каримов", "Анвар", None)], ""),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Casebook, dict[str, str]]]:
    """A casebook of eight people, and their names by their case numbers."""
    found = founded(tmp_path_factory.mktemp("search"))
    who: dict[str, str] = {}
    for name, (names, phone) in PEOPLE.items():
        facts = [{"family": f, "given": g} | ({"patronymic": p} if p else {}) for f, g, p in names]
        phones = [{"number": phone}] if phone else []
        who[do(found, **(CASE | {"person": {"names": facts, "sex": "unknown", "phones": phones}})).number] = name
    found.show_names()
    yield found, who
    found.close()


def found_by(book: tuple[Casebook, dict[str, str]], typed: str) -> list[str]:
    with book[0].read() as reader:
        return [book[1][hit.number] for hit in search(reader, typed)]


TYPED = {
    "qairat": (
        *("Әбілқасымов", "абилкасымов", "ABILKASSYMOV KAIRAT", "Кайрат", "қайр", "Кайрат Абилк", "ӘБІЛҚАСЫМОВ ҚАЙРАТ"),
        *("7012345678", "+7 701 234 56 78", "87012345678", "8-701-234-56-78", "8 (701) 234", "+7 701 23", "70123"),
    ),
    "jumabek": (
        "Джумабек",
        "DZHUMABEK DZHAKSYBEKOV",
        "жаксыбеков жумабек",
        "+7 702 345 67 89",
        "7023456789",
        "8702345",
    ),
    "dilnoza": (
        *("Каримова Дилноза", "DILNOZA KARIMOVA", "Дильноза Анваровна", "karimova dilnoza anvarovna"),
        *("Каремова Дильноза", "Дилноза Анвар қизи", "998901234567", "+998 90 123", "Каримова, Дильноза 1994"),
    ),
    "otkir": ("OʻTKIR", "O'tkir Yo'ldoshev", "Уткир Юлдошев", "YULDOSHEV", "+7 703 222 22 22"),
    "sherzod": ("Гулямов Шерзод", "SHERZOD GULYAMOV"),
    "nurbek": ("AZAMAT NURBEKOV", "Азамат Нурбек уулу", "Нурбеков"),
    "aigul": ("AYIGULI NUERLAN", "Айгуль Нурланкызы", "Айгуль"),
}


@pytest.mark.parametrize(("who", "typed"), [(who, typed) for who, several in TYPED.items() for typed in several])
def test_somebody_is_found_first(book: tuple[Casebook, dict[str, str]], who: str, typed: str) -> None:
    assert found_by(book, typed)[:1] == [who]


@pytest.mark.parametrize("typed", ["Шевченко", "Қайрат Жақсыбеков", "7999", "2026-ZZZ-99999", "99999999"])
def test_nobody_is_found_who_does_not_fit(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert found_by(book, typed) == []


@pytest.mark.parametrize("typed", ["", " ", "-", "+", "'", "%", "_", "*", "~", "\0", "\uffff", "🙂", "()"])
def test_signs_find_nobody(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert found_by(book, typed) == []


@pytest.mark.parametrize(
    "typed", ["zzzz", "zz", "ққққ", "Ааа", "Каримова zzzz", "zzzz Дильноза", "кккк", "7777", "ддджжж"]
)
def test_one_letter_again_and_again_is_the_beginning_of_nobody(
    book: tuple[Casebook, dict[str, str]], typed: str
) -> None:
    """What folding leaves of it would be the beginning of very many."""
    assert found_by(book, typed) == []


@pytest.mark.parametrize("typed", ["Каррим", "Дилл", "Kaarimova", "Дилльнозза", "Қайррат", "Жаққсы", "SHERRZOD"])
def test_a_doubled_letter_hides_nobody(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    """The other side of the test above."""
    assert found_by(book, typed)


def test_a_case_number_is_found_however_it_is_written(book: tuple[Casebook, dict[str, str]]) -> None:
    for number, who in book[1].items():
        year, code, counter, check = number.split("-")
        parted, run_together = f"{year} {code} {counter} {check}", f"{year}{code}{counter}{check}"
        unchecked = (f"{year}-{code}-{counter}", f"{year} {code} {counter}", f"{year}{code}{counter}")
        for typed in (number, number.lower(), parted, run_together, f" {number} ", *unchecked):
            assert found_by(book, typed) == [who]
        assert who in found_by(book, f"{year}-{code}")
        cyrillic = number.translate(str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ"))
        assert found_by(book, cyrillic) == [who]


def test_why_somebody_was_found_is_said(book: tuple[Casebook, dict[str, str]]) -> None:
    number = next(iter(book[1]))
    for typed, why in (
        *(("Каримова", "name"), ("Дильн", "name_begins"), ("Каремова", "similar_sound")),
        *((number, "number"), ("+7 701 234 56 78", "number"), ("70123", "number_begins")),
    ):
        with book[0].read() as reader:
            assert why in {reason for hit in search(reader, typed) for reason in hit.why}, typed


def test_the_better_fit_comes_first(book: tuple[Casebook, dict[str, str]]) -> None:
    with book[0].read() as reader:
        scores = [hit.score for hit in search(reader, "Каримова")]
    assert scores == sorted(scores, reverse=True)
    assert found_by(book, "Каримова")[0] == "dilnoza"


@given(st.text(st.characters(), max_size=40) | st.text("Каримова Дильноза0123456789-+%'\"\\~", max_size=30))
def test_nothing_typed_raises_or_widens(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    found = found_by(book, typed)
    assert len(found) == len(set(found)) <= len(PEOPLE)
    if typed.strip() and found:
        assert set(found_by(book, f"{typed} Шевченко")) <= set()


@pytest.mark.parametrize("typed", ["\ud800", "Карим\udfff", "x" * 1_000_000, "а " * 500_000, "7" * 100_000])
def test_broken_and_endless_text_does_no_harm(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert len(found_by(book, typed)) <= len(PEOPLE)


def test_at_most_300_people_are_weighed_unless_more_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[int] = []
    weigh = searching._scored

    def counting(found: search_index.Found, words: list[search_words.Word]) -> object:
        weighed.append(len(found))
        return weigh(found, words)

    monkeypatch.setattr(searching, "_scored", counting)
    with founded(tmp_path) as many:
        with many.batch():
            for _ in range(MAX_CANDIDATES + 20):
                do(many, **CASE)
        many.show_names()
        with many.read() as reader:
            for typed in ("К", "Каримова", "Каримова Дильноза", "Кар Дил"):
                found = answer(reader, typed)
                assert (len(found.hits), found.more) == (50, True)
            assert max(weighed) == MAX_CANDIDATES
            everybody = answer(reader, "Каримова", limit=1_000)
            assert (len(everybody.hits), everybody.more) == (MAX_CANDIDATES + 20, False)
            assert answer(reader, "Каримова", limit=MAX_CANDIDATES + 20).more is False
            assert answer(reader, "Каримова", limit=MAX_CANDIDATES + 19).more is True
            assert len(answer(reader, "Каримова", limit=10**9).hits) == MAX_CANDIDATES + 20


def test_no_more_than_ten_thousand_are_weighed_whatever_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MAX_CANDIDATES", 3)
    monkeypatch.setattr(searching, "MOST_HITS", 10)
    with founded(tmp_path) as many:
        cases_of(many, *[("Каримова", "Айша")] * 15)
        many.show_names()
        with many.read() as reader:
            found = answer(reader, "Каримова", limit=100)
            assert (len(found.hits), found.more) == (10, True)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        *(("Каримова 7012345678", []), ("Каримова 998901234567", ["dilnoza"]), ("998901234567 Дильноза", ["dilnoza"])),
        *(("Дил Кар Анв", ["dilnoza"]), ("анв дил", ["dilnoza"]), ("Кар Дил Шевч", []), ("аримова ильноза", [])),
    ],
)
def test_every_word_must_fit_in_any_order(book: tuple[Casebook, dict[str, str]], typed: str, who: list[str]) -> None:
    assert found_by(book, typed) == who


def cases_of(book: Casebook, *people: tuple[str, str]) -> list[str]:
    """The cases of people with these family and given names."""
    named = [{"names": [{"family": family, "given": given}]} for family, given in people]
    with book.batch():
        return [do(book, **(CASE | {"person": PERSON | names})).ids["case"].hex() for names in named]


def test_a_word_begins_a_key_and_does_not_stand_inside_it(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        cases_of(own, ("Аманова", "Жанар"), ("Анова", "Лейла"), ("Анова", "Мира"))
        own.show_names()
        with own.read() as reader:
            assert len(search(reader, "Жан Ам")) == 1
            assert search(reader, "Жан Анова") == search(reader, "нар Аманова") == []


def test_behind_a_frequent_word_the_rarer_one_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_RARE", 3)
    monkeypatch.setattr(search_index, "_FREQUENT", 10)
    monkeypatch.setattr(search_index, "_LOOKED_THROUGH", 5)
    with founded(tmp_path) as own:
        cases_of(own, *[("Каримова", "Айша")] * 12)
        rare = cases_of(own, *[("Каримова", "Ясмина")] * 4)
        own.show_names()
        with own.read() as reader:
            for typed in ("Каримова Ясмина", "Ясмина Каримова", "к яс", "Каримова Я"):
                assert {hit.case for hit in search(reader, typed)} == set(rare), typed
            assert len(search(reader, "Кар Ай")) == 5  # both are on everybody's lips: the first keys are looked through


def asked_by(reader: Reader, typed: str) -> list[str]:
    """The statements one keystroke asks, as they are prepared."""
    said: list[str] = []
    plain = search_index.rows

    def listening(reader: Reader, sql: str, given: Sequence[str | bytes | int]) -> list[object]:
        said.append(sql)
        return plain(reader, sql, given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "rows", listening)
        patch.setattr(searching, "rows", listening)
        search(reader, typed)
    return said


def test_keystroke_after_keystroke_asks_the_same_few_statements(book: tuple[Casebook, dict[str, str]]) -> None:
    """They stay prepared: preparing costs more than asking."""
    with book[0].read() as reader:
        for words in (
            ("К", "Ка", "Кар", "Каримова"),
            ("Кар Д", "Каримова Ди", "Каримова Дильноза"),
            ("7012345", "701234"),
        ):
            asked = [set(asked_by(reader, typed)) for typed in words]
            assert all(len(statements) <= 5 for statements in asked), words
            assert len(set().union(*asked)) <= 6, words


def test_one_range_of_keys_is_all_that_is_read_to_weigh_people(book: tuple[Casebook, dict[str, str]]) -> None:
    with book[0].read() as reader:
        for typed in ("Каримова", "Кар Дил", "7012345678"):
            for statement in asked_by(reader, typed):
                sql = "EXPLAIN QUERY PLAN " + statement
                plan = " | ".join(row[3] for row in search_index.rows(reader, sql, ["x"] * statement.count("?")))
                if "search_keys" in statement:
                    assert "SEARCH search_keys USING PRIMARY KEY (key>? AND " in plan, plan
                    assert "<" in plan, plan
                assert "SCAN cases" not in plan
                assert "TEMP B-TREE" not in plan


def test_a_struck_case_is_not_found_and_a_corrected_name_is(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        done = do(own, **CASE)
        person = done.ids["person"].hex()
        added = do(own, act="name.added", person=person, family="Ахметова")
        do(own, act="phone.added", person=person, number="+7 705 111 22 33")
        with own.read() as reader:
            assert [len(search(reader, typed)) for typed in ("Ахметова", "7051112233", "Каримова")] == [1, 1, 1]
        undo_act(own, UndoAct(of=added.act.hex()))
        with own.read() as reader:
            assert search(reader, "Ахметова") == []
        other = do(own, **CASE)
        undo_act(own, UndoAct(of=other.act.hex()))
        with own.read() as reader:
            assert [hit.case for hit in search(reader, "Каримова")] == [done.ids["case"].hex()]
            assert search(reader, other.number) == []


def test_both_cases_of_one_person_are_found(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        first = do(own, **CASE)
        second = do(own, act="case.opened", kind="child", person_id=first.ids["person"].hex())
        with own.read() as reader:
            assert {hit.number for hit in search(reader, "Каримова")} == {first.number, second.number}
            assert {hit.person for hit in search(reader, "Каримова")} == {first.ids["person"].hex()}


def test_names_are_masked_in_hits_until_they_are_shown(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        do(own, **CASE)
        with own.read() as reader:
            (hit,) = search(reader, "Каримова")
        assert (hit.name, hit.row.name) == (None, None)
        assert "name" in hit.masked
        own.show_names()
        with own.read() as reader:
            assert search(reader, "Каримова")[0].name == "Каримова Дильноза"


HIDDEN = {
    "Каримова": ["dilnoza"],
    "KARIMOVA Dilnoza": ["dilnoza"],
    "Каремова Дильноза": ["dilnoza"],
    "Каримов": ["karim"],
    "+998 90 123-45-67": ["dilnoza"],
    "998901234567 Дильноза": ["dilnoza"],
    "Каримова Дильноз": [],
    **{typed: [] for typed in ("К", "Карим", "Кари", "Каримова Дильн", "Дил Кар Анв", "Айг", "қайр", "Дил 99890")},
    **{typed: [] for typed in ("99890", "+998 90 123", "99890123456", "9989-", "9989-0123", "70123", "8702345")},
}
"""What is typed, and whom it finds for somebody within whose reach nobody is: nobody by a beginning."""


@pytest.mark.parametrize("typed", HIDDEN)
def test_hidden_names_and_numbers_are_found_whole_or_not_at_all(
    book: tuple[Casebook, dict[str, str]], typed: str
) -> None:
    shown = book[0].acting
    book[0].acting = replace(shown, staff_id=bytes(16), grants={Role.CASEWORKER: (b"", 0)}, names_shown=False)
    try:
        assert [who for who in found_by(book, typed) if who in ("dilnoza", "karim")][:1] == HIDDEN[typed][:1]
        assert bool(found_by(book, typed)) is bool(HIDDEN[typed])
        with book[0].read() as reader:
            assert {hit.score for hit in search(reader, typed)} <= {1.0, 0.75}
            number = next(iter(book[1]))
            assert search(reader, number[:6]), "case numbers are not hidden"
    finally:
        book[0].acting = shown


def test_ones_own_caseload_is_found_while_typing_with_its_names_covered(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        do(own, **CASE)
        with own.read() as reader:
            (hit,) = search(reader, "Карим")
        assert (hit.name, hit.why) == (None, ("name_begins",))


def test_beyond_reach_too_and_within_reach_by_the_beginning(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        phone = {"phones": [{"number": "+77010000001"}]}
        theirs = do(own, **(CASE | {"person": PERSON | phone})).ids["case"].hex()
        with laptop(tmp_path, colleague(own, Role.CASEWORKER), own) as other:
            mine = do(other, **CASE).ids["case"].hex()
            other.show_names()

            def found(typed: str) -> list[str]:
                with other.read() as reader:
                    return sorted(hit.case for hit in search(reader, typed))

            assert found("Карим") == found("Кар Дил") == [mine]
            assert found("Каримова") == found("Каремова") == sorted([mine, theirs])
            assert [found(typed) for typed in ("7701000", "+7701000000", "7701-0000", "7701-")] == [[]] * 4
            assert found("87010000001") == found("7010000001") == [theirs]
            open_case(other, theirs, "contact")
            assert found("Карим") == sorted([mine, theirs])
            assert found("7701000") == [theirs]


def test_by_name_only_those_stand_in_order_whose_names_are_seen(tmp_path: Path) -> None:
    names = ["Яна", "Абай", "Мира"]
    with founded(tmp_path) as own:
        theirs = cases_of(own, *[(name, "Адам") for name in names])
        with laptop(tmp_path, colleague(own, Role.CASEWORKER), own) as other:
            mine = cases_of(other, *[(name, "Адам") for name in names])
            in_order = [mine[at] for at in (1, 2, 0)]

            def listed(*, descending: bool = False, **page: int) -> list[str]:
                with other.read() as reader:
                    return [row.id for row in case_list(reader, order="name", descending=descending, **page)]

            def by_number(reader: Reader) -> list[str]:
                return [row.id for row in case_list(reader, order="number", descending=False)]

            with other.read() as reader:
                assert listed() == by_number(reader), "no name is seen, so none tells the order"
            other.show_names()
            assert listed() == in_order + theirs
            assert listed(descending=True) == in_order[::-1] + theirs[::-1]
            assert [*listed(limit=2), *listed(offset=2, limit=2), *listed(offset=4)] == in_order + theirs
            open_case(other, theirs[1], "contact")
            assert listed()[:4] == [*sorted([mine[1], theirs[1]], key=listed().index), mine[2], mine[0]]
            assert set(listed()[4:]) == {theirs[0], theirs[2]}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_reads_no_cases_does_not_search(tmp_path: Path, role: Role) -> None:
    own = founded(tmp_path)
    other = laptop(tmp_path, colleague(own, role), own)
    with own, other, other.read() as reader, pytest.raises(NotAllowed):
        search(reader, "Каримова")


def test_without_sounds_less_is_found(book: tuple[Casebook, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the spellings above."""
    monkeypatch.setattr(search_words, "skeleton", lambda _: "")
    monkeypatch.setattr(search_index.Index, "otherwise", lambda *_: iter(()))
    assert found_by(book, "Каремова Дильноза") == []


OTHERWISE = {
    "Карисова Дильноза": ["dilnoza"],
    "Ракимова Дильноза": ["dilnoza"],
    "Дильноза Каримва": ["dilnoza"],
    "Дильнохз": ["dilnoza"],
    "Аримова Дильноза": ["dilnoza"],
    "KARNIMOVA DILNOZA": ["dilnoza"],
    "Дилшноза Каримова Анваровна": ["dilnoza"],
    "Жумамбек Жақсыбеков": ["jumabek"],
    "Жаксы беков Жумабек": ["jumabek"],
    "Абил-Касымов Кайрат": ["qairat"],
    "Жақсыбеков Жұмабек Маратұлы": ["jumabek"],
    "Жақсыбевов Жұмабек Маратович": ["jumabek"],
    "Каримова Дильноза Анварнвоа": ["dilnoza"],
}
"""Mistyped, parted, with a patronymic that is not on record; and whom it finds."""


@pytest.mark.parametrize("typed", OTHERWISE)
def test_where_nobody_fits_somebody_is_found_otherwise(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert found_by(book, typed) == OTHERWISE[typed]


@pytest.mark.parametrize("typed", ["Карисова Дильноза", "Жаксы беков Жумабек", "Жақсыбеков Жұмабек Маратұлы"])
def test_canary_otherwise(book: tuple[Casebook, dict[str, str]], monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(search_index.Index, "otherwise", lambda *_: iter(()))
    assert found_by(book, typed) == []


@pytest.mark.parametrize(
    "typed", ["Карисова Дилтноза", "Карим Шевченко", "Кари", "Шевченко Анваровна", "Али", "998901234568"]
)
def test_one_word_may_be_mistyped_and_no_number(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert set(found_by(book, typed)) <= {"dilnoza", "karim"} if typed == "Кари" else found_by(book, typed) == []


def test_not_everybody_who_sounds_nearly_so_is_meant(tmp_path: Path) -> None:
    with founded(tmp_path) as own:
        cases_of(own, ("Куросанова", "Дильноза"), ("Каримова", "Дильноза"))
        own.show_names()
        with own.read() as reader:
            assert [hit.name for hit in search(reader, "Карисова Дильноза")] == ["Каримова Дильноза"]


@pytest.mark.parametrize("typed", ["э э", "э ээ э", "э-э-э", "ъ э ъ", "э э Шевченко", "э 1994", "э " * 90])
def test_words_of_one_letter_are_not_joined_to_nothing(book: tuple[Casebook, dict[str, str]], typed: str) -> None:
    assert found_by(book, typed) == []


def test_hidden_names_are_not_found_by_a_slip(book: tuple[Casebook, dict[str, str]]) -> None:
    """Or somebody without reach could feel their way to a name."""
    shown = book[0].acting
    book[0].acting = replace(shown, staff_id=bytes(16), grants={Role.CASEWORKER: (b"", 0)}, names_shown=False)
    try:
        assert [found_by(book, typed) for typed in OTHERWISE] == [[]] * len(OTHERWISE)
    finally:
        book[0].acting = shown


def test_what_is_asked_for_a_slip_is_asked_by_key(book: tuple[Casebook, dict[str, str]]) -> None:
    with book[0].read() as reader:
        for statement in asked_by(reader, "Карисова Дильноза"):
            plan = search_index.rows(reader, "EXPLAIN QUERY PLAN " + statement, _given(statement))
            steps = [row[3] for row in plan if "search_keys" in row[3]]
            assert bool(steps) is ("search_keys" in statement)
            assert all(step.startswith("SEARCH") and "PRIMARY KEY (key" in step for step in steps), steps


def test_nothing_like_a_number_is_looked_for(book: tuple[Casebook, dict[str, str]]) -> None:
    with book[0].read() as reader:
        for typed in ("998901234568", "Каримова 998901234568", "2026-ZZZ-99999"):
            assert len(asked_by(reader, typed)) <= 6
            assert not [one for one in asked_by(reader, typed) if "json_each" in one or "RECURSIVE" in one]


MISTYPED = ("Карисова Дильноза", "Каримова Дильнаоз Анваровна", "Карисова Дильноза Анваровна Тест", "1234567 Карисова")


@pytest.mark.parametrize("evenly", [False, True])
@pytest.mark.parametrize("typed", MISTYPED)
def test_few_things_are_given_to_a_statement(
    book: tuple[Casebook, dict[str, str]], monkeypatch: pytest.MonkeyPatch, typed: str, *, evenly: bool
) -> None:
    """Each takes a place of the connection's own small memory, without which every row costs fifty times as much."""
    plain, many = search_index.rows, list[int]()

    def counting(reader: Reader, sql: str, things: Sequence[str | bytes | int]) -> list[object]:
        many.append(len(things))
        return plain(reader, sql, things)

    monkeypatch.setattr(search_index, "rows", counting)
    monkeypatch.setattr(search_index.Index, "_nearby", lambda *_: tuple(f"~near{at}" for at in range(32)))
    with book[0].read() as reader:
        list(search_index.Index.of(reader, 5, evenly=evenly).ways(typed, search_words.words_of_search(typed)))
    assert 3 <= max(many) <= 12


def _given(statement: str) -> list[str]:
    """As many things as a statement is given, whatever they are."""
    return ["x"] * (2 if "?2" in statement else statement.count("?"))
