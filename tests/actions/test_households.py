"""Households: heard apart, one paper for every path, and nobody in them is the recipient of another."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.person_papers import custody_paper, family_paper
from kzcase.actions.persons import open_person
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.classes import FieldClass
from kzcase.domain.permissions import Role
from kzcase.domain.person_rows import MemberRow, PersonPage
from kzcase.queries import letters
from kzcase.queries.safe_phones import phones_that_may_leave
from tests.actions.steps import CASE, a_consent, a_draft, a_partner, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.paper.reading import squeezed, text_of

WITHHELD = {"document": "ZQ7654321", "phone": "+7 777 765 43 21", "address": "Жасырынкөше", "iin": "840517400008"}
"""What the mother said of herself alone."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        opened.show_names()
        yield opened


def a_family(book: Casebook) -> dict[str, str]:
    """A mother and her son, each with a case of their own, in one household."""
    mother = {"names": [{"family": "Каримова", "given": "Дильноза"}], "sex": "female", "iin": WITHHELD["iin"]}
    son = {"names": [{"family": "Каримов", "given": "Темір"}], "sex": "male", "birth": "2016-02-01"}
    hers = do(
        book,
        **(
            CASE | {"kind": "stateless", "person": mother | {"phones": [{"number": WITHHELD["phone"], "safe": "safe"}]}}
        ),
    )
    his = do(book, **(CASE | {"kind": "child", "person": son}))
    made = {"mother": hers.ids["person"], "son": his.ids["person"], "her_case": hers.ids["case"]}
    found = {name: each.hex() for name, each in (made | {"his_case": his.ids["case"]}).items()}
    do(book, act="relation.added", person=found["son"], kind="mother", other=found["mother"])
    do(book, act="household.joined", person=found["son"], with_person=found["mother"], nationality_status="citizen")
    do(
        book,
        act="household.joined",
        person=found["mother"],
        with_person=found["son"],
        nationality_status="stateless_recognised",
    )
    address = {"record": "address", "kind": "actual", "text": WITHHELD["address"]}
    do(book, act="record.added", person=found["mother"], facts=address)
    passport = {"record": "document", "kind": "foreign_passport", "number": WITHHELD["document"]}
    found["passport"] = do(book, act="record.added", person=found["mother"], facts=passport).ids["record"].hex()
    return found


def a_step(book: Casebook, person: str, kind: str, state: str, **more: str) -> None:
    do(book, act="record.added", person=person, facts={"record": "step", "kind": kind, "state": state, **more})


def member(page: PersonPage, person: str) -> MemberRow:
    return next(each for each in page.household if each.person == person)


def test_who_was_heard_apart_when_by_whom_and_with_which_interpreter(book: Casebook) -> None:
    family = a_family(book)
    assert not member(open_person(book, family["son"]), family["mother"]).apart
    do(book, act="member.interviewed", person=family["mother"], on="2026-11-20", interpreter="phone")
    row = member(open_person(book, family["son"]), family["mother"])
    assert (str(row.interviewed_apart_on), row.interviewed_by, row.interpreter, row.apart) == (
        *("2026-11-20", "Founder", "phone"),
        True,
    )
    assert not member(open_person(book, family["son"]), family["son"]).apart, "the other is still to be heard"


def test_with_a_relative_between_them_nobody_is_heard_apart(book: Casebook) -> None:
    family = a_family(book)
    do(book, act="member.interviewed", person=family["mother"], interpreter="household")
    row = member(open_person(book, family["son"]), family["mother"])
    assert row.interviewed_apart_on is not None
    assert not row.apart


def test_only_a_member_is_heard_apart_and_not_in_the_future(book: Casebook) -> None:
    alone = do(book, **CASE).ids["person"].hex()
    with pytest.raises(errors.NotInHousehold):
        do(book, act="member.interviewed", person=alone)
    family = a_family(book)
    with pytest.raises(errors.InTheFuture):
        do(book, act="member.interviewed", person=family["son"], on="2027-01-01")
    with pytest.raises(errors.UnknownCode):
        do(book, act="member.interviewed", person=family["son"], interpreter="neighbour")


