"""How much a form that comes in today may hold; a version that is kept is read whatever it holds."""

from typing import Final

from kzcase.domain.errors import TooLarge
from kzcase.forms.definition import Form
from kzcase.i18n import _

MOST_LANGUAGES: Final = 50
LONGEST_NAME: Final = 200
"""Of a question: it names a column of every table and stands in every path below it."""


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
