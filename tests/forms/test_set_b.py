"""The forms on children, tracing, witnesses, closing and feedback: safe first, nothing concluded without its ground."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations

import pytest

from kzcase.forms.code_choices import code_list
from kzcase.forms.definition import Form, QuestionKind, text_in
from kzcase.forms.evaluation import Evaluation, evaluate
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES
from tests.forms.filled import NOON, said

FORMS = (
    "age_assessment",
    "best_interests_assessment",
    "best_interests_determination",
    "child_first_contact",
    "child_handover",
    "child_intake",
    "client_feedback",
    "closure",
    "rfl_call_log",
    "tracing_request",
    "witness_statement",
)
Fill = Callable[..., Evaluation]


@cache
def _form(form_id: str) -> Form:
    return shipped_form(form_id)


def _filled(form_id: str, answers: Mapping[str, str]) -> Evaluation:
    """Answers by the name of the question; inside a repeat by `options[2]/option`, without the group around."""
    form = _form(form_id)
    by_name = {question.name: question.path for question in form.walk()}
    placed = {}
    for name, value in answers.items():
        head, bracket, rest = name.partition("[")
        placed[by_name[head] + bracket + rest] = value
    return evaluate(form, placed, now=NOON)


def _value(found: Evaluation, form_id: str, name: str) -> str:
    paths_by_name = {question.name: question.path for question in _form(form_id).walk()}
    return found.values.get(paths_by_name[name], "")


def _wrong(found: Evaluation) -> set[str]:
    return {path.rpartition("/")[2] for path in found.errors}


def _seen(found: Evaluation, form_id: str, name: str) -> bool:
    paths_by_name = {question.name: question.path for question in _form(form_id).walk()}
    return found.relevant[paths_by_name[name]]


# What holds for each of them.


@pytest.mark.parametrize("form_id", FORMS)
def test_it_says_what_it_is_for_and_speaks_three_languages(form_id: str) -> None:
    form = _form(form_id)
    assert form.languages == LANGUAGES
    assert form.about
    assert set(form.about) == set(LANGUAGES)
    assert form.moment is not None
    assert form.standards
    for question in form.walk():
        assert question.kind is QuestionKind.CALCULATE or set(question.label) == set(LANGUAGES), question.path
        assert not question.constraint or set(question.constraint_message) == set(LANGUAGES), question.path


@pytest.mark.parametrize("form_id", FORMS)
def test_an_empty_form_can_be_left_as_it_is_except_for_what_makes_the_paper_worthless(form_id: str) -> None:
    form = _form(form_id)
    required = [question for question in form.asked() if question.required]
    assert len(required) <= 3, [question.path for question in required]


@pytest.mark.parametrize("form_id", FORMS)
def test_quotation_marks_are_those_of_the_language(form_id: str) -> None:
    for question in _form(form_id).walk():
        for texts in (question.label, question.hint, question.guidance, question.constraint_message):
            for language, text in texts.items():
                foreign = "«»" if language == "en" else "\"“”„'"
                assert not set(foreign) & set(text), question.path


def test_how_a_child_is_met_and_taken_in_stays_off_phones() -> None:
    """So does what names nobody: its answers could come back into no case."""
    off = {"child_first_contact", "child_intake", "client_feedback"}
    assert {form_id for form_id in FORMS if not _form(form_id).phone} == off


def test_only_the_feedback_is_taken_away() -> None:
    assert [form_id for form_id in FORMS if _form(form_id).client_paper] == ["client_feedback"]


# First contact.


def test_the_first_minutes_ask_about_danger_before_anything_and_examine_nothing() -> None:
    form = _form("child_first_contact")
    assert next(form.asked()).name == "danger_now"
    assert not any(question.kind in (QuestionKind.IMAGE, QuestionKind.AUDIO) for question in form.walk())
    found = _filled("child_first_contact", {})
    assert _value(found, "child_first_contact", "urgent") == "no"
    assert not _seen(found, "child_first_contact", "adult_apart")


@pytest.mark.parametrize(
    ("seen", "urgent"),
    [("unresponsive", "yes"), ("pain bleeding", "yes"), ("fever", "no"), ("nothing", "no")],
)
def test_what_threatens_life_is_urgent(seen: str, urgent: str) -> None:
    found = _filled("child_first_contact", {"danger_now": "no", "condition_seen": seen})
    assert _value(found, "child_first_contact", "urgent") == urgent
    assert _seen(found, "child_first_contact", "ambulance") is (urgent == "yes")


def test_an_adult_is_spoken_to_apart_and_two_stories_are_noticed() -> None:
    same = {"company": "adult", "adult_says": "mother", "child_says": "mother"}
    found = _filled("child_first_contact", same)
    assert _seen(found, "child_first_contact", "adult_apart")
    assert not _seen(found, "child_first_contact", "stories_differ")
    found = _filled("child_first_contact", same | {"child_says": "stranger"})
    assert _seen(found, "child_first_contact", "stories_differ")


# Intake.


@pytest.mark.parametrize(
    ("more", "basis"),
    [
        ({"assent": "words", "guardian_state": "with_child", "guardian_consent": "given"}, "guardian_and_child"),
        ({"assent": "too_young", "guardian_state": "with_child", "guardian_consent": "given"}, "guardian_only"),
        ({"assent": "sign", "guardian_state": "none"}, "interests_and_child"),
        ({"assent": "refused", "guardian_state": "none"}, "interests"),
        ({"assent": "words", "guardian_state": "with_child", "guardian_consent": "refused"}, "interests_and_child"),
        ({}, "interests"),
    ],
)
def test_help_rests_on_guardian_and_child_or_on_best_interests_and_assent(more: dict[str, str], basis: str) -> None:
    assert _value(_filled("child_intake", more), "child_intake", "basis") == basis


@pytest.mark.parametrize(
    ("state", "due"),
    [("with_child", False), ("elsewhere", True), ("unclear", True), ("none", True), ("danger", True), ("", False)],
)
def test_the_guardianship_body_is_told_when_no_guardian_stands_by(state: str, due: bool) -> None:
    found = _filled("child_intake", {"guardian_state": state} if state else {})
    assert _seen(found, "child_intake", "body_due") is due
    told = _filled("child_intake", {"guardian_state": state, "body_notified": "yes"} if state else {})
    assert not _seen(told, "child_intake", "body_due")


def test_a_dangerous_guardian_is_not_asked_for_consent() -> None:
    found = _filled("child_intake", {"guardian_state": "danger"})
    assert not _seen(found, "child_intake", "guardian_consent")
    assert _value(found, "child_intake", "no_guardian") == "yes"


@pytest.mark.parametrize(
    ("precision", "kept"),
    [("day", "2014-03-05"), ("", "2014-03-05"), ("month", "2014-03"), ("year", "2014"), ("about", "2014~")],
)
def test_a_birth_is_kept_as_exactly_as_it_is_known(precision: str, kept: str) -> None:
    answers = {"birth": "2014-03-05"} | ({"birth_precision": precision} if precision else {})
    found = _filled("child_intake", answers)
    assert _value(found, "child_intake", "birth_kept") == kept
    assert _value(found, "child_intake", "age") == "12"
    saves = {question.save_to: question.name for question in _form("child_intake").walk() if question.save_to}
    assert saves == {"person.sex": "sex", "person.birth": "birth_kept", "person.language": "language"}


@pytest.mark.parametrize(
    ("form_id", "question", "age"),
    [
        ("child_intake", "birth", "age"),
        ("child_handover", "child_birth", "child_age"),
        ("best_interests_determination", "child_birth", "child_age"),
    ],
)
def test_a_child_comes_of_age_on_the_day_and_not_before(form_id: str, question: str, age: str) -> None:
    """Today is 22 November 2026 in these tests."""
    ages = {"2008-11-23": "17", "2008-11-22": "18", "2009-02-28": "17", "2026-11-22": "0", "2020-02-29": "6"}
    for birth, years in ages.items():
        assert _value(_filled(form_id, {question: birth}), form_id, age) == years, birth


def test_a_small_child_found_alone_is_asked_about_by_what_was_found() -> None:
    alone = {"category": "unaccompanied", "age_stated": "3"}
    assert _seen(_filled("child_intake", alone), "child_intake", "found_alone")
    assert not _seen(_filled("child_intake", alone | {"age_stated": "9"}), "child_intake", "found_alone")
    assert not _seen(_filled("child_intake", alone | {"category": "with_parents"}), "child_intake", "found_alone")


@pytest.mark.parametrize(
    ("more", "trafficking", "statelessness"),
    [
        ({}, "no", "no"),
        ({"concerns": "begging"}, "yes", "no"),
        ({"category": "unaccompanied"}, "yes", "no"),
        ({"guardian_state": "unclear"}, "yes", "no"),
        ({"concerns": "none", "birth_registered": "no"}, "no", "yes"),
        ({"citizenship": "UZ UND"}, "no", "yes"),
        ({"nationality_status": "foreigner", "birth_registered": "yes"}, "no", "no"),
    ],
)
def test_both_screenings_are_called_for_inside_every_intake(
    more: dict[str, str], trafficking: str, statelessness: str
) -> None:
    found = _filled("child_intake", more)
    assert _value(found, "child_intake", "trafficking_due") == trafficking
    assert _value(found, "child_intake", "statelessness_due") == statelessness


# Best interests.


def test_urgent_fields_are_counted_and_lasting_steps_go_to_the_panel() -> None:
    form_id = "best_interests_assessment"
    found = _filled(form_id, {"n_safety": "urgent", "n_health": "urgent", "n_play": "watch", "n_school": "ok"})
    assert (_value(found, form_id, "urgent_count"), _value(found, form_id, "watch_count")) == ("2", "1")
    assert _value(found, form_id, "bid_needed") == "no"
    for more in ({"bid_grounds": "custody"}, {"recommended": "parents_abroad"}, {"custody": "dispute"}):
        assert _value(_filled(form_id, more), form_id, "bid_needed") == "yes", more
    assert _value(_filled(form_id, {"recommended": "stay_in_care"}), form_id, "bid_needed") == "no"


def test_an_assessment_without_the_childs_views_says_why() -> None:
    form_id = "best_interests_assessment"
    assert "views_missing" in _wrong(_filled(form_id, {"views_way": "not_sought"}))
    assert "views_missing" not in _wrong(_filled(form_id, {"views_way": "drawing"}))


PANEL = {
    "hearing": "in_person",
    "reasons": "generated",
    "chosen": "relatives_here",
    "decision": "approved",
    **{f"members[{n}]/m_name": f"member {n}" for n in (1, 2, 3)},
    **{f"members[{n}]/m_pledge": "yes" for n in (1, 2, 3)},
    **{f"members[{n}]/m_vote": "for" for n in (1, 2, 3)},
    **{f"members[{n}]/m_role": "member" for n in (1, 2, 3)},
}


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, False),
        ({"members[3]/m_role": "reporter"}, True),
        ({"members[2]/m_pledge": "no"}, True),
        ({"hearing": ""}, True),
        ({"hearing": "not_heard"}, True),
        ({"hearing": "not_heard", "not_heard_why": "generated"}, False),
        ({"chosen": "parents_abroad"}, False),
        ({"chosen": "parents_abroad", "red_flags": "refoulement"}, True),
        ({"chosen": "relatives_abroad", "red_flags": "asylum_open siblings"}, True),
        ({"chosen": "return_care", "red_flags": "kin_unproved"}, True),
        ({"chosen": "relatives_abroad", "red_flags": "siblings"}, False),
        ({"chosen": "relatives_abroad", "red_flags": "no_carer", "decision": "deferred"}, False),
        ({"chosen": "relatives_here", "red_flags": "refoulement"}, False),
    ],
)
def test_the_panel_cannot_approve_without_quorum_the_childs_views_and_safety(
    more: dict[str, str], refused: bool
) -> None:
    answers = {name: value for name, value in (PANEL | more).items() if value}
    assert ("decision" in _wrong(_filled("best_interests_determination", answers))) is refused


def test_options_are_weighed_and_an_unsafe_one_does_not_count() -> None:
    form_id = "best_interests_determination"
    weights = {"w_views": "p2", "w_family": "p1", "w_safety": "m1", "w_growth": "zero", "option": "foster"}
    answers = {f"options[{n}]/{name}": value for n in (1, 2) for name, value in weights.items()}
    found = _filled(form_id, answers | {"options[2]/unsafe": "yes"})
    assert found.values["matrix/options[1]/points"] == "2"
    assert found.values.get("matrix/options[2]/points", "") == ""
    assert _value(found, form_id, "option_count") == "2"


def test_a_determination_is_reviewed_within_a_year() -> None:
    late = {"panel_on": "2026-11-20", "review_on": "2027-12-01"}
    assert "review_on" in _wrong(_filled("best_interests_determination", late))
    assert "review_on" not in _wrong(_filled("best_interests_determination", late | {"review_on": "2027-11-20"}))


# Hand-over.

KIN = {
    "to_kind": "relative",
    "receiver_seen": "yes",
    "proofs": "own_document birth_cert",
    "basis": "guardianship_decision",
}
SAFE = {"safety_way": "visit", "safety_result": "safe", "earlier_harm": "no"}
HEARD = {"asked_apart": "yes", "child_feels": "agrees"}
SECOND = {
    "second_name": "generated",
    "second_role": "supervisor",
    "second_checked": "yes",
    "second_agrees": "yes",
}
PARTS = {"kinship": KIN, "safety": SAFE, "child": HEARD, "second": SECOND}
HANDOVER = {**KIN, **SAFE, **HEARD, **SECOND}


def test_a_child_may_be_handed_over_when_everything_is_there() -> None:
    found = _filled("child_handover", HANDOVER | {"conclusion": "allowed", "handed_on": "2026-11-22"})
    assert _value(found, "child_handover", "lacking") == ""
    assert "conclusion" not in _wrong(found)
    assert _seen(found, "child_handover", "handed_by")
    due = [_value(found, "child_handover", f"follow_{months}") for months in (1, 3, 6)]
    assert due == ["2026-12-22", "2027-02-21", "2027-05-23"]


@pytest.mark.parametrize("missing", [each for count in (1, 2, 4) for each in combinations(PARTS, count)])
def test_a_missing_part_blocks_the_conclusion_and_is_named(missing: tuple[str, ...]) -> None:
    answers = {"to_kind": "relative", "conclusion": "allowed"}
    for part, filled in PARTS.items():
        answers |= {} if part in missing else filled
    found = _filled("child_handover", answers)
    assert _value(found, "child_handover", "lacking").split() == list(missing)
    assert "conclusion" in _wrong(found)
    for other in ("postponed", "refused"):
        assert "conclusion" not in _wrong(_filled("child_handover", answers | {"conclusion": other}))


@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        ({"proofs": "own_document"}, "kinship"),
        ({"proofs": "own_document photos"}, "kinship"),
        ({"proofs": "birth_cert photos"}, "kinship"),
        ({"receiver_seen": "no"}, "kinship"),
        ({"safety_way": "none"}, "safety"),
        ({"safety_result": "unclear"}, "safety"),
        ({"earlier_harm": "yes"}, "safety"),
        ({"asked_apart": "no"}, "child"),
        ({"child_feels": "afraid"}, "child"),
        ({"child_feels": "against", "basis": "parental_right"}, "child"),
        ({"child_feels": "against", "basis": "court"}, ""),
        ({"second_agrees": "no"}, "second"),
        ({"second_checked": "no"}, "second"),
    ],
)
def test_each_ground_has_to_be_sound(more: dict[str, str], lacking: str) -> None:
    assert _value(_filled("child_handover", HANDOVER | more), "child_handover", "lacking") == lacking


def test_an_institution_shows_a_card_and_a_decision() -> None:
    answers = {**SAFE, **HEARD, **SECOND, "to_kind": "centre", "official_card": "yes", "conclusion": "allowed"}
    assert _value(_filled("child_handover", answers), "child_handover", "lacking") == "kinship"
    assert _value(_filled("child_handover", answers | {"official_paper": "yes"}), "child_handover", "lacking") == ""


def test_a_doctor_takes_over_at_once_and_nobody_else_does_under_that_name() -> None:
    found = _filled("child_handover", {"to_kind": "hospital", "conclusion": "urgent"})
    assert "conclusion" not in _wrong(found)
    assert _seen(found, "child_handover", "handed_by")
    assert "conclusion" in _wrong(_filled("child_handover", {"to_kind": "relative", "conclusion": "urgent"}))


# Age.

BEGUN = {
    "doubt_grounds": "documents_conflict",
    "tried": "papers_seen relatives",
    "representative": "yes",
    "person_consent": "given",
    "go_ahead": "yes",
}
TEAM = {
    "members[1]/m_name": "first",
    "members[1]/m_profession": "social_worker",
    "members[2]/m_name": "second",
    "members[2]/m_profession": "psychologist",
}
FOUND = {
    "findings[1]/f_low": "18.5",
    "findings[1]/f_high": "21",
    "findings[2]/f_low": "19",
    "findings[2]/f_high": "22",
}


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, False),
        ({"doubt_grounds": "appearance"}, True),
        ({"doubt_grounds": "appearance documents_conflict"}, False),
        ({"tried": "none"}, True),
        ({"representative": "no"}, True),
        ({"person_consent": "refused"}, True),
        ({"doubt_grounds": "appearance", "go_ahead": "no"}, False),
    ],
)
def test_an_age_is_assessed_only_as_a_last_resort(more: dict[str, str], refused: bool) -> None:
    assert ("go_ahead" in _wrong(_filled("age_assessment", BEGUN | more))) is refused


@pytest.mark.parametrize(
    ("more", "outcome", "refused"),
    [
        ({}, "adult", False),
        ({"findings[2]/f_low": "17.5"}, "doubt_child", True),
        ({"findings[1]/f_low": "14", "findings[1]/f_high": "16", "findings[2]/f_low": "15", "findings[2]/f_high": "17"},
         "child", True),
        ({"members[2]/m_profession": "social_worker"}, "adult", True),
        ({"go_ahead": "no"}, "adult", True),
    ],
)  # fmt: skip
def test_doubt_is_the_persons(more: dict[str, str], outcome: str, refused: bool) -> None:
    found = _filled("age_assessment", BEGUN | TEAM | FOUND | {"result": "adult", "reasons": "generated"} | more)
    assert _value(found, "age_assessment", "outcome") == outcome
    assert ("result" in _wrong(found)) is refused


def test_without_any_finding_nobody_is_called_an_adult() -> None:
    found = _filled("age_assessment", BEGUN | TEAM | {"result": "adult"})
    assert _value(found, "age_assessment", "outcome") == ""
    assert "result" in _wrong(found)


def test_no_doctor_is_asked_before_all_six_conditions_are_met() -> None:
    six = "exhausted person_consents rep_consents independent harmless error"
    assert "medical" not in _wrong(_filled("age_assessment", {"medical": "yes", "medical_conditions": six}))
    for left_out in six.split():
        fewer = " ".join(each for each in six.split() if each != left_out)
        assert "medical" in _wrong(_filled("age_assessment", {"medical": "yes", "medical_conditions": fewer}))
    assert "medical" not in _wrong(_filled("age_assessment", {"medical": "no"}))


# Tracing and calls.


def test_no_consulate_is_asked_where_asylum_may_be_needed() -> None:
    shared = {"asylum_related": "yes", "share_with": "red_crescent consulate"}
    assert "share_with" in _wrong(_filled("tracing_request", shared))
    assert "share_with" not in _wrong(_filled("tracing_request", shared | {"asylum_related": "no"}))
    assert "share_with" not in _wrong(_filled("tracing_request", shared | {"share_with": "red_crescent"}))
    assert "share_with" in _wrong(_filled("tracing_request", {"share_with": "nobody police"}))


def test_a_tracing_without_proof_or_with_signs_of_worry_waits_for_the_supervisor() -> None:
    form_id = "tracing_request"
    assert _value(_filled(form_id, {"tie_proof": "photos", "worry": "none"}), form_id, "caution") == "no"
    assert _value(_filled(form_id, {"tie_proof": "none"}), form_id, "caution") == "yes"
    assert _value(_filled(form_id, {"tie_proof": "photos", "worry": "debt"}), form_id, "caution") == "yes"


def test_the_checks_of_a_tracing_are_due_after_7_30_and_90_days() -> None:
    found = _filled("tracing_request", {"asked_on": "2026-11-22", "news_on": "2026-11-02"})
    due = [_value(found, "tracing_request", f"due_{days}") for days in (7, 30, 90)]
    assert due == ["2026-11-29", "2026-12-22", "2027-02-20"]
    assert _value(found, "tracing_request", "days_silent") == "20"


def test_a_child_in_danger_is_reported_at_once() -> None:
    for more in ({"child_sought": "yes"}, {"danger": "yes"}):
        assert _seen(_filled("tracing_request", more), "tracing_request", "urgent_note")
    assert not _seen(_filled("tracing_request", {"danger": "no"}), "tracing_request", "urgent_note")


def test_calls_are_added_up() -> None:
    calls = {
        "calls[1]/call_way": "call",
        "calls[1]/call_result": "talked",
        "calls[1]/call_minutes": "12",
        "calls[2]/call_way": "video",
        "calls[2]/call_result": "no_answer",
        "calls[3]/call_way": "call",
        "calls[3]/call_result": "talked",
        "calls[3]/call_minutes": "5",
    }
    found = _filled("rfl_call_log", calls)
    assert [_value(found, "rfl_call_log", name) for name in ("tries", "talks", "minutes")] == ["3", "2", "17"]


def test_a_child_is_not_put_through_before_the_other_side_is_checked() -> None:
    assert _seen(_filled("rfl_call_log", {"age": "12"}), "rfl_call_log", "danger_note")
    assert not _seen(_filled("rfl_call_log", {"age": "12", "child_checked": "yes"}), "rfl_call_log", "danger_note")
    assert not _seen(_filled("rfl_call_log", {"age": "30"}), "rfl_call_log", "danger_note")


# Witness, closing, feedback.


def test_a_witness_tells_how_long_and_where() -> None:
    found = _filled(
        "witness_statement",
        {
            "facts": "residence",
            "known_since": "2001-03-01",
            "known_until": "2020-06-01",
            "periods[1]/from_on": "2001-01-01",
            "periods[1]/to_on": "2005-12-31",
            "periods[2]/from_on": "2010-01-01",
            "periods[2]/to_on": "2012-12-31",
        },
    )
    assert _value(found, "witness_statement", "years_known") == "19"
    assert float(_value(found, "witness_statement", "years_total")) == 8
    assert not _seen(found, "witness_statement", "birth_part")


@pytest.mark.parametrize(
    ("risk", "reason", "refused"),
    [
        ("low", "goals_reached", False),
        ("immediate", "goals_reached", True),
        ("immediate", "lost_contact", True),
        ("immediate", "transferred", False),
        ("immediate", "died", False),
    ],
)
def test_a_case_in_immediate_danger_is_not_closed(risk: str, reason: str, refused: bool) -> None:
    found = _filled("closure", {"reason": reason, "risk_now": risk, "conclusion": "close"})
    assert ("conclusion" in _wrong(found)) is refused


def test_the_closing_counts_what_is_open_and_what_was_reached() -> None:
    answers = {
        "reason": "goals_reached",
        "opened_on": "2026-01-01",
        "decided_on": "2026-04-01",
        "c_papers": "open",
        "c_body": "open",
        "c_tasks": "done",
        "goals[1]/goal_reached": "full",
        "goals[2]/goal_reached": "partly",
        "follow_wish": "yes",
    }
    found = _filled("closure", answers)
    names = ("days_open", "open_count", "goals_full", "goals_all", "follow_1")
    assert [_value(found, "closure", name) for name in names] == ["90", "1", "1", "2", "2026-05-01"]
    assert _value(_filled("closure", answers | {"is_child": "yes"}), "closure", "open_count") == "2"


def test_contact_is_tried_three_times_before_it_is_called_lost() -> None:
    tries = {"reason": "lost_contact", "tries[1]/try_on": "2026-09-01", "tries[2]/try_on": "2026-10-01"}
    assert _seen(_filled("closure", tries), "closure", "tries_note")
    assert not _seen(_filled("closure", tries | {"tries[3]/try_on": "2026-11-01"}), "closure", "tries_note")


def test_the_feedback_asks_for_nobodys_name() -> None:
    form = _form("client_feedback")
    assert {question.field_class.value for question in form.asked()} == {"statistical", "sensitive"}
    assert not any(question.required for question in form.asked())
    assert text_in(form.title, "en") == "What you think"
    assert 10 <= len(list(form.asked())) <= 20


def test_messages_say_what_is_wrong() -> None:
    found = _filled("child_handover", {"to_kind": "relative", "conclusion": "allowed"})
    assert "cannot be chosen" in said(found.errors["conclusion_part/conclusion"])


def test_whoever_decides_or_cares_for_a_child_is_never_its_son_daughter_or_grandchild() -> None:
    shared = code_list("relation")
    assert shared is not None
    everyone = {code.code for code in shared.choices()}
    asked = [q for q in shipped_form("child_intake").walk() if q.name in {"guardian_relation", "carer_relation"}]
    assert len(asked) == 2
    for question in asked:
        assert question.choices is not None
        assert {choice.name for choice in question.choices.choices} == everyone - {"son", "daughter", "grandchild"}


@pytest.mark.parametrize(("form_id", "path"), [("post_assistance", "helped"), ("closure", "client_view")])
def test_who_asks_what_the_help_was_worth_is_somebody_else_and_nobody_has_to_answer(form_id: str, path: str) -> None:
    (asked,) = [each for each in _form(form_id).walk() if each.name == path]
    sheet = _form("client_feedback").title
    assert set(asked.guidance) == set(LANGUAGES)
    assert all(sheet[language] in asked.guidance[language] for language in LANGUAGES)
    assert asked.required is None