def test_one_paper_serves_every_members_path_and_steps_wait_for_each_other(book: Casebook) -> None:
    family = a_family(book)
    a_step(book, family["son"], "birth_notice", "done", evidence_id=family["passport"])
    a_step(book, family["son"], "school", "not_begun")
    page = open_person(book, family["mother"])
    waiting = {step.step: step.waits_for for step in member(page, family["son"]).steps}
    assert waiting["birth_registration"] == (("mother:identity",),), "hers is missing, and her page says so"
    a_step(book, family["mother"], "identity", "done", evidence_id=family["passport"])
    page = open_person(book, family["mother"])
    assert next(s for s in member(page, family["son"]).steps if s.step == "birth_registration").can_begin
    (paper,) = page.evidence
    assert (paper.document, paper.person, paper.serves) == (family["passport"], family["mother"], 2)


def test_of_a_member_beyond_reach_nothing_is_said(book: Casebook, tmp_path: Path) -> None:
    family = a_family(book)
    worker = colleague(book, Role.CASEWORKER)
    do(book, act="case.assigned", case=family["his_case"], worker=worker.name)
    do(book, act="member.interviewed", person=family["mother"], interpreter="phone")
    with laptop(tmp_path, worker, book) as other:
        other.show_names()
        page = open_person(other, family["son"])
        row = member(page, family["mother"])
        assert (row.near, row.name, row.nationality_status, row.interviewed_by, row.steps) == (
            *(False, None, None, None),
            (),
        )
        assert page.evidence == ()


@pytest.fixture
def everything_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """His letters may say everything that is his: only then it shows whether they say what is hers."""
    own = letters.covered
    wider = lambda *asked: replace(own(*asked), classes=frozenset(FieldClass))  # noqa: E731
    monkeypatch.setattr(letters, "covered", wider)


def papers_of_the_son(book: Casebook, family: dict[str, str]) -> dict[str, str]:
    """The text of everything that is printed for him."""
    partner = a_partner(book)
    a_consent(book, family["his_case"], partner)
    a_draft(book, family["his_case"], partner)
    paper = {"record": "document", "kind": "birth_cert", "number": "I-ТН 1"}
    his = do(book, act="record.added", person=family["son"], facts=paper).ids["record"].hex()
    do(book, act="document.taken", document=his)
    made = {"family": family_paper(book, family["son"], "kk"), "receipt": custody_paper(book, his, "kk")}
    for name in ("case_sheet", "consent", "referral_letter", "road"):
        wish = WantedPaper(name, "kk", family["his_case"], safe_to_take="yes")
        made[name] = print_paper(book, wish)
    return {name: squeezed(text_of(each.content)) for name, each in made.items()}


@pytest.mark.usefixtures("everything_covered")
def test_no_paper_of_one_member_says_what_another_said_of_themselves(book: Casebook) -> None:
    family = a_family(book)
    a_step(book, family["son"], "birth_notice", "done", evidence_id=family["passport"])
    texts = papers_of_the_son(book, family)
    assert [name for name, text in texts.items() if "Темір" not in text] == ["road"]
    stateless = squeezed(book.rulebook.list("nationality_status")["stateless_recognised"].name("kk"))
    for name, text in texts.items():
        told = [each for each in (*WITHHELD.values(), stateless) if squeezed(each) in text]
        assert told == [], f"{name} says of her: {told}"


@pytest.mark.usefixtures("everything_covered")
def test_a_paper_that_mixes_members_up_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above: phones of whoever is related stand in the letter."""
    family = a_family(book)

    def of_the_household(reader: Any, person: bytes) -> list[Any]:
        mother = bytes.fromhex(family["mother"])
        return [*phones_that_may_leave(reader, person), *phones_that_may_leave(reader, mother)]

    monkeypatch.setattr(letters, "phones_that_may_leave", of_the_household)
    assert squeezed(WITHHELD["phone"]) in papers_of_the_son(book, family)["referral_letter"]
