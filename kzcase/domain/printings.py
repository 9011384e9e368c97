"""Numbers of printings: what stands on a paper so that its scan finds its case, and says nothing to anybody else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kzcase.domain.errors import WrongPrintingNumber
from kzcase.domain.ids import Id

_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""Without those that are taken for another (0 O, 1 I L, 2 Z, U V). Their number is a prime: that is why the check sign
finds every wrong sign and every two neighbours exchanged."""
_BODY: Final = 11
_GROUP: Final = 4


class SafeToTake(StrEnum):
    """What was answered before a paper for a client was printed."""

    YES = "yes"
    OFFICE = "office"  # it stays at the office


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """Which paper a scan shows, as the program thinks; a person agrees before it joins the case."""

    printing: str
    number: str
    case: str
    case_number: str
    paper: str
    version: str
    """The fingerprint of the form version that was printed; of other papers their version."""
    edition: str
    answers: str
    """The answers that were printed; empty for a blank sheet."""
    language: str
    printed_on: date | None
    sha256: str
    pages_found: tuple[int, ...] = ()
    """Pages of the paper that the scan shows, in their order."""


def printing_number(printing: Id) -> str:
    """The number of a printing, as the QR code says it: eleven signs and a check sign."""
    rest, signs = int.from_bytes(printing[:8], "big"), []
    for _position in range(_BODY):
        rest, index = divmod(rest, len(_SIGNS))
        signs.append(_SIGNS[index])
    body = "".join(signs)
    return body + _check_sign(body)


def in_groups(number: str) -> str:
    """The number as people read it: `ABCD-EFGH-JKMN`."""
    return "-".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def read_printing_number(untrusted: str) -> str:
    """The number a code or a person says, in its plain spelling. Raises WrongPrintingNumber."""
    plain = "".join(sign for sign in untrusted[:64].upper() if sign not in " -–\u00a0")
    if len(plain) != _BODY + 1 or not set(plain) <= set(_SIGNS) or _check_sign(plain[:-1]) != plain[-1]:
        raise WrongPrintingNumber("number")
    return plain


def _check_sign(body: str) -> str:
    total = sum(place * _SIGNS.index(sign) for place, sign in enumerate(body, start=2))
    return _SIGNS[-total % len(_SIGNS)]
