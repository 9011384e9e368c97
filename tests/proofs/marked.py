"""The words of one day, made from a seed: names, a number and sentences that stand nowhere else in the world."""

from dataclasses import dataclass, fields
from random import Random

_ENDS = {"kk": ("қызғалдақ", "бөктерлі", "үйшік", "ңірлік"), "ru": ("овичный", "щёкин", "ъёмный", "эльник"),
         "en": ("wickham", "thorpe", "ingdale", "borough")}  # fmt: skip
_MIDDLES = {"kk": "бғдзқлмнңрстш", "ru": "бвгдзклмнпрстш", "en": "bdfgklmnprstvz"}
_VOWELS = {"kk": "аәеөұүы", "ru": "аеиоуыя", "en": "aeiou"}


@dataclass(frozen=True)
class Marks:
    """What is typed on a day, and what stands in the files that are added."""

    family: str
    given: str
    phone: str
    note: str
    promised: str
    task: str
    sealed: str
    call: str
    inside: str
    """Within an added file, where nobody looks."""
    title: str
    """The name of the file that is added."""
    unsaved: str
    answered: str
    """What somebody answered on a phone."""
    line: str
    """Of a call that was logged with the keys alone."""
    behind: str
    """Of a call that was written on while the casebook was locked."""

    def words(self) -> tuple[str, ...]:
        """Every word to hunt for."""
        return tuple(word for one in fields(self) for word in str(getattr(self, one.name)).split() if len(word) > 7)


def marks(seed: int) -> Marks:
    """The same for the same seed, in letters of all three languages."""
    chance = Random(f"marks/{seed}")

    def word(spoken: str) -> str:
        inside = "".join(chance.choice(_MIDDLES[spoken]) + chance.choice(_VOWELS[spoken]) for _syllable in range(5))
        return (inside + chance.choice(_ENDS[spoken])).capitalize()

    def sentence() -> str:
        return " ".join(word(chance.choice(("kk", "ru", "en"))) for _word in range(2))

    spoken = chance.choice(("kk", "ru"))
    number = "8700" + "".join(str(chance.randrange(10)) for _digit in range(7))
    return Marks(word(spoken), word(spoken), number, *(sentence() for _each in range(11)))
