"""A signed sheet that comes back finds its case, and stays bound to the version that was signed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.papers import MadePaper, WantedPaper, blank_paper, print_paper
from kzcase.actions.perform import perform, read_acts
from kzcase.actions.scans import ReturnSheet, joined_on, propose_number, propose_sheet, propose_typed, return_sheet
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    AnotherSheet,
    NeedsReason,
    NoSheetFound,
    NotFound,
    ScanThere,
    SeveralSheets,
    UnknownSheet,
    WrongPrintingNumber,
)
from kzcase.domain.papers import SlipCode
from kzcase.domain.permissions import Role
from kzcase.domain.printings import in_groups, printing_number
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.paper.incoming.door import Clean, cleaned
from kzcase.queries.attachments import attachments
from tests.actions.steps import do
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop
from tests.forms_answers import plausible_answers
from tests.paper.incoming.files import jpeg

CASE = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": "Generated"}]}}
FORM = "victim_screening"
SCAN = Clean("image/jpeg", 1, b"a generated scan")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with founded(tmp_path) as opened:
        yield opened


def case_in(book: Casebook) -> str:
    (wanted,) = read_acts(json.dumps([CASE]).encode())
    return perform(book, wanted).number


def blank_in(book: Casebook, case: str) -> MadePaper:
    return print_paper(book, WantedPaper(FORM, "kk", case, blank=True))


def slips(monkeypatch: pytest.MonkeyPatch, *said: str) -> None:
    """A scan on which the child sees these codes."""
    monkeypatch.setattr("kzcase.actions.scans.codes_in", lambda *_given: said)


def slip(number: str, page: int = 1) -> str:
    return SlipCode("F-7K3Q2", "0123456789", number.replace("-", ""), page).text()


def test_a_number_typed_by_hand_never_wins_over_the_code(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = blank_in(book, case_in(book)).printing, blank_in(book, case_in(book)).printing
    slips(monkeypatch, slip(mine))
    assert propose_typed(book, SCAN, mine).number == mine
    with pytest.raises(AnotherSheet) as refused:
        propose_typed(book, SCAN, other)
    assert in_groups(mine.replace("-", "")) in render(refused.value.sentence(), "en"), "as it stands on the paper"
    slips(monkeypatch, slip(mine), slip(other))
    with pytest.raises(SeveralSheets):
        propose_typed(book, SCAN, mine)
    slips(monkeypatch)
    assert propose_typed(book, SCAN, other).number == other


def test_a_sheet_comes_back_through_the_child_and_joins_its_case(book: Casebook) -> None:
    case = case_in(book)
    case_in(book)
    paper = blank_in(book, case)
    scan = cleaned(paper.content)
    found = propose_sheet(book, scan)
    form = shipped_form(FORM)
    assert (found.case_number, found.paper, found.number) == (case, FORM, paper.printing)
    assert (found.version, found.edition, found.answers) == (form.version, form.declared_version, "")
    assert found.sha256 == hashlib.sha256(paper.content).hexdigest()
    assert found.pages_found == tuple(range(1, scan.pages + 1))
    done = return_sheet(book, ReturnSheet(found.printing, scan, "Signed"))
    with book.read() as reader:
        (row,) = attachments(reader, case)
    assert (row.printing, row.paper, row.version) == (found.printing, FORM, form.version)
    undo_act(book, UndoAct(of=done.act.hex()))
    with book.read() as reader:
        assert attachments(reader, case) == ()


def test_a_filled_sheet_is_bound_to_the_answers_it_shows(book: Casebook) -> None:
    case, form = case_in(book), shipped_form(FORM)
    (wanted,) = read_acts(
        json.dumps([{"act": "form.answered", "case": case, "form": FORM, "answers": plausible_answers(form)}]).encode()
    )
    sheet = perform(book, wanted).ids["sheet"].hex()
    paper = print_paper(book, WantedPaper(FORM, "ru", case))
    found = propose_number(book, paper.printing)
    assert (found.answers, found.version) == (sheet, form.version)
    again = print_paper(book, WantedPaper(FORM, "ru", case))
    assert again.printing != paper.printing


def test_pages_of_one_sheet_are_one_sheet_and_other_codes_say_nothing(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = blank_in(book, case_in(book))
    slips(monkeypatch, slip(paper.printing, 2), "https://example.org/", slip(paper.printing, 1), slip("234567892345"))
    assert propose_sheet(book, SCAN).pages_found == (1, 2)


def test_what_cannot_be_proposed_is_told_apart(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_in(book)
    first, second = blank_in(book, case), blank_in(book, case)
    stranger = printing_number(bytes(16))
    told: dict[Any, tuple[str, ...]] = {
        NoSheetFound: ("https://example.org/",),
        SeveralSheets: (slip(first.printing), slip(second.printing)),
        UnknownSheet: (slip(stranger),),
    }
    for error, said in told.items():
        slips(monkeypatch, *said)
        with pytest.raises(error):
            propose_sheet(book, SCAN)
    slips(monkeypatch, slip(""))
    with pytest.raises(NoSheetFound) as blank:
        propose_sheet(book, SCAN)
    assert blank.value.blank
    with pytest.raises(WrongPrintingNumber):
        propose_number(book, in_groups(stranger)[:-1] + "X")
    with pytest.raises(NotFound):
        return_sheet(book, ReturnSheet("00" * 16, SCAN))
    assert not list((book.folder.attachments / "new").iterdir())


def test_a_picture_of_something_else_is_no_sheet(book: Casebook) -> None:
    with pytest.raises(NoSheetFound):
        propose_sheet(book, cleaned(jpeg()))


def test_a_blank_for_nobody_carries_no_number_and_is_not_recorded(book: Casebook) -> None:
    paper = blank_paper(WantedPaper(FORM, "kk"), START.date())
    assert paper.printing == ""
    with book.read() as reader:
        assert reader.session.execute(text("SELECT count(*) FROM printings")).scalar_one() == 0


def test_canary_a_scan_that_forgets_its_version_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzcase.db.tables.attachments import Attachment

    case = case_in(book)
    found = propose_number(book, blank_in(book, case).printing)
    monkeypatch.setattr(Attachment, "version", property(lambda _row: None, lambda _row, _value: None))
    return_sheet(book, ReturnSheet(found.printing, SCAN))
    monkeypatch.undo()
    with book.read() as reader:
        (row,) = attachments(reader, case)
    assert row.version == ""


def test_a_paper_of_anothers_case_asks_why_and_one_kept_away_knows_no_such_paper(
    book: Casebook, tmp_path: Path
) -> None:
    numbers = [case_in(book) for _case in range(2)]
    papers = [blank_in(book, case).printing for case in numbers]
    newcomer = colleague(book, Role.CASEWORKER)
    do(book, act="case.blocked", case=numbers[1], staff=newcomer.staff_id.hex())
    theirs = laptop(tmp_path, newcomer, book)
    try:
        with pytest.raises(NeedsReason):
            propose_number(theirs, papers[0])
        assert propose_number(theirs, papers[0], "danger").case_number == numbers[0]
        for reason in ("", "danger"):
            with pytest.raises(UnknownSheet):
                propose_number(theirs, papers[1], reason)
    finally:
        theirs.close()


def test_the_same_scan_joins_once(book: Casebook) -> None:
    case = case_in(book)
    paper = blank_in(book, case)
    wish = ReturnSheet(propose_number(book, paper.printing).printing, SCAN)
    assert joined_on(book, wish.printing, SCAN) is None
    done = return_sheet(book, wish)
    with pytest.raises(ScanThere) as refused:
        return_sheet(book, wish)
    assert START.strftime("%d.%m.%Y") in render(refused.value.sentence(), "ru")
    return_sheet(book, ReturnSheet(wish.printing, Clean("image/jpeg", 1, SCAN.content[::-1])))  # as long, and another
    with book.read() as reader:
        assert len(attachments(reader, case)) == 2
    undo_act(book, UndoAct(of=done.act.hex()))
    return_sheet(book, wish)  # what was taken back may join again
