"""Regular expressions of forms, kept from running for ever: ambiguous repetitions are refused beforehand."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # the only way to see a pattern's structure
from typing import Any

from kzcase.domain.errors import BadForm
from kzcase.i18n import _

_LONGEST = 1_000
_WORK = 1e8


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern. Raises BadForm if it cannot be read or could take for ever."""
    if len(text) > _LONGEST:
        raise BadForm(why=_("This pattern is too long."))
    try:
        compiled = re.compile(text)
        tree = _parser.parse(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadForm(why=_("This pattern cannot be read.")) from error
    if any(_ambiguous(body) for body in _repeated(tree)):
        raise BadForm(why=_("This pattern repeats something that itself repeats; checking it could take for ever."))
    return compiled


def fits(text: str, subject: str) -> bool:
    """True if the whole subject fits the pattern; a subject too long for the pattern does not fit."""
    compiled = pattern(text)
    loops = len(list(_repeated(_parser.parse(text))))
    return len(subject) ** max(1, loops) <= _WORK and compiled.fullmatch(subject) is not None


def _repeated(tree: Any) -> Iterator[Any]:
    """The body of every repetition without a small fixed bound, at any depth."""
    for sign, inside in tree:
        if str(sign) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, body = inside
            if most - least > 20:
                yield body
            yield from _repeated(body)
        else:
            for part in _parts(inside):
                yield from _repeated(part)


def _parts(inside: Any) -> Iterator[Any]:
    """Sub-patterns inside one element (groups, alternatives, look-around)."""
    for element in inside if isinstance(inside, tuple | list) else ():
        if isinstance(element, _parser.SubPattern):
            yield element
        elif isinstance(element, list):
            yield from (part for part in element if isinstance(part, _parser.SubPattern))


def _ambiguous(body: Any) -> bool:
    """True if one text could be cut into rounds of this repetition in several ways."""
    sequence = _flat(body)
    if any(str(sign) in ("BRANCH", "GROUPREF", "ASSERT", "ASSERT_NOT") for sign, _inside in sequence):
        return True
    inner = [inside[2] for sign, inside in sequence if "REPEAT" in str(sign) and inside[0] != inside[1]]
    if not inner:
        return False
    fences = [inside for sign, inside in sequence if str(sign) == "LITERAL"]
    return not any(not any(_matches(part, fence) for part in inner) for fence in fences)


def _flat(body: Any) -> Sequence[tuple[Any, Any]]:
    """The elements of a sequence, plain groups opened."""
    found: list[tuple[Any, Any]] = []
    for sign, inside in body:
        if str(sign) == "SUBPATTERN":
            found.extend(_flat(inside[3]))
        else:
            found.append((sign, inside))
    return found


def _matches(body: Any, letter: int) -> bool:
    """True if this letter could occur anywhere in the body (when in doubt, yes)."""
    for sign, inside in _flat(body):
        name = str(sign)
        if name == "LITERAL" and inside != letter:
            continue
        if name == "IN" and not _in_set(inside, letter):
            continue
        if name == "AT":
            continue
        return True
    return False


def _in_set(items: Any, letter: int) -> bool:
    for sign, inside in items:
        name = str(sign)
        if name == "LITERAL" and inside != letter:
            continue
        if name == "RANGE" and not inside[0] <= letter <= inside[1]:
            continue
        if name == "CATEGORY" and not _in_category(str(inside), chr(letter)):
            continue
        return True
    return False


def _in_category(name: str, letter: str) -> bool:
    shapes = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
    return re.fullmatch(shapes.get(name, r"[\s\S]"), letter) is not None
