"""A risky step is tried by every door there is: handing over a child, and whatever may reach those a person fears."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import guards
from kzcase.actions.forms import blank_sheet
from kzcase.actions.packages import make_package, prepare_package
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.submissions import SentAnswers, TakeInAnswers, take_in_answers
from kzcase.db.casebook import Casebook
from kzcase.db.tables.facts import CaseFact
from kzcase.domain import errors
from kzcase.domain.case_state import facts_of
from kzcase.domain.ids import Id
from kzcase.domain.outside_papers import OFFICE
from kzcase.domain.permissions import Role
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.queries import case_states
from kzcase.queries.case_states import case_of, state_of
from tests.actions.steps import a_consent, a_partner, do
from tests.actions.test_case_facts import ADULT, CHILD, a_case, by, road, satisfy, somebody, state
from tests.db.books import founded
from tests.db.laptops import colleague, forge, give, laptop, meet, row
from tests.forms.test_set_b import HANDOVER
from tests.forms_answers import plausible_answers


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        yield made


def held(step: Callable[[], object]) -> None:
    with pytest.raises(errors.GuardHolds):
        step()


# Handing over a child


def paths(form_id: str, answers: Mapping[str, str]) -> dict[str, str]:
    by_name = {question.name: question.path for question in shipped_form(form_id).walk()}
    return {by_name[name]: value for name, value in answers.items()}


def goes_to_parents() -> dict[str, str]:
    return paths("child_handover", HANDOVER | {"conclusion": "allowed", "handed_on": "2026-11-22"})


def from_a_phone(case: str, answers: Mapping[str, str], book: Casebook) -> TakeInAnswers:
    sheet = blank_sheet(shipped_form("child_handover"), book.now(), "kk")
    sheet.load(answers)
    return TakeInAnswers([SentAnswers(sheet, "uuid:generated", case)])


def test_a_child_does_not_go_by_any_other_door(book: Casebook) -> None:
    case, allowed = a_case(book, "child", CHILD), goes_to_parents()
    said = {"act": "fact.stated", "case": case}
    with pytest.raises(errors.GuardHolds) as refused:
        do(book, fact="handed_over", **said)
    assert render(refused.value.sentence(), "en").count("proof of kinship") == 1  # two guards say the same: once
    held(lambda: do(book, fact="returned", without_us=True, **said))
    answered: dict[str, Any] = {"act": "form.answered", "case": case, "form": "child_handover"}
    held(lambda: do(book, answers=allowed, **answered))
    held(lambda: take_in_answers(book, from_a_phone(case, allowed, book)))
    waits = do(
        book, answers=allowed | paths("child_handover", {"conclusion": "postponed", "handed_on": ""}), **answered
    )
    later = paths("child_handover", {"conclusion": "allowed", "handed_on": "2026-11-22"})
    held(lambda: do(book, act="form.corrected", sheet=waits.ids["sheet"].hex(), answers=later))
    do(book, act="report.declined", case=case, ground="x", told="x")
    for reason in ("reunited", "returned"):
        closing = {"act": "case.closed", "case": case, "reason": reason, "summary": "x", "feedback_asked": True}
        held(lambda closing=closing: do(book, **closing))  # type: ignore[misc]
    do(book, **(closing | {"reason": "moved"}))


@pytest.mark.parametrize("door", ["must_be_free_to_hand_over", "must_be_free_to_close"])
def test_an_open_door_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    from kzcase.actions import cases, corrections, forms, submissions

    for module in (cases, corrections, forms, submissions, guards):
        monkeypatch.setattr(module, door, lambda *_: None, raising=False)
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        test_a_child_does_not_go_by_any_other_door(book)


def test_what_is_known_of_one_child_lets_no_other_go(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    brother = do(book, act="case.opened", kind="child", person=CHILD).ids["person"].hex()
    for fact in ("kinship_proved", "home_checked", "second_person", "handed_over"):
        with pytest.raises(errors.NotTheirCase):
            do(book, act="fact.stated", case=case, fact=fact, proof="No. 1", person=brother)
    do(book, act="fact.stated", case=case, fact="safe", person=brother)


class Office:
    """A child's case on the laptops of two colleagues, of whom one alone proved the kinship and checked the home."""

    def __init__(self, one: Casebook, other: Casebook) -> None:
        self.one, self.other = one, other
        self.case = a_case(one, "child", CHILD)
        state(one, self.case, "safe", "status_known", "kinship_proved", "home_checked")
        give(one, other)

    def second(self) -> list[bool]:
        """Whether a second person stands beside the first, as each laptop sees it."""
        found = []
        for book in (self.one, self.other):
            with book.read() as reader:
                found.append(facts_of(state_of(reader, case_of(reader, self.case)), reader.today)["second_person"])
        return found

    def statement(self, fact: str) -> Id:
        with self.one.read() as reader:
            stated = state_of(reader, case_of(reader, self.case)).statements
        return next(each.id for each in stated if each.fact == fact)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with founded(tmp_path / "one") as one:
        signs = colleague(one, Role.CASEWORKER, Role.SUPERVISOR)
        with laptop(tmp_path / "other", signs, one) as other:
            yield Office(one, other)


