"""The parts of a full name as it was written: surname, given names, patronymic, their endings, and a birth year."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from kzcase.domain.spelling import VOWELS, fold_word, looks_pinyin, plain_latin, script_of, straighten, words_of

Sex = Literal["", "m", "f"]
MAX_PARTS: Final = 7

_SON: Final = "ұлы|улы|үлы|uly|ūly|ulı|уулу|uulu|угли|ўғли|оғлы|оглы|оглу|ugli|ogli|ogly|oglu|oğlu|oğli"
_DAUGHTER: Final = "қызы|кызы|қизи|кизи|гызы|гизи|qyzy|kyzy|qizi|kizi|gyzy|gizi|qızı|kızı"
_MARKER: Final = re.compile(f"(?P<m>{_SON})|(?P<f>{_DAUGHTER})")
_PATRONYMIC: Final = re.compile(
    f"(?P<base>..+?)(?:(?P<m>{_SON}|[оеё]вич|ївич|[oe]vich|yevich)|(?P<f>{_DAUGHTER}|[оеё]вна|[oe]vna|yevna|ична|ichna))"
)
_SURNAME: Final = re.compile(
    r"(?P<base>...+?)(?:(?P<m>[оеё]в|y?[oe]v|ский|skiy|skii|sky)|(?P<f>[оеё]ва|y?[oe]va|ская|skaya|skaia)"
    r"|зода|заде|зада|зод|zoda|zade|zada|zod)"
)
_YEAR: Final = re.compile(
    r"[,\s]+(?:(?:\d{1,2}[.\-/]){0,2}(1[89]\d\d|20\d\d)(?:-\d\d){0,2}|(?:\d{1,2}[.\-/]){2}(\d\d))\s*$", re.ASCII
)
_LAST_CENTURY_FROM: Final = 30
"""Old documents write a year with two digits: 90 is 1990, 05 is 2005."""
# Sound pairs merged and vowels left out: what stays the same in most spellings.
_SKELETON: Final = str.maketrans("dpzfghx", "tbsvkkj", "aeiou")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: as a key, and as a key without its surname or patronymic ending."""

    key: str
    stem: str
    sex: Sex = ""
    patronymic: bool = False
    pinyin: bool = False
    arabic: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True)
class FullName:
    """A name taken apart; patronymics stand by themselves unless there is nothing else."""

    parts: tuple[Part, ...]
    patronymics: tuple[Part, ...]
    year: int | None

    @property
    def sexes(self) -> frozenset[str]:
        """What the endings say about the sex: usually one of `m` and `f`, or nothing."""
        return frozenset(part.sex for part in (*self.parts, *self.patronymics) if part.sex)


def skeleton(key: str) -> str:
    """The consonants of a folded word, sound pairs merged."""
    return key.translate(_SKELETON)


def consonant_key(text: str) -> str:
    """The consonants of each part's stem, sound pairs merged, sorted: equal for most spellings of one name."""
    name = parse_name(text)
    stems = (skeleton(part.stem) for part in (*name.parts, *name.patronymics))
    return " ".join(sorted(filter(None, stems)))


def parse_name(text: str) -> FullName:
    """Take a full name apart; a birth year may follow a comma. At most seven parts are read."""
    year = _YEAR.search(text)
    words = words_of(text[: year.start()] if year else text)[: MAX_PARTS + 3]
    parts: list[Part] = []
    for word in words:
        plain = straighten(word).casefold()
        bare = plain_latin(plain) if script_of(plain) == "Latn" else plain
        marker = _MARKER.fullmatch(bare)
        if marker and parts:
            parts[-1] = replace(parts[-1], patronymic=True, sex="m" if marker["m"] else "f")
        elif part := _part(plain, bare):
            parts.append(part)
    own = tuple(part for part in parts if not part.patronymic)[:MAX_PARTS]
    patronymics = tuple(part for part in parts if part.patronymic)
    found = _year(year[1], year[2]) if year else None
    return FullName(own, patronymics, found) if own else FullName(patronymics[:MAX_PARTS], (), found)


def _year(four_digits: str | None, two_digits: str) -> int:
    if four_digits:
        return int(four_digits)
    return int(two_digits) + (1900 if int(two_digits) >= _LAST_CENTURY_FROM else 2000)


def _part(plain: str, bare: str) -> Part | None:
    key = fold_word(plain)
    if not key:
        return None
    script = script_of(plain)
    whole = Part(key, key, pinyin=script == "Latn" and looks_pinyin(bare), arabic=script == "Arab", written=plain)
    if patronymic := _PATRONYMIC.fullmatch(bare):
        return replace(whole, stem=fold_word(patronymic["base"]), sex=_sex(patronymic), patronymic=True)
    if surname := _SURNAME.fullmatch(bare):
        return replace(whole, stem=_surname_stem(surname["base"], bare), sex=_sex(surname))
    return whole


def _sex(ending: re.Match[str]) -> Sex:
    return "m" if ending["m"] else "f" if ending["f"] else ""


def _surname_stem(base: str, bare: str) -> str:
    """Оразбаев is of Оразбай, not of Оразба: after a vowel -ев hides an й."""
    stem = fold_word(base)
    return stem + "i" if stem[-1:] in VOWELS and bare[len(base) :][:1] in "еeёy" else stem
