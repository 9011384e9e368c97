"""Two names and whether they may be one person's: printed pairs, generated spellings, rules that hold."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from kzcase.domain import names
from kzcase.domain.likeness import limit, near, price
from kzcase.domain.names import closeness, consonant_key, fold, same_name
from tests.domain.name_variants import different_people, same_people
from tests.domain.shipped import code_list

SAME = """
Қайрат Әбілқасымов|Кайрат Абилкасымов
Қайрат Әбілқасымов|KAIRAT ABILKASSYMOV
Әсел Қасымова|ASSEL KASSYMOVA
Жұмабек Жақсыбеков|Джумабек Джаксыбеков
Жұмабек Жақсыбеков|DZHUMABEK DZHAKSYBEKOV
Ерлан Сәрсенов|YERLAN SARSENOV
Ерлан Сәрсенов|ERLAN SARSENOV
Еркін|AIERKEN
Айгүл Нұрланқызы|AYIGULI NUERLAN
Нұрсұлтан Өтеген|NURSULTAN UTEGEN
Юлия Щербакова|IULIIA SHCHERBAKOVA
Юлия Щербакова|YULIYA SCHERBAKOVA
Сергей Цой|SERGEY TSOY
Вячеслав Артёмов|VIACHESLAV ARTEMOV
Ҳасан Ҳамидов|HASAN HAMIDOV
Шерзод Ғуломов|Шерзод Гулямов
Шерзод Ғуломов|SHERZOD GʻULOMOV
Ўткир Йўлдошев|OʻTKIR YOʻLDOSHEV
Ҷамшед Раҳимов|Джамшед Рахимов
Ҷамшед Раҳимов|JAMSHED RAHIMOV
Ибраһим Ысмайылов|Ибрагим Исмаилов
Сейтқали Асқар Маратұлы|Аскар Маратович Сейткали
Бермет Асан кызы|BERMET ASANOVA
Ахметов Мұрат Серікұлы|MURAT AKHMETOV
Жанбулатов Ерлан|Жанболат Ерлан
Каримова Дилноза Анвар қизи|Каримова Дильноза Анваровна
Каримова Дильноза Анваровна|DILNOZA KARIMOVA
Ёқубов Баҳтиёр|Якубов Бахтиёр
Бахтиёр Ёқубов|BAXTIYOR YOQUBOV
Мухаммаджон Собиров|MUHAMMADJON SOBIROV
Нигора Собирова|Нигара Сабирова
Гүлнар Ахметова|Гульнара Ахметова
Абдул Рахим Хасанов|Абдурахим Хасанов
Абдул Рахим Хасанов|Абдулрахим Хасанов
Хуршид Эргашев|KHURSHID ERGASHEV
Хуршид Эргашев|XURSHID ERGASHEV
Шохрух Турсунов|Шахрух Турсунов
Фарҳод Раҷабов|FARKHOD RAJABOV
Рустам Раҳимзода|Рустам Рахимов
Нурбек уулу Азамат|Азамат Нурбек уулу
Азамат Нурбек уулу|AZAMAT NURBEKOV
Мұрат|MULATI
Бақыт|BAHETI
Қанат Асқар|HANATI ASIHAER
Айнұр|AYINUER
Тұрсын|TUERXUN
Ерболат|YEERBOLATI
Дәурен|DAWULIEN
Пётр Иванов|Pyotr Ivanov
Наталья Соловьёва|NATALIA SOLOVEVA
Александр Цой|ALEXANDR TSOI
Евгений Щукин|Yevgeniy Schukin
Қадиша Оспанова|Хадиша Оспанова
Өмірбек Үмітов|OMIRBEK UMITOV
Бауыржан Момышұлы|BAUYRZHAN MOMYSHULY
Ғалымжан Төлеуов|Галымжан Тулеуов
Һадиша Мұқанова|Хадиша Муканова
Iбраев Серiк|Ібраев Серік
Cepiк Ахметов|Серік Ахметов
محمد کریمی|Мухаммад Карими
Айше Челик|AYŞE ÇELİK
Мырзабек Әлиев|Мурзабек Алиев
Мәриям Жагорқызы|Мариям Жагоровна
Динара Сапар|DINARA SAPAROVA
Асанов Жаныбек Төлөгөнович|ASANOV JANYBEK TOLOGONOVICH
Төлөгөн кызы Толкун|TOLOGON KYZY TOLKUN
Шерзод Каримов, 1990|Шерзод Каримов, 1991
""".strip().splitlines()

DIFFERENT = """
Айгүл Сәрсенова|Айгерім Сәрсенова
Ерлан Қасымов|Ержан Қасымов
Қанат Оспанов|Қайрат Оспанов
Асқар Төлегенов|Асхат Төлегенов
Данияр Ахметов|Дания Ахметова
Әлия Омарова|Әлима Омарова
Жансая Серік|Жансұлу Серік
Нұрлан Оразбаев|Нұрлан Оразбеков
Шерзод Каримов|Шерзод Рахимов
Самат Жүнісов|Санат Жүнісов
Шерзод Каримов, 1990|Шерзод Каримов, 1962
Сейтқали Марат|Маратов Сейтқали
Марат Қасымов|Мұрат Қасымов
Айнұр Сапарова|Айнар Сапарова
Гүлнар Омарова|Гүлнұр Омарова
Әли Омаров|Әлия Омарова
Камил Сафин|Камила Сафина
Дана Ахметова|Дина Ахметова
Дания Ахметова|Дана Ахметова
Айжан Бекова|Айман Бекова
Нұрлан Серікұлы Ахметов|Нұрлан Маратұлы Ахметов
Карим Рахимов|Рахим Каримов
Ерлан Маратұлы|Марат Ерланұлы
Бақыт Ахметов|Бақыт Ахметова
Ерлан Сапаров|Арлан Сапаров
Сәуле Ким|Салия Ким
Шахноза Каримова|Шахзода Каримова
Рустам Алиев|Руслан Алиев
Алина Ким|Арина Ким
Иван Петров|Иван Петренко
Гүлнар|Гүлнар Омарова
Ахметов Д.|Ахметов Данияр
Султан Ибраев|Нурсултан Ибраев
Нурлан Ибраев|Нурлан Ибрагимов
Жасұлан Нуров|Жаслан Нуров
Бермет Асан кызы|Бермет Усен кызы
""".strip().splitlines()

Compare = Callable[[str, str], bool]


def compare(one: str, other: str) -> bool:
    return same_name(one, other).same


def wrong(compare: Compare, pairs: Iterable[tuple[str, str]], expected: bool) -> list[tuple[str, str]]:
    return [pair for pair in pairs if compare(*pair) is not expected]


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (line.split("|") for line in lines)]


@pytest.mark.parametrize("pair", SAME)
def test_same_person_written_differently(pair: str) -> None:
    one, other = pair.split("|")
    assert same_name(one, other).same
    assert same_name(one, other).score >= 0.8


@pytest.mark.parametrize("pair", DIFFERENT)
def test_not_the_same_person(pair: str) -> None:
    one, other = pair.split("|")
    match = same_name(one, other)
    assert not match.same
    assert match.score < 0.8
    assert match.why


def test_generated_spellings_of_one_person() -> None:
    generated = list(same_people())
    assert len(generated) > 150
    assert not wrong(compare, generated, True)


def test_generated_pairs_of_two_persons() -> None:
    generated = list(different_people())
    assert len(generated) > 150
    assert not wrong(compare, generated, False)


@pytest.mark.parametrize(
    "naive",
    [
        lambda one, other: fuzz.token_sort_ratio(fold(one), fold(other)) >= 80,
        lambda one, other: consonant_key(one) == consonant_key(other),
        lambda one, other: fold(one) == fold(other),
    ],
    ids=["likeness alone", "consonants alone", "key alone"],
)
def test_canary_simpler_rules_are_caught(naive: Compare) -> None:
    everyone = [*pairs(SAME), *same_people()], [*pairs(DIFFERENT), *different_people()]
    assert wrong(naive, everyone[0], True) + wrong(naive, everyone[1], False)


def test_consonant_key_finds_nearly_all_candidates() -> None:
    generated = list(same_people())
    joined = [pair for pair in generated if set(consonant_key(pair[0]).split()) & set(consonant_key(pair[1]).split())]
    assert len(joined) == len(generated)


def test_reasons_are_codes_of_the_list() -> None:
    reasons = {why for pair in (*SAME, *DIFFERENT) for why in same_name(*pair.split("|")).why}
    assert reasons <= {code.code for code in code_list("match_reason")}
    assert len(reasons) > 12


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Қайрат Әлиев", "Қайрат Әлиев", "same_spelling"),
        ("Қайрат Әлиев", "KAIRAT ALIYEV", "transliteration"),
        ("Еркін", "AIERKEN", "pinyin"),
        ("Асқар Сейтқали", "Сейтқали Асқар", "order"),
        ("Бермет Асан кызы", "BERMET ASANOVA", "patronymic_as_surname"),
        ("Асқар Маратұлы Сейтқали", "Асқар Сейтқали", "patronymic_missing"),
        ("Абдул Рахим Хасанов", "Абдурахим Хасанов", "joined"),
        ("Иванова-Петрова Мария", "Мария Иванова", "part_missing"),
        ("Жанбулатов Ерлан", "Жанбулат Ерлан", "ending"),
        ("Данияр Ахметов", "Данияр Ахметова", "sex_differs"),
        ("Асан Омаров, 1990", "Асан Омаров, 01.05.1990", "birth_year_equal"),
        ("Асан Омаров, 1990", "Асан Омаров, 1992-05-01", "birth_year_near"),
        ("Асан Омаров 1990", "Асан Омаров, 1994", "birth_year_differs"),
        ("", "Асан Омаров", "too_little"),
    ],
)
def test_why(one: str, other: str, reason: str) -> None:
    assert reason in same_name(one, other).why


@given(st.text(max_size=60), st.text(max_size=60))
@example("ʻ", "қызы қызы")
@example("٣", "1990")
def test_any_text_is_compared_without_failing_and_alike_from_both_sides(one: str, other: str) -> None:
    there, back = same_name(one, other), same_name(other, one)
    assert (there.same, round(there.score, 9)) == (back.same, round(back.score, 9))
    assert 0 <= there.score <= 1
    assert there.same == (there.score >= 0.8)


@given(st.lists(st.sampled_from([pair[0] for pair in same_people()]), min_size=1, max_size=3))
def test_a_name_is_its_own(names: list[str]) -> None:
    assert all(same_name(name, name).score == 1.0 for name in names)


WORDS = st.text(alphabet="abcdefghijklmnoprstuvxz", min_size=1, max_size=9)


@given(WORDS, WORDS, st.booleans(), st.booleans())
@example("hudai", "hudaih", False, False)
@example("dauren", "davren", False, False)
def test_the_quick_refusal_never_refuses_a_spelling(one: str, other: str, female: bool, pinyin: bool) -> None:
    cheap = price(one, other, female, pinyin) <= limit(one, other)
    assert cheap == (near(one, other, female, pinyin) is not None) or one == other


@given(WORDS, WORDS)
def test_a_price_is_the_same_both_ways(one: str, other: str) -> None:
    assert price(one, other) == pytest.approx(price(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("05.03.1990", "03.05.1990"), ("05.03.90", "05.03.1990"), ("5/3/90", "1990"), ("05-03-90", "1990-03-05")),
        *(("05.03.05", "2005"), ("31.12.29", "2030"), ("01.01.30", "1931")),
    ],
)
def test_a_day_swapped_with_its_month_or_a_year_of_two_digits_is_no_other_person(one: str, other: str) -> None:
    assert same_name(f"Асан Омаров, {one}", f"Омаров Асан {other}").same


@pytest.mark.parametrize(("one", "other"), [("05.03.90", "05.03.1962"), ("05.03.05", "1905"), ("90", "1962")])
def test_a_year_of_two_digits_tells_people_apart(one: str, other: str) -> None:
    same = same_name(f"Асан Омаров, {one}", f"Асан Омаров, {other}")
    assert ("birth_year_differs" in same.why) is (one != "90")


TWINS = (
    *(("Хасан Омаров", "Хусан Омаров"), ("Фатима Омарова", "Зухра Омарова"), ("Айжан Омарова", "Айнұр Омарова")),
    *(("Егіз Сапаров", "Сыңар Сапаров"), ("HASSAN OMAROV", "Хусан Омаров"), ("Айгүл Ким", "AIGERIM KIM")),
)


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_are_two_persons(one: str, other: str) -> None:
    """One surname, one birthday, one patronymic; only the given names differ."""
    ending = "кызы" if one.endswith(("ова", "Ким")) else "улы"
    match = same_name(f"{one} Марат{ending}, 05.03.1990", f"{other} Марат{ending}, 05.03.1990")
    assert not match.same
    assert "name_differs" in match.why
    assert "birth_year_equal" in match.why


def test_father_and_son_are_two_persons_in_every_order_and_spelling() -> None:
    for father in ("Сейтқали Марат", "SEITKALI MARAT", "Сейткали Марат"):
        for son in ("Маратов Сейтқали", "MARATOV SEITKALI", "Маратов Сейткали"):
            assert "swapped_and_changed" in same_name(father, son).why


def test_long_texts_are_cut_not_walked() -> None:
    assert not same_name("бави" * 100_000, "вибо" * 100_000).same


def test_closeness_ignores_order() -> None:
    assert closeness(fold("Асқар Сейтқали"), fold("SEITKALI ASKAR")) == 1.0
    assert closeness("askar", "zulfia") < 0.5


def test_what_is_left_of_two_names_of_like_parts_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven parts are read, which are 128 sets; taken in every order they are 130,000 ways, and split names many times
    that. Canary: without what is kept there would be nothing to count."""
    kept: list[Any] = []

    def keeping(function: Callable[..., object]) -> Callable[..., object]:
        kept.append(cache(function))
        return kept[-1]  # type: ignore[no-any-return]

    monkeypatch.setattr(names, "cache", keeping)
    long = " ".join(["Generatov"] * 40)
    assert same_name(long, long).score > 0
    assert 0 < max(each.cache_info().misses for each in kept) <= 8 * 2**7
