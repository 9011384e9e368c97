"""What stands on a form page beside plain questions: tables of short repeats, unusual answers, what was said before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from kzcase.forms.definition import Question, QuestionKind
from kzcase.forms.doors import read_form
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES
from kzcase.ui import language
from kzcase.ui.forms.cell import CellView
from kzcase.ui.forms.filling import Filling
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.outside import FileEditor, PointEditor
from kzcase.ui.forms.parts import InstanceCard, InstanceLine, RepeatView, TableView
from kzcase.ui.forms.question import QuestionView
from kzcase.ui.forms.tabular import fits_table
from kzcase.ui.reading_order import controls
from kzcase.ui.slices import InlineSlices
from tests.ui.naming import assert_all_named
from tests.ui.offices import Keyboard, offered
from tests.ui.sample_form import sample

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DOUBTS, KINDS, LISTS = range(3)


class Said:
    """An earlier filling-in, answered from a plain mapping."""

    def __init__(self, day: str, answers: dict[str, str], instances: dict[str, list[str]] | None = None) -> None:
        self.day, self.answers, self.lists = day, answers, instances or {}

    def said(self, path: str, spoken: str) -> str:
        found = self.answers.get(path, "")
        return f"{found} ({spoken})" if found else ""

    def instances(self, path: str, _spoken: str) -> list[str]:
        return self.lists.get(path, [])


@pytest.fixture
def filling(qtbot: QtBot) -> Iterator[Filling]:
    home = QWidget()
    qtbot.addWidget(home)
    interview = Interview(sample(), NOW, "kk", home)
    made = Filling(interview, InlineSlices(home))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    offered(made)
    made.begin(DOUBTS)
    yield made
    made.hide()


def view(filling: Filling, path: str) -> Any:
    for section in filling.sections:
        section.finish()
        for each in section.views():
            if each.path == path:
                return each
    raise AssertionError(path)


def table(filling: Filling) -> TableView:
    filling.go(LISTS)
    found = view(filling, "lists/relatives")
    assert isinstance(found, TableView)
    return found


# Repeats


def test_short_flat_repeats_are_tables_and_others_cards(filling: Filling) -> None:
    lines, legs = table(filling), view(filling, "lists/legs")
    assert all(isinstance(line, InstanceLine) for line in lines.cards.values())
    assert type(legs) is RepeatView
    assert all(isinstance(card, InstanceCard) for card in legs.cards.values())
    assert [view.question.name for view in next(iter(lines.cards.values())).part.views] == ["who", "years", "kin"]


@pytest.mark.parametrize(
    ("children", "fits"),
    [
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.DATE)], True),
        ([Question("r/a", "a", QuestionKind.TEXT)], False),
        ([Question(f"r/{n}", n, QuestionKind.TEXT) for n in "abcde"], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.SELECT_MULTIPLE)], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.REPEAT)], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.NOTE, label={"en": "N"})], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.TEXT, hint={"en": "H"})], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.TEXT, read_aloud=True)], False),
        ([Question("r/a", "a", QuestionKind.TEXT), Question("r/b", "b", QuestionKind.TEXT, appearance="multiline")],
         False),
    ],
)  # fmt: skip
def test_only_what_needs_no_explaining_stands_in_a_table(children: list[Question], fits: bool) -> None:
    assert fits_table(Question("r", "r", QuestionKind.REPEAT, children=tuple(children))) is fits


def test_a_table_is_filled_in_with_the_keyboard_alone(filling: Filling) -> None:
    lines, keys = table(filling), Keyboard(filling)
    lines.more.click()
    keys.type("Ана")
    keys.enter()
    keys.type("40")
    keys.enter()
    current = filling.current()
    assert isinstance(current, CellView)
    assert current.question.name == "kin"
    assert filling.interview.sheet.values()["lists/relatives[2]/years"] == "40"
    lines.more.click()
    keys.type("Әке")
    assert filling.interview.sheet.values()["lists/relatives[3]/who"] == "Әке"


def test_a_line_goes_and_the_others_keep_their_answers(filling: Filling) -> None:
    lines = table(filling)
    for who in ("Ана", "Әке"):
        lines.more.click()
        path = list(lines.cards)[-1]
        filling.interview.answer(f"{path}/who", who)
    second = list(lines.cards)[1]
    lines.cards[second].remove.click()
    names = [line.part.views[0].editor.line.text() for line in lines.cards.values()]  # type: ignore[union-attr]
    assert names == ["", "Әке"]
    assert [line.title.text() for line in lines.cards.values()] == ["1", "2"]


def test_in_a_table_too_there_may_be_a_reason_or_a_mistake(filling: Filling) -> None:
    lines = table(filling)
    path = next(iter(lines.cards))
    who, years = (view(filling, f"{path}/{name}") for name in ("who", "years"))
    assert not who.reason.isVisible()
    who.setFocus()
    filling._reason()
    menu = who.findChild(QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert filling.interview.sheet.missing(f"{path}/who") == "refused"
    assert who.reason.isVisible()
    filling.interview.answer(f"{path}/years", "300")
    years._left()
    assert years.wrong.isVisible()
    filling.interview.answer(f"{path}/years", "30")
    assert not years.wrong.isVisible()


def test_a_screen_reader_hears_the_line_and_the_column(filling: Filling) -> None:
    lines = table(filling)
    lines.more.click()
    second = list(lines.cards)[1]
    for spoken in LANGUAGES:
        language.switch(spoken)
        filling.interview.speak(spoken)
        assert_all_named(filling)
        name = view(filling, f"{second}/who").editor.line.accessibleName()
        label = sample().by_path["lists/relatives"].label[spoken]
        assert name == f"{label} 2, {sample().by_path['lists/relatives/who'].label[spoken]}"
        headings = [title.text() for title in lines.titles]
        assert headings[0] == sample().by_path["lists/relatives/who"].label[spoken]


def test_the_columns_stand_under_their_headings(filling: Filling) -> None:
    lines = table(filling)
    lines.more.click()
    filling.resize(1200, 768)
    offered(filling)
    line = next(iter(lines.cards.values()))
    for title, cell in zip(lines.titles, line.part.views, strict=True):
        left = cell.mapTo(lines, cell.rect().topLeft()).x()
        assert abs(title.mapTo(lines, title.rect().topLeft()).x() - left) <= 2


# Unusual answers


def test_an_unusual_answer_is_asked_about_and_can_be_confirmed(filling: Filling) -> None:
    age = view(filling, "doubts/age")
    filling.interview.answer("doubts/age", "101")
    assert not age.doubt.isVisible(), "nobody is told before they are done"
    age._left()
    assert age.doubt.isVisible()
    assert age.doubt.text() == sample().by_path["doubts/age"].constraint_message["kk"]
    assert not age.wrong.isVisible()
    assert list(filling.interview.doubts()) == ["doubts/age"]
    age.doubt.right.click()
    assert not age.doubt.isVisible()
    assert filling.interview.doubts() == {}
    filling.interview.answer("doubts/age", "120")
    assert age.doubt.isVisible(), "another answer is another doubt"
    filling.interview.answer("doubts/age", "12")
    assert not age.doubt.isVisible()


def test_a_rule_that_is_not_soft_cannot_be_confirmed(filling: Filling) -> None:
    hard = view(filling, "doubts/hard")
    filling.interview.answer("doubts/hard", "12")
    hard._left()
    assert hard.wrong.isVisible()
    assert not hard.doubt.isVisible()
    assert filling.interview.doubts() == {}


def test_the_keyboard_reaches_the_button_that_confirms(filling: Filling) -> None:
    age = view(filling, "doubts/age")
    filling.interview.answer("doubts/age", "101")
    age._left()
    age.setFocus()
    keys = Keyboard(filling)
    keys.press(Qt.Key.Key_Tab)
    assert filling.focusWidget() is age.doubt.right, "the next Tab, not the last of the whole window"
    keys.press(Qt.Key.Key_Space)
    assert filling.interview.doubts() == {}


def test_tab_walks_through_lines_added_later_as_they_stand(filling: Filling) -> None:
    filling.go(LISTS)
    filling.section.finish()
    table = view(filling, "lists/relatives")
    filling.interview.add_repeat("lists/relatives")
    first, second = table.cards.values()
    order = [each for card in (first, second) for each in controls(card)]
    at, keys = order[0], Keyboard(filling)
    at.setFocus()
    for following in (*order[1:], table.more):
        keys.press(Qt.Key.Key_Tab)
        at = filling.focusWidget()
        assert at is following


def test_several_lines_are_left_with_the_keyboard_and_what_is_wrong_is_said(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    interview = Interview(shipped_form("needs_assessment"), NOW, "kk", home)
    made = Filling(interview, InlineSlices(home))
    qtbot.addWidget(made)
    offered(made)
    made.begin()
    asked = view(made, "safety/urgent_done")
    interview.answer("safety/urgent", "doctor")
    asked.setFocus()
    keys = Keyboard(made)
    keys.type("Дәрігер")
    keys.enter()
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r")
    assert interview.sheet.get("safety/urgent_done") == "Дәрігер\n"
    assert made.current() is not asked
    assert asked.touched, "from now on it says what is wrong with it"
    made.hide()


def test_what_was_confirmed_is_kept_in_the_draft(filling: Filling) -> None:
    filling.interview.answer("doubts/age", "101")
    filling.interview.confirm("doubts/age")
    kept = filling.interview.kept()
    again = Interview(sample(), NOW, "kk", filling)
    again.take_back(kept)
    assert again.doubts() == {}
    assert again.kept() == kept


# Beside the question


def test_guidance_stands_beside_in_the_language_of_the_interview(filling: Filling) -> None:
    age, hard = view(filling, "doubts/age"), view(filling, "doubts/hard")
    for spoken in LANGUAGES:
        filling.interview.speak(spoken)
        assert age.aside.guidance.text() == sample().by_path["doubts/age"].guidance[spoken]
        assert age.aside.guidance.text() in age.editor.line.accessibleDescription()
    assert age.aside.x() > age.editor.geometry().right()
    assert age.editor.width() == hard.editor.width(), "questions without guidance are as wide"


def test_where_there_is_little_room_guidance_stands_below(filling: Filling) -> None:
    age, hard = view(filling, "doubts/age"), view(filling, "doubts/hard")
    filling.resize(760, 768)
    offered(filling)
    assert age.aside.y() > age.editor.geometry().bottom()
    assert not hard.aside.isVisible()


def test_earlier_answers_stand_beside_the_new_ones(filling: Filling) -> None:
    age = view(filling, "doubts/age")
    lines = table(filling)
    earlier = [
        Said("01.03.2026", {"doubts/age": "30"}, {"lists/relatives": ["Ана, 40", "Әке"]}),
        Said("01.02.2026", {"doubts/age": "29"}),
    ]
    filling.interview.recall(earlier, ())
    filling.go(DOUBTS)
    assert age.aside.before.text().splitlines()[1:] == ["01.03.2026: 30 (kk)", "01.02.2026: 29 (kk)"]
    filling.interview.speak("ru")
    assert "30 (ru)" in age.aside.before.text()
    assert lines.before.text().splitlines()[1:] == ["01.03.2026: Ана, 40; Әке"]
    built_later = view(filling, "kinds/text")
    assert built_later.aside.before is None
    assert filling.interview.sheet.get("doubts/age") == "", "nothing is filled in by itself"


# Kinds


def test_coordinates_are_taken_with_a_plain_warning(filling: Filling) -> None:
    editor = view(filling, "kinds/geopoint").editor
    assert isinstance(editor, PointEditor)
    filling.go(KINDS)
    assert editor.warning.isVisible()
    editor.line.setText("43,238, 76,945")
    editor.line.setText("43.238, 76.945")
    editor.line.textEdited.emit("43.238, 76.945")
    assert filling.interview.sheet.get("kinds/geopoint") == "43.238 76.945"
    assert filling.interview.sheet.error("kinds/geopoint") is None


def test_a_file_is_chosen_among_the_attachments_of_the_case(filling: Filling) -> None:
    picture = view(filling, "kinds/image")
    assert isinstance(picture.editor, FileEditor)
    filling.go(KINDS)
    assert not picture.editor.choose.isVisible()
    filling.interview.recall((), ["төлқұжат", "scan & copy"])
    assert picture.editor.choose.isVisible()
    picture.editor.choose.click()
    menu = picture.editor.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["төлқұжат", "scan && copy"]
    menu.actions()[1].trigger()
    menu.close()
    assert filling.interview.sheet.get("kinds/image") == "scan & copy"


def test_an_answer_that_names_an_attachment_leads_to_it(filling: Filling, qtbot) -> None:
    picture = view(filling, "kinds/image")
    filling.go(KINDS)
    filling.interview.recall((), ["төлқұжат"])
    assert not picture.look.isVisible()
    filling.interview.answer("kinds/image", "басқа.jpg")
    assert not picture.look.isVisible(), "no attachment is called so"
    filling.interview.answer("kinds/image", "төлқұжат")
    assert picture.look.isVisible()
    with qtbot.waitSignal(filling.interview.file_wanted) as wanted:
        picture.look.click()
    assert wanted.args == ["төлқұжат"]


def test_every_kind_is_reached_and_named(filling: Filling) -> None:
    filling.go(KINDS)
    asked = [each for each in filling.section.question_views() if isinstance(each, QuestionView)]
    assert len({each.question.kind for each in asked}) == 16
    for spoken in LANGUAGES:
        language.switch(spoken)
        filling.interview.speak(spoken)
        assert_all_named(filling)
    walked = []
    for _question in asked:
        filling.next_question()
        walked.append(filling.current().path)  # type: ignore[union-attr]
    assert walked == [each.path for each in asked]


# What was taken out


def relatives(filling: Filling, *names: str) -> TableView:
    """The table of relatives with these names in its lines."""
    lines = table(filling)
    for at, who in enumerate(names):
        if at:
            lines.more.click()
        filling.interview.answer(f"{list(lines.cards)[at]}/who", who)
    return lines


def shown_names(lines: RepeatView) -> list[str]:
    return [line.part.views[0].editor.line.text() for line in lines.cards.values()]  # type: ignore[union-attr]


def test_a_line_taken_out_is_brought_back_where_it_stood(filling: Filling) -> None:
    lines = relatives(filling, "Ана", "Әке", "Әже")
    second = list(lines.cards)[1]
    filling.interview.leave_open(f"{second}/years", "refused")
    kept = filling.interview.kept()
    assert not lines.gone.isVisible()
    lines.cards[second].remove.click()
    assert shown_names(lines) == ["Ана", "Әже"]
    assert lines.gone.isVisible()
    label = sample().by_path["lists/relatives"].label["kk"]
    assert f"{label} 2" in lines.gone.words.text()
    lines.gone.back.click()
    assert shown_names(lines) == ["Ана", "Әке", "Әже"]
    tops = [line.mapTo(lines, line.rect().topLeft()).y() for line in lines.cards.values()]
    assert [line.title.text() for line in lines.cards.values()] == ["1", "2", "3"]
    offered(filling)
    tops = [line.mapTo(lines, line.rect().topLeft()).y() for line in lines.cards.values()]
    assert tops == sorted(tops), "it stands between the others on the screen too"
    assert filling.interview.kept() == kept
    assert not lines.gone.isVisible()


def test_several_come_back_the_last_first(filling: Filling) -> None:
    lines = relatives(filling, "Ана", "Әке", "Әже")
    for _line in range(2):
        next(iter(lines.cards.values())).remove.click()
    assert shown_names(lines) == ["Әже"]
    lines.gone.back.click()
    assert shown_names(lines) == ["Әке", "Әже"]
    lines.gone.back.click()
    assert shown_names(lines) == ["Ана", "Әке", "Әже"]


def test_a_card_comes_back_by_keyboard(filling: Filling) -> None:
    filling.go(LISTS)
    legs = view(filling, "lists/legs")
    path = filling.interview.add_repeat("lists/legs")
    first = next(each for each in legs.cards[path].part.views if isinstance(each, QuestionView) and each.takes_answer)
    filling.interview.answer(first.path, "Алматы")
    count = len(legs.cards)
    legs.cards[path].remove.setFocus()
    keys = Keyboard(filling)
    keys.press(Qt.Key.Key_Space)
    assert len(legs.cards) == count - 1
    assert filling.focusWidget() is legs.gone.back
    keys.press(Qt.Key.Key_Space)
    assert list(legs.cards)[-1] == path
    assert filling.interview.sheet.get(first.path) == "Алматы"
    assert legs.cards[path].isAncestorOf(filling.focusWidget())


def test_a_draft_taken_back_forgets_what_went(filling: Filling) -> None:
    lines = relatives(filling, "Ана", "Әке")
    next(iter(lines.cards.values())).remove.click()
    filling.interview.take_back(filling.interview.kept())
    assert not lines.gone.isVisible()


# Why a cell stays open, without the keyboard


def test_a_cell_is_left_open_by_the_mouse_alone(filling: Filling, qtbot: QtBot) -> None:
    lines = relatives(filling, "Ана", "Әке")
    offered(filling)
    cell = view(filling, f"{list(lines.cards)[1]}/years")
    qtbot.mouseClick(cell.editor.line, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(lines.open, Qt.MouseButton.LeftButton)
    menu = cell.findChild(QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert filling.interview.sheet.missing(cell.path) == "refused"
    assert cell.reason.isVisible()
    assert filling.current() is cell, "the keyboard stays in the cell"


def test_before_any_cell_is_touched_it_is_the_first(filling: Filling) -> None:
    lines = relatives(filling, "Ана")
    filling.outline.setFocus()
    lines.open.click()
    first = view(filling, f"{next(iter(lines.cards))}/who")
    assert first.findChild(QMenu) is not None
    assert filling.current() is first


def test_where_nobody_answers_there_is_no_reason_to_give(qtbot: QtBot) -> None:
    head = "survey\n,type,name,label,readonly,calculation,trigger\n"
    rows = ",text,told,Told,,,\n,text,moment,When,yes,now(),${told}\n"
    home = QWidget()
    qtbot.addWidget(home)
    interview = Interview(read_form("a.csv", (head + rows).encode()), NOW, "", home)
    made = Filling(interview, InlineSlices(home))
    qtbot.addWidget(made)
    offered(made)
    made.begin()
    told, moment = view(made, "told"), view(made, "moment")
    interview.answer("told", "Something")
    assert told.reason.isVisible()
    assert not moment.reason.isVisible()
    assert moment.editor.line.text().startswith("2026-11-22")
    moment.choose_reason()
    assert moment.findChild(QMenu) is None
    made.hide()
