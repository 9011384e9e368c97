"""Answers that a form accepts, found by answering what it asks for until it is content."""

from datetime import UTC, datetime

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
_BY_KIND = {
    QuestionKind.INTEGER: "3",
    QuestionKind.DECIMAL: "2.5",
    QuestionKind.DATE: "2026-03-05",
    QuestionKind.TIME: "10:30:00",
    QuestionKind.DATETIME: "2026-03-05T10:30:00.000+05:00",
    QuestionKind.ACKNOWLEDGE: "OK",
}


_FOUND: dict[str, dict[str, str]] = {}


def plausible_answers(form: Form) -> dict[str, str]:
    """The smallest set of answers without an error; looked for once for each version of a form."""
    if form.version not in _FOUND:
        _FOUND[form.version] = _found(form)
    return dict(_FOUND[form.version])


def _found(form: Form) -> dict[str, str]:
    given: dict[str, str] = {}
    for _ in range(200):
        sheet = AnswerSheet(form, now=NOW)
        sheet.load(given)
        wrong = next(iter(sheet.errors()), None)
        if wrong is None:
            return given
        given[wrong] = _everything(sheet, wrong) if wrong in given else _answer(sheet, wrong)
    raise AssertionError("the form never became content")


def _everything(sheet: AnswerSheet, path: str) -> str:
    return " ".join(choice.name for choice in sheet.choices(path))


def _answer(sheet: AnswerSheet, path: str) -> str:
    choices = sheet.choices(path)
    if choices:
        return choices[0].name
    bare = "".join(path.split("[")[0:1]) if "[" in path and "/" not in path else path
    question = sheet.form.by_path.get(bare)
    return _BY_KIND.get(question.kind, "generated") if question else "generated"
