"""One list says which papers a client takes away; forms that ship agree with it."""

from kzcase.domain.client_papers import TAKEN_AWAY, WALLET, is_taken_away
from kzcase.forms.library import listed_forms

OF_THE_CASE = {"consent", "partner_card"}
"""Papers that are no forms: the sheet of consent, and the card that says where to go for help."""


def test_the_list_holds_every_form_that_says_so_and_two_papers_of_the_case() -> None:
    assert {form.id for form in listed_forms() if form.client_paper} == TAKEN_AWAY - OF_THE_CASE
    assert TAKEN_AWAY >= OF_THE_CASE
    assert WALLET < TAKEN_AWAY


def test_a_form_may_say_it_of_itself_but_not_the_contrary() -> None:
    assert is_taken_away("own_leaflet", declared=True)
    assert is_taken_away("safety_card", declared=False)
    assert not is_taken_away("case_sheet")
