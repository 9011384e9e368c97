"""The names of generated people: put together at random by each people's own tradition, as their documents have them.

A person bears one to three names: in the people's own Cyrillic or as on a Russian page, often also as on the Latin
page of a passport, and now and then a pet name. Nothing here knows how the program searches for names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from kzcase.demo.chance import Weighted
from kzcase.demo.patronymics import daughter_or_son, with_ending
from kzcase.demo.pools import Pool, kk, ky, ru, tg, ug, uz
from kzcase.demo.spelling import on_latin_page, on_russian_page

Sex = Literal["female", "male"]
Style = Literal["own", "russian"]
"""How a patronymic is made: by the people's own tradition or with -ович and -овна."""
PEOPLES: Final = ("kk", "ru", "uz", "ky", "tg", "ug")
NICKNAMES: Final = 0.03
OLDER_BOOKS: Final = 0.2

_POOLS: Final[Mapping[str, Pool]] = {
    "kk": kk.POOL,
    "ru": ru.POOL,
    "uz": uz.POOL,
    "ky": ky.POOL,
    "tg": tg.POOL,
    "ug": ug.POOL,
}


@dataclass(frozen=True, slots=True)
class GeneratedName:
    """One name as one document has it; `script` and `kind` are codes, an empty part is not written."""

    family: str
    given: str
    patronymic: str = ""
    script: str = "Cyrl"
    kind: str = "document"

    def as_wish(self) -> dict[str, str]:
        """The name as an act takes it."""
        parts = {"family": self.family, "given": self.given, "patronymic": self.patronymic}
        return {part: text for part, text in parts.items() if text} | {"script": self.script, "kind": self.kind}


Parts = tuple[str, str, str]
"""Family name, given name, patronymic (may be empty), in the people's own Cyrillic."""


def generate_names(rng: Random, people: str, sex: Sex) -> tuple[GeneratedName, ...]:
    """The names of one new person, the main one first."""
    parts = _TRADITIONS[people](rng, sex)
    names = [_in_document(page, parts, people, rng) for page in _PAGES[people].draw(rng).split("+")]
    if rng.random() < NICKNAMES:
        pool = _POOLS[people]
        pet = rng.choice(pool.pet_names_of_women if sex == "female" else pool.pet_names_of_men)
        names.append(GeneratedName("", pet, kind="nickname"))
    return tuple(names)


def _in_document(page: str, parts: Parts, people: str, rng: Random) -> GeneratedName:
    if page == "latin":
        older = rng.random() < OLDER_BOOKS
        family, given, patronymic = (on_latin_page(part, people, older=older) for part in parts)
        return GeneratedName(family, given, patronymic, script="Latn")
    if page == "russian":
        return GeneratedName(*(on_russian_page(part, people) for part in parts))
    return GeneratedName(*parts)


def _given(rng: Random, pool: Pool, sex: Sex) -> str:
    return rng.choice(pool.women if sex == "female" else pool.men)


def _kazakh(rng: Random, sex: Sex) -> Parts:
    """Family name with -ов/-ова or as the bare name of a forefather; -ұлы/-қызы, -ович/-овна or no patronymic."""
    stem = rng.choice(kk.POOL.families)
    family = with_ending(stem, sex) if rng.random() < 0.8 else stem
    patronymic = _patronymic(rng, "kk", sex, _KAZAKH_STYLES)
    return family, _given(rng, kk.POOL, sex), patronymic


def _russian_speaker(rng: Random, sex: Sex) -> Parts:
    family = daughter_or_son(rng.choice(ru.POOL.families), sex)
    return family, _given(rng, ru.POOL, sex), _patronymic(rng, "ru", sex, _RUSSIAN_STYLES)


def _uzbek(rng: Random, sex: Sex) -> Parts:
    family = daughter_or_son(rng.choice(uz.POOL.families), sex)
    return family, _given(rng, uz.POOL, sex), _patronymic(rng, "uz", sex, _UZBEK_STYLES)


