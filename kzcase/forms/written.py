"""Numbers as people write them: 129 750,5 in Kazakh, Russian and the languages beside them, 129,750.5 in English."""

import re
from typing import Final

from kzcase.forms.definition import QuestionKind

NUMBERS: Final = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE, QuestionKind.CALCULATE})
_NUMBER: Final = re.compile(r"(-?)(0|[1-9]\d{0,8})(\.\d+)?")  # longer ones are numbers of people and papers
_FROM: Final = 10_000  # a year is not parted


def written(value: str, language: str) -> str:
    """A number in groups of three digits, with the decimal sign of a language; anything else as it is."""
    found = _NUMBER.fullmatch(value)
    if found is None:
        return value
    whole = f"{int(found[2]):,}" if int(found[2]) >= _FROM else found[2]
    part = (found[3] or "").removeprefix(".")
    if language == "en":
        return f"{found[1]}{whole}{'.' if part else ''}{part}"
    return f"{found[1]}{whole.replace(',', chr(0xA0))}{',' if part else ''}{part}"
