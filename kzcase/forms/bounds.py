"""How much a form that comes in today may hold; a version that is kept is read whatever it holds."""

import re
from typing import Final

from kzcase.domain.errors import TooLarge
from kzcase.forms.definition import Form
from kzcase.i18n import _

MOST_LANGUAGES: Final = 50
LONGEST_NAME: Final = 200
"""Of a question: it names a column of every table and stands in every path below it."""
MOST_WORDS: Final = 60_000
"""Of all rules of a form together, signs included: thirty for each question of the largest form."""
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_WORDS_OF_NAMED: Final = 5
"""What `${name}` counts in a text: it becomes a rule of its own."""


class RuleWords:
    """Counts the words of a form's rules as they come, before they are read: `TooLarge` beyond the bound."""

    def __init__(self, most: float = MOST_WORDS) -> None:
        self._left = most

    def rule(self, text: str, place: str) -> None:
        """A rule comes."""
        self._take(sum(1 for _word in _WORD.finditer(text)), place)

    def text(self, text: str, place: str) -> None:
        """A text comes, which may name questions."""
        self._take(_WORDS_OF_NAMED * text.count("${"), place)

    def _take(self, words: int, place: str) -> None:
        self._left -= words
        if self._left < 0:
            raise TooLarge(place, limit=_("{count} words and signs in all rules together", count=MOST_WORDS))


def must_be_sensible(form: Form) -> None:
    """`TooLarge` for more languages than anybody speaks, and for a name longer than any column."""
    if len(form.languages) > MOST_LANGUAGES:
        raise TooLarge(limit=_("{count} languages", count=MOST_LANGUAGES))
    for question in form.walk():
        if len(question.name) > LONGEST_NAME:
            raise TooLarge(place_of(question.name[:40], question.row, "name"), limit=LONGEST_NAME)


def place_of(path: str, row: int, column: str = "") -> str:
    """Where something stands in a form, in figures and names: `row 4 · relevant · person/age`."""
    return " · ".join(filter(None, (str(row) if row else "", column, path)))
