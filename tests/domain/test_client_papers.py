"""One list says which papers a client takes away; forms that ship agree with it."""

from kzcase.domain.client_papers import TAKEN_AWAY, WALLET, is_taken_away
from kzcase.forms.library import listed_forms


def test_the_list_holds_every_form_that_says_so_and_the_sheet_of_consent() -> None:
    assert {form.id for form in listed_forms() if form.client_paper} == TAKEN_AWAY - {"consent"}
    assert WALLET < TAKEN_AWAY


def test_a_form_may_say_it_of_itself_but_not_the_contrary() -> None:
    assert is_taken_away("own_leaflet", declared=True)
    assert is_taken_away("safety_card", declared=False)
    assert not is_taken_away("case_sheet")
