"""Cuts the text of a rule into words and signs, and says where it could not."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from kzcase.domain.errors import BadForm
from kzcase.i18n import Words, _

LONGEST_RULE = 65_536

_SHAPES = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | \$\{\s*(?P<dollar>[^\s{}]+)\s*\}
    | (?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    | (?P<sign>\.\.|//|<=|>=|!=|[-+*/=<>|()\[\],.@])
    )""",
    re.VERBOSE,
)


class Sort(Enum):
    """What a word of a rule is."""

    NUMBER = auto()
    TEXT = auto()
    DOLLAR = auto()
    NAME = auto()
    SIGN = auto()
    END = auto()


_SORTS = {sort.name.lower(): sort for sort in Sort}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a rule and the place (from 1) where it begins."""

    sort: Sort
    text: str
    place: int


def refuse(place: int, why: Words) -> BadForm:
    """The error of a rule: the reason and the character at which it shows."""
    return BadForm(why=_("{why} (character {place} of the rule)", why=why, place=place))


def tokens_of(text: str) -> list[Token]:
    """The words of a rule, closed by an END. Raises BadForm at the first sign that belongs to no rule."""
    if len(text) > LONGEST_RULE:
        raise refuse(LONGEST_RULE, _("This rule is too long."))
    found: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _SHAPES.match(text, at)
        if not match or not match.lastgroup:
            raise _unreadable(text, at)
        sort = _SORTS[match.lastgroup]
        word = match[match.lastgroup]
        start = text.index("$", at) if sort is Sort.DOLLAR else match.start(match.lastgroup)
        found.append(Token(sort, word[1:-1] if sort is Sort.TEXT else word, start + 1))
        at = match.end()
    found.append(Token(Sort.END, "", end + 1))
    return found


def _unreadable(text: str, at: int) -> BadForm:
    while text[at].isspace():
        at += 1
    if text[at] in "'\"":
        return refuse(at + 1, _("A quotation mark is not closed."))
    if text[at] == "$":
        return refuse(at + 1, _("A reference to a question is written ${{name}}."))
    return refuse(at + 1, _("The sign “{sign}” has no meaning here.", sign=text[at]))
