"""Phones that ring nowhere, and the rules for calling them safely.

The numbers cannot be anybody's: 709 is not a mobile code of Kazakhstan, and area codes beginning with 0 are not given
out in Uzbekistan, Kyrgyzstan and Tajikistan.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

from kzcase.demo.acts import Text, said
from kzcase.demo.chance import Weighted
from kzcase.i18n import Language

_ABROAD: Final = {"UZ": "+998 00 0", "KG": "+996 00 0", "TJ": "+992 00 0"}
_FROM_HOME: Final = 0.08
_SECOND_PHONE: Final = 0.07
_SAFE: Final[Mapping[str, Weighted[str]]] = {
    "trafficking": Weighted(
        {"safe": 0.4, "at_hours": 0.2, "code_word": 0.13, "do_not_call": 0.1, "unknown": 0.12, "text_only": 0.05}
    ),
    "stateless": Weighted({"safe": 0.8, "at_hours": 0.1, "unknown": 0.08, "do_not_call": 0.01, "text_only": 0.01}),
    "child": Weighted({"safe": 0.6, "at_hours": 0.2, "code_word": 0.06, "do_not_call": 0.06, "unknown": 0.08}),
}
_HOURS: Final = ("09:00–12:00", "10:00–17:00", "12:00–14:00", "18:00–20:00", "19:00–21:00")
_CODE_WORDS: Final[tuple[Text, ...]] = (
    ("қарлығаш", "ласточка", "swallow"),
    ("алма", "яблоко", "apple"),
    ("көктем", "весна", "spring"),
    ("бәйтерек", "тополь", "poplar"),
    ("жидек", "ягода", "berry"),
    ("кітапхана", "библиотека", "library"),
)
_WHO: Final[tuple[Text, ...]] = (
    ("тек өзі", "только лично", "only in person"),
    ("өзі немесе анасы", "лично или мать", "in person or the mother"),
    ("өзі немесе әпкесі", "лично или сестра", "in person or the sister"),
)
_SAY: Final[tuple[Text, ...]] = (
    ("кітапханаданбыз", "звоним из библиотеки", "calling from the library"),
    ("емхананың тіркеу бөлімінен", "звоним из регистратуры поликлиники", "calling from the clinic's front desk"),
    ("курстардан хабарласып тұрмыз", "звоним с учебных курсов", "calling about the courses"),
)


def number(rng: Random, country: str = "KZ") -> str:
    """A number of the usual shape that is nobody's."""
    digits = f"{rng.randrange(1_000_000):06d}"
    start = _ABROAD.get(country, "+7 709 0")
    return f"{start}{digits[:2]} {digits[2:4]} {digits[4:]}"


def phones(rng: Random, kind: str, country: str, age: int, language: Language) -> list[dict[str, str]]:
    """The phones of one person with their safe-contact rules; small children have none of their own."""
    owns = 0.88 if age >= 18 else 0.5 if age >= 12 else 0.08
    found: list[dict[str, str]] = []
    while len(found) < 2 and rng.random() < (_SECOND_PHONE if found else owns):
        home = country if rng.random() < _FROM_HOME else "KZ"
        found.append({"number": number(rng, home), **_rules(rng, kind, language)})
    return found


def _rules(rng: Random, kind: str, language: Language) -> dict[str, str]:
    safe = _SAFE[kind].draw(rng)
    rules = {"safe": safe}
    if safe == "at_hours" or (safe == "safe" and rng.random() < 0.1):
        rules["hours"] = rng.choice(_HOURS)
    if safe == "code_word":
        rules["code_word"] = said(rng.choice(_CODE_WORDS), language)
    if safe in ("at_hours", "code_word"):
        rules["who_may_answer"] = said(rng.choice(_WHO), language)
        if rng.random() < 0.5:
            rules["say_we_are"] = said(rng.choice(_SAY), language)
    return rules
