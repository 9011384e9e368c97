"""Which repeats can be tables on the screen."""

from typing import Final

from kzcase.forms.definition import Question, QuestionKind

K = QuestionKind
FLAT: Final = frozenset({K.TEXT, K.INTEGER, K.DECIMAL, K.DATE, K.TIME, K.SELECT_ONE, K.BARCODE})
"""What is answered in one short line."""
MOST_COLUMNS: Final = 4
_SILENT: Final = frozenset({K.CALCULATE})


def fits_table(repeat: Question) -> bool:
    """Whether the instances of a repeat can be lines of a table: a few short questions, always asked, none of which
    has to be explained or read aloud."""
    shown = [each for each in repeat.children if each.kind is not K.HIDDEN and (each.label or each.kind not in _SILENT)]
    return 1 < len(shown) <= MOST_COLUMNS and all(map(_is_flat, shown))


def _is_flat(question: Question) -> bool:
    said = (question.hint, question.guidance, question.outputs, question.relevant, question.read_aloud)
    short = "multiline" not in question.appearance and question.paper.lines <= 1
    return question.kind in FLAT and short and not any(said)
