"""JSON from a file: read strictly, and never with one name saying two things."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import msgspec

from kzcase.domain.errors import NotJson, RepeatedKey, TooLarge
from kzcase.i18n import _

LARGEST: Final = 24 << 20
"""Bytes of one text."""
MOST_THINGS: Final = 120_000
"""Objects and lists in one text: some thousand cases with all that hangs on them."""
MOST_VALUES: Final = 300_000
"""Signs `,`, those in texts included."""
_BOM: Final = b"\xef\xbb\xbf"
_SHOWN: Final = re.compile(r"[\w/\[\]{}.-]{1,40}")
_BYTE: Final = re.compile(r"\(byte (\d+)\)")


def read_json(untrusted: bytes, name: str = "") -> Any:
    """What a JSON text says; `name` is the file's.

    `NotJson` with the line when it is none, however deep it is nested; `RepeatedKey` where an object names one
    thing twice: most readers of JSON silently take the last. `TooLarge` before anything is built of it: a few
    megabytes of braces would fill gigabytes of memory.
    """
    text = untrusted.removeprefix(_BOM)
    if len(text) > LARGEST:
        raise TooLarge(name, limit=f"{LARGEST >> 20} MB")
    if text.count(b"{") + text.count(b"[") > MOST_THINGS or text.count(b",") > MOST_VALUES:
        raise TooLarge(name, limit=_("{count} values", count=f"{MOST_VALUES:,}".replace(",", " ")))
    try:
        with suppress(ValueError, RecursionError):  # the other reader says better where it is none
            if (repeated := next(_repeated(text), None)) is not None:
                raise RepeatedKey(repeated)
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise NotJson(_line(text, name, str(error))) from error


def _line(text: bytes, name: str, said: str) -> str:
    """`acts.json:3`, where the reader stopped."""
    stopped = _BYTE.search(said)
    if not (name and stopped):
        return name
    return f"{name}:{text[: int(stopped[1])].count(10) + 1}"


class _Repeated:
    """Stands where an object named one thing twice."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key


def _repeated(text: bytes) -> Iterator[str]:
    """The places of names that stand twice. Nothing is kept of a text where none does."""
    found = False

    def look(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or len({key for key, _value in pairs}) < len(pairs)

    json.loads(text, object_pairs_hook=look)
    return _places(json.loads(text, object_pairs_hook=_once), "") if found else iter(())


def _once(pairs: list[tuple[str, Any]]) -> object:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Repeated(_first_twice([key for key, _value in pairs]))


def _first_twice(keys: list[str]) -> str:
    return next(key for key, times in Counter(keys).items() if times > 1)


def _places(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, _Repeated):
        yield below(place, value.key)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, below(place, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _places(each, f"{place}[{index}]")


def below(place: str, key: str) -> str:
    """The place of a name inside an object; only what looks like a name is repeated."""
    shown = key if _SHOWN.fullmatch(key) else "?"
    return f"{place}.{shown}" if place else shown
