"""One search key for many spellings: Kazakh, Russian, Uzbek, Kyrgyz, Tajik; Cyrillic, Latin, pinyin, Arabic letters.

The key has small Latin letters only; among its consonants j stands for ж дж zh, x for ш щ sh, c for ч ch.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

Script = Literal["Cyrl", "Latn", "Arab", "Mixed", "Other"]
VOWELS: Final = frozenset("aeiou")
MAX_TEXT: Final = 400

_CYRILLIC_SOUNDS: Final = {
    "a": "аә",
    "b": "б",
    "v": "в",
    "g": "гғґ",
    "d": "д",
    "e": "еэєѣ",
    "j": "жҗҷӂҹ",
    "z": "з",
    "i": "иійїӣы",
    "k": "кқҡӄҝ",
    "l": "л",
    "m": "м",
    "n": "нңҥ",
    "o": "о",
    "u": "өуұүўӯ",
    "p": "п",
    "r": "р",
    "s": "с",
    "t": "т",
    "f": "ф",
    "h": "хҳһ",
    "ts": "ц",
    "c": "ч",
    "x": "шщ",
    "iu": "ю",
    "ia": "я",
}
_ARABIC_SOUNDS: Final = {
    "a": "اآأإةىٵ",
    "e": "ە",
    "b": "ب",
    "p": "پ",
    "t": "تط",
    "s": "ثسص",
    "j": "جژ",
    "c": "چ",
    "h": "حخهھۀ",
    "d": "د",
    "z": "ذزضظ",
    "r": "ر",
    "x": "ش",
    "g": "غگ",
    "f": "ف",
    "k": "قكک",
    "l": "ل",
    "m": "م",
    "n": "نڭ",
    "u": "وؤۇۆۋٶٷ",
    "i": "يیئېۍ",
}
_LATIN_LETTERS: Final = {
    **dict.fromkeys("əäáàâãåāæ", "a"),
    **dict.fromkeys("öüóúőűūŭûôòøœ", "u"),
    **dict.fromkeys("ıýíïîìī", "i"),
    **dict.fromkeys("éèêëě", "e"),
    **dict.fromkeys("ğǵġģ", "g"),
    **dict.fromkeys("şšśș", "sh"),
    **dict.fromkeys("çčć", "ch"),
    **dict.fromkeys("žżź", "zh"),
    **dict.fromkeys("ñňńŋ", "n"),
    "đ": "d",
    "ł": "l",
    "ß": "s",
}

# Letters that look alike and get mixed up inside one word; capitals differ (H is Н, h is һ).
_LATIN_TWINS: Final = "ABCEHIKMOPTXYaceopxyihəƏkmt"
_CYRILLIC_TWINS: Final = "АВСЕНІКМОРТХУасеорхуіһәӘкмт"
_TO_CYRILLIC: Final = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_TO_LATIN: Final = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)

_APOSTROPHES: Final = "'`´ʻʼʽʿʾ‘’‛ʹ′ˈ"
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}]")
_UZBEK: Final = re.compile(f"([og])[{_APOSTROPHES}]")
_BREAK: Final = re.compile(r"[\s\-‐‑–—.,;:()\[\]{}/\\\"«»“”_|]+")
_DOUBLED: Final = re.compile(r"(.)\1+")

# Capitals are finished sounds, so that a later row does not read them again.
_LATIN_SPELLINGS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"x", "h"),
        (r"shch|sch|sh", "X"),
        (r"dzh|zh|dj|j", "J"),
        (r"ch", "C"),
        (r"tz", "ts"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ck|q|c", "k"),
        (r"w", "v"),
        (r"ye", "e"),
        (r"(?<=[^aeiouy])(?<!^)yo", "e"),
        (r"y", "i"),
    )
)
_EUROPEAN_X: Final = ("alex", "xen", "oxan", "maxim", "felix", "roxan")

# Chinese passports spell Kazakh names by syllables: Нұрлан NUERLAN, Айгүл AYIGULI, Серік SAILIKE.
_SYLLABLES: Final = re.compile(
    r"(?:er|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|uai|uan|iao|ian|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u))+"
)
_PINYIN_MARKS: Final = re.compile(
    r"[aiou]er|eer|[aeiou]yi|[aeiou]wu|jiang$|xun|[aeiou][^aeiou]+[aeiou]+(?:ti|ke|te|bu)$"
)
_PINYIN: Final = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"^(?:ai|ye)er", "er"),
        (r"([aiou])er", r"\1r"),
        (r"eer", "er"),
        (r"jiang$", "zhan"),
        (r"wu", "u"),
        (r"yi", "i"),
        (r"(?<=[^aeiou])ie", "e"),
        (r"x", "s"),
        (r"q", "ch"),
        (r"(?<=[^aeiou])uo", "o"),
        (r"([tkbslmfdg])[eiu]$", r"\1"),
    )
)


def _by_letter(sounds: Mapping[str, str]) -> dict[str, str]:
    return {letter: sound for sound, letters in sounds.items() for letter in letters}


_CYRILLIC: Final = _by_letter(_CYRILLIC_SOUNDS)
_ARABIC: Final = _by_letter(_ARABIC_SOUNDS)


def script_of(text: str) -> Script:
    """The script of the letters in a text: a code of `script`."""
    scripts = {_script(letter) for letter in text if letter.isalpha() and letter not in _APOSTROPHES}
    if len(scripts) > 1:
        return "Mixed"
    return scripts.pop() if scripts else "Other"


@lru_cache(maxsize=4096)
def _script(letter: str) -> Script:
    name = unicodedata.name(letter, "")
    if name.startswith("CYRILLIC"):
        return "Cyrl"
    if name.startswith("LATIN"):
        return "Latn"
    return "Arab" if name.startswith("ARABIC") else "Other"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name: hyphens and punctuation part them, apostrophes do not. At most 400 letters are read."""
    return tuple(_BREAK.sub(" ", unicodedata.normalize("NFC", text[:MAX_TEXT])).split())