def forged(office: Office, way: str) -> None:
    """Whoever proved the kinship writes a second person into the casebook alone, past every check of the laptop."""
    book, colleague_id = office.one, office.other.acting.staff_id
    case = bytes.fromhex(office.case)
    with book.read() as reader:
        client = case_of(reader, office.case).client_id or b""
    if way == "a colleague's name":
        with book.write("fact.stated") as act:
            made = CaseFact(case_id=case, person_id=client, fact="second_person", happened_on="2026-11-22")
            made.stated_by, made.stated_at = colleague_id, act.now
            act.add(made)
    elif way == "a colleague's statement":
        do(office.other, act="fact.stated", case=office.case, fact="child_heard")
        give(office.other, book)
        with book.write("fact.corrected") as act:
            act.session.get_one(CaseFact, office.statement("child_heard")).fact = "second_person"
    elif way == "what a colleague took back":
        done = do(office.other, act="fact.stated", case=office.case, fact="second_person").ids["statement"]
        do(office.other, act="fact.withdrawn", statement=done.hex(), ground="Generated.")
        give(office.other, book)
        with book.write("fact.corrected") as act:
            act.session.get_one(CaseFact, done).struck = None
    else:
        values = {"case_id": case, "person_id": client, "fact": "second_person", "stated_by": colleague_id}
        forge(book, "fact.stated", [(case, row("case_facts", bytes(15) + b"2", client, **values))])  # type: ignore[arg-type]
    meet(book, office.other)


WAYS = ("a colleague's name", "a colleague's statement", "what a colleague took back", "an act by hand")


@pytest.mark.parametrize("way", WAYS)
def test_nobody_forges_a_second_person(office: Office, way: str) -> None:
    forged(office, way)
    assert office.second() == [False, False]
    held(lambda: do(office.one, act="fact.stated", case=office.case, fact="handed_over"))
    do(office.other, act="fact.stated", case=office.case, fact="second_person")
    assert office.second() == [False, True]


