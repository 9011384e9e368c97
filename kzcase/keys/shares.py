"""Recovery shares on paper: 32 secret bytes as lines one can type, with checks that find typing errors."""

import hashlib
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kzcase.domain.errors import ShareUnreadable
from kzcase.i18n import Words, _
from kzcase.keys.secret import KEY_BYTES, Secret

SHARES: Final = 3
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U."""

_FORMAT: Final = 1
_FINGERPRINT_BYTES: Final = 4
_CHECK_BYTES: Final = 3
_LINES: Final = 4
_LINE: Final = 16
_LINE_CHECK: Final = 2
_GROUP: Final = 4
_TYPED_LINE: Final = _LINE + _LINE_CHECK
_MAX_TEXT: Final = 4096
_READ_AS: Final = str.maketrans("OILАВСЕНКМОРТХУЗ", "011ABCEHKM0PTXY3")
"""Letters taken for others, among them Cyrillic ones typed with the wrong keyboard layout."""


@dataclass(frozen=True, slots=True)
class Share:
    """One of three; any two open the recovery block of the casebook with this fingerprint."""

    number: int
    fingerprint: bytes
    secret: Secret = field(repr=False)


def fingerprint(casebook_id: bytes) -> bytes:
    """Four bytes that tell casebooks apart on paper."""
    return hashlib.sha256(b"kzcase/casebook fingerprint" + casebook_id).digest()[:_FINGERPRINT_BYTES]


def share_text(share: Share) -> str:
    """Four lines of four groups of four, each line ending in a two-character check."""
    payload = bytes([_FORMAT << 4 | share.number]) + share.fingerprint + bytes(share.secret.reveal())
    symbols = _symbols(payload + _check(payload))
    return "\n".join(_line_text(at, symbols[at * _LINE :][:_LINE]) for at in range(_LINES))


def parse_share(untrusted_text: str) -> Share:
    """A typed or read share. Case, spaces and dashes do not matter, O is 0, I and L are 1; # lines are skipped.

    `ShareUnreadable` says which line, and where it can be told which group, to compare with the paper.
    """
    lines = _lines(untrusted_text[: _MAX_TEXT + 1])
    wrong = [at for at, line in enumerate(lines) if _line_check(at, line[:_LINE]) != line[_LINE:]]
    if wrong:
        raise ShareUnreadable(why=_where(lines, wrong))
    content = _bytes("".join(line[:_LINE] for line in lines))
    payload = content[:-_CHECK_BYTES]
    if content != payload + _check(payload):
        raise ShareUnreadable(why=_("The lines do not belong together, or are not in order."))
    layout, number = payload[0] >> 4, payload[0] & 15
    if layout != _FORMAT or not 1 <= number <= SHARES:
        raise ShareUnreadable(why=_("It was made by a newer kzcase."))
    return Share(number, payload[1:-KEY_BYTES], Secret(payload[-KEY_BYTES:]))


def _lines(untrusted_text: str) -> list[str]:
    kept = [line for line in untrusted_text.splitlines() if not line.lstrip().startswith("#")]
    lines = [typed for line in kept if (typed := _cleaned(line))]
    joined, expected = "".join(lines), _LINES * _TYPED_LINE
    if len(lines) == _LINES and len(joined) != expected:  # as many characters in other lines are as good
        for at, line in enumerate(lines):
            _ensure_length(line, _TYPED_LINE, at)
    elif len(joined) != expected:
        raise ShareUnreadable(why=_("It should have {expected} characters in four lines.", expected=expected))
    unknown = next((at for at, symbol in enumerate(joined) if symbol not in ALPHABET), None)
    if unknown is not None:
        raise ShareUnreadable(why=_group_words(unknown // _TYPED_LINE, unknown % _TYPED_LINE))
    return [joined[at : at + _TYPED_LINE] for at in range(0, len(joined), _TYPED_LINE)]


def _ensure_length(line: str, expected: int, at: int) -> None:
    if len(line) != expected:
        raise ShareUnreadable(
            why=_(
                "Line {line} has {count} characters instead of {expected}.",
                line=at + 1,
                count=len(line),
                expected=expected,
            )
        )


def _where(lines: list[str], wrong: list[int]) -> Words:
    """The group, when exactly one change of one character makes the whole share right; else the line."""
    at, line = wrong[0], lines[wrong[0]]
    found = {place for place, mended in _mended(line) if len(wrong) == 1 and _holds(lines, at, mended)}
    if len(found) == 1:
        return _group_words(at, found.pop())
    return _("Line {line} is not right. Please compare it with the paper.", line=at + 1)


def _mended(line: str) -> list[tuple[int, str]]:
    """Every line that one other character, or two neighbours exchanged, would give."""
    changed = [(at, line[:at] + symbol + line[at + 1 :]) for at in range(len(line)) for symbol in ALPHABET]
    pairs = pairwise(range(len(line)))
    exchanged = [(i, line[:i] + line[j] + line[i] + line[j + 1 :]) for i, j in pairs]
    return changed + exchanged


def _holds(lines: list[str], at: int, mended: str) -> bool:
    if _line_check(at, mended[:_LINE]) != mended[_LINE:]:
        return False
    content = _bytes("".join(line[:_LINE] for line in (*lines[:at], mended, *lines[at + 1 :])))
    return content.endswith(_check(content[:-_CHECK_BYTES]))


def _group_words(line: int, at: int) -> Words:
    return _(
        "Line {line}, group {group} is not right. Please compare it with the paper.",
        line=line + 1,
        group=at // _GROUP + 1,
    )


def _line_text(at: int, symbols: str) -> str:
    groups = [symbols[start : start + _GROUP] for start in range(0, _LINE, _GROUP)]
    return " ".join((*groups, _line_check(at, symbols)))


def _line_check(at: int, symbols: str) -> str:
    digest = hashlib.sha256(f"kzcase/share line {at} {symbols}".encode()).digest()
    return ALPHABET[digest[0] % 32] + ALPHABET[digest[1] % 32]


def _check(payload: bytes) -> bytes:
    return hashlib.sha256(b"kzcase/share" + payload).digest()[:_CHECK_BYTES]


def _cleaned(line: str) -> str:
    return re.sub(r"[\s\-–—]", "", line).upper().translate(_READ_AS)


def _symbols(content: bytes) -> str:
    number = int.from_bytes(content, "big")
    return "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(len(content) * 8 // 5)))


def _bytes(symbols: str) -> bytes:
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    return number.to_bytes(len(symbols) * 5 // 8, "big")
