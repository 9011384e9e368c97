"""Guards that were got around by the order of acts: a word given before the proof, a partner that is something else for
a moment, a date of birth that is changed and changed back, a letter that is out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import guards
from kzcase.actions.perform import perform, read_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES, render
from kzcase.queries import case_states
from tests.actions.steps import a_consent, a_draft, do
from tests.actions.teams import Team, team
from tests.actions.test_case_facts import CHILD, road

SUPERVISOR = (Role.SUPERVISOR, Role.CASEWORKER)
PROOF = {"act": "fact.stated", "fact": "kinship_proved", "proof": "Generated certificate"}
HOME = {"act": "fact.stated", "fact": "home_checked", "proof": "Generated visit"}
SECOND = {"act": "fact.stated", "fact": "second_person"}
HANDING = {"act": "fact.stated", "fact": "handed_over"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Team]:
    """The case is a child's, and the caseworker's."""
    with team(tmp_path, "su", "cw", roles={"su": SUPERVISOR}) as made:
        opened = {"act": "case.opened", "kind": "child", "person": CHILD}
        made.case = do(made.books["cw"], **opened).ids["case"].hex()
        made.meet()
        yield made


def says(book: Casebook, what: type[errors.KzcaseError] = errors.GuardHolds, /, **act: Any) -> str:
    with pytest.raises(what) as refused:
        do(book, **act)
    return render(refused.value.sentence(), "en")


def both_proved(office: Team) -> str:
    """Kinship and home by the caseworker; the statement of kinship."""
    kinship = do(office.books["cw"], case=office.case, **PROOF).ids["statement"].hex()
    do(office.books["cw"], case=office.case, **HOME)
    office.meet()
    return kinship


# The second person


def test_a_second_person_confirms_nothing_before_it_is_proved(office: Team) -> None:
    su, cw, case = office.books["su"], office.books["cw"], office.case
    said = says(su, case=case, **SECOND)
    assert "kinship" in said
    assert "comes first" in said
    both_proved(office)
    do(su, case=case, **SECOND)
    office.meet()
    do(cw, case=case, **HANDING)
    assert not road(cw, case).early


def another_proof(office: Team, book: Casebook, kinship: str) -> None:
    done = do(book, act="fact.withdrawn", statement=kinship, ground="Forged.")
    assert [each.warning for each in done.warned] == ["once_more"]
    do(book, case=office.case, **(PROOF | {"proof": "a neighbour says so"}))


def corrected_proof(office: Team, book: Casebook, kinship: str) -> None:
    done = do(book, act="fact.corrected", statement=kinship, proof="a neighbour says so")
    assert [each.warning for each in done.warned] == ["once_more"]


@pytest.mark.parametrize("change", [another_proof, corrected_proof])
def test_the_word_of_a_second_person_does_not_outlive_the_proof(office: Team, change: Any) -> None:
    su, cw, case = office.books["su"], office.books["cw"], office.case
    kinship = both_proved(office)
    do(su, case=case, **SECOND)
    office.meet()
    change(office, cw, kinship)
    assert "second person" in says(cw, case=case, **HANDING)
    office.meet()
    do(su, case=case, **SECOND)
    office.meet()
    do(cw, case=case, **HANDING)


def test_what_was_handed_over_elsewhere_does_not_count_when_the_laptops_meet(office: Team) -> None:
    """One laptop changes the proof while another, which knows of the old one alone, hands over."""
    su, cw, case = office.books["su"], office.books["cw"], office.case
    kinship = both_proved(office)
    do(su, case=case, **SECOND)
    office.meet()
    do(su, case=case, **HANDING)
    corrected_proof(office, cw, kinship)
    office.meet()
    for book in (su, cw):
        assert "second_person" in {word.code for each in road(book, case).early for word in each.missing}


def test_whoever_wrote_the_proof_anew_is_not_the_second_person(office: Team) -> None:
    su, case = office.books["su"], office.case
    kinship = both_proved(office)
    do(su, act="fact.corrected", statement=kinship, proof="a neighbour says so")
    says(su, errors.SecondPerson, case=case, **SECOND)


def test_canary_without_the_order_the_old_word_counts(office: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    su, cw, case = office.books["su"], office.books["cw"], office.case
    kinship = both_proved(office)
    do(su, case=case, **SECOND)
    office.meet()
    corrected_proof(office, cw, kinship)
    monkeypatch.setattr(case_states, "_since", lambda *_given: 0)
    do(cw, case=case, **HANDING)


# Home without us


def returned(book: Casebook, case: str) -> Done:
    return do(book, act="fact.stated", case=case, fact="returned", without_us=True, country="UZ")


def born(book: Casebook, case: str, birth: str) -> None:
    with book.read() as reader:
        person = case_states.case_of(reader, case).client_id
    do(book, act="person.corrected", person=(person or b"").hex(), birth=birth)


def test_no_date_of_birth_makes_an_adult_of_a_child_that_goes_home(office: Team) -> None:
    cw, case = office.books["cw"], office.case
    born(cw, case, "1990")
    with pytest.raises(errors.GuardHolds) as refused:
        returned(cw, case)
    assert "come of age" in render(refused.value.sentence(), "en")
    closing = {"act": "case.closed", "case": case, "reason": "returned", "summary": "x", "feedback_asked": True}
    assert "come of age" in says(cw, **closing)
    do(office.books["su"], act="fact.confirmed", case=case, fact="supervisor_confirmed", ground="Passport seen.")
    office.meet()
    returned(cw, case)


def test_a_return_by_others_closes_no_case_of_a_child(office: Team) -> None:
    cw, case = office.books["cw"], office.case
    born(cw, case, "1990")
    do(office.books["su"], act="fact.confirmed", case=case, fact="supervisor_confirmed", ground="Passport seen.")
    office.meet()
    returned(cw, case)
    born(cw, case, "2016-03")
    closing = {"act": "case.closed", "case": case, "reason": "returned", "summary": "x", "feedback_asked": True}
    assert "kinship" in says(cw, **closing)


def test_canary_by_the_date_of_birth_alone_a_child_goes(office: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    cw, case = office.books["cw"], office.case
    born(cw, case, "1990")
    monkeypatch.setattr(guards, "_as_a_child", lambda _case, facts: bool(facts.get("is_child")))
    returned(cw, case)


# Consulates


def a_consulate(book: Casebook) -> str:
    return do(book, act="partner.added", name="Generated consulate", kind="consulate").ids["partner"].hex()


@pytest.fixture
def adult(office: Team) -> str:
    case = do(office.books["cw"], act="case.opened", kind="trafficking", person=CHILD | {"birth": "1990"})
    return case.ids["case"].hex()


def test_one_person_alone_makes_nothing_else_of_a_consulate(office: Team) -> None:
    cw, su = office.books["cw"], office.books["su"]
    consulate = a_consulate(cw)
    for kind in ("other", "family"):
        said = says(cw, errors.KindNotChanged, act="partner.changed", partner=consulate, kind=kind)
        assert "supervisor" in said
    do(cw, act="partner.changed", partner=consulate, kind="consulate", phone="+77010000000")
    made = do(cw, act="partner.added", name="Generated other", kind="other").ids["partner"].hex()
    change = do(cw, act="partner.changed", partner=made, kind="consulate").act.hex()
    says(cw, errors.KindNotChanged, act="act.undone", of=change)
    office.meet()
    do(su, act="partner.changed", partner=consulate, kind="other")


def disputed(office: Team, case: str) -> str:
    """A letter to a partner of whom two laptops say different things: consulate, and later something harmless."""
    cw, su = office.books["cw"], office.books["su"]
    partner = do(cw, act="partner.added", name="Generated", kind="ngo").ids["partner"].hex()
    a_consent(cw, case, partner)
    letter = a_draft(cw, case, partner)
    office.meet()
    do(su, act="partner.changed", partner=partner, kind="consulate")
    do(cw, act="partner.changed", partner=partner, kind="other")
    office.meet()
    return letter


def test_where_laptops_disagree_what_a_partner_is_the_careful_answer_holds(office: Team, adult: str) -> None:
    cw = office.books["cw"]
    letter = disputed(office, adult)
    do(cw, act="fact.stated", case=adult, fact="fear_stated")
    says(cw, act="referral.sent", referral=letter, how="post")


def test_canary_by_the_kind_that_is_shown_the_letter_goes(
    office: Team, adult: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cw = office.books["cw"]
    letter = disputed(office, adult)
    do(cw, act="fact.stated", case=adult, fact="fear_stated")
    monkeypatch.setattr(guards, "_steps_to", lambda _act, partner: (guards._OF_PARTNERS.get(partner.kind or ""),))
    do(cw, act="referral.sent", referral=letter, how="post")


# Letters that are out


def a_letter_out(book: Casebook, case: str) -> str:
    do(book, act="fact.stated", case=case, fact="no_fear")
    consulate = a_consulate(book)
    a_consent(book, case, consulate)
    letter = a_draft(book, case, consulate)
    do(book, act="referral.sent", referral=letter, how="post")
    return letter


def test_a_letter_that_is_out_is_named_when_fear_is_stated_and_is_not_chased(office: Team, adult: str) -> None:
    cw = office.books["cw"]
    letter = a_letter_out(cw, adult)
    do(cw, act="referral.chased", referral=letter)
    (warned,) = do(cw, act="fact.stated", case=adult, fact="fear_stated").warned
    assert warned.warning == "is_out"
    assert all("-R" in render(warned.what, language) for language in LANGUAGES)
    says(cw, act="referral.chased", referral=letter, how="email")
    (came,) = do(cw, act="referral.followed", referral=letter, state="accepted").warned
    assert came.warning == "is_out"
    taken = do(cw, act="referral.followed", referral=letter, state="revoked")
    assert not taken.warned, "it ends here: nobody asks there again"


def test_canary_unasked_it_is_chased(office: Team, adult: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cw = office.books["cw"]
    letter = a_letter_out(cw, adult)
    do(cw, act="fact.stated", case=adult, fact="fear_stated")
    monkeypatch.setattr("kzcase.actions.referral_steps.must_be_free_to_write", lambda *_given: None)
    do(cw, act="referral.chased", referral=letter, how="email")


# The language of a refusal


def refusal(book: Casebook, case: str) -> dict[str, str]:
    answers = {"receiver/to_kind": "parent", "conclusion_part/conclusion": "allowed"}
    wish = {"act": "form.answered", "case": case, "form": "child_handover", "answers": answers}
    with pytest.raises(errors.AnswersWrong) as refused:
        perform(book, read_act(wish, "[0]"), "[0]")
    (wrong,) = [each for each in refused.value.problems if each.place.endswith("conclusion")]
    return {language: render(wrong.sentence(), language) for language in LANGUAGES}


def test_a_form_refuses_in_the_language_of_whoever_reads_it(office: Team) -> None:
    said = refusal(office.books["cw"], office.case)
    assert len(set(said.values())) == 3
    assert "Туыстық" in said["kk"]
    assert "родств" in said["ru"]
    assert "kinship" in said["en"].lower()