@pytest.mark.parametrize("way", WAYS[:3])
def test_whoever_believes_the_row_believes_the_forger(
    office: Office, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(case_states, "_signed", lambda _reader, _case, statements: statements)
    forged(office, way)
    assert any(office.second())


def test_on_two_laptops_without_a_network_a_child_still_waits_for_all_three(office: Office) -> None:
    handing = {"act": "fact.stated", "case": office.case, "fact": "handed_over"}
    held(lambda: do(office.one, **handing))
    do(office.other, act="fact.stated", case=office.case, fact="second_person")
    held(lambda: do(office.one, **handing))  # the first laptop has not heard of it
    proof = office.statement("home_checked")
    do(office.one, act="fact.withdrawn", statement=proof.hex(), ground="The uncle drinks.")
    do(office.other, **handing)  # and the second not of that
    meet(office.one, office.other)
    for book in (office.one, office.other):
        missing = {word.code for each in road(book, office.case).early for word in each.missing}
        assert "home_checked" in missing  # somebody must look


# What may reach those a person fears


def a_letter(book: Casebook, case: str, partner: str, need: str = "social_legal") -> str:
    a_consent(book, case, partner)
    letter = {"need": need, "reason": "Generated.", "language": "ru"}
    return do(book, act="referral.drafted", case=case, partner=partner, **letter).ids["referral"].hex()


def a_consulate(book: Casebook) -> str:
    return do(book, act="partner.added", name="Generated consulate", kind="consulate").ids["partner"].hex()


def an_emergency(case: str) -> dict[str, Any]:
    said = {"ground": "Generated.", "passed": "Generated.", "classes": ["identifying"], "how": "phone"}
    return {"act": "emergency.released", "case": case, "basis": "vital", **said}


def doors(book: Casebook, case: str) -> dict[str, Callable[[], object]]:
    """Every way in which something of somebody may reach their authorities or country, or they themselves go there."""
    consulate, shelter = a_consulate(book), a_partner(book)
    letter, ticket = a_letter(book, case, consulate), a_letter(book, case, shelter, "return_ticket")
    of_case = {"case": case}
    stated = {"act": "fact.stated", **of_case}
    asking = {
        "act": "tracing.asked",
        "relation": "mother",
        "new_enquirer": {"names": [{"given": "Generated"}]},
        **of_case,
    }
    archive = paths("archive_request", {"abroad": "yes", "afraid": "no", "addressee": "Generated"})
    consular = paths("consulate_letter", {"afraid": "no", "family_harm": "no", "asylum": "no", "agreed": "no"})
    came = do(book, act="referral.received", sender="Generated", partner=consulate).ids["incoming"].hex()
    asked = do(book, act="fact.stated", case=case, fact="tracing_begun", country="KZ").ids["statement"].hex()
    for form, answers in (("archive_request", archive), ("consulate_letter", consular)):
        whole = plausible_answers(shipped_form(form)) | answers
        do(book, act="form.answered", form=form, answers=whole, **of_case)

    def printed(paper: str, **more: str) -> Callable[[], object]:
        return lambda: print_paper(book, WantedPaper(paper, "ru", case, **more))  # type: ignore[arg-type]

    return {
        "a letter sent": lambda: do(book, act="referral.sent", referral=letter, how="post"),
        "the letter printed": printed("referral_letter", number=letter),
        "a package": lambda: make_package(book, prepare_package(book, letter), "ru"),
        "a form in the file": printed("consulate_letter", to=OFFICE),
        "a form for somebody": printed("consulate_letter", to=consulate),
        "any form for a consulate": printed("archive_request", to=consulate),
        "an archive abroad": printed("archive_request", to=OFFICE),
        "an emergency": lambda: do(book, partner=consulate, **an_emergency(case)),
        "a ticket home": lambda: do(book, act="referral.sent", referral=ticket, how="post"),
        "a consulate that asks": lambda: do(
            book, act="referral.decided", incoming=came, state="accepted", on="2026-11-22", **of_case
        ),
        "tracing abroad": lambda: do(book, country="UZ", **asking),
        "the search begun abroad": lambda: do(book, fact="tracing_begun", country="UZ", **stated),
        "the search moved abroad": lambda: do(book, act="fact.corrected", statement=asked, country="UZ"),
        "an inquiry": lambda: do(book, fact="inquiry_sent", country="UZ", **stated),
        "a journey home": lambda: do(book, fact="return_prepared", country="UZ", **stated),
        "a return": lambda: do(book, fact="returned", country="UZ", **stated),
    }


def test_fear_is_asked_before_every_step_that_may_reach_their_country(book: Casebook) -> None:
    case = a_case(book, "trafficking", ADULT)
    ways = doors(book, case)
    for said in ("", "fear_stated"):
        if said:
            state(book, case, said)
        for name, way in ways.items():
            with pytest.raises(errors.GuardHolds):
                way()
                pytest.fail(f"{name} went through")


def test_a_lawyer_clears_each_journey_for_itself(book: Casebook) -> None:
    """A way home was cleared, and is taken; to a third country it is another step."""
    case = a_case(book, "trafficking", ADULT)
    do(book, act="fact.stated", case=case, fact="return_wished")
    satisfy(book, case, "return_assessed")
    lawyer = somebody(book, Role.LAWYER, Role.SUPERVISOR)
    by(book, lawyer, act="step.cleared", case=case, step="return_home")
    stated = {"act": "fact.stated", "case": case, "fact": "return_prepared"}
    held(lambda: do(book, country="RU", **stated))
    home = do(book, country="UZ", **stated).ids["statement"].hex()
    held(lambda: do(book, act="fact.corrected", statement=home, country="RU"))
    do(book, act="fact.corrected", statement=home, on="2026-11-20")


def test_without_fear_the_same_ways_are_free(book: Casebook) -> None:
    case = a_case(book, "trafficking", ADULT)
    ways = doors(book, case)
    state(book, case, "no_fear")
    free = ("a letter sent", "the letter printed", "an archive abroad", "a consulate that asks", "an inquiry")
    for name in (*free, "an emergency"):
        ways[name]()
    for name in ("tracing abroad", "the search begun abroad", "the search moved abroad"):
        ways[name]()


def told(book: Casebook, **act: Any) -> list[tuple[str, str]]:
    """Where an act that was taken warns, and in which words."""
    return [(each.place, render(each.what, "en")) for each in do(book, **act).warned]


def test_what_will_not_leave_yet_says_so_when_it_is_written(book: Casebook) -> None:
    case = a_case(book, "trafficking", ADULT)
    consulate, shelter = a_consulate(book), a_partner(book)
    letter = {"act": "referral.drafted", "case": case, "reason": "Generated.", "language": "ru"}
    agreed = {"act": "consent.given", "case": case, "purpose": "referral", "classes": ["identifying"], "language": "ru"}
    home = {"partner": shelter, "need": "return_ticket", **letter}
    to_them = ({"partner": consulate, **agreed}, {"partner": consulate, "need": "social_legal", **letter})
    for said in ("", "fear_stated"):
        if said:
            state(book, case, said)
        for act in (*to_them, home):
            ((place, words),) = told(book, **act)
            assert (place, "will not leave before" in words) == ("partner", True)
        ((place, words),) = told(book, recipient="Generated", **an_emergency(case))
        assert (place, "belongs to the authorities" in words) == ("recipient", True)
    for act in ({"partner": shelter, **agreed}, {"partner": shelter, "need": "social_legal", **letter}):
        assert told(book, **act) == []
    assert told(book, partner=consulate, state="refused", **agreed) == []
    assert told(book, partner=shelter, **an_emergency(case)) == []


@pytest.mark.parametrize("decision", ["given", "refused"])
def test_a_consent_from_a_form_or_corrected_warns_as_one_that_was_typed(book: Casebook, decision: str) -> None:
    case, consulate = a_case(book, "trafficking", ADULT), a_consulate(book)
    answers = {
        "before/recipient": "Generated consulate",
        "before/purpose": "referral",
        "what/share_identifying": "yes",
        "decision_part/decision": decision,
    }
    form = {"act": "form.answered", "case": case, "form": "consent_sharing", "language": "kk", "answers": answers}
    sheet = do(book, **form).ids["sheet"].hex()
    said = told(book, act="consent.recorded", sheet=sheet, partner=consulate)
    assert [place for place, _words in said] == (["partner"] if decision == "given" else [])
    assert all("will not leave before" in words for _place, words in said)
    consent = a_consent(book, case, a_partner(book))
    correction = {"act": "consent.corrected", "consent": consent, "ground": "Generated."}
    assert told(book, classes=["contact"], **correction) == []
    ((place, words),) = told(book, partner=consulate, **correction)
    assert (place, "will not leave before" in words) == ("partner", True)


def test_without_fear_nothing_warns(book: Casebook) -> None:
    case, consulate = a_case(book, "trafficking", ADULT), a_consulate(book)
    state(book, case, "no_fear")
    letter = {"act": "referral.drafted", "case": case, "reason": "Generated.", "language": "ru"}
    assert told(book, partner=consulate, need="social_legal", **letter) == []
    assert told(book, recipient="Generated", **an_emergency(case)) == []
