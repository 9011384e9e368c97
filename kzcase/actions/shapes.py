"""What is wrong with the shape of an act: the whole place of the field, and why in words instead of a library's."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kzcase.domain.errors import WrongShape
from kzcase.domain.json_text import below
from kzcase.i18n import Words, _, verbatim

_KINDS: Final[Mapping[str, Words]] = {
    "str": _("a text"),
    "int": _("a whole number"),
    "float": _("a number"),
    "bool": _("true or false"),
    "array": _("a list"),
    "object": _("an object in braces"),
    "null": _("nothing (null)"),
}
_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_CONTROLS: Final = "u202a"
"""Part of the pattern that keeps control characters out of texts."""


_ODD: Final = _("it is not written as expected")
"""Where nothing nearer can be said: never a library's own words."""


def wrong_shape(place: str, said: str) -> WrongShape:
    """msgspec says “Expected `str`, got `int` - at `$.person.birth`”: the path is the place, the rest is said anew."""
    detail, _at, path = said.partition(" - at `$")
    place += path.rstrip("`")
    for pattern, in_words in _SAID:
        found = re.match(pattern, detail, re.DOTALL)
        if found:
            further, words = in_words(*found.groups())
            return WrongShape(below(place, further) if further else place, detail=words)
    return WrongShape(place, detail=_ODD)


def _unknown(field: str) -> tuple[str, Words]:
    return field, _("there is no such field")


def _missing(field: str) -> tuple[str, Words]:
    return field, _("it is needed and missing")


def _other_kind(wanted: str, given: str) -> tuple[str, Words]:
    return "", _("{wanted} is expected, not {given}", wanted=_kind(wanted), given=_kind(given))


def _kind(name: str) -> Words:
    plain = name.removesuffix(" | null")
    return _KINDS.get(plain) or verbatim(plain)


def _too_small(least: str) -> tuple[str, Words]:
    return "", _("it must be at least {least}", least=least)


def _too_large(most: str) -> tuple[str, Words]:
    return "", _("it must be at most {most}", most=most)


def _not_offered(_given: str) -> tuple[str, Words]:
    return "", _("this value does not exist here")


def _too_short(_least: str) -> tuple[str, Words]:
    return "", _("it is empty")


def _too_long(_kind: str, most: str) -> tuple[str, Words]:
    return "", _("it is longer than {most}", most=most)


def _not_matching(pattern: str) -> tuple[str, Words]:
    if _DATE in pattern.replace("\\\\", "\\"):
        return "", _("a date like 2026-11-22 is expected")
    if _CONTROLS in pattern:
        return "", _("it is empty or holds control characters")
    return "", _ODD


_SAID: Final[tuple[tuple[str, Callable[..., tuple[str, Words]]], ...]] = (
    (r"Object contains unknown field `(.*)`$", _unknown),
    (r"Object missing required field `(.*)`$", _missing),
    (r"Expected `([^`]*)`, got `([^`]*)`$", _other_kind),
    (r"Expected `[^`]*` of length >= (\d+)$", _too_short),
    (r"Expected `([^`]*)` of length <= (\d+)$", _too_long),
    (r"Expected `[^`]*` matching regex (.*)$", _not_matching),
    (r"Expected `[^`]*` >=? (-?[\d.]+)$", _too_small),
    (r"Expected `[^`]*` <=? (-?[\d.]+)$", _too_large),
    (r"Invalid enum value (.*)$", _not_offered),
)
