"""Facts of a case: every road is walked by doing what the page says is missing, and guards hold risky steps back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.desk import add_staff_rows
from kzcase.actions.guards import must_be_free_to_print
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.rulebook import baseline
from kzcase.domain import errors
from kzcase.domain.case_facts import FACT_KINDS, FILINGS
from kzcase.domain.case_state import CaseState, Statement, facts_of
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Permission, Role
from kzcase.domain.road_rows import RoadRow, StandingRow
from kzcase.forms.definition import QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.journal.authority import may_touch
from kzcase.keys.identity import Identity
from kzcase.queries.case_states import case_of
from kzcase.queries.roads import where_it_stands
from tests.actions.steps import a_consent, a_draft, a_partner, do
from tests.db.books import KEY, founded
from tests.forms_answers import plausible_answers

ADULT = {"names": [{"family": "Каримова", "given": "Дильноза"}], "birth": "1984-05", "citizenships": ["UZ"]}
CHILD = {"names": [{"given": "Generated"}], "birth": "2015-05", "citizenships": ["UZ"]}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        yield made


def a_case(book: Casebook, kind: str = "trafficking", person: dict[str, Any] = ADULT) -> str:
    return do(book, act="case.opened", kind=kind, person=person).ids["case"].hex()


def weigh(book: Casebook, case: str, filing: str, decision: str = "file", **more: Any) -> None:
    said = {"authority": "Generated", "learns": "Generated.", "decided_with": "person", "ground": "Generated."}
    do(book, act="visibility.weighed", case=case, step=filing, decision=decision, **said, **more)


def state(book: Casebook, case: str, *facts: str, **more: Any) -> None:
    for fact in facts:
        if fact in FILINGS and not more.get("without_us"):
            weigh(book, case, fact)
        proof = {"proof": "No. 1"} if FACT_KINDS[fact].proof else {}
        do(book, act="fact.stated", case=case, fact=fact, **proof, **more)


def standing(book: Casebook, case: str) -> StandingRow:
    with book.read() as reader:
        return where_it_stands(reader, case, "en")


def road(book: Casebook, case: str, track: str = "") -> RoadRow:
    return next(each for each in standing(book, case).roads if each.id == track)


def held(book: Casebook, /, **act: Any) -> str:
    """What a step that has to wait says."""
    with pytest.raises(errors.GuardHolds) as refused:
        do(book, **act)
    return render(refused.value.sentence(), "en")


def somebody(book: Casebook, *roles: Role) -> Identity:
    identity = Identity.fresh(new_id(), f"Colleague {len(roles)}{new_id().hex()[:4]}")
    with book.write("staff.added") as act:
        add_staff_rows(act, identity, roles)
    return identity


def by(book: Casebook, who: Identity, **act: Any) -> None:
    """Somebody else does it at the same laptop."""
    own = book._identity
    path, clock = book.folder.path, book._clock
    book.close()
    with Casebook.open(path, Opening(KEY, who, clock)) as theirs:
        try:
            perform(theirs, read_act(act, "[0]"), "[0]")
        finally:
            theirs.close()
            book.__dict__.update(Casebook.open(path, Opening(KEY, own, clock)).__dict__)


# Walking


FORMS = {code: kind.forms[0] for code, kind in FACT_KINDS.items() if kind.forms and not kind.stated}


def vetted_request(book: Casebook, case: str) -> str:
    who = {"names": [{"given": "Generated"}]}
    made = do(book, act="tracing.asked", case=case, relation="mother", new_enquirer=who).ids["tracing"].hex()
    checked = {"identity": "seen", "kinship": "seen", "motive": "Generated.", "danger": "no"}
    do(book, act="enquirer.vetted", tracing=made, **checked)
    return made


def agree(book: Casebook, case: str) -> None:
    """Somebody is found, and agrees."""
    request = vetted_request(book, case)
    person = do(book, act="case.opened", kind="stranded", person=ADULT).ids["person"]
    do(book, act="match.decided", tracing=request, person=person.hex(), found=True)
    do(book, act="found.answered", tracing=request, person=person.hex(), answer="yes")


def fill(book: Casebook, case: str, form_id: str) -> None:
    form = shipped_form(form_id)
    said = plausible_answers(form) or {next(q.path for q in form.walk() if q.kind is QuestionKind.TEXT): "x"}
    do(book, act="form.answered", case=case, form=form.id, answers=said)


def satisfy(book: Casebook, case: str, fact: str) -> None:
    """Do what makes a fact true, as somebody would who reads the page."""
    kind = FACT_KINDS[fact]
    if fact == "closed":
        closing = {"reason": "goals_reached", "summary": "Generated.", "feedback_asked": True}
        do(book, act="case.closed", case=case, **closing)
    elif fact == "consented":
        a_consent(book, case, a_partner(book, f"Generated {case[:6]}"))
    elif fact in FORMS:
        fill(book, case, FORMS[fact])
    elif fact == "enquirer_vetted":
        vetted_request(book, case)
    elif fact == "found_agreed":
        agree(book, case)
    elif kind.by is Permission.CONFIRM_FACTS:
        do(book, act="fact.confirmed", case=case, fact=fact, ground="Generated.")
    else:
        state(book, case, fact)


def wanted(row: RoadRow) -> list[str]:
    """What the next stage and its guards wait for; of several that are each enough the first."""
    guarded = [word for each in row.held for word in (*each.missing, *each.one_of[:1])]
    return list(dict.fromkeys(word.code for word in (*guarded, *row.missing, *row.one_of[:1])))


@pytest.mark.parametrize("kind", sorted(baseline().pathways))
def test_every_road_is_walked_to_its_end_by_doing_what_is_missing(book: Casebook, kind: str) -> None:
    case = a_case(book, kind)
    state(book, case, "police_consented", "follow_up_consented", "safe_channel", "no_fear")
    if kind == "stranded":
        satisfy(book, case, "screened")
    passed = [road(book, case).stage_id]
    while passed[-1] != "closed":
        for fact in wanted(road(book, case)):
            if fact not in {word.code for word in road(book, case).reasons}:
                satisfy(book, case, fact)
        now = road(book, case).stage_id
        assert now != passed[-1], (passed, wanted(road(book, case)))
        passed.append(now)
    needed = [stage.id for stage in baseline().pathways[kind].stages if not stage.optional]
    assert [stage for stage in passed if stage in needed] == [s for s in needed if s in passed]
    assert len(passed) > 3


def test_a_search_is_published_after_an_agreement_and_by_nobody_unchecked(book: Casebook) -> None:
    case = a_case(book, "missing")
    publish = {"act": "fact.stated", "case": case, "fact": "search_published"}
    assert "check who is asking" in held(book, **publish)
    vetted_request(book, case)
    assert "agreement on what may be shown" in held(book, **publish)
    state(book, case, "sharing_consented")
    do(book, **publish)
    satisfy(book, case, "own_records_searched")
    assert road(book, case).stage_id == "searching"


TRACKS_DONE = {
    "criminal": "crime_reported crime_registered investigation_begun case_in_court verdict_given",
    "compensation": "compensation_possible compensation_claimed compensation_granted compensation_paid",
    "stay": "stay_checked stay_lawful safeguard_asked permit_claimed permit_granted",
    "documents": "documents_asked documented",
    "return": "return_wished return_assessed return_prepared returned return_received",
    "wages": "wage_calculated wage_claimed inspectorate_told wage_in_court wage_recovered",
}
"""What is done on each track, one after the other, by somebody who asked beforehand what guards want."""


@pytest.mark.parametrize("track", [track.id for track in baseline().pathways["trafficking"].tracks])
def test_every_track_is_walked_beside_the_road_by_doing_it(book: Casebook, track: str) -> None:
    case = a_case(book)
    satisfy(book, case, "consented")
    state(book, case, "police_consented", "no_fear")
    passed = []
    for fact in TRACKS_DONE[track].split():
        satisfy(book, case, fact)
        passed.append(road(book, case, track).stage_id)
    known = baseline().pathways["trafficking"].track(track)
    assert known is not None
    wanted = [stage.id for stage in known.stages[1:] if not stage.optional]
    assert [stage for stage in dict.fromkeys(passed) if stage in wanted] == wanted


def test_every_track_there_is_stands_beside_that_road() -> None:
    beside = {track.id for road in baseline().pathways.values() for track in road.tracks}
    assert beside == set(TRACKS_DONE) == {track.id for track in baseline().pathways["trafficking"].tracks}


def test_the_list_shows_the_stage_that_was_walked_to(book: Casebook) -> None:
    from kzcase.queries.cases import case_list

    case = a_case(book, "asylum")
    state(book, case, "confidentiality_told")
    satisfy(book, case, "consented")
    state(book, case, "asylum_sought", on="2026-11-20")
    with book.read() as reader:
        assert [row.stage for row in case_list(reader)] == ["application"]
    clocks = {render(clock.name, "en"): clock for clock in standing(book, case).clocks}
    late = next(clock for clock in clocks.values() if clock.explained and clock.last_day)
    assert any("20.11.2026" in render(words, "en") for words in late.explained)


# Guards


@pytest.mark.parametrize(("kind", "filing"), [("asylum", "asylum_sought"), ("child", "documents_asked")])
def test_each_filing_is_weighed_anew_with_the_person_first(book: Casebook, kind: str, filing: str) -> None:
    case = a_case(book, kind)
    state(book, case, "confidentiality_told", "no_fear")
    satisfy(book, case, "consented")
    stated = {"act": "fact.stated", "case": case, "fact": filing}
    with pytest.raises(errors.NotFiledYet):
        do(book, **stated)
    weigh(book, case, "loss_reported")  # another filing says nothing about this one
    weigh(book, case, filing, "wait")
    with pytest.raises(errors.NotFiledYet):
        do(book, **stated)
    weigh(book, case, filing)
    do(book, **stated)
    with pytest.raises(errors.NotFiledYet):
        do(book, **stated)  # the next one shows them again
    do(book, **stated, without_us=True)


def test_what_was_weighed_says_who_decided_and_is_asked_of_every_word(book: Casebook) -> None:
    case = a_case(book, "stateless")
    weigh(book, case, "filed", "do_not_file", relatives="Generated brother without papers")
    (row,) = [each for each in standing(book, case).stated if each.fact == "visibility_weighed"]
    assert (row.decision, row.decided_with, row.relatives, row.addressee, row.source) == (
        *("do_not_file", "person", "Generated brother without papers"),
        *("Generated", "Generated."),
    )
    said = {"act": "visibility.weighed", "case": case, "step": "filed", "authority": "x", "learns": "y"}
    for wrong, error in (
        ({"step": "screened", "decision": "file", "decided_with": "person"}, errors.UnknownCode),
        ({"decision": "wait", "decided_with": "person"}, errors.FieldMissing),
        ({"decision": "file", "decided_with": "nobody"}, errors.UnknownCode),
        ({"decision": "file", "decided_with": "person", "learns": " "}, errors.WrongShape),
    ):
        with pytest.raises(error):
            do(book, **(said | wrong))


def test_what_is_no_fact_or_step_is_told_where_they_are_listed(book: Casebook) -> None:
    with pytest.raises(errors.UnknownCode) as refused:
        do(book, act="fact.stated", case=a_case(book, "stateless"), fact="nothing")
    for wrong in (refused.value, errors.UnknownCode(list="step", code="nothing")):
        said = render(wrong.sentence(), "en")
        assert "`kzcase case stands`" in said
        assert "kzcase codes" not in said, "there is no list of codes of this name"


def test_fear_comes_before_a_letter_to_a_consulate(book: Casebook) -> None:
    case = a_case(book)
    partner = do(book, act="partner.added", name="Generated", kind="consulate").ids["partner"].hex()
    a_consent(book, case, partner)
    letter = {"act": "referral.sent", "referral": a_draft(book, case, partner), "how": "in_person"}
    assert "fears their authorities" in held(book, **letter)
    state(book, case, "fear_stated")
    assert "lawyer" in held(book, **letter)
    lawyer = somebody(book, Role.LAWYER, Role.SUPERVISOR)
    by(book, lawyer, act="step.cleared", case=case, step="return_home")
    held(book, **letter)  # another step was cleared
    by(book, lawyer, act="step.cleared", case=case, step="consulate_letter")
    do(book, **letter)


def test_asylum_closes_the_way_to_the_consulate_even_after_a_clearance(book: Casebook) -> None:
    case = a_case(book)
    partner = do(book, act="partner.added", name="Generated", kind="consulate").ids["partner"].hex()
    a_consent(book, case, partner)
    by(book, somebody(book, Role.LAWYER, Role.SUPERVISOR), act="step.cleared", case=case, step="consulate_letter")
    state(book, case, "asylum_sought", without_us=True)
    letter = {"act": "referral.sent", "referral": a_draft(book, case, partner), "how": "in_person"}
    assert "asylum" in held(book, **letter)


@pytest.mark.parametrize(
    ("kind", "fact", "more"),
    [
        ("missing", "tracing_begun", {"country": "UZ"}),
        ("missing", "search_published", {}),
        ("stateless", "inquiry_sent", {"country": "UZ"}),
        ("trafficking", "return_prepared", {"country": "UZ"}),
        ("trafficking", "followed_up", {}),
        ("trafficking", "crime_reported", {}),
        ("child", "placed", {}),
    ],
)
def test_a_risky_step_of_ours_waits_and_what_happened_without_us_is_written_down(
    book: Casebook, kind: str, fact: str, more: dict[str, Any]
) -> None:
    case = a_case(book, kind)
    held(book, act="fact.stated", case=case, fact=fact, **more)
    do(book, act="fact.stated", case=case, fact=fact, without_us=True, **more)


def test_a_child_is_handed_over_only_with_kinship_safety_and_a_second_person(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    handing = {"act": "fact.stated", "case": case, "fact": "handed_over"}
    assert "kinship" in held(book, **handing)
    held(book, without_us=True, **handing)  # a child goes with us or not at all
    state(book, case, "kinship_proved", "home_checked")
    with pytest.raises(errors.SecondPerson):
        state(book, case, "second_person")
    assert "second person" in held(book, **handing)
    second = somebody(book, Role.CASEWORKER, Role.SUPERVISOR)
    by(book, second, act="fact.stated", case=case, fact="second_person")
    do(book, **handing)
    assert not road(book, case).happened


def test_the_paper_of_handing_over_waits_as_well_and_so_does_a_letter_to_the_consulate(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    to_parents = {"receiver/to_kind": "parent", "conclusion_part/conclusion": "allowed"}
    with book.read() as reader:
        row = case_of(reader, case)
        for form, answers in (("child_handover", to_parents), ("consulate_letter", {})):
            with pytest.raises(errors.GuardHolds):
                must_be_free_to_print(reader, row, form, answers)
        to_a_centre = to_parents | {"receiver/to_kind": "centre"}
        must_be_free_to_print(reader, row, "child_handover", to_a_centre)
    form = shipped_form("child_handover")
    assert {"receiver/to_kind", "conclusion_part/conclusion"} <= {question.path for question in form.walk()}


def one(fact: str, by: bytes, at: str = "1", right: Permission = Permission.WORK_ON_CASES) -> Statement:
    return Statement(id=fact.encode(), fact=fact, by=by, at=at, right=right)


def test_on_two_laptops_one_person_never_becomes_the_second() -> None:
    """Offline each laptop may have let something through; together the facts still ask for two people."""
    a, b = b"a" * 16, b"b" * 16
    alone = (one("kinship_proved", a), one("home_checked", a), one("second_person", a))
    assert facts_of(CaseState(statements=alone))["second_person"] is False
    assert facts_of(CaseState(statements=(*alone[:2], one("second_person", b))))["second_person"]
    mixed = (one("kinship_proved", a), one("home_checked", b), one("second_person", b))
    assert facts_of(CaseState(statements=mixed))["second_person"] is False


def test_the_order_of_entering_opens_no_guard(book: Casebook) -> None:
    case = a_case(book)
    plan = {"act": "fact.stated", "case": case, "fact": "planned"}
    assert "First explain the rights" in held(book, **plan), "also while nothing is agreed yet"
    assert "A supervisor must confirm" in held(book, act="fact.stated", case=case, fact="grounds_found")
    a_consent(book, case, a_partner(book))
    fill(book, case, "individual_plan")
    waits = road(book, case)
    assert waits.stage_id == "signal", "a paper that is filled in is kept, and moves nothing"
    missing = {word.code for each in waits.early for word in each.missing}
    assert missing == {"rights_explained", "supervisor_confirmed"}
    state(book, case, "rights_explained")
    do(book, act="fact.confirmed", case=case, fact="supervisor_confirmed")
    assert road(book, case).stage_id == "plan"


def test_what_others_did_stands_on_the_road_and_somebody_must_look(book: Casebook) -> None:
    case = a_case(book)
    a_consent(book, case, a_partner(book))
    state(book, case, "planned", without_us=True)
    found = road(book, case)
    assert found.stage_id == "plan"
    assert "rights_explained" in {word.code for each in found.happened for word in each.missing}


def test_what_was_withdrawn_elsewhere_meanwhile_is_shown(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    state(book, case, "safe", "status_known", "kinship_proved", "home_checked")
    by(book, somebody(book, Role.CASEWORKER, Role.SUPERVISOR), act="fact.stated", case=case, fact="second_person")
    do(book, act="fact.stated", case=case, fact="handed_over")
    proof = next(row for row in standing(book, case).stated if row.fact == "kinship_proved")
    do(book, act="fact.withdrawn", statement=proof.id, ground="Generated.")
    early = road(book, case).early
    assert [word.code for each in early for word in each.missing] == [
        "kinship_proved",
        "second_person",
    ]


# Who may say what


def test_what_is_read_off_the_case_cannot_be_stated(book: Casebook) -> None:
    case = a_case(book)
    for fact in ("opened", "consented", "closed", "is_child", "report_made"):
        with pytest.raises(errors.NotStated):
            do(book, act="fact.stated", case=case, fact=fact)
    with pytest.raises(errors.FactNeeds):
        do(book, act="fact.stated", case=case, fact="kinship_proved")


def test_only_a_lawyer_clears_and_only_a_supervisor_confirms(book: Casebook) -> None:
    case, worker = a_case(book), somebody(book, Role.CASEWORKER)
    do(book, act="case.assigned", case=case, worker=worker.staff_id.hex())
    for act in (
        {"act": "step.cleared", "case": case, "step": "consulate_letter"},
        {"act": "fact.confirmed", "case": case, "fact": "supervisor_confirmed"},
        {"act": "report.declined", "case": case, "ground": "x", "told": "x"},
    ):
        with pytest.raises(errors.NotAllowed):
            by(book, worker, **act)
    with pytest.raises(errors.NotAllowed):  # nor by another door
        do(book, act="fact.stated", case=case, fact="lawyer_cleared")


def test_a_clearance_counts_only_where_a_lawyer_signs() -> None:
    forged = Statement(id=b"1", fact="lawyer_cleared", step="consulate_letter", by=b"x")
    assert "lawyer_cleared@consulate_letter" not in facts_of(CaseState(statements=(forged,)))
    signed = Statement(id=b"1", fact="lawyer_cleared", step="consulate_letter", right=Permission.CLEAR_STEPS)
    assert facts_of(CaseState(statements=(signed,)))["lawyer_cleared@consulate_letter"]
    assert may_touch("step.cleared", "case_clearances")
    for kind in ("fact.stated", "act.undone", "note.added", "fact.confirmed"):
        assert not may_touch(kind, "case_clearances")
        assert may_touch(kind, "case_confirmations") is (kind == "fact.confirmed")


def test_who_does_not_see_sensitive_things_sees_no_fear(book: Casebook) -> None:
    case, shelter = a_case(book), somebody(book, Role.SHELTER)
    state(book, case, "fear_stated", "safe")
    do(book, act="case.assigned", case=case, worker=shelter.staff_id.hex())
    path, clock = book.folder.path, book._clock
    book.close()
    with Casebook.open(path, Opening(KEY, shelter, clock)) as theirs, theirs.read() as reader:
        seen = where_it_stands(reader, case, "en")
    assert {row.fact for row in seen.stated} == {"safe"}
    assert "fear" not in {word.code for word in seen.offered} | {w.code for h in seen.held for w in h.missing}
    assert not {"no_fear", "fear_stated"} & {word.code for held in seen.held for word in (*held.missing, *held.one_of)}


# The course of a case


def test_suspended_taken_up_closed_and_reopened(book: Casebook) -> None:
    case = a_case(book)
    do(book, act="case.suspended", case=case, reason="Generated.")
    assert road(book, case).stage_id == "suspended"
    with pytest.raises(errors.AlreadySuspended):
        do(book, act="case.suspended", case=case, reason="Generated.")
    do(book, act="case.resumed", case=case)
    assert road(book, case).stage_id == "signal"
    do(book, act="closing.begun", case=case)
    assert road(book, case).stage_id == "closing"
    closing = {"act": "case.closed", "case": case, "reason": "goals_reached"}
    assert "summary" in held(book, **closing)
    task = do(book, act="task.added", case=case, title="x", due="2026-12-01").ids["task"].hex()
    whole = closing | {"summary": "x", "feedback_asked": True}
    assert "no task is open" in held(book, **whole)
    do(book, act="task.done", task=task)
    do(book, **whole)
    assert road(book, case).stage_id == "closed"
    do(book, act="case.reopened", case=case, reason="Generated.")
    assert road(book, case).stage_id == "reopened"
    assert [row.said.msgid for row in standing(book, case).stated if row.fact == "reopened"]


def test_contact_is_lost_only_after_three_attempts_that_were_allowed(book: Casebook) -> None:
    person = ADULT | {"phones": [{"number": "+7 700 000 00 01", "safe": "text_only"}]}
    case = a_case(book, person=person)
    lost = {"act": "case.closed", "case": case, "reason": "lost_contact", "summary": "x"}
    attempt = {"act": "contact.tried", "case": case, "phone": "+7 700 000 00 01"}
    for _ in range(3):
        (warned,) = do(book, channel="phone", **attempt).warned  # messages only: a call does not count
    assert (warned.place, "did not allow it" in render(warned.what, "en")) == ("phone", True)
    assert "three" in held(book, **lost)
    for day in ("2026-05-02", "2026-08-03", "2026-08-03", "2026-08-04"):  # too long ago, and two on one day
        assert do(book, channel="sms", on=day, **attempt).warned == ()
    assert "three" in held(book, **lost)
    do(book, channel="sms", on="2026-10-31", **attempt)
    do(book, **lost)


def test_attempts_on_a_number_nobody_may_call_warn_and_never_count(book: Casebook) -> None:
    """Also those made by writing, and those in hours that were agreed."""
    person = ADULT | {"phones": [{"number": "+7 700 000 00 01", "safe": "do_not_call"}]}
    case = a_case(book, person=person)
    attempt = {"act": "contact.tried", "case": case, "phone": "+7 700 000 00 01", "agreed_hours": True}
    for channel in ("phone", "sms", "messenger", "phone"):
        (warned,) = do(book, channel=channel, **attempt).warned
        assert "does not count" in render(warned.what, "en")
    (unnamed,) = do(book, act="contact.tried", case=case, channel="phone").warned
    assert unnamed.place == "channel"
    assert "three" in held(book, act="case.closed", case=case, reason="lost_contact", summary="x")


def test_a_childs_case_is_not_closed_before_it_is_decided_whether_to_report(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    closing = {"act": "case.closed", "case": case, "reason": "moved", "summary": "x", "feedback_asked": True}
    assert "reported" in held(book, **closing)
    do(book, act="report.declined", case=case, ground="Known to the body already.", told="Explained.")
    do(book, **closing)
    told = {row.fact: row.ground for row in standing(book, case).stated}
    assert told["report_declined"] == "Known to the body already."
    assert told["client_told_of_report"] == "Explained."


def test_danger_to_life_asks_for_a_decision_too_and_proof_of_the_report(book: Casebook) -> None:
    case = a_case(book)
    state(book, case, "danger_to_life")
    closing = {"act": "case.closed", "case": case, "reason": "moved", "summary": "x", "feedback_asked": True}
    assert "reported" in held(book, **closing)
    do(book, act="report.made", case=case, addressee="Generated body", proof="No. 1", told="Explained.")
    do(book, **closing)


def test_a_day_need_not_be_exact_and_is_corrected(book: Casebook) -> None:
    case = a_case(book, "detention")
    done = do(book, act="fact.stated", case=case, fact="detained", at="2026-11-21T10:30")
    (clock, *_) = [each for each in standing(book, case).clocks if each.moment]
    assert clock.moment is not None
    do(book, act="fact.corrected", statement=done.ids["statement"].hex(), on_missing="unknown")
    row = next(each for each in standing(book, case).stated if each.fact == "detained")
    assert (row.day, row.missing) == (None, "unknown")
    with pytest.raises(errors.InTheFuture):
        do(book, act="fact.stated", case=case, fact="released", on="2026-12-01")
    do(book, act="fact.stated", case=case, fact="appeal_day_known", on="2026-12-01")
    state(book, case, "court_held", "appealed")
    assert date(2026, 12, 1) in {each.last_day for each in standing(book, case).clocks}


# Safety before procedure


def test_a_screening_before_safety_is_kept_and_says_what_should_have_come_first(book: Casebook) -> None:
    case, form = a_case(book), shipped_form("victim_screening")
    said = plausible_answers(form) or {next(q.path for q in form.walk() if q.kind is QuestionKind.TEXT): "x"}
    answered: dict[str, Any] = {"act": "form.answered", "case": case, "form": form.id, "answers": said}
    (warned,) = do(book, **answered).warned
    words = render(warned.what, "en")
    assert "The answers are kept" in words
    assert "the screening comes later, by a trained interviewer" in words
    state(book, case, "safe", "trained_interviewer", "past_interviews_read")
    assert do(book, **answered).warned == ()


def test_without_a_guardian_urgent_help_rests_on_notice_best_interests_and_assent(book: Casebook) -> None:
    case = a_case(book, "child", CHILD)
    state(book, case, "safe", "status_known", "placement_basis", "without_guardian", "child_heard")
    for fact in ("placed", "served"):
        assert "There is no guardian" in held(book, act="fact.stated", case=case, fact=fact)
    state(book, case, "guardianship_told", "child_assents")
    assert "best interests" in held(book, act="fact.stated", case=case, fact="placed")
    fill(book, case, "best_interests_assessment")
    state(book, case, "placed")
    assert road(book, case).stage_id in {"placed", "assessment"}


def test_a_letter_to_the_family_waits_until_the_found_person_has_answered(book: Casebook) -> None:
    case = a_case(book, "missing", ADULT)
    family = do(book, act="partner.added", name="Generated family", kind="family").ids["partner"].hex()
    a_consent(book, case, family)
    referral = a_draft(book, case, family)
    assert "found person has answered" in held(book, act="referral.sent", referral=referral, how="in_person")
