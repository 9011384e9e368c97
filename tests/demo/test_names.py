"""Names of generated people: traditions, endings, letters, and no suspicious repetition."""

import ast
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from kzcase.demo import names, patronymics
from kzcase.demo.names import PEOPLES, GeneratedName, generate_names, own_patronymic
from kzcase.demo.patronymics import daughter_or_son, with_ending
from kzcase.demo.pools import Pool

CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіўҳҷӣӯҗ")
LATIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZʻʼ")


def drawn(people: str, count: int = 2000, seed: int = 5) -> list[tuple[str, tuple[GeneratedName, ...]]]:
    rng = Random(seed)
    return [(sex, generate_names(rng, people, sex)) for sex in ("female", "male") for _ in range(count // 2)]


@pytest.mark.parametrize(("people", "given", "families"), [("kk", 60, 60), ("ru", 60, 60), ("uz", 60, 60)])
def test_pools_of_the_large_peoples(people: str, given: int, families: int) -> None:
    pool = names._POOLS[people]
    assert min(len(set(pool.men)), len(set(pool.women))) >= given
    assert len(set(pool.families)) >= families


@pytest.mark.parametrize("people", PEOPLES)
def test_pools_hold_each_name_once_and_enough_of_them(people: str) -> None:
    pool = names._POOLS[people]
    for words in (pool.men, pool.women, pool.families):
        assert len(words) == len(set(words)) >= 30


@pytest.mark.parametrize("people", PEOPLES)
def test_every_letter_is_one_the_papers_can_print(people: str) -> None:
    for _, found in drawn(people):
        for name in found:
            letters = name.family + name.given + name.patronymic
            allowed = LATIN if name.script == "Latn" else CYRILLIC | {c.upper() for c in CYRILLIC}
            assert set(letters) - {" "} <= allowed
            assert unicodedata.is_normalized("NFC", letters)
            assert all(part == part.strip() for part in (name.family, name.given, name.patronymic))
            assert name.given
            assert bool(name.family) is (name.kind != "nickname")


@pytest.mark.parametrize(
    ("father", "sex", "patronymic"),
    [
        ("Дмитрий", "male", "Дмитриевич"),
        ("Юрий", "female", "Юрьевна"),
        ("Илья", "male", "Ильич"),
        ("Илья", "female", "Ильинична"),
        ("Никита", "male", "Никитич"),
        ("Никита", "female", "Никитична"),
        ("Пётр", "female", "Петровна"),
        ("Лев", "male", "Львович"),
        ("Михаил", "female", "Михайловна"),
        ("Игорь", "male", "Игоревич"),
        ("Андрей", "female", "Андреевна"),
        ("Нұрлан", "male", "Нұрланович"),
        ("Әли", "female", "Әлиевна"),
        ("Абдулло", "male", "Абдуллоевич"),
    ],
)
def test_patronymics_with_ovich(father: str, sex: str, patronymic: str) -> None:
    assert with_ending(father, sex, patronymic=True) == patronymic


@pytest.mark.parametrize(
    ("stem", "man", "woman"),
    [
        ("Сәрсен", "Сәрсенов", "Сәрсенова"),
        ("Жұмабай", "Жұмабаев", "Жұмабаева"),
        ("Мұса", "Мұсаев", "Мұсаева"),
        ("Медеу", "Медеуов", "Медеуова"),
        ("Ғанӣ", "Ғаниев", "Ғаниева"),
        ("Мирзо", "Мирзоев", "Мирзоева"),
    ],
)
def test_family_names_from_stems(stem: str, man: str, woman: str) -> None:
    assert (with_ending(stem, "male"), with_ending(stem, "female")) == (man, woman)


@pytest.mark.parametrize(
    ("man", "woman"),
    [("Королёв", "Королёва"), ("Никитин", "Никитина"), ("Покровский", "Покровская"), ("Ким", "Ким"), ("Цой", "Цой")],
)
def test_family_names_of_men_and_women(man: str, woman: str) -> None:
    assert (daughter_or_son(man, "male"), daughter_or_son(man, "female")) == (man, woman)


def test_own_patronymics() -> None:
    assert own_patronymic("Нұрлан", "kk", "male") == "Нұрланұлы"
    assert own_patronymic("Нұрлан", "kk", "female") == "Нұрланқызы"
    assert own_patronymic("Анвар", "uz", "male") == "Анвар ўғли"
    assert own_patronymic("Анвар", "uz", "female") == "Анвар қизи"


@pytest.mark.parametrize("people", PEOPLES)
def test_endings_agree_with_the_sex(people: str) -> None:
    assert not wrong_endings(people)


def test_an_ending_that_ignores_the_sex_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: family names that a woman bears like a man."""
    monkeypatch.setattr(names, "daughter_or_son", lambda family, sex: family)
    assert wrong_endings("ru")


def wrong_endings(people: str) -> list[GeneratedName]:
    of_men = ("ов", "ев", "ёв", "ович", "евич", "ич", "ұлы", "улы", "ўғли", "угли", "OV", "EV", "OVICH", "OʻGʻLI")
    of_women = ("ова", "ева", "ёва", "овна", "евна", "қызы", "қизи", "кизи", "OVA", "EVA", "OVNA", "EVNA", "QIZI")
    wrong = []
    for sex, found in drawn(people):
        strangers = of_men if sex == "female" else of_women
        wrong += [n for n in found if n.family.endswith(strangers) or n.patronymic.endswith(strangers)]
    return wrong


def test_each_tradition_shows() -> None:
    seen = {people: " ".join(f"{n.family} {n.patronymic}" for _, f in drawn(people) for n in f) for people in PEOPLES}
    for people, endings in {
        "kk": ("ұлы", "қызы", "ович", "овна"),
        "ru": ("ович", "овна", "ский", "ская"),
        "uz": ("ўғли", "қизи", "угли", "кизи", "OʻGʻLI", "QIZI", "ович"),
        "ky": ("уулу", "кызы", "UULU", "KYZY", "овна"),
        "tg": ("зода", "ZODA", "ович"),
        "ug": ("ахунов", "овна"),
    }.items():
        assert [e for e in endings if e not in seen[people]] == []
    assert all(any(not n.patronymic for _, f in drawn(people) for n in f) for people in PEOPLES)


def test_three_in_a_hundred_have_a_pet_name() -> None:
    found = [f for people in PEOPLES for _, f in drawn(people)]
    share = sum(any(n.kind == "nickname" for n in f) for f in found) / len(found)
    assert share == pytest.approx(names.NICKNAMES, abs=0.007)


def test_full_names_do_not_repeat_suspiciously() -> None:
    assert repeats(drawn("uz", 5000)) <= 3
    assert repeats(drawn("kk", 5000)) <= 3


def test_a_pool_that_is_too_small_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: with three names each, the same person seems to come again and again."""
    small = Pool(*([("Азиз", "Анвар", "Карим")] * 2), ("Каримов",), ("Алик",), ("Гули",))
    monkeypatch.setattr(names.uz, "POOL", small)
    assert repeats(drawn("uz", 5000)) > 3


def repeats(found: list[tuple[str, tuple[GeneratedName, ...]]]) -> int:
    """How often the most frequent full name with a patronymic occurs."""
    whole = Counter((n[0].family, n[0].given, n[0].patronymic) for _, n in found if n[0].patronymic)
    return max(whole.values())


def test_the_same_seed_gives_the_same_names() -> None:
    assert drawn("tg", seed=9) == drawn("tg", seed=9)
    assert drawn("tg", seed=9) != drawn("tg", seed=10)


FOLDING = {f"kzcase.domain.{module}" for module in ("names", "spelling", "likeness", "name_parts", "collation")}


def test_the_generator_does_not_know_how_names_are_searched() -> None:
    """What tests the search keys must not be made with them."""
    for file in Path(patronymics.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        assert not imported & FOLDING, file
