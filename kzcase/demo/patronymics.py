"""Endings by sex: family names with -ов, -ев, -ин and -ский, patronymics with -ович and -овна."""

from typing import Final

_IRREGULAR: Final = {
    "Вячеслав": "Вячеславов",
    "Даниил": "Данилов",
    "Лев": "Львов",
    "Михаил": "Михайлов",
    "Павел": "Павлов",
    "Пётр": "Петров",
}
_MILD: Final = ("Илья", "Никита")
_LONG_IEVICH: Final = ("Дмитрий", "Георгий")
_VOWELS: Final = "аәеёиоөуұүыіэюяӣӯў"


def daughter_or_son(family: str, sex: str) -> str:
    """A family name given as a man bears it, as a man or a woman bears it; those without an ending stay."""
    if sex != "female":
        return family
    if family.endswith("ский"):
        return family[:-2] + "ая"
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин")) else family


def with_ending(stem: str, sex: str, *, patronymic: bool = False) -> str:
    """`stem` with -ов/-ова or, as a patronymic, with -ович/-овна (-ев, -евич, -ич after soft endings and vowels)."""
    if patronymic and stem in _MILD:
        return stem[:-1] + ("инична" if stem == "Илья" else "ична") if sex == "female" else stem[:-1] + "ич"
    base = _with_ov(stem, patronymic=patronymic)
    if patronymic:
        return base + ("на" if sex == "female" else "ич")
    return base + ("а" if sex == "female" else "")


def _with_ov(stem: str, *, patronymic: bool) -> str:
    if patronymic and stem in _IRREGULAR:
        return _IRREGULAR[stem]
    if patronymic and stem.endswith("ий") and stem not in _LONG_IEVICH:
        return stem[:-2] + "ьев"
    last = stem[-1]
    if last in "йь":
        return stem[:-1] + "ев"
    if last in "ӣі":
        return stem[:-1] + "иев"
    if last in _VOWELS and last != "у":
        return stem + "ев"
    return stem + "ов"
