"""What keyboards, ears and haste do to a name: a slip of a key, letters taken for others, sounds heard otherwise."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

_ROWS: Final = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS: Final = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}
# What is typed where a national letter is not found on the keyboard, or by the look of it.
_INSTEAD: Final = {
    **{"ә": "аэеə", "ғ": "г", "қ": "кx", "ң": "н", "ө": "оу", "ұ": "у", "ү": "у", "һ": "хгh", "і": "иiы"},
    **{"ў": "уо", "ҳ": "хг", "ҷ": "ж", "ӣ": "и", "ӯ": "уо", "җ": "ж", "ё": "е", "э": "е", "й": "и", "ъ": "ь"},
}
_TWINS: Final = dict(zip("асеорхуі", "aceopxyi", strict=True))
# Sounds that are taken for each other by ear, Cyrillic and Latin, inside a word.
_HEARD: Final = (
    *("оа", "ао", "еи", "ие", "ыи", "иы", "уо", "өу", "үу", "ұо", "яа", "юу", "эе", "аә"),
    *("дт", "тд", "бп", "пб", "гк", "кг", "зс", "сз", "хк", "қх", "гх", "вф", "жш"),
    *("oa", "ao", "ei", "ie", "uo", "ou", "dt", "td", "bp", "gk", "kg", "zs", "sz"),
)


def words_worth(name: str) -> list[int]:
    """Where in a name words stand that are long enough to be mistyped and still known."""
    return [place for place, word in enumerate(name.split()) if len(word) >= 5]


def slip(rng: Random, name: str) -> str:
    """One slip of a key in one of the longer words; one in eight meets the first letter."""
    return _in_one_word(rng, name, _slip)


def _slip(rng: Random, word: str) -> str:
    place = 0 if rng.random() < 0.125 else rng.randrange(1, len(word))
    letter = word[place].lower()
    match rng.choice(("left out", "twice", "neighbour", "swapped")):
        case "left out":
            new = word[:place] + word[place + 1 :]
        case "twice":
            new = word[:place] + word[place] + word[place:]
        case "neighbour" if _NEIGHBOURS.get(letter):
            other = rng.choice(_NEIGHBOURS[letter])
            new = word[:place] + (other.upper() if word[place].isupper() else other) + word[place + 1 :]
        case _:
            place = min(place, len(word) - 2)
            new = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return new if new != word else word[:-1]


def heard(rng: Random, name: str) -> str:
    """One or two sounds written as they were heard."""
    for _ in range(rng.choice((1, 1, 2))):
        name = _in_one_word(rng, name, _misheard)
    return name


def _misheard(rng: Random, word: str) -> str:
    lower = word.lower()
    ways = [(place, pair[1]) for pair in _HEARD for place in range(1, len(word)) if lower[place] == pair[0]]
    if not ways:
        return word.replace("ь", "")
    place, other = rng.choice(ways)
    return word[:place] + (other.upper() if word[place].isupper() else other) + word[place + 1 :]


def _in_one_word(rng: Random, name: str, change: Callable[[Random, str], str]) -> str:
    words = name.split()
    places = words_worth(name) or list(range(len(words)))
    place = rng.choice(places)
    words[place] = change(rng, words[place]) if len(words[place]) > 2 else words[place]
    return " ".join(words)


def substituted(rng: Random, name: str) -> str:
    """National letters as somebody without them on the keyboard types them, each in some way of its own."""
    return "".join(_instead(rng, letter) for letter in name)


def _instead(rng: Random, letter: str) -> str:
    ways = _INSTEAD.get(letter.lower(), "")
    if not ways or rng.random() < 0.15:
        return letter
    other = rng.choice(ways[:1] * 3 + ways)
    return other.upper() if letter.isupper() else other


def look_alikes(rng: Random, name: str) -> str:
    """Some Cyrillic letters typed as the Latin ones that look like them."""
    return "".join(_TWINS[one] if one in _TWINS and rng.random() < 0.4 else one for one in name)


def parted(rng: Random, name: str) -> str:
    """A long word in two, by a space or a hyphen."""
    words = name.split()
    place = max(range(len(words)), key=lambda at: len(words[at]))
    half = len(words[place]) // 2 + rng.choice((0, 1))
    words[place] = words[place][:half] + rng.choice(" -") + words[place][half:].capitalize()
    return " ".join(words)


def shuffled(rng: Random, parts: Sequence[str]) -> str:
    """The parts in another order than they came."""
    kept = [part for part in parts if part]
    return " ".join(kept[1:] + kept[:1]) if rng.random() < 0.6 else " ".join(reversed(kept))
