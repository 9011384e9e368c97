"""What was typed into the search, word by word: beginnings, sounds, phones, case numbers, and other ways to read it."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kzcase.db.derive import END_OF_NAMES, SOUND, alike_letters, number_key, phone_keys
from kzcase.domain.name_parts import Part, parse_name, skeleton
from kzcase.domain.slips import is_slip
from kzcase.domain.spelling import words_of

FEW_WORDS: Final = 5
"""Of more words, none is looked for in another way than it was typed."""
_PHONE_DIGITS: Final = 5
_LONG_NUMBER: Final = re.compile(r"\d{7,}")
_NUMBER: Final = re.compile(r"\d{4}[a-z0-9]*[a-z][a-z0-9]*|\d{4}-[\da-z-]*", re.ASCII)
_DOCUMENT: Final = re.compile(r"[^\W\d_]{1,4}\d{5,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One thing typed: how keys that fit it begin, and the key of its sound."""

    begins: tuple[str, ...]
    sound: str = ""
    nearby: tuple[str, ...] = ()
    """Keys that are there and that it may have been meant for, were it mistyped."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number rather than a word of a name."""
        return all(begin[:1].isdecimal() or begin[-1:].isdecimal() for begin in self.begins)

    def ranges(self, *, heard: bool) -> list[tuple[str, str]]:
        """Where in the order of keys those stand that fit: the end is the beginning and one more letter."""
        spelt = [(begin, begin + "\uffff") for begin in self.begins]
        sounds = (self.sound,) if heard and self.sound else ()
        return spelt + [(key, key + "\1") for key in (*sounds, *self.nearby)]

    def signs(self, *, heard: bool) -> list[str]:
        """What stands among all keys of the people one of whose keys fits."""
        sounds = (self.sound,) if heard and self.sound else ()
        return [f" {begin}" for begin in self.begins] + [f" {key} " for key in (*sounds, *self.nearby)]

    def is_meant_by(self, all_keys: str) -> bool:
        """Whether it is spelt so, sounds so, or is a slip away from a word of one of these names."""
        if any(f" {begin}" in all_keys for begin in self.begins) or (self.sound and f" {self.sound} " in all_keys):
            return True
        names = all_keys.partition(END_OF_NAMES)[0].split()
        return any(is_slip(begin, name) for begin in self.begins for name in names)

    def is_whole_in(self, all_keys: str) -> bool:
        """Whether one of these keys is the whole of what was typed, not only begun by it; or at least sounds so."""
        if any(f" {begin} " in all_keys for begin in self.begins):
            return True
        begun = any(f" {begin}" in all_keys for begin in self.begins)
        return bool(self.sound) and not begun and f" {self.sound} " in all_keys


def words_of_search(typed: str) -> list[Word]:
    """What was typed as a phone, as the number of a case or a document, or as words of a name."""
    digits = "".join(c for c in typed if c.isdecimal())
    plain = alike_letters(typed.strip())
    if len(digits) >= _PHONE_DIGITS and not any(c.isalpha() for c in typed) and not _NUMBER.fullmatch(plain):
        return [_phone(digits)]
    if _NUMBER.fullmatch(plain.replace(" ", "")):
        return [Word((number_key(plain),))]
    if _DOCUMENT.fullmatch(number_key(plain)):
        return [Word((number_key(plain),))]
    phones = [_phone("".join(c for c in number if c.isdecimal())) for number in _LONG_NUMBER.findall(typed)]
    parsed = parse_name(_LONG_NUMBER.sub(" ", typed))
    if any(_repeats(part.written) for part in (*parsed.parts, *parsed.patronymics)):
        return []
    parts = {part.key: part for part in (*parsed.parts, *parsed.patronymics)}
    return phones + [_word(part) for part in parts.values()]


def _word(part: Part) -> Word:
    heard = skeleton(part.stem)
    return Word((part.key,), SOUND + heard if len(heard) > 1 else "")


def _repeats(written: str) -> bool:
    """Whether half a word or more is the letter before once again: of “zzzz” folding leaves one z, and too many fit."""
    return 2 * sum(one == other for one, other in pairwise(written)) >= len(written) > 1


def _phone(digits: str) -> Word:
    """The beginning of a number, as it may be dialled at home and from abroad."""
    return Word(tuple(sorted(phone_keys(digits) | ({"7" + digits[1:]} if digits[0] == "8" else set()))))


def joined(typed: str) -> list[str]:
    """What was typed with two neighbouring words written as one."""
    words = words_of(typed)
    pairs = range(len(words) - 1) if len(words) <= FEW_WORDS else ()
    return [" ".join((*words[:at], words[at] + words[at + 1], *words[at + 2 :])) for at in pairs]


def patronymics(typed: str) -> list[Word]:
    """The words that are patronymics: they are not always on record."""
    return [_word(part) for part in parse_name(typed).patronymics]
