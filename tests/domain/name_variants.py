"""Writes one invented name the ways documents do: Russian page, Kazakhstan passport, ICAO, Soviet papers, Uzbek Latin.

Knows the letter tables of the offices, and nothing of the search keys it is meant to test.
"""

from collections.abc import Iterator

RUSSIAN_PAGE = dict(zip("әғқңөұүһі", "агкноуухи", strict=True))
PASSPORT = {
    **dict(zip("абвгғдезийкқлмнңопрстуұүфхһіыэө", "ABVGGDEZIIKKLMNNOPRSTUUUFHHIYEO", strict=True)),
    **{"ә": "A", "ё": "E", "ж": "ZH", "х": "KH", "ц": "TS", "ч": "CH", "ш": "SH", "щ": "SHCH", "ъ": "", "ь": ""},
    **{"ю": "YU", "я": "YA"},
}
ICAO = PASSPORT | {"ю": "IU", "я": "IA"}
UZBEK_LATIN = {
    **dict(zip("абвгдежзийклмнопрстуфхчшқҳэ", "abvgdejziyklmnoprstufx12qhe", strict=True)),
    **{"ў": "oʻ", "ғ": "gʻ", "ё": "yo", "ю": "yu", "я": "ya", "ъ": "ʼ", "ц": "ts"},
}

WOMEN = ("Айгүл", "Әсел", "Дильноза", "Гүлнар", "Жансая", "Мөлдір", "Қарлығаш", "Шолпан", "Ұлжан", "Зейнеп")
MEN = ("Қайрат", "Нұрсұлтан", "Ерлан", "Жұмабек", "Өтеген", "Бақытжан", "Ғалымжан", "Сейтқали", "Әлішер", "Тұрсын")
FATHERS = ("Марат", "Серік", "Әбіл", "Жақсыбек", "Қасым")
SURNAMES = ("Әбілқасымов", "Жақсыбеков", "Сәрсенов", "Төлегенов", "Құрманғалиев", "Оразбаев", "Жүнісов", "Шәріпов")
UZBEK = (("Шерзод", "Ғуломов"), ("Ўткир", "Йўлдошев"), ("Хуршид", "Раҳимов"), ("Нигора", "Қодирова"))


def same_people() -> Iterator[tuple[str, str]]:
    """Pairs of names that are one person's."""
    for number, given in enumerate((*WOMEN, *MEN)):
        surname = SURNAMES[number % len(SURNAMES)] + ("а" if given in WOMEN else "")
        father = FATHERS[number % len(FATHERS)]
        name = f"{surname} {given}"
        full, russian = f"{name} {father}{'қызы' if given in WOMEN else 'ұлы'}", patronymic(father, given)
        yield name, russian_page(name)
        yield name, passport(name)
        yield name, icao(name).title()
        yield name, f"{given} {surname}"
        yield name, f"{given} {icao(surname)}"
        yield name, _spelled(russian_page(name), {"ж": "дж"})
        yield name, look_alikes(name)
        yield full, passport(name)
        yield full, russian_page(f"{name} {russian}")
        yield full, f"{given} {russian} {surname}"
    for given, surname in UZBEK:
        yield f"{surname} {given}", uzbek_latin(f"{surname} {given}")
        yield f"{surname} {given}", uzbek_latin(f"{given} {surname}").upper()


def different_people() -> Iterator[tuple[str, str]]:
    """Pairs of names that are two persons', written in different ways on purpose."""
    for group, ending in ((WOMEN, "а"), (MEN, "")):
        for number, one in enumerate(group):
            for other in group[:number]:
                surname = SURNAMES[number % len(SURNAMES)] + ending
                yield f"{surname} {one}", russian_page(f"{surname} {other}")
                yield f"{surname} {one}", passport(f"{other} {surname}")
    for number, one in enumerate(SURNAMES):
        for other in SURNAMES[:number]:
            yield f"{one} Ерлан", passport(f"{other} Ерлан")


def patronymic(father: str, given: str) -> str:
    """The Russian patronymic."""
    return father + ("овна" if given in WOMEN else "ович")


def russian_page(name: str) -> str:
    """The same name on the Russian page of a document."""
    return _spelled(name, RUSSIAN_PAGE)


def passport(name: str) -> str:
    """Kazakhstan passport practice: YE at the beginning, a doubled S between vowels."""
    spelled = []
    for word in name.split():
        latin = _spelled(word, PASSPORT).upper()
        for one in "AEIOUY":
            for other in "AEIOUY":
                latin = latin.replace(f"{one}S{other}", f"{one}SS{other}")
        spelled.append("Y" + latin if word.startswith("Е") else latin)
    return " ".join(spelled)


def icao(name: str) -> str:
    """ICAO Doc 9303."""
    return _spelled(name, ICAO).upper()


def uzbek_latin(name: str) -> str:
    """Uzbek Latin letters of 1995."""
    return " ".join(_uzbek(word).capitalize() for word in name.lower().split())


def _uzbek(word: str) -> str:
    spelled = "ye" + word[1:] if word.startswith("е") else word
    return "".join(UZBEK_LATIN.get(letter, letter) for letter in spelled).replace("1", "ch").replace("2", "sh")


def look_alikes(name: str) -> str:
    """Typed with Latin i and a where the Cyrillic letters belong."""
    return name.replace("і", "i").replace("а", "a")


def _spelled(name: str, letters: dict[str, str]) -> str:
    return "".join(_one(letter, letters) for letter in name)


def _one(letter: str, letters: dict[str, str]) -> str:
    if letter.lower() not in letters:
        return letter
    spelled = letters[letter.lower()]
    return spelled if letter.islower() else spelled.capitalize()
