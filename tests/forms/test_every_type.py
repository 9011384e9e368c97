"""Every type of question an office uses, in one form: each comes in as what it is, and does what it should."""

from kzcase.forms.definition import QuestionKind
from tests.forms.filled import form_of_table, sheet

FORM = form_of_table(
    """
| survey |
| | type | name | label | trigger | calculation | default | parameters | choice_filter | repeat_count | readonly |
| | text | a | A | | | | | | | |
| | integer | b | B | | | | | | | |
| | decimal | c | C | | | | | | | |
| | date | d | D | | | today() | | | | |
| | time | e | E | | | | | | | |
| | dateTime | f | F | ${a} | now() | | | | | |
| | select_one l | g | G | | | | | | | |
| | select_multiple l | h | H | | | | | k < ${b} | | |
| | select_one l or_other | i | I | | | | | | | |
| | select_one_from_file places.csv | j | J | | | | | | | |
| | rank l | k | K | | | | | | | |
| | range | m | M | | | | start=0 end=10 step=2 | | | |
| | note | n | N | | | | | | | |
| | acknowledge | o | O | | | | | | | |
| | calculate | p | | ${b} | ${b} * 2 + ${q} | | | | | |
| | hidden | q | | | | 5 | | | | |
| | image | r | R | | | | | | | |
| | audio | s | S | | | | | | | |
| | video | s2 | S | | | | | | | |
| | file | t | T | | | | | | | |
| | geopoint | u | U | | | | | | | |
| | barcode | v | V | | | | | | | |
| | begin repeat | w | W | | | | | | ${b} | |
| | text | w1 | W1 | | | | | | | |
| | begin repeat | x | X | | | | | | 2 | |
| | text | x1 | X1 | ${w1} | concat(${w1}, '!') | | | | | |
| | end repeat | | | | | | | | | |
| | end repeat | | | | | | | | | |
| | integer | y | Y | | | 7 | | | | yes |
| choices |
| | list_name | name | label | k |
| | l | 1 | One | 1 |
| | l | 2 | Two | 2 |
""",
    {"places.csv": b"name,label\nkz,Kazakhstan\nuz,Uzbekistan\n"}.get,
)
K = QuestionKind


def test_each_type_is_what_it_is() -> None:
    kinds = {question.path: question.kind for question in FORM.walk()}
    assert kinds == {
        **{"a": K.TEXT, "b": K.INTEGER, "c": K.DECIMAL, "d": K.DATE, "e": K.TIME, "f": K.DATETIME},
        **{"g": K.SELECT_ONE, "h": K.SELECT_MULTIPLE, "i": K.SELECT_ONE, "i_other": K.TEXT, "j": K.SELECT_ONE},
        **{"k": K.RANK, "m": K.RANGE, "n": K.NOTE, "o": K.ACKNOWLEDGE, "p": K.HIDDEN, "q": K.HIDDEN},
        **{"r": K.IMAGE, "s": K.AUDIO, "s2": K.FILE, "t": K.FILE, "u": K.GEOPOINT, "v": K.BARCODE},
        **{"w": K.REPEAT, "w/w1": K.TEXT, "w/x_count": K.CALCULATE, "w/x": K.REPEAT, "w/x/x1": K.TEXT, "y": K.INTEGER},
    }
    external = FORM.by_path["j"].choices
    assert external is not None
    assert [choice.name for choice in external.choices] == ["kz", "uz"]


def test_a_changed_answer_sets_another_once() -> None:
    filled = sheet(FORM)
    assert (filled.get("d"), filled.get("q"), filled.get("y"), filled.get("f")) == ("2026-11-22", "5", "7", "")
    assert filled.readonly("y")
    filled.answer("b", "2")
    assert filled.get("p") == "9"
    changed = filled.answer("a", "x")
    assert (filled.get("f")[:10], "f" in changed.paths) == ("2026-11-22", True)
    filled.answer("f", "2020-01-01T00:00")
    filled.recalculate()
    assert filled.get("f") == "2020-01-01T00:00"
    filled.answer("a", "y")
    assert filled.get("f")[:10] == "2026-11-22"


def test_a_repeat_sets_answers_of_its_own_only() -> None:
    filled = sheet(FORM)
    filled.answer("b", "2")
    filled.answer("w[2]/w1", "hey")
    assert [filled.get(f"w[{outer}]/x[{inner}]/x1") for outer in (1, 2) for inner in (1, 2)] == ["", "", "hey!", "hey!"]


def test_answers_taken_in_at_once_set_nothing_else() -> None:
    filled = sheet(FORM)
    filled.load({"b": "2", "a": "x", "f": "2020-01-01T00:00", "w[1]/w1": "hey"})
    assert filled.get("f") == "2020-01-01T00:00"
    assert filled.get("w[1]/x[1]/x1") == ""


def test_choices_are_checked_where_they_are_known() -> None:
    filled = sheet(FORM)
    filled.answer("b", "2")
    assert [choice.name for choice in filled.choices("h")] == ["1"]
    for path, value in (("g", "9"), ("h", "2"), ("k", "1"), ("m", "11"), ("c", "x"), ("u", "91 0"), ("e", "25:00")):
        filled.answer(path, value)
        assert filled.error(path), path
    filled.answer("j", "uz")
    assert filled.error("j") is None
    filled.answer("i", "other")
    assert filled.relevant("i_other")


def test_what_is_worked_out_comes_before_what_is_set() -> None:
    filled = sheet(
        form_of_table(
            """
| survey |
| | type | name | label | calculation | trigger |
| | integer | a | A | | |
| | calculate | doubled | | ${a} * 2 | |
| | integer | b | B | ${doubled} + 1 | ${a} |
| | integer | c | C | ${b} + 1 | ${b} |
"""
        )
    )
    filled.answer("a", "5")
    assert (filled.get("b"), filled.get("c")) == ("11", "12")
