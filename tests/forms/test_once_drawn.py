"""Chance is drawn once for each opening and kept; `end` is noted at saving; what is said sets others."""

from datetime import timedelta
from itertools import count

import pytest

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.check import check_form
from tests.forms.filled import NOON, form_of_table, said, sheet, value_of

FORM = form_of_table(
    """
| survey |
| | type | name | label | calculation | trigger |
| | start | start | | | |
| | end | end | | | |
| | integer | a | A | | |
| | calculate | lot | | if(${a} > 0, random(), random()) | |
| | calculate | other_lot | | random() | |
| | calculate | id | | uuid() | |
| | calculate | kept | | once(random()) | |
| | integer | b | B | ${a} * 2 | ${a} |
| | integer | c | C | ${b} + 1 | ${b} |
"""
)


def opened(seed: int, *, empty: bool = False) -> AnswerSheet:
    numbers = count(seed)
    return AnswerSheet(FORM, now=NOON, draw=lambda: next(numbers) / 100, empty=empty)


def test_what_is_drawn_stays_through_every_recalculation() -> None:
    one = opened(1)
    before = {path: one.get(path) for path in ("other_lot", "id", "kept")}
    one.answer("a", "1")
    first = one.get("lot")
    one.answer("a", "2")
    assert one.get("lot") == first
    one.recalculate()
    assert {path: one.get(path) for path in before} == before
    assert len({one.get("lot"), one.get("other_lot"), one.get("kept")}) == 3
    assert one.values() == {**(again := opened(1)).values(), **{p: one.get(p) for p in ("a", "b", "c", "lot")}}
    assert (again.get("id") == one.get("id"), opened(7).get("id") == one.get("id")) == (True, False)


def test_what_was_drawn_is_stored_and_found_again() -> None:
    one = opened(1)
    one.answer("a", "1")
    again = opened(50, empty=True)
    again.restore(one.values(journal=True))
    assert again.values() == one.values()
    again.answer("a", "5")
    assert (again.get("id"), again.get("kept")) == (one.get("id"), one.get("kept"))


def test_the_end_is_when_it_is_saved() -> None:
    one = opened(1)
    assert (one.get("start")[:19], one.get("end")) == ("2026-11-22T12:00:00", "")
    one.finish(NOON + timedelta(minutes=30))
    assert one.get("end")[:19] == "2026-11-22T12:30:00"
    one.finish(NOON + timedelta(minutes=50))
    assert one.get("end")[:19] == "2026-11-22T12:30:00", "what was said stands"


def test_said_answers_set_others_but_never_what_was_said() -> None:
    one, two = opened(1), opened(1)
    one.load({"a": "3"}, said=True)
    assert (one.get("b"), one.get("c")) == ("6", "7")
    two.load({"a": "3", "b": "1"}, said=True)
    assert (two.get("b"), two.get("c")) == ("1", "2")
    two.answer("b", "")
    assert two.emptied() == ("b", "c")


OTHERS = """
| survey |
| | type | name | label::Қазақша (kk) | label::Ўзбекча (uz-Cyrl) |
| | select_one l or_other | q | Қайсысы? | Қайси? |
| choices |
| | list_name | name | label::Қазақша (kk) | label::Ўзбекча (uz-Cyrl) |
| | l | x | Бір | Бир |
"""


def test_other_is_said_in_the_languages_of_the_form() -> None:
    form = form_of_table(OTHERS)
    source = form.by_path["q"].choices
    assert source is not None
    assert dict(source.choices[-1].label) == {"kk": "Басқа", "uz-Cyrl": "Бошқа"}
    assert dict(form.by_path["q_other"].label) == {"kk": "Басқасын нақтылаңыз.", "uz-Cyrl": "Бошқасини кўрсатинг."}
    filled = sheet(form, "kk")
    filled.answer("q", "other")
    assert filled.relevant("q_other")


def test_a_form_that_can_be_added_is_not_refused_by_the_check() -> None:
    head = "| survey |\n| | type | name | label::en | label::ru | hint::ru | appearance |\n"
    table = f"""{head}| | begin group | t | T | Т | | table-list |
| | select_one yn | a | A | А | | |
| | select_one yn | b | B | Б | Подсказка | |
| | end group | | | | | |
| choices |
| | list_name | name | label::en | label::ru |
| | yn | y | Yes | Да |
"""
    check = check_form("t.md", table.encode())
    assert check.ok
    assert ["b" in each.place and "hint" in each.place for each in check.warnings] == [True]
    assert [question.name for question in form_of_table(table).asked()] == ["a", "b"]


def test_an_unknown_type_is_named_beside_other_mistakes() -> None:
    table = "| survey |\n| | type | name | label | relevant |\n| | integr | a | A | |\n| | text | b | B | ${q} = 1 |\n"
    found = check_form("t.md", table.encode()).errors
    assert [each.row for each in found] == [2, 3]
    assert "integr" in said(found[0].message)


SQUARE = "'0 0 0 0; 0 10 0 0; 10 10 0 0; 10 0 0 0; 0 0 0 0'"


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (f"geofence('5 5 0 0', {SQUARE})", True),
        (f"geofence('5 11 0 0', {SQUARE})", False),
        (f"geofence('5 -5 0 0', {SQUARE})", False),
        (f"geofence('', {SQUARE})", False),
        (f"intersects({SQUARE})", False),
        ("intersects('0 0 0 0; 10 10 0 0; 0 10 0 0; 10 0 0 0')", True),
        ("intersects('0 0 0 0; 10 10 0 0; 20 0 0 0')", False),
        ("intersects('0 0 0 0; 10 0 0 0; 5 0 0 0')", True),
        ("intersects('nothing')", False),
    ],
)
def test_places_on_a_map(rule: str, wanted: bool) -> None:
    assert value_of(rule) is wanted


def test_a_signed_text_is_taken_only_from_its_signer() -> None:
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    signed = base64.b64encode(key.sign("Сәлем".encode()) + "Сәлем".encode()).decode()
    other = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    assert value_of(f"extract-signed('{signed}', '{public}')") == "Сәлем"
    assert value_of(f"extract-signed('{signed}', '{other}')") == ""
    assert value_of("extract-signed('no', 'key')") == ""
