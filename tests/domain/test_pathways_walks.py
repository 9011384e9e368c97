"""Every pathway walked end to end: facts appear one by one, and each is where the case stands, and why."""

import pytest

from kzcase.domain.pathways import standing
from kzcase.domain.pathways_explained import explain
from kzcase.i18n import LANGUAGES, render
from tests.domain.roads import KINDS, SHIPPED

TAIL = """suspended suspended | resumed = | closing_begun closing | closed closed | reopened =
    | reopened!  closed | anonymised anonymised"""
"""A fact and the stage after it (= the one before the tail; ! the fact is taken back)."""

WALKS = {
    "trafficking": """opened signal | safe signal | screened screening | consented emergency_help
        | supervisor_confirmed emergency_help | grounds_found potential | interviewer_chosen potential
        | primary_info_kept potential | identification_asked identification | not_identified not_identified
        | identified identified | rights_explained identified | planned plan | served services
        | reintegrating reintegration | followed_up follow_up""",
    "stateless": """opened contact | consented evidence | evidence_gathered evidence | legal_path_signed evidence
        | path_chosen path_chosen | visibility_weighed path_chosen | no_fear path_chosen | filed filed
        | migration_interviewed checking | inquiry_sent inquiry_abroad | refused refused | decided decided
        | recognised_stateless recognised | documented documented | lawful_residence naturalisation
        | citizenship_obtained citizen""",
    "child": """opened found | safe safe | status_known status_known | placement_basis status_known | placed placed
        | referred ngo_services | child_heard ngo_services | assessed assessment | planned services | no_fear services
        | tracing_begun tracing | best_interests tracing | return_decided return_decision
        | kinship_proved return_decision | home_checked return_decision | second_person return_decision
        | handed_over family | child_stays stays
        | returned returned | leaving_care_planned returned | turned_18 adult | followed_up follow_up""",
    "missing": """opened enquiry | enquirer_vetted enquiry | own_records_searched own_records
        | sharing_consented own_records | police_search searching | rfl_asked searching | inquiries_sent searching
        | search_reviewed not_found | found_alive found_alive | found_agreed found_alive
        | contact_restored contact_restored""",
    "stranded": """opened intake | safe intake | screened vot_screen | humanitarian_given humanitarian
        | stay_checked stay_check | loss_reported document_loss | permit_claimed regularise | consented regularise
        | wage_calculated regularise | wage_claimed wage_claim | exit_planned exit_plan | wage_recovered solved
        | followed_up follow_up""",
    "asylum": """opened contact | consented contact | confidentiality_told contact | asylum_sought application
        | asylum_certificate certificate | fingerprinted fingerprints | asylum_interviewed interview | refused refused
        | appealed appeal | refugee_granted refugee | status_reviewed review | followed_up follow_up""",
    "detention": """opened detained | detained detained | lawyer_told lawyer | in_reception_centre reception_centre
        | court_held court | appealed appeal | consented appeal | safeguard_asked safeguard | released released
        | followed_up follow_up""",
}
TRACKS = {
    "criminal": """crime_reported reported | crime_registered registered | investigation_begun pretrial
        | case_in_court court | prosecution_stopped stopped | verdict_given verdict""",
    "compensation": """compensation_excluded not_eligible | compensation_possible eligible
        | compensation_declined declined | compensation_claimed applied | compensation_refused refused
        | compensation_granted granted | compensation_paid paid""",
    "stay": """is_foreigner unchecked | stay_checked unchecked | stay_unlawful unlawful | stay_lawful lawful
        | safeguard_asked safeguard | permit_claimed applied | permit_granted granted | permit_expired expired""",
    "documents": "loss_reported lost | documents_asked asked | documented documented",
    "return": """return_wished wished | return_assessed assessed | return_prepared prepared | returned returned
        | return_received received""",
    "wages": """wage_calculated calculated | wage_claimed claimed | inspectorate_told inspectorate
        | wage_in_court court | wage_recovered recovered""",
}


OPEN_WAYS = "no_fear police_consented consented"
"""What the guards of tracks ask for, besides the facts that the tracks themselves name."""


