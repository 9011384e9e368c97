"""Whether an answer has the shape its question asks for, said in words if it has not."""

import re
from collections.abc import Sequence
from datetime import UTC

from kzcase.forms.definition import CHOOSING, Choice, Question, QuestionKind
from kzcase.forms.values import parse_date, parse_moment, parse_time
from kzcase.i18n import Words, _

_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

NOT_WHOLE = _("Please enter a whole number.")
NOT_NUMBER = _("Please enter a number.")
NOT_DATE = _("Please enter a date, for example 05.03.2026 (in a file: 2026-03-05).")
NOT_TIME = _("Please enter a time, for example 14:07.")
NOT_MOMENT = _("Please enter a date and a time (in a file: 2026-03-05T14:07).")
NOT_POINT = _("Please enter latitude and longitude.")
NOT_OFFERED = _("This answer is not among the choices offered.")
NOT_ORDERED = _("Please put every choice in order, each once.")


def shape_problem(question: Question, value: str, offered: Sequence[Choice] | None) -> Words | None:
    """What is wrong with the shape of an answer; `offered` is None where choices cannot be checked."""
    if question.kind in CHOOSING:
        return None if offered is None else _choice_problem(question.kind, value, offered)
    if question.kind is QuestionKind.RANGE:
        return _range_problem(question, value)
    if question.kind is QuestionKind.GEOPOINT:
        return _point_problem(value)
    return _typed_problem(question.datatype, value)


def _typed_problem(datatype: str, value: str) -> Words | None:
    if datatype in ("int", "integer"):
        return None if _WHOLE.fullmatch(value) else NOT_WHOLE
    if datatype == "decimal":
        return None if _DECIMAL.fullmatch(value) else NOT_NUMBER
    if datatype == "date":
        return None if _DAY.fullmatch(value) and parse_date(value) else NOT_DATE
    if datatype == "time":
        return None if parse_time(value, UTC) else NOT_TIME
    if datatype == "dateTime":
        return None if len(value) > 10 and parse_moment(value, UTC) else NOT_MOMENT
    return None


def _choice_problem(kind: QuestionKind, value: str, offered: Sequence[Choice]) -> Words | None:
    names = {choice.name for choice in offered}
    if kind is QuestionKind.SELECT_ONE:
        return None if value in names else NOT_OFFERED
    chosen = value.split()
    if not names.issuperset(chosen) or len(set(chosen)) != len(chosen):
        return NOT_OFFERED
    return NOT_ORDERED if kind is QuestionKind.RANK and len(chosen) != len(names) else None


def _range_problem(question: Question, value: str) -> Words | None:
    wrong = _typed_problem("int" if question.datatype == "int" else "decimal", value)
    if wrong:
        return wrong
    bounds = [question.parameters.get(name, "") for name in ("start", "end")]
    if not all(_DECIMAL.fullmatch(bound) for bound in bounds):
        return None
    low, high = sorted(float(bound) for bound in bounds)
    if low <= float(value) <= high:
        return None
    return _("Please enter a number from {low} to {high}.", low=f"{low:g}", high=f"{high:g}")


def _point_problem(value: str) -> Words | None:
    parts = value.split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.fullmatch(part) for part in parts):
        return NOT_POINT
    return None if abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180 else NOT_POINT
