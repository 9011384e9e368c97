"""The generated people whose names are searched for: six peoples' names, put together at random, some with two names.

Half of the names come from the lists the other people of the casebook are made of, half from rarer ones listed here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from bench.variants import Name
from bench.variants.letters import passport, russian_page
from kzcase.demo.pools import Pool, kk, ky, ru, tg, ug, uz

POOLS: Final[dict[str, Pool]] = {
    "kk": kk.POOL,
    "ru": ru.POOL,
    "uz": uz.POOL,
    "ky": ky.POOL,
    "tg": tg.POOL,
    "ug": ug.POOL,
}
_RARER: Final[dict[str, tuple[str, str, str]]] = {
    "kk": (
        "Абылайхан Бекарыс Ғазиз Дінмұхаммед Ерасыл Жәнібек Исатай Қуандық Мағжан Нұрмұхаммед Рахымжан Сәкен Хамза",
        "Ақгүл Әйгерім Бибігүл Гүлбаршын Ғазиза Жұлдыз Қызжібек Күміс Мәншүк Райхан Тұмар Ұлпан Шырын Зүлфия",
        "Әубәкіров Байтұрсынов Дәулетияров Ерғалиев Жұмағұлов Көпбаев Қойшыбаев Мәмбетов Ордабаев Рүстемов"
        " Тоқтаров Үмбетов Шәкәрімов Ізбасаров",
    ),
    "ru": (
        "Аристарх Вениамин Всеволод Герман Ефим Игнатий Лаврентий Мирон Прохор Святослав Эрнест Юлиан",
        "Агафья Василиса Глафира Ефросинья Жанна Зинаида Изольда Лукерья Прасковья Степанида Устинья Эмилия",
        "Аксёнов Бережной Горшков Дьячков Ершов Жданов Игнатенко Кольцов Лапшин Мещеряков Нефёдов Огурцов Пряхин"
        " Рябушкин Сухоруков Третьяков Шишкин Щукин",
    ),
    "uz": (
        "Абдувоҳид Беҳзод Жўрабек Зиёвуддин Латиф Мирсаид Нуриддин Орифжон Сирожиддин Тўлқин Хожиакбар"
        " Шуҳратбек Ҳикмат",
        "Бодом Гулсанам Дилафрўз Зебунисо Иқбол Латофат Манзура Нозима Ойниса Робия Тўлғаной Ўлмас Шарофат Ҳафиза",
        "Абдумаликов Бўриев Ганиев Дадажонов Жабборов Зиёев Йўлчиев Қаҳҳоров Латипов Маҳкамов Нуруллаев Ризаев"
        " Тожибоев Ўрозов Худойбердиев Шералиев Ҳайдаров",
    ),
    "ky": (
        "Абдымомун Бакытбек Дөөлөтбек Жекшенбек Искендер Кадырбек Манасбек Омурбек Рысбек Төрөкул Чолпонбек Эркинбек",
        "Анаркүл Бурул Гүлжигит Динара Жаркынай Зууракан Калбүбү Нуркыз Роза Сүйүмкан Үрпия Чынаркүл",
        "Абдыкадыров Борбиев Дыйканов Жээнбеков Кыдыралиев Мырзаев Ормонов Рыскулов Сооронбаев Төлөбаев Үмөталиев"
        " Чекиров Ысманов Эргешов",
    ),
    "tg": (
        "Абдураҳим Бахтовар Ғуломҷон Зикрулло Иброҳим Қаландар Лутфулло Начмиддин Раҷабалӣ Сӯҳроб Тоҷиддин Ҷалолиддин",
        "Бибиҷон Гулчеҳра Ҷамила Зарафшон Қимат Латофат Мавҷуда Нурҷаҳон Рухшона Савсан Тӯтӣ Хуршеда",
        "Абдуллоев Бобоҷонов Ғаффоров Давлатов Иноятов Қаюмов Лоиқов Мирзоев Нуров Раҷабов Сӯфиев Ҷӯраев Шоев",
    ),
    "ug": (
        "Абдурәһим Бавдун Ғәйрәт Илшат Қәһриман Нурдун Пәрһат Рустәм Сабирҗан Турғун Хәлил Шаһмурат",
        "Асийәм Баһаргүл Гүзәл Диләрәм Җәмилә Зулпийә Қәмбәргүл Майсәм Нуриман Патигүл Рәнагүл Һөрийәт",
        "Арупов Бақиев Ғопуров Җамалов Исраилов Кадирһаҗиев Люптуллаев Муһәммәдов Пәттаров Розибақиев Тәйипов"
        " Һетаһунов",
    ),
}


@dataclass(frozen=True, slots=True)
class Someone:
    """A generated person: the parts in the people's own Cyrillic, and the names that stand on record."""

    language: str
    woman: bool
    own: Name
    father: str
    former: str
    pet: str
    on_record: tuple[Name, ...]


