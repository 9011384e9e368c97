"""Heads of the tables that repeats become; on a blank sheet they or the lines below say what may be written there."""

from typing import Final

from kzcase.forms.definition import QuestionKind
from kzcase.i18n import _
from kzcase.paper.questions import Asked
from kzcase.paper.sheet import Sheet

_SAID: Final = 14  # signs of choices that go under a head; more would make the column wide, and stand under the table
_MOST_CHOICES: Final = 28  # a longer list is not spelled out
_ENDS: Final = ("?", ":", "…")  # after these no colon is wanted
_TO_WRITE: Final = 2.5  # how much more of the room is for words written by hand


def column_head(sheet: Sheet, asked: Asked) -> str:
    """What a column is called and, where people are to write, how."""
    head = asked.both(asked.question.label) or asked.question.name
    hint = _hint(sheet, asked) if asked.blank else ""
    return f"{head}\n({hint})" if hint else head


def _hint(sheet: Sheet, asked: Asked) -> str:
    match asked.question.kind:
        case QuestionKind.DATE:
            return sheet.say(_("dd.mm.yyyy"))
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE:
            said = _choices(asked)
            return said if len(said) <= _SAID else ""
        case _:
            return ""


def _choices(asked: Asked) -> str:
    choices = asked.choices
    return " · ".join(asked.both(choice.label) or choice.name for choice in choices[: _MOST_CHOICES + 1])


def legend(asked: Asked) -> str:
    """What may be written into a column of a blank table, where its head has no room for that; else nothing."""
    if not asked.blank or not 0 < len(asked.choices) <= _MOST_CHOICES:
        return ""
    said = _choices(asked)
    label = asked.both(asked.question.label) or asked.question.name
    return f"{label}{'' if label.endswith(_ENDS) else ':'} {said}" if len(said) > _SAID else ""


def share_of(asked: Asked) -> float:
    """The part of a table's width that is a column's: most for words, which are written by hand on a blank sheet."""
    share = asked.question.paper.width
    return _TO_WRITE * share if asked.blank and asked.question.kind is QuestionKind.TEXT else share
