"""Minutes and receipts on paper: made in three languages, entered in the history, and never naming whom it is about."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from kzcase.actions.papers import WantedPaper, blank_paper, print_paper
from kzcase.domain.errors import NotFound, NothingToPrint
from kzcase.i18n import LANGUAGES
from tests.actions.steps import do
from tests.actions.teams import Team, team
from tests.db.books import START


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Team]:
    with team(tmp_path, "asel") as made:
        yield made


def text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_minutes_name_those_who_met_and_the_case_by_its_number(office: Team) -> None:
    with pytest.raises(NothingToPrint):
        print_paper(office.founder, WantedPaper("conference_minutes", "kk", office.case))
    given = {"kind": "plan_review", "minutes": "Тұрғын үй мәселесі.", "colleagues": [office.id("asel")]}
    outside = [{"name": "Сынақов Әлі", "organisation": "Дағдарыс орталығы"}]
    decided = [{"text": "Баспана табу", "due": "2026-12-01"}]
    wish = {"act": "conference.held", "case": office.case, **given}
    do(office.founder, **wish, outsiders=outside, decisions=decided)
    for language in LANGUAGES:
        made = print_paper(office.founder, WantedPaper("conference_minutes", language, office.case))
        said = text(made.content)
        for expected in ("Тұрғын үй мәселесі.", "Сынақов Әлі", "Дағдарыс орталығы", "Баспана табу", "01.12.2026"):
            assert expected in said, (language, expected)
        assert made.number in said
        assert "Каримова" not in said
    with pytest.raises(NotFound):
        print_paper(office.founder, WantedPaper("conference_minutes", "kk", office.case, number="ab" * 16))


def test_the_receipt_says_what_went_over_and_nothing_about_the_person(office: Team) -> None:
    do(office.founder, act="task.added", case=office.case, title="Заңгерге қоңырау шалу", due="2026-12-01")
    offer = {"act": "transfer.offered", "case": office.case, "worker": office.id("asel"), "note": "Демалыс."}
    transfer = do(office.founder, **offer).ids["transfer"].hex()
    with pytest.raises(NothingToPrint):
        print_paper(office.founder, WantedPaper("transfer_receipt", "ru", office.case))
    office.meet()
    do(office.books["asel"], act="transfer.accepted", transfer=transfer)
    for language in LANGUAGES:
        said = text(print_paper(office.books["asel"], WantedPaper("transfer_receipt", language, office.case)).content)
        for expected in ("Founder", "Демалыс.", "Заңгерге қоңырау шалу"):
            assert expected in said, (language, expected)
        assert "Каримова" not in said


@pytest.mark.parametrize("name", ["conference_minutes", "transfer_receipt"])
def test_both_can_be_written_by_hand(name: str) -> None:
    made = blank_paper(WantedPaper(name, "kk"), START.date())
    assert made.content.startswith(b"%PDF")
    assert "Founder" not in text(made.content)