def someone(rng: Random, language: str) -> Someone:
    """One person."""
    woman = rng.random() < 0.5
    pool, rarer = POOLS[language], [part.split() for part in _RARER[language]]
    common = pool.women if woman else pool.men
    given = rng.choice(rarer[1 if woman else 0]) if rng.random() < 0.5 else rng.choice(common)
    father = rng.choice(pool.men) if rng.random() < 0.7 else rng.choice(rarer[0])
    family = surname(rng, language, woman, rarer[2])
    own = Name(family, given, patronymic(rng, language, father, woman))
    former = surname(rng, language, woman, rarer[2])
    while former == family:
        former = surname(rng, language, woman, rarer[2])
    pet = rng.choice(pool.pet_names_of_women if woman else pool.pet_names_of_men)
    return Someone(language, woman, own, father, former, pet, _on_record(rng, language, own))


def surname(rng: Random, language: str, woman: bool, rarer: list[str]) -> str:
    """A family name: mostly with -ов or -ев, some bare, some of the fathers' kind."""
    if language == "ky" and rng.random() < 0.15:
        return f"{rng.choice(POOLS['ky'].men)} {'кызы' if woman else 'уулу'}"
    family = rng.choice(rarer) if rng.random() < 0.5 else rng.choice(POOLS[language].families)
    ended = family.endswith(("ов", "ев", "ёв", "ин", "ский", "ко", "ой"))
    if not ended and language in ("kk", "tg") and rng.random() < 0.75:
        family = with_ov(family)
    elif not ended and language == "tg" and rng.random() < 0.6:
        return family + "зода"
    if not woman:
        return family
    return family[:-2] + "ая" if family.endswith("ский") else with_a(family)


def with_a(family: str) -> str:
    """As a woman bears it."""
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин")) else family


def with_ov(stem: str) -> str:
    """As a man bears it."""
    if stem[-1] in "йь":
        return stem[:-1] + "ев"
    return stem + ("ев" if stem[-1] in "аәеёиіыоөуүэюяӣ" else "ов")


def russian_patronymic(father: str, woman: bool) -> str:
    """With -ович or -овна."""
    return with_ov(father) + ("на" if woman else "ич")


def own_patronymic(language: str, father: str, woman: bool) -> str:
    """In the people's own way, or in Russian where that is the custom."""
    match language:
        case "kk":
            return father + ("қызы" if woman else "ұлы")
        case "uz":
            return father + (" қизи" if woman else " ўғли")
        case _:
            return russian_patronymic(father, woman)


def patronymic(rng: Random, language: str, father: str, woman: bool) -> str:
    """Own, Russian or none."""
    chance = rng.random()
    if chance < 0.2 and language != "ru":
        return ""
    return own_patronymic(language, father, woman) if chance < 0.65 else russian_patronymic(father, woman)


def _on_record(rng: Random, language: str, own: Name) -> tuple[Name, ...]:
    """One page or two of the person's papers."""
    pages = (own, spelled(own, language, russian_page), spelled(own, language, passport))
    first = rng.choice((0, 0, 1, 1, 2)) if language != "ru" else 0
    if rng.random() < 0.2:
        return (pages[first], pages[2 if first != 2 else 1])
    return (pages[first],)


def spelled(name: Name, language: str, page: Callable[[str, str], str]) -> Name:
    """All parts of a name on that page."""
    parts = (page(part, language) if part else "" for part in (name.family, name.given, name.patronymic))
    return Name(*parts)
