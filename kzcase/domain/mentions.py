"""Mentions: where a free text names a person, in any spelling and case ending, or says a number of theirs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kzcase.domain.name_parts import parse_name
from kzcase.domain.spelling import VOWELS, fold_word

PUT_INSTEAD: Final = "…"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['`´ʻʼʽʿʾ‘’‛ʹ′ˈ\-‐‑][^\W\d_]+)*")
_NUMBER: Final = re.compile(r"\+?\d[\d ()/.\-]*\d")
_DAY: Final = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}")
_AMOUNT: Final = r"(?:\d{1,3}(?:[ .]\d{3}){1,2}|\d{1,6}000)"
_AMOUNTS: Final = re.compile(rf"{_AMOUNT}(?: ?[-/] ?{_AMOUNT})*")
_DOCUMENT: Final = re.compile(r"[^\W\d_]$|№ ?$|\b[A-ZА-Я]{1,3} $")
_MONEY: Final = re.compile(
    r" ?(?:тенге|теңге|тг\b|₸|руб|₽|сом|сум|сўм|so[ʻ‘'`]?m|долл|евро|usd|kzt|eur|rub|kgs|uzs|[$€])", re.IGNORECASE
)
_LEAST_DIGITS: Final = 6
_AT_HOME: Final = 10
"""Digits of a phone without the prefix of the country or the trunk line."""
_SHORT: Final = 4
_LONGEST_ENDING: Final = 7
_ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text, and by what of the person it was found."""

    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a text may speak of somebody. `certain`: a number of theirs, or two different words of their names."""

    found: tuple[Mention, ...]
    certain: bool

    def __bool__(self) -> bool:
        return bool(self.found)


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person is found by: the beginnings of the words of their names, and numbers."""

    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], numbers: Iterable[str]) -> "Traces":
        """From names and numbers as they were written down, those that were corrected later included."""
        words = {stem for name in names for stem in _stems(name)}
        digits = {_digits(number) for number in numbers}
        return cls(frozenset(words), frozenset(number for number in digits if len(number) >= _LEAST_DIGITS))

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers)

    def in_text(self, text: str) -> Mentions:
        """Everything in a text that may be meant."""
        words = [(found, by) for found in _WORD.finditer(text) if (by := self._named_by(found[0]))]
        numbers = [(found, by) for found in _NUMBER.finditer(text) for by in self._numbers_in(_digits(found[0]))]
        places = sorted({(found.start(), found.end(), by) for found, by in (*words, *numbers)})
        certain = bool(numbers) or len({by for _, by in words}) >= _ENOUGH
        return Mentions(tuple(Mention(*place) for place in places), certain)

    def _numbers_in(self, digits: str) -> Iterable[str]:
        """Which numbers stand in these digits: two written side by side look like one."""
        return (number for number in self.numbers if number in digits)

    def _named_by(self, word: str) -> str:
        """The word of their names that this word may be a case of; empty when it is none."""
        for part in (word, *re.split(r"[\-‐‑]", word)):
            key = _folded(part)
            for stem in self.words if key else ():
                exact = len(stem) < _SHORT
                if key == stem or (not exact and key.startswith(stem) and len(key) - len(stem) <= _LONGEST_ENDING):
                    return stem
        return ""


def without(text: str, mentions: Mentions) -> str:
    """The text with every mention replaced."""
    pieces, at = [], 0
    for mention in mentions.found:
        if mention.start >= at:
            pieces += [text[at : mention.start], PUT_INSTEAD]
            at = mention.end
    return "".join([*pieces, text[at:]])


def numbers_in(text: str) -> list[str]:
    """Numbers as documents and phones have them. A day is none: it would be found in every moment of that day."""
    found = (each[0] for each in _NUMBER.finditer(text))
    return [each for each in found if len(_digits(each)) >= _LEAST_DIGITS and not _DAY.fullmatch(each)]


def numbers_answered(text: str) -> list[str]:
    """The same of an answer, where amounts stand as well: the same wage or debt is found in the answers of many."""
    found = [each for each in _NUMBER.finditer(text) if not _is_amount(text, each)]
    return [number for each in found for number in numbers_in(each[0])]


def _is_amount(text: str, number: re.Match[str]) -> bool:
    """A sum of money, as far as it can be told: no phone or document of a person is written like one."""
    if _DOCUMENT.search(text[: number.start()]):
        return False
    short = len(_digits(number[0])) < _AT_HOME
    return bool(_AMOUNTS.fullmatch(number[0]) or (short and _MONEY.match(text, number.end())))


def _stems(name: str) -> Iterable[str]:
    """What every case of a word begins with: without the ending of a surname, and without the last vowels."""
    parsed = parse_name(name)
    for part in (*parsed.parts, *parsed.patronymics):
        stem = part.stem if len(part.stem) >= _SHORT else part.key
        bare = stem.rstrip("".join(VOWELS))
        yield bare if len(bare) >= _SHORT else stem


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold_word(word)


def _digits(number: str) -> str:
    """The digits of a number; those of a phone without the prefix of the country or the trunk line."""
    digits = "".join(sign for sign in number if sign.isdecimal())
    return digits[1:] if len(digits) == _AT_HOME + 1 and digits[0] in "78" else digits
