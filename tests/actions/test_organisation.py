"""How partners reach us: written once by an administrator, then on every letter and return slip."""

from pathlib import Path

import pytest

from kzcase.actions.organisation import DescribeOrganisation, describe_organisation
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.demo.day import scripted_day
from kzcase.domain.errors import NotAllowed
from kzcase.i18n import LANGUAGES, Language
from kzcase.queries.letters import organisation
from tests.actions.shared_laptop import office
from tests.db.books import START, founded
from tests.demo.test_performed import performed
from tests.keys.cheap import OTHER
from tests.paper.reading import text_of

OURS = DescribeOrganisation(address="Үлгі көшесі, 1", phone="+7 709 000 00 00", email="office@example.org")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_return_slip_says_where_to(tmp_path: Path, language: Language) -> None:
    with founded(tmp_path) as book:
        made = performed(book, scripted_day(START.date(), language))
        case = next(ids["case"] for ids in made.values() if "case" in ids)
        describe_organisation(book, OURS)
        letter = text_of(print_paper(book, WantedPaper("referral_letter", language, case)).content)
    assert all(said in letter for said in ("Үлгі көшесі, 1", "+7 709 000 00 00", "office@example.org"))


def test_what_is_left_out_is_gone(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        describe_organisation(book, OURS)
        describe_organisation(book, DescribeOrganisation(phone="116 16"))
        with book.read() as reader:
            known = organisation(reader)
    assert (known.address, known.phone, known.email) == ("", "116 16", "")


def test_only_who_manages_colleagues_changes_it(tmp_path: Path) -> None:
    with office(tmp_path).desk(OTHER) as desk, pytest.raises(NotAllowed):
        describe_organisation(desk.book, OURS)
