"""The individual identification number (ИИН, ЖСН): whether it was copied correctly, and nothing more.

Since 2013 the digits are not tied to the person: sex, birth and minority are never read from them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

_FIRST: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_SPACERS: Final = str.maketrans("", "", " \t\u00a0\u202f\u2009-‐‑–")
_A_LEAP_YEAR: Final = 2000
_CENTURIES: Final = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


@dataclass(frozen=True, slots=True)
class IinResult:
    """Whether the number is well formed with a right check digit; `warnings` are codes of `iin_warning`."""

    valid: bool
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The document of `kzcase iin`."""
        return {"valid": self.valid, "warnings": list(self.warnings)}


def check_iin(text: str) -> IinResult:
    """Check twelve digits; spaces and hyphens between them are forgiven. Never fails."""
    digits = text.translate(_SPACERS)
    if not (digits.isascii() and digits.isdigit()):
        return IinResult(False, ("not_digits",))
    if len(digits) != 12:
        return IinResult(False, ("length",))
    expected = check_digit(digits[:11])
    wrong = "never_issued" if expected is None else "check_digit" if str(expected) != digits[11] else ""
    return IinResult(not wrong, ((wrong,) if wrong else ()) + _oddities(digits))


def check_digit(eleven: str) -> int | None:
    """The twelfth digit for eleven; None when no such number is ever issued (Resolution 406 of 22 May 2007)."""
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * int(digit) for weight, digit in zip(weights, eleven, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def _oddities(digits: str) -> tuple[str, ...]:
    if digits[4] in "456":
        return ("looks_like_bin",)
    unusual = () if _begins_with_a_date(digits) else ("date_unusual",)
    return unusual if digits[6] in _CENTURIES else ("seventh_digit", *unusual)


def _begins_with_a_date(digits: str) -> bool:
    """Whether year, month and day are in the calendar; where the century is not said, 29 February always is."""
    year = _CENTURIES[digits[6]] + int(digits[:2]) if digits[6] in _CENTURIES else _A_LEAP_YEAR
    try:
        date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True
