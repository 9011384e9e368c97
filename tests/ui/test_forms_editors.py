"""An editor for every kind of question: what is typed or chosen becomes the answer's text, and back."""

import pytest
from PySide6.QtWidgets import QWidget

from kzcase.forms.answer_types import shape_problem
from kzcase.forms.definition import Choice as FormChoice
from kzcase.forms.definition import Question, QuestionKind
from kzcase.forms.missing import MISSING
from kzcase.i18n import verbatim
from kzcase.ui.forms.choosing import ManyEditor, OneEditor, RangeEditor, RankEditor
from kzcase.ui.forms.editors import editor_for
from kzcase.ui.forms.question import REASONS
from kzcase.ui.forms.typing import DayEditor, LineEditor, MomentEditor, TimeEditor
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.key_choices import KeyChoices, KeyMany

FEW = tuple(Choice(code, verbatim(code)) for code in "abc")
MANY = tuple(Choice(f"c{number}", verbatim(f"choice {number}")) for number in range(20))
K = QuestionKind
VALUES = {
    K.TEXT: ("string", "Қалай?"), K.BARCODE: ("string", "4601"), K.INTEGER: ("int", "12"),
    K.DECIMAL: ("decimal", "1.5"), K.DATE: ("date", "2026-11-22"), K.TIME: ("time", "14:07"),
    K.DATETIME: ("dateTime", "2026-11-22T14:07"), K.SELECT_ONE: ("string", "b"), K.SELECT_MULTIPLE: ("string", "a c"),
    K.RANK: ("string", "c a b"), K.RANGE: ("int", "3"), K.ACKNOWLEDGE: ("string", "OK"), K.IMAGE: ("binary", "a.jpg"),
    K.AUDIO: ("binary", "a.mp3"), K.FILE: ("binary", "a.pdf"), K.GEOPOINT: ("geopoint", "43.238 76.945"),
}  # fmt: skip
NOTHING_TO_TYPE = {K.NOTE, K.HIDDEN, K.GROUP, K.REPEAT, K.CALCULATE}


def question(kind: QuestionKind, datatype: str = "string") -> Question:
    return Question("q", "q", kind, datatype, parameters={"start": "1", "end": "5"})


@pytest.fixture
def home(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_every_kind_has_an_editor_or_asks_nothing(home: QWidget) -> None:
    assert set(VALUES) | NOTHING_TO_TYPE == set(QuestionKind)
    for kind in NOTHING_TO_TYPE:
        assert editor_for(question(kind), (), home) is None
    labelled = Question("q", "q", K.CALCULATE, label={"en": "Sum"})
    shown = editor_for(labelled, (), home)
    shown.show_value("7")
    assert shown.shown.text() == "7"


@pytest.mark.parametrize("kind", list(VALUES))
def test_an_answer_shown_is_the_answer_told(home: QWidget, kind: QuestionKind) -> None:
    datatype, value = VALUES[kind]
    asked = question(kind, datatype)
    editor = editor_for(asked, FEW, home)
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.show_value(value)
    assert told in ([], [value]), "showing an answer is not answering"
    for widget in (editor, *editor.inside()):
        assert widget is not None
    offered = [FormChoice(choice.code) for choice in FEW]
    assert shape_problem(asked, value, offered if kind in (K.SELECT_ONE, K.SELECT_MULTIPLE, K.RANK) else ()) is None


def test_numbers_are_read_from_any_keyboard(home: QWidget) -> None:
    editor = LineEditor(home, figures="decimal")
    for typed, value in (("1,5", "1.5"), (" 12 ", "12"), ("1 200", "1200")):
        editor.line.setText(typed)
        assert editor.value() == value


@pytest.mark.parametrize(
    ("typed", "value"), [("14:07", "14:07"), ("1407", "14:07"), ("9.30", "09:30"), ("later", "later")]
)
def test_times_are_read_as_people_write_them(home: QWidget, typed: str, value: str) -> None:
    editor = TimeEditor(home)
    editor.line.setText(typed)
    assert editor.value() == value


def test_a_moment_needs_both_parts(home: QWidget) -> None:
    editor = MomentEditor(home)
    asked = question(K.DATETIME, "dateTime")
    editor.day.day.setText("22.11.2026")
    assert shape_problem(asked, editor.value(), None) is not None
    editor.time.line.setText("1407")
    assert editor.value() == "2026-11-22T14:07"
    assert shape_problem(asked, editor.value(), None) is None


def test_what_is_no_day_is_told_as_typed(home: QWidget) -> None:
    editor = DayEditor(home)
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.day.setText("31.02.2026")
    editor.day._read()
    assert told[-1] == "31.02.2026"
    assert shape_problem(question(K.DATE, "date"), told[-1], None) is not None


def test_short_lists_have_letters_and_long_ones_are_typed_into(home: QWidget) -> None:
    assert isinstance(OneEditor(FEW, home).field, KeyChoices)
    assert isinstance(OneEditor(MANY, home).field, CodeCombo)
    assert isinstance(ManyEditor(FEW, home).field, KeyMany)
    assert not isinstance(ManyEditor(MANY, home).field, KeyMany)


def test_what_is_chosen_stays_while_other_choices_are_offered(home: QWidget) -> None:
    editor = OneEditor(FEW, home)
    editor.show_value("b")
    editor.offer((FEW[1], *MANY))
    assert editor.field.code() == "b"
    editor.offer(FEW[1:])
    assert editor.field.code() == "b"
    several = ManyEditor(FEW, home)
    several.show_value("a c")
    several.offer(FEW[1:])
    assert several.field.codes() == ("c",)


def test_an_order_is_made_by_moving(home: QWidget) -> None:
    editor = RankEditor(FEW, home)
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.list.setCurrentRow(2)
    editor.earlier.click()
    editor.earlier.click()
    assert told == ["a c b", "c a b"]
    editor.take.click()
    assert told[-1] == "c a b"


def test_a_short_scale_shows_its_steps(home: QWidget) -> None:
    short = RangeEditor({"start": "1", "end": "5"}, home)
    assert [button.choice.code for button in short.field.field.buttons] == ["1", "2", "3", "4", "5"]
    half = RangeEditor({"start": "0", "end": "2", "step": "0.5"}, home)
    assert [button.choice.code for button in half.field.field.buttons] == ["0", "0.5", "1", "1.5", "2"]
    assert isinstance(RangeEditor({"start": "0", "end": "100"}, home).field, LineEditor)
    assert isinstance(RangeEditor({"start": "x", "end": ""}, home).field, LineEditor)


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(MISSING)


def test_a_tick_is_ticked_by_its_words(home: QWidget, qtbot) -> None:
    tick = Check(verbatim("A long sentence"), parent=home)
    home.show()
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseButtonRelease, QPointF(1, 1), QPointF(1, 1), left, left, none)
    QApplication.sendEvent(tick.words, event)
    assert tick.isChecked()
