"""Spelling of names on other pages, against examples spelled by hand from documents' practice."""

import pytest

from kzcase.demo import spelling
from kzcase.demo.spelling import on_latin_page, on_russian_page

LATIN = [
    ("kk", "Қайрат Әбілқасымов", "KAIRAT ABILKASSYMOV"),
    ("kk", "Әсел Қасымова", "ASSEL KASSYMOVA"),
    ("kk", "Ерлан Сәрсенов", "YERLAN SARSENOV"),
    ("kk", "Нұрсұлтан", "NURSULTAN"),
    ("kk", "Хасенқызы", "KHASSENKYZY"),
    ("ru", "Юлия Щербакова", "IULIIA SHCHERBAKOVA"),
    ("ru", "Вячеслав Артёмов", "VIACHESLAV ARTEMOV"),
    ("ru", "Наталья Васильевна", "NATALIA VASSILEVNA"),
    ("uz", "Ўткир Йўлдошев", "OʻTKIR YOʻLDOSHEV"),
    ("uz", "Шерзод Ғуломов", "SHERZOD GʻULOMOV"),
    ("uz", "Ҳасан Ҳамидов", "HASAN HAMIDOV"),
    ("uz", "Бахтиёр Абдуллаев", "BAXTIYOR ABDULLAYEV"),
    ("uz", "Шавкат ўғли", "SHAVKAT OʻGʻLI"),
    ("uz", "Отабек қизи", "OTABEK QIZI"),
    ("ky", "Асан уулу Чыңгыз", "ASAN UULU CHYNGYZ"),
    ("ky", "Бермет Жумабекова", "BERMET ZHUMABEKOVA"),
    ("ky", "Үсөн кызы", "USON KYZY"),
    ("tg", "Ҷамшед Раҳимов", "JAMSHED RAHIMOV"),
    ("tg", "Беҳрӯз Ғафурзода", "BEHRUZ GHAFURZODA"),
    ("tg", "Холиқ", "KHOLIQ"),
    ("ug", "Һошуров Рәхмәтҗан", "KHOSHUROV RAKHMATDZHAN"),
]
OLDER = [
    ("ru", "Юлия Щербакова", "YULIYA SCHERBAKOVA"),
    ("ru", "Сергей Цой", "SERGEY TSOY"),
    ("kk", "Нұрсұлтан Өтеген", "NURSULTAN UTEGEN"),
    ("uz", "Ўткир Йўлдошев", "UTKIR YULDOSHEV"),
    ("uz", "Бахтиёр Абдуллаев", "BAKHTIYOR ABDULLAEV"),
    ("ky", "Жанболот", "JANBOLOT"),
    ("tg", "Ҷамшед Раҳимов", "DZHAMSHED RAKHIMOV"),
]
RUSSIAN = [
    ("kk", "Қайрат Әбілқасымов", "Кайрат Абилкасымов"),
    ("kk", "Нұрланқызы", "Нурланкызы"),
    ("kk", "Үміт Ұзақова Һади Іңкәр", "Умит Узакова Хади Инкар"),
    ("ru", "Фёдор", "Фёдор"),
    ("uz", "Йўлдошев Шавкат ўғли", "Юлдошев Шавкат угли"),
    ("uz", "Қаҳрамон Ғуломов", "Кахрамон Гуломов"),
    ("uz", "Отабек қизи", "Отабек кизи"),
    ("ky", "Чыңгыз Өмүрбек уулу", "Чынгыз Омурбек уулу"),
    ("tg", "Ҷамшед Раҳимов", "Джамшед Рахимов"),
    ("tg", "Ғанӣ Беҳрӯз", "Гани Бехруз"),
    ("ug", "Рәхмәтҗан Һошуров", "Рахматджан Хошуров"),
]


@pytest.mark.parametrize(("people", "name", "latin"), LATIN)
def test_latin_page(people: str, name: str, latin: str) -> None:
    assert on_latin_page(name, people) == latin


@pytest.mark.parametrize(("people", "name", "latin"), OLDER)
def test_latin_page_of_an_older_book(people: str, name: str, latin: str) -> None:
    assert on_latin_page(name, people, older=True) == latin


@pytest.mark.parametrize(("people", "name", "russian"), RUSSIAN)
def test_russian_page(people: str, name: str, russian: str) -> None:
    assert on_russian_page(name, people) == russian


def test_a_table_that_forgot_a_letter_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: without its own letter for Ғ the Uzbek page keeps a Cyrillic letter, and the example fails."""
    broken = {letter: latin for letter, latin in spelling._UZBEK.items() if letter != "ғ"}
    monkeypatch.setattr(spelling, "_UZBEK", broken)
    assert on_latin_page("Ғуломов", "uz") != "GʻULOMOV"
