"""Forms that promise that nobody knows whose they are: none is kept with a case, and none is offered in one."""

from pathlib import Path

import pytest

from kzcase.actions.forms import NAMELESS_HERE
from kzcase.domain.client_papers import NAMELESS
from kzcase.domain.errors import WrongAnswer
from kzcase.forms.library import shipped_form
from kzcase.ui.forms.choose_dialog import read_offer
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.forms_answers import plausible_answers


def test_what_promises_that_nobody_knows_whose_it_is_is_kept_with_no_case(tmp_path: Path) -> None:
    """Refused with words that say how it is done. The canary: another form of the same case is stored."""
    with founded(tmp_path) as book:
        case = do(book, **CASE).ids["case"].hex()
        for form_id in NAMELESS:
            with pytest.raises(WrongAnswer) as caught:
                do(book, act="form.answered", case=case, form=form_id, answers={"start_part/who": "adult"})
            assert caught.value.facts["sentence"] is NAMELESS_HERE
        screening = shipped_form("victim_screening")
        do(book, act="form.answered", case=case, form=screening.id, answers=plausible_answers(screening))
        stored = [form_id for (form_id,) in book._sql.rows("SELECT form_id FROM answer_sheets")]
        assert stored == [screening.id]

        with book.read() as reader:
            offered = {each.id for each in read_offer(reader, case).forms}
        assert screening.id in offered
        assert not offered & NAMELESS