def _kyrgyz(rng: Random, sex: Sex) -> Parts:
    """`Асан уулу Бакыт` (the father's name leads, no patronymic) or a family name with -ов/-ова."""
    given = _given(rng, ky.POOL, sex)
    if rng.random() < 0.4:
        return f"{rng.choice(ky.POOL.men)} {'кызы' if sex == 'female' else 'уулу'}", given, ""
    family = daughter_or_son(rng.choice(ky.POOL.families), sex)
    return family, given, _patronymic(rng, "ky", sex, _KYRGYZ_STYLES)


def _tajik(rng: Random, sex: Sex) -> Parts:
    """-зода with the father's bare name, -ов/-ова with -ович/-овна or nothing, or the bare forefather's name."""
    stem, given = rng.choice(tg.POOL.families), _given(rng, tg.POOL, sex)
    chance = rng.random()
    if chance < 0.25:
        return f"{stem}зода", given, rng.choice(tg.POOL.men) if rng.random() < 0.7 else ""
    if chance < 0.4:
        return stem, given, ""
    return with_ending(stem, sex), given, _patronymic(rng, "tg", sex, _TAJIK_STYLES)


def _uyghur(rng: Random, sex: Sex) -> Parts:
    family = daughter_or_son(rng.choice(ug.POOL.families), sex)
    return family, _given(rng, ug.POOL, sex), _patronymic(rng, "ug", sex, _UYGHUR_STYLES)


def _patronymic(rng: Random, people: str, sex: Sex, styles: Weighted[Style | None]) -> str:
    style = styles.draw(rng)
    if style is None:
        return ""
    father = rng.choice(_POOLS[people].men)
    return own_patronymic(father, people, sex) if style == "own" else with_ending(father, sex, patronymic=True)


def own_patronymic(father: str, people: str, sex: Sex) -> str:
    """The patronymic of Kazakh (-ұлы, -қызы) and Uzbek (ўғли, қизи) tradition."""
    son, daughter = {"kk": ("ұлы", "қызы"), "uz": (" ўғли", " қизи")}[people]
    return father + (daughter if sex == "female" else son)


_TRADITIONS: Final[Mapping[str, Callable[[Random, Sex], Parts]]] = {
    "kk": _kazakh,
    "ru": _russian_speaker,
    "uz": _uzbek,
    "ky": _kyrgyz,
    "tg": _tajik,
    "ug": _uyghur,
}
_KAZAKH_STYLES: Final = Weighted[Style | None]({"own": 0.5, "russian": 0.35, None: 0.15})
_RUSSIAN_STYLES: Final = Weighted[Style | None]({"russian": 0.97, None: 0.03})
_UZBEK_STYLES: Final = Weighted[Style | None]({"own": 0.55, "russian": 0.3, None: 0.15})
_KYRGYZ_STYLES: Final = Weighted[Style | None]({"russian": 0.75, None: 0.25})
_TAJIK_STYLES: Final = Weighted[Style | None]({"russian": 0.6, None: 0.4})
_UYGHUR_STYLES: Final = Weighted[Style | None]({"russian": 0.7, None: 0.3})
_PAGES: Final[Mapping[str, Weighted[str]]] = {
    "kk": Weighted({"own": 0.45, "own+latin": 0.25, "own+russian": 0.1, "russian": 0.15, "russian+latin": 0.05}),
    "ru": Weighted({"own": 0.75, "own+latin": 0.25}),
    "uz": Weighted({"russian+latin": 0.45, "russian": 0.25, "own+latin": 0.15, "latin": 0.1, "own": 0.05}),
    "ky": Weighted({"own+latin": 0.4, "own": 0.2, "russian+latin": 0.25, "russian": 0.15}),
    "tg": Weighted({"russian+latin": 0.4, "own+latin": 0.25, "russian": 0.25, "own": 0.1}),
    "ug": Weighted({"russian": 0.45, "russian+latin": 0.25, "own+russian": 0.2, "own": 0.1}),
}
"""Which pages a person's papers show, by people; the first is the main name."""
