"""How offices write a name given in a people's own Cyrillic: Russian page, passports new and old, Chinese syllables."""

import re
from collections.abc import Callable, Mapping
from typing import Final


def _table(pairs: str) -> dict[str, str]:
    return {pair[0]: pair[1:] for pair in pairs.split()}


VOWELS: Final = "аәеёиоөуұүыіэюяӣӯў"
_ICAO: Final = _table(
    "аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъie ыy ь эe юiu яia"
    " әa ғg қk ңn өo ұu үu һh іi ўu ҳkh ҷj ӣi ӯu җzh"
)
_PASSPORT: Final[Mapping[str, dict[str, str]]] = {
    "kk": _ICAO | _table("юyu яya ъ"),
    "ru": _ICAO,
    "ky": _ICAO | _table("хh ъ"),
    "uz": _ICAO | _table("ёyo жj йy хx ъʼ юyu яya ўoʻ қq ғgʻ ҳh"),
    "tg": _ICAO | _table("ёyo йy ъ юyu яya ҷj ҳh қq ғgh ӣi ӯu"),
    "ug": _ICAO | _table("һh җj юyu яya"),
}
_OLD: Final[Mapping[str, dict[str, str]]] = {
    "kk": _ICAO | _table("жdzh йy юyu яya өu щsch іy ъ"),
    "ru": _ICAO | _table("йy юyu яya ыi щsch хh ёyo ъ"),
    "ky": _ICAO | _table("жdj йy юju яja үu өu ъ"),
    "uz": _ICAO | _table("жdj йy хkh юyu яya ўu қk ғg ҳkh ъ ёe"),
    "tg": _ICAO | _table("ҷdj ҳkh қk ғg йy юyu яya ӯu ъ"),
    "ug": _ICAO | _table("җdj һkh юyu яya йy әe"),
}
_RUSSIAN: Final[Mapping[str, dict[str, str]]] = {
    "kk": _table("әа ғг қк ңн өо ұу үу һх іи"),
    "ru": _table("ёе"),
    "ky": _table("өо үу ңн"),
    "uz": _table("ўу қк ғг ҳх ъ"),
    "tg": _table("ҳх қк ғг ӣи ӯу ҷдж ъ"),
    "ug": _table("әа ғг қк ңн өо үу һх җдж"),
}
_WORDS: Final = (("ўғли", "угли"), ("қизи", "кизи"), ("ұлы", "улы"), ("қызы", "кызы"))


def cased(spell: Callable[[str], str]) -> Callable[[str], str]:
    """The same for a name with capitals: each word begins with one again."""

    def spelled(name: str) -> str:
        return " ".join(word[:1].upper() + word[1:] for word in spell(name.lower()).split(" "))

    return spelled


def by(table: Mapping[str, str]) -> Callable[[str], str]:
    """Letter by letter."""
    return lambda name: "".join(table.get(letter, letter) for letter in name)


def russian_page(name: str, language: str) -> str:
    """As the Russian page of a document has it."""
    for own, russian in _WORDS:
        name = name.replace(own, russian)
    return cased(by(_RUSSIAN[language]))(name)


def passport(name: str, language: str) -> str:
    """As the Latin page of a passport has it, in capitals."""
    lower = name.lower()
    if language in ("kk", "ug"):
        lower = re.sub(f"(?<=[{VOWELS}])с(?=[{VOWELS}])", "сс", lower)
    if language in ("kk", "ru"):
        lower = re.sub(r"\bе", "йе", lower)
        return re.sub(r"\bIE", "YE", by(_PASSPORT[language])(lower).upper())
    if language == "uz":
        lower = re.sub(rf"\bе|(?<=[{VOWELS}])е", "йе", lower)
    return by(_PASSPORT[language])(lower).upper()


def icao(name: str, language: str) -> str:
    """ICAO Doc 9303 from the Russian page."""
    return by(_ICAO)(russian_page(name, language).lower()).upper()


def old_passport(name: str, language: str) -> str:
    """As in the books of the 1990s, or by somebody who writes as they speak."""
    return by(_OLD[language])(name.lower()).title()


def soviet(name: str, language: str) -> str:
    """As a Soviet office wrote: Дж for Ж of Turkic names, russified vowels."""
    lower = re.sub(r"\bж|(?<=[аеиоу])ж", "дж", russian_page(name, language).lower())
    return cased(lambda text: text.replace("ы", "и"))(lower)


_SYLLABLE_END: Final = _table("рer тte кke лli сsi бbu мmu пpu гge дde зzi шshi")
_CHINESE_LETTERS: Final = _table(
    "аa әa бb вw гg дd еe жj зz иi йi кk қh лl мm нn ңng оo өo пp рr сs тt уu ұu үu фf хh һh чch шsh ыe"
    " іi эe яya юyu ғg җj"
)


def chinese(name: str) -> str:
    """By the syllables of a Chinese passport: a consonant at a syllable's end gets a vowel or becomes a syllable."""
    return " ".join(_chinese(word) for word in name.lower().split()).upper()


def _chinese(word: str) -> str:
    spelled = []
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        open_syllable = following and following in VOWELS
        if letter in _SYLLABLE_END and not open_syllable:
            spelled.append(_SYLLABLE_END[letter])
        elif letter == "р":
            spelled.append("l")
        else:
            spelled.append(_CHINESE_LETTERS.get(letter, ""))
    return "".join(spelled).replace("ai", "ayi")
