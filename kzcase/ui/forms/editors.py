"""One editor for each kind of question: what is typed or chosen becomes the answer's text, and back."""

from collections.abc import Sequence
from typing import Final, assert_never

from PySide6.QtWidgets import QWidget

from kzcase.forms.definition import Question, QuestionKind
from kzcase.ui.forms.choosing import ManyEditor, OneEditor, RangeEditor, RankEditor
from kzcase.ui.forms.editor import Editor
from kzcase.ui.forms.outside import RECORDING, FileEditor, PointEditor
from kzcase.ui.forms.typing import (
    AcknowledgeEditor,
    DayEditor,
    LineEditor,
    MomentEditor,
    ShownValue,
    TextEditor,
    TimeEditor,
)
from kzcase.ui.widgets.choices import Choice

WRITTEN: Final = (QuestionKind.TEXT, QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.DATE)
"""What is shown as it stands where the form works it out."""


def editor_for(
    question: Question, choices: Sequence[Choice], parent: QWidget | None = None, *, narrow: bool = False
) -> Editor | None:
    """The editor of a question, also for a `narrow` cell of a table; None where nothing is asked (notes, groups,
    hidden values)."""
    if question.calculation is not None and question.kind in WRITTEN:
        return ShownValue(parent)
    match question.kind:
        case QuestionKind.TEXT:
            return TextEditor(parent) if _long(question) else LineEditor(parent)
        case QuestionKind.BARCODE:
            return LineEditor(parent)
        case QuestionKind.INTEGER:
            return LineEditor(parent, figures="whole")
        case QuestionKind.DECIMAL:
            return LineEditor(parent, figures="decimal")
        case QuestionKind.DATE:
            return DayEditor(parent)
        case QuestionKind.TIME:
            return TimeEditor(parent)
        case QuestionKind.DATETIME:
            return MomentEditor(parent)
        case QuestionKind.SELECT_ONE:
            return OneEditor(choices, parent, narrow=narrow)
        case QuestionKind.SELECT_MULTIPLE:
            return ManyEditor(choices, parent)
        case QuestionKind.RANK:
            return RankEditor(choices, parent)
        case QuestionKind.RANGE:
            return RangeEditor(question.parameters, parent)
        case QuestionKind.ACKNOWLEDGE:
            return AcknowledgeEditor(parent)
        case QuestionKind.IMAGE | QuestionKind.FILE:
            return FileEditor(parent)
        case QuestionKind.AUDIO:
            return FileEditor(parent, explained=RECORDING)
        case QuestionKind.GEOPOINT:
            return PointEditor(parent)
        case QuestionKind.CALCULATE:
            return ShownValue(parent) if question.label else None
        case QuestionKind.NOTE | QuestionKind.HIDDEN | QuestionKind.GROUP | QuestionKind.REPEAT:
            return None
        case _:
            assert_never(question.kind)


def _long(question: Question) -> bool:
    return "multiline" in question.appearance or question.paper.lines > 1
