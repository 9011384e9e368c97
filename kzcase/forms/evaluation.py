"""Evaluates a form without a screen: answers in, and out comes what is asked, what follows and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.i18n import Words


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything by display path (`legs[2]/days`, without the root)."""

    relevant: Mapping[str, bool]
    values: Mapping[str, str]
    errors: Mapping[str, Words]


def evaluate(
    form: Form,
    answers: Mapping[str, str],
    missing: Mapping[str, str] | None = None,
    *,
    now: datetime,
    language: str = "en",
) -> Evaluation:
    """What a form makes of these answers at this moment (`now` with a zone). Raises NotFound, BadInput, TooLarge."""
    sheet = AnswerSheet(form, now=now, language=language)
    sheet.load(answers, missing, said=True)
    return Evaluation(sheet.relevance(), sheet.values(), sheet.errors())
