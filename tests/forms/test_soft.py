"""A soft rule asks back about an unusual answer; once confirmed it stands, and another answer is asked about anew."""

from tests.forms.filled import form_of_table, said, sheet

FORM = form_of_table(
    """
| survey |
| | type | name | label | constraint | constraint_message | bind::kzcase:soft |
| | integer | children | Children | . < 10 | That is many. | yes |
| | integer | age | Age | . < 120 | Nobody is that old. | |
"""
)


def test_an_unusual_answer_is_no_mistake_but_wants_to_be_confirmed() -> None:
    filled = sheet(FORM)
    assert (filled.form.by_path["children"].soft, filled.form.by_path["age"].soft) == (True, False)
    filled.answer("children", "12")
    filled.answer("age", "130")
    assert set(filled.errors()) == {"age"}
    assert {path: said(words) for path, words in filled.warnings().items()} == {"children": "That is many."}
    assert filled.confirm("children").paths == ("children",)
    assert (filled.warnings(), filled.confirmed()) == ({}, ("children",))
    filled.answer("children", "13")
    assert (set(filled.warnings()), filled.confirmed()) == ({"children"}, ())


def test_a_soft_answer_still_needs_its_shape() -> None:
    filled = sheet(FORM)
    filled.answer("children", "many")
    assert set(filled.errors()) == {"children"}
    assert filled.warning("children") is None


def test_a_confirmation_is_taken_in_with_its_answer() -> None:
    filled = sheet(FORM)
    filled.load({"children": "12"}, confirmed=["children"])
    assert filled.warnings() == {}
