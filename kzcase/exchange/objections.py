"""What is wrong with answers from a phone, or worth a look, in words that name the question as the form asks it."""

from collections.abc import Iterator, Mapping
from typing import Final

from kzcase.domain.errors import BadInputs, KzcaseError
from kzcase.exchange.comparing import plain_path
from kzcase.exchange.instances import Instance, Told, given
from kzcase.forms.answers import AnswerSheet
from kzcase.i18n import Words, _, ngettext, own_text, verbatim

MOST_NAMED: Final = 20


def plainly(error: KzcaseError) -> Words:
    """What an error says, without the name of the field in a program where it was met."""
    return error.sentence() if isinstance(error, BadInputs) else error.words.with_arguments(**error.facts)


def mistakes(told: Told, sheet: AnswerSheet) -> Iterator[Words]:
    """Why these answers cannot be taken in."""
    if not (any(told.answers.values()) or told.missing or told.unknown or any(told.calculated.values())):
        yield _("There are no answers in it: it was sent empty.")
    asked = sheet.values()
    for path in given(told.answers):
        if path not in asked:
            yield _("{question}: this was answered, and by the rules of the form it is not asked.",
                    question=named(sheet, path))  # fmt: skip
    yield from _each(sheet, sheet.errors())


def confirmed(sheet: AnswerSheet) -> Iterator[Words]:
    """Unusual answers stand as they were given on the phone; whoever takes them in is told."""
    unusual = sheet.warnings()
    for path in unusual:
        sheet.confirm(path)
    yield from _each(sheet, unusual)


def _each(sheet: AnswerSheet, said: Mapping[str, Words]) -> Iterator[Words]:
    for path, words in said.items():
        yield _("{place}: {sentence}", place=named(sheet, path), sentence=_in_each_language(sheet, path, words))


def _in_each_language(sheet: AnswerSheet, path: str, words: Words) -> Words:
    """What the form itself says of an answer, in whichever of its languages it will be read."""
    question = sheet.question(path)
    for texts in (question.constraint_message, question.required_message):
        if texts and words == verbatim(sheet.text(path, texts)):
            return own_text({language: sheet.text(path, texts, language) for language in texts})
    return words


def named(sheet: AnswerSheet, path: str) -> Words:
    """A question as people know it, and where it stands for whoever wrote the form."""
    label = sheet.form.by_path[plain_path(path)].label
    return _("“{label}” ({path})", label=label, path=path) if label else verbatim(path)


def warnings(instance: Instance, told: Told, sheet: AnswerSheet) -> Iterator[Words]:
    """What whoever takes the answers in should know."""
    for path in told.unknown[:MOST_NAMED]:
        yield _("The form has no question “{path}”. What was said there is kept beside the answers, as “other”.",
                path=path)  # fmt: skip
    if instance.withheld:
        yield _("Some answers were withheld when this file was made; only the others were compared.")
        return  # what follows from withheld answers cannot be worked out
    other = [path for path, value in told.calculated.items() if value and sheet.values().get(path, value) != value]
    if other:
        yield ngettext(
            "The phone worked out something else than kzcase: {paths}.",
            "The phone worked out something else than kzcase in {count} places: {paths}.",
            len(other),
            paths=", ".join(other[:5]),
        )