def mixed_words(text: str) -> tuple[str, ...]:
    """The words in which Cyrillic and Latin letters stand side by side: worth a warning where they are typed."""
    return tuple(word for word in words_of(text) if script_of(word) == "Mixed")


def straighten(word: str) -> str:
    """The word in one script: look-alikes (Latin i for і, A C E O P X, h for һ, ə for ә) become what was meant."""
    if not {"Cyrl", "Latn"} <= {_script(letter) for letter in word}:
        return word
    surely_cyrillic = sum(_script(one) == "Cyrl" and one not in _CYRILLIC_TWINS for one in word)
    surely_latin = sum(_script(one) == "Latn" and one not in _LATIN_TWINS for one in word)
    return word.translate(_TO_LATIN if surely_latin > surely_cyrillic else _TO_CYRILLIC)


def fold(text: str) -> str:
    """The search key of a name: its words folded one by one, in their order."""
    return " ".join(folded for word in words_of(text) if (folded := fold_word(word)))


def fold_word(word: str) -> str:
    """The key of one word; digits stay, other scripts than Cyrillic, Latin and Arabic stay as they are."""
    straight = straighten(word).casefold()
    match _main_script(straight):
        case "Cyrl":
            sounds = _from_cyrillic(straight)
        case "Latn":
            sounds = _from_latin(straight)
        case "Arab":
            sounds = "".join(_ARABIC.get(letter, "") for letter in straight)
        case _:
            sounds = "".join(letter for letter in straight if letter.isalnum())
    return _DOUBLED.sub(r"\1", sounds)


def _main_script(word: str) -> Script:
    """The script of most letters, so that a stray sign does not hide a name."""
    scripts = [_script(letter) for letter in word if letter.isalpha() and letter not in _APOSTROPHES]
    if len(set(scripts)) == 1:  # nearly always
        return scripts[0]
    return Counter(scripts).most_common(1)[0][0] if scripts else "Other"


def _from_cyrillic(word: str) -> str:
    sounds: list[str] = []
    for letter in word.replace("дж", "ж").replace("дҗ", "ж"):
        if letter == "ё":
            after_consonant = bool(sounds) and sounds[-1][-1:] not in VOWELS
            sounds.append("e" if after_consonant else "io")
        elif sound := _CYRILLIC.get(letter):
            sounds.append(sound)
    return "".join(sounds)


def _from_latin(word: str) -> str:
    plain = plain_latin(word)
    if looks_pinyin(plain):
        for pattern, spelling in _PINYIN:
            plain = pattern.sub(spelling, plain)
    elif plain.startswith(_EUROPEAN_X):
        plain = plain.replace("x", "ks")
    for pattern, spelling in _LATIN_SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain.lower()


def plain_latin(word: str) -> str:
    """A Latin word in a-z: Uzbek oʻ is u, gʻ is g, other apostrophes fall, letters with marks become plain ones."""
    bare = _APOSTROPHE.sub("", _UZBEK.sub(lambda found: "u" if found[1] == "o" else "g", word))
    if bare.isascii():
        return bare
    known = "".join(_LATIN_LETTERS.get(letter, letter) for letter in bare)
    return "".join(one for one in unicodedata.normalize("NFD", known) if one.isascii())


def looks_pinyin(plain: str) -> bool:
    """Whether a small-letter Latin word is made of Chinese syllables and bears one of their marks."""
    return bool(_PINYIN_MARKS.search(plain)) and bool(_SYLLABLES.fullmatch(plain))
