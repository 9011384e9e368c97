"""Filled forms for somebody outside: it is said for whom, only what was agreed is on them, and they are remembered."""

from collections.abc import Iterator

import pytest

from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.outside_papers import LEAVES, parts_that_stay
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.paper.form_ends import STAYS_HERE
from kzcase.queries.consent_page import consents_page
from tests.actions.steps import a_case, a_consent, a_partner, do
from tests.db.books import founded
from tests.leaving import REFERRED, STAYS, on_paper

REQUEST = "Зауыттанқашты"
FOR_US = render(STAYS_HERE, "kk")[:12]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with founded(tmp_path_factory.mktemp("outside")) as found:
        yield found


def filled(book: Casebook) -> str:
    case = a_case(book)
    do(book, act="form.answered", case=case, form="referral", language="kk", answers=REFERRED)
    return case


def printed(book: Casebook, case: str, to: str, **more: object) -> str:
    wish = WantedPaper("referral", "kk", case, safe_to_take="office", to=to, **more)  # type: ignore[arg-type]
    return on_paper(print_paper(book, wish).content)


def test_it_has_to_be_said_for_whom_a_filled_form_is(book: Casebook) -> None:
    case = filled(book)
    with pytest.raises(errors.RecipientUnasked):
        printed(book, case, "")
    with pytest.raises(errors.NotFound):
        printed(book, case, "Nobody we know")
    with pytest.raises(errors.NotForRecipients):
        printed(book, case, "office", blank=True)
    with pytest.raises(errors.NotForRecipients):
        print_paper(book, WantedPaper("case_sheet", "kk", case, to="office"))
    assert FOR_US in (kept := printed(book, case, "office"))
    assert REQUEST in kept
    assert STAYS in kept


def test_a_partner_gets_what_was_agreed_and_is_a_past_recipient(book: Casebook) -> None:
    case, partner = filled(book), a_partner(book, "Outside")
    with pytest.raises(errors.NoConsent):
        printed(book, case, "Outside")
    consent = a_consent(book, case, partner, classes=["operational", "sensitive"])
    leaves = printed(book, case, "Outside")
    assert REQUEST in leaves
    assert [mark for mark in (STAYS, "Демікпесі", "Апасыжауапбереді", FOR_US) if mark in leaves] == []
    with book.read() as reader:
        (held,) = consents_page(reader, case).recipients
    assert (held.partner_id, len(held.letters)) == (partner, 1)
    do(book, act="consent.withdrawn", consent=consent, classes=["sensitive"])
    assert REQUEST not in printed(book, case, partner)
    with book.read() as reader:
        (back,) = consents_page(reader, case).withdrawals
    assert [(notice.recipient, notice.letters) for notice in back.notices] == [("Outside", held.letters)]


def test_every_part_that_leaves_is_a_part_of_its_form() -> None:
    for form_id, parts in LEAVES.items():
        groups = tuple(question.name for question in shipped_form(form_id).questions)
        assert parts <= set(groups), form_id
        assert parts_that_stay(form_id, groups) == set(groups) - parts
        assert parts < set(groups), f"{form_id}: nothing of it stays here"