def steps(walk: str) -> list[tuple[str, str]]:
    return [(pair.split()[0], pair.split()[1]) for pair in walk.split("|")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_walks_its_road_to_the_end(kind: str) -> None:
    road, facts, last = SHIPPED[kind], dict[str, bool](), ""
    passed = set[str]()
    for number, (fact, stage) in enumerate([*steps(WALKS[kind]), *steps(TAIL)]):
        last = stage if number < len(steps(WALKS[kind])) else last
        facts[fact.removesuffix("!")] = not fact.endswith("!")
        found = standing(road, facts).road
        assert found.result is not None
        assert (fact, found.result.stage) == (fact, last if stage == "=" else stage)
        assert found.result.reasons
        assert all(facts[reason] for reason in found.result.reasons)
        assert not any(facts.get(missing) for missing in found.result.missing)
        assert found.result.next is None or found.result.missing or found.set_aside
        passed |= {each.stage for each in found.passed}
    never = {stage.id for stage in road.stages} - passed
    assert never <= OTHER_ENDS.get(kind, set())


OTHER_ENDS = {
    "stateless": {"foreign_citizen"},
    "missing": {"found_dead"},
    "detention": {"executed"},
}
"""Stages of an outcome that excludes the one walked here."""


@pytest.mark.parametrize(
    ("kind", "facts", "stage"),
    [
        ("stateless", "opened decided foreign_citizen", "foreign_citizen"),
        ("missing", "opened own_records_searched police_search found_dead", "found_dead"),
        ("detention", "opened detained court_held expelled", "executed"),
    ],
)
def test_the_other_ends_are_reached_too(kind: str, facts: str, stage: str) -> None:
    found = standing(SHIPPED[kind], dict.fromkeys(facts.split(), True)).road
    assert found.result is not None
    assert found.result.stage == stage


@pytest.mark.parametrize(("kind", "track"), [(kind, track.id) for kind in KINDS for track in SHIPPED[kind].tracks])
def test_every_track_is_walked_beside_the_road(kind: str, track: str) -> None:
    road, facts = SHIPPED[kind], {"opened": True} | dict.fromkeys(OPEN_WAYS.split(), True)
    walked = set[str]()
    for fact, stage in steps(TRACKS[track]):
        facts[fact] = True
        (found,) = (each for each in standing(road, facts).tracks if each.track == track)
        assert found.result is not None
        assert (fact, found.result.stage) == (fact, stage)
        walked.add(stage)
    known = road.track(track)
    assert known is not None
    assert {stage.id for stage in known.stages[1:]} <= walked | {"unchecked"}


@pytest.mark.parametrize("kind", KINDS)
def test_walking_well_meets_no_guard_and_walking_blind_meets_every_one(kind: str) -> None:
    """With all that the guards ask for, nothing is held against a stage; with nothing, each of theirs is."""
    road = SHIPPED[kind]
    wanted = {fact for guard in road.guards for fact in (*guard.needs, *guard.any)} | {"asylum_ended"}
    happened = {fact for stage in road.stages for fact in (*stage.when, *stage.any)} - {"asylum_ended"}
    well = standing(road, dict.fromkeys(happened | wanted, True) | {"reopened": True})
    assert not well.road.happened
    blind = standing(road, dict.fromkeys(happened - wanted | {"opened"}, True))
    for held in blind.road.happened:
        assert held.missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_standing_is_said_in_words(kind: str, language: str) -> None:
    facts = dict[str, bool]()
    for fact, _stage in steps(WALKS[kind]):
        facts[fact] = True
        spoken = [render(line, language) for line in explain(SHIPPED[kind], standing(SHIPPED[kind], facts), language)]  # type: ignore[arg-type]
        assert all(line and "{" not in line for line in spoken)
        assert SHIPPED[kind].name(language) in spoken[0]  # type: ignore[arg-type]


def test_what_is_said_names_reason_next_stage_missing_fact_and_guard() -> None:
    road = SHIPPED["trafficking"]
    facts = dict.fromkeys(("opened", "screened", "grounds_found", "supervisor_confirmed"), True)
    said = [render(line, "en") for line in explain(road, standing(road, facts), "en")]
    assert said[:9] == [
        "Help for victims of trafficking: Potential victim.",
        "Because the screening is done.",
        "Because there are reasonable grounds.",
        "Next: Identification.",
        "Still missing: the identification has begun.",
        "Before the identification the person chooses the sex of the interviewer and the first information is recorded"
        " confidentially.",
        "Still missing: the person chose the sex of the interviewer.",
        "Still missing: the first information is recorded confidentially.",
        "Criminal case: No case.",
    ]
    assert "Stay: it is not known yet whether this is about the case." in said


def test_what_is_said_names_what_ended_a_stage_and_what_happened_against_a_guard() -> None:
    road = SHIPPED["stateless"]
    facts = dict.fromkeys(("opened", "consented", "refused", "decided", "path_chosen", "filed"), True)
    said = [render(line, "en") for line in explain(road, standing(road, facts), "en")]
    assert "“Refused, appeal” no longer holds, because the authority has decided." in said
    assert any(line.startswith("“Application filed” was entered, but does not count while this") for line in said)
    assert "One of these is enough: a lawyer has cleared this step." in said
    said = [render(line, "en") for line in explain(road, standing(road, facts | {"filed@without_us": True}), "en")]
    assert any(line.startswith("This happened although a guard stood against it") for line in said)
    assert "One of these is enough: a lawyer has cleared this step." in said
