"""Makes the published table of name variants: python -m bench.variants writes names-2026.csv anew, always the same."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from bench.variants import Half, Name, Variant, mishaps, recorded
from bench.variants.letters import chinese, icao, old_passport, passport, russian_page, soviet
from bench.variants.people import Someone, own_patronymic, russian_patronymic, someone, spelled, with_a, with_ov

SEED: Final = 20_260_922
LANGUAGES: Final = ("kk", "ru", "uz", "ky", "tg", "ug")
PEOPLE_EACH: Final = 72
VARIANTS_EACH: Final = 6
Spell = Callable[[Random, Someone], str]


def rows(seed: int = SEED, each: int = PEOPLE_EACH) -> Iterator[Variant]:
    """Every variant of every person; half of the people are held out, with all that is theirs."""
    rng = Random(seed)
    number = 0
    for language in LANGUAGES:
        for place in range(each):
            number += 1
            half: Half = "held-out" if place % 2 else "published"
            yield from _of_one(rng, f"p{number:04}", half, someone(rng, language))


def _of_one(rng: Random, person: str, half: Half, who: Someone) -> Iterator[Variant]:
    kinds = rng.sample([kind for kind in KINDS if _fits(kind, who)], VARIANTS_EACH)
    record = list(who.on_record)
    if "former name" in kinds:
        record.append(Name(who.former, who.own.given))
    if "pet name" in kinds:
        record.append(Name("", who.pet))
    stands = {str(name) for name in record}
    for kind in kinds:
        typed = KINDS[kind](rng, who)
        if typed not in stands:
            yield Variant(person, who.language, half, kind, typed, recorded(tuple(record)))


def _fits(kind: str, who: Someone) -> bool:
    match kind:
        case "Chinese syllables":
            return who.language in ("kk", "ug")
        case "Soviet spelling":
            return who.language != "ru"
        case "patronymic instead of family name":
            return who.language in ("kk", "ky", "ug")
        case "without or with -ov":
            return " " not in who.own.family and who.language != "ru"
        case _:
            return True


def _short(who: Someone) -> Name:
    return Name(who.own.family, who.own.given)


def _page(rng: Random, who: Someone) -> Callable[[str, str], str]:
    return rng.choice((_own, russian_page, russian_page, passport, icao, old_passport))


def _own(name: str, _language: str) -> str:
    return name


def _written(rng: Random, who: Someone, name: Name | None = None) -> str:
    """The name on any page, mostly without the patronymic."""
    chosen = name or (who.own if rng.random() < 0.3 else _short(who))
    return str(spelled(chosen, who.language, _page(rng, who)))


def _latin(page: Callable[[str, str], str]) -> Spell:
    return lambda rng, who: str(spelled(who.own if rng.random() < 0.4 else _short(who), who.language, page))


def _other_patronymic(rng: Random, who: Someone) -> str:
    """Own for Russian and the other way round, or one that is not on record at all."""
    russian = russian_patronymic(who.father, who.woman)
    other = own_patronymic(who.language, who.father, who.woman) if who.own.patronymic == russian else russian
    return _written(rng, who, Name(who.own.family, who.own.given, other))


def _order(rng: Random, who: Someone) -> str:
    name = spelled(who.own if rng.random() < 0.5 else _short(who), who.language, _page(rng, who))
    return mishaps.shuffled(rng, (name.family, name.given, name.patronymic))


def _ending(rng: Random, who: Someone) -> str:
    """The family name as the other sex bears it, without its ending, or with one."""
    family = who.own.family
    bare = family.removesuffix("а") if who.woman else family
    if bare.endswith(("ов", "ев")):
        stem = bare[:-2] + ("й" if bare.endswith("аев") else "")
        family = rng.choice((stem, stem, bare if who.woman else with_a(bare)))
    else:
        family = with_a(with_ov(bare)) if who.woman else with_ov(bare)
    return _written(rng, who, Name(family, who.own.given))


def _father_as_family(rng: Random, who: Someone) -> str:
    """Family name left out, the father's name in its place where it is on record."""
    if not who.own.patronymic:
        return _written(rng, who, _short(who))
    family = rng.choice((own_patronymic("kk", who.father, who.woman), with_ov(who.father)))
    if who.woman and family.endswith("в"):
        family = with_a(family)
    return _written(rng, who, Name(family, who.own.given))


def _everything(rng: Random, who: Someone) -> str:
    """Another page, another order, and a slip."""
    return mishaps.slip(rng, _order(rng, who))


KINDS: Final[dict[str, Spell]] = {
    "Russian page": lambda rng, who: str(spelled(_short(who), who.language, russian_page)),
    "passport": _latin(passport),
    "ICAO passport": _latin(icao),
    "old passport": _latin(old_passport),
    "Soviet spelling": _latin(soviet),
    "Chinese syllables": lambda rng, who: " ".join(chinese(part) for part in (who.own.given, who.own.family)),
    "letters substituted": lambda rng, who: mishaps.substituted(rng, str(_short(who))),
    "look-alike letters": lambda rng, who: mishaps.look_alikes(rng, str(_short(who))),
    "as heard": lambda rng, who: mishaps.heard(rng, _written(rng, who)),
    "slip of a key": lambda rng, who: mishaps.slip(rng, _written(rng, who)),
    "slip on record's own page": lambda rng, who: mishaps.slip(rng, str(who.on_record[0])),
    "other patronymic": _other_patronymic,
    "order": _order,
    "without or with -ov": _ending,
    "patronymic instead of family name": _father_as_family,
    "former name": lambda rng, who: _written(rng, who, Name(who.former, who.own.given)),
    "pet name": lambda rng, who: _written(rng, who, Name(who.own.family, who.pet)),
    "parted": lambda rng, who: mishaps.parted(rng, _written(rng, who)),
    "page, order and slip": _everything,
}
