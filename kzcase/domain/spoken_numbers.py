"""Numbers people read aloud and write on paper: year, the laptop's code, a counter, and a sign that catches a slip."""

import re
from dataclasses import dataclass
from typing import Final

from kzcase.domain.errors import WrongNumber

_VALUES: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZIO"
_LOOK_ALIKE: Final = str.maketrans("АВСЕНКМРТХУІО", "ABCEHKMPTXYIO")
"""A Cyrillic keyboard writes the same-looking letter."""
_WHOLE: Final = re.compile(r"(\d{4})([2-9A-HJ-NP-Z]{3})([A-Z]?)(\d{5})([0-9X])?")
_PART: Final = re.compile(r"([A-Z]?)0*([1-9]\d{0,4})")
LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What somebody typed: a whole number, or only its end, which more than one number may have."""

    whole: str = ""
    letter: str = ""
    counter: int = 0


def check_sign(number: str) -> str:
    """The last sign of a number: weighted modulo 11, so that one wrong digit and two exchanged ones are noticed."""
    signs = [sign for sign in number if sign != "-"]
    total = sum((2 + place % 9) * _VALUES.index(sign) for place, sign in enumerate(signs))
    rest = -total % 11
    return "X" if rest == 10 else str(rest)


def with_check(number: str) -> str:
    """The number with its check sign: `2026-A7K-R00012-5`."""
    return f"{number}-{check_sign(number)}"


def read_number(untrusted: str) -> TypedNumber:
    """What a typed or spoken number means. Numbers from before there were check signs have none.

    Raises WrongNumber where the check sign does not fit, or where this is no number at all.
    """
    typed = untrusted[:LONGEST].strip().upper().translate(_LOOK_ALIKE)
    plain = re.sub(r"[\s\u2010-\u2015№.-]", "", typed)
    found = _WHOLE.fullmatch(plain)
    if found:
        year, device, letter, counter, check = found.groups()
        number = f"{year}-{device}-{letter}{counter}"
        if check and check_sign(number) != check:
            raise WrongNumber(place="number")
        return TypedNumber(f"{number}-{check}" if check else number)
    part = _PART.fullmatch(plain)
    if part:
        return TypedNumber("", part.group(1), int(part.group(2)))
    raise WrongNumber(place="number")
