"""Needs, plans, calls, signals, journals and tables: safe first, identity apart, and their sums are right."""

from functools import cache

import pytest

from kzcase.domain.classes import FieldClass
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES
from tests.forms.filled import NOON

FORMS = {
    "needs_assessment": (55, 70),
    "individual_plan": (45, 60),
    "call_record": (40, 55),
    "crime_signal": (50, 62),
    "service_journal": (25, 40),
    "outreach_visit": (30, 45),
    "referral": (45, 60),
    "own_data_extract": (25, 40),
    "commission_summary": (25, 40),
    "statistical_table": (80, 100),
    "first_contact": (20, 30),
    "post_assistance": (30, 45),
}
WITHOUT_PEOPLE = {FieldClass.OPERATIONAL, FieldClass.STATISTICAL}


@cache
def form_of(form_id: str) -> Form:
    """A form as its YAML says it, read once."""
    return shipped_form(form_id)


def filled(form_id: str, **answers: str) -> AnswerSheet:
    """A form with answers; `group__question` and `group__rows_1__question` are places."""
    made = AnswerSheet(form_of(form_id), now=NOON)
    made.load({_place(name): value for name, value in answers.items()}, {})
    return made


def _place(name: str) -> str:
    steps = name.split("__")
    return "/".join(f"{s[:-2]}[{s[-1]}]" if s[-1].isdigit() and s[-2] == "_" else s for s in steps)


def classes(form_id: str) -> set[FieldClass]:
    """The privacy classes a form asks for."""
    return {q.field_class for q in form_of(form_id).walk() if _asks(q)}


def _asks(question: Question) -> bool:
    return not question.is_container and question.kind is not QuestionKind.NOTE


@pytest.mark.parametrize("form_id", FORMS)
def test_the_form_is_complete_and_of_a_usable_length(form_id: str) -> None:
    form = form_of(form_id)
    least, most = FORMS[form_id]
    assert set(form.languages) == set(LANGUAGES)
    assert least <= len(list(form.asked())) <= most
    assert [q.path for q in form.walk() if q.constraint and not q.constraint_message] == []
    assert [q.path for q in form.walk() if q.stat and q.field_class is not FieldClass.STATISTICAL] == []


@pytest.mark.parametrize("form_id", ["commission_summary", "statistical_table"])
def test_a_paper_for_outsiders_asks_nothing_about_a_person(form_id: str) -> None:
    assert classes(form_id) <= WITHOUT_PEOPLE


def test_outreach_and_the_table_hold_numbers_only_and_so_may_leave_a_phone_open() -> None:
    assert classes("statistical_table") == {FieldClass.STATISTICAL}
    assert classes("outreach_visit") <= WITHOUT_PEOPLE
    texts = [q.path for q in form_of("outreach_visit").walk() if q.kind is QuestionKind.TEXT]
    assert texts == []


# Safety first.


@pytest.mark.parametrize(
    ("form_id", "note", "answers"),
    [
        ("needs_assessment", "safety/act_first", {"safety__urgent": "self_harm"}),
        ("needs_assessment", "safety/act_first", {"safety__safe_there": "no"}),
        ("call_record", "danger_first/danger_note", {"danger_first__danger": "hours"}),
        ("call_record", "danger_first/danger_note", {"danger_first__self_harm": "yes"}),
        ("crime_signal", "danger_first/danger_note", {"danger_first__danger": "now"}),
        ("crime_signal", "danger_first/danger_note", {"danger_first__injured": "yes"}),
        ("first_contact", "safety/danger", {"safety__afraid_of": "yes"}),
        ("first_contact", "safety/danger", {"body_group__body": "doctor"}),
        ("outreach_visit", "place_group/danger_place_note", {"place_group__danger_place": "yes"}),
        ("referral", "to_whom/urgent_note", {"to_whom__urgency": "immediate"}),
    ],
)
def test_danger_names_the_numbers_to_call_and_calm_does_not(form_id: str, note: str, answers: dict[str, str]) -> None:
    said = form_of(form_id).by_path[note].label
    assert all("102" in said[language] and "112" in said[language] for language in LANGUAGES)
    assert filled(form_id, **answers).relevant(note)
    assert not AnswerSheet(form_of(form_id), now=NOON).relevant(note)


@pytest.mark.parametrize("form_id", FORMS)
def test_the_first_questions_are_about_danger_where_a_person_is_met(form_id: str) -> None:
    groups = [q.name for q in form_of(form_id).questions]
    if form_id in ("needs_assessment", "first_contact"):
        assert groups[0] == "safety"
    if form_id in ("call_record", "crime_signal"):
        assert groups[0] == "danger_first"


@pytest.mark.parametrize("form_id", FORMS)
def test_little_is_demanded_so_that_no_form_blocks_help(form_id: str) -> None:
    assert len([q.path for q in form_of(form_id).walk() if q.required]) <= 2


# Calls: anonymous unless the caller wishes otherwise.


def test_a_caller_is_anonymous_until_they_wish_to_be_named() -> None:
    assert not AnswerSheet(form_of("call_record"), now=NOON).relevant("naming/name")
    assert filled("call_record").get("naming/stay_anonymous") == "yes"
    assert filled("call_record", naming__stay_anonymous="no").relevant("naming/name")


def test_a_promised_call_back_needs_a_way_but_no_name() -> None:
    promised = filled("call_record", outcome__promised="yes")
    assert promised.relevant("naming/reach")
    assert not promised.relevant("naming/name")


@pytest.mark.parametrize("kind", ["silent", "hoax", "wrong_number", "abusive"])
def test_a_call_without_a_talk_is_only_counted(kind: str) -> None:
    sheet = filled("call_record", call__kind=kind, naming__stay_anonymous="no")
    assert not any(sheet.relevant(group) for group in ("who", "topic", "naming", "outcome"))


def test_a_call_is_measured_in_minutes() -> None:
    call = filled(
        "call_record", call__began="2026-11-22T09:50:00.000+05:00", call__ended="2026-11-22T10:02:00.000+05:00"
    )
    assert call.get("call/minutes") == "12"


# Crime signals: facts apart from identity.


@pytest.mark.parametrize(
    ("basis", "identity", "reason"),
    [("none", False, False), ("agreement", True, False), ("life", True, True), ("child", True, True)],
)
def test_identity_goes_only_with_agreement_or_danger_and_then_with_a_reason(
    basis: str, identity: bool, reason: bool
) -> None:
    signal = filled("crime_signal", identity__identity_basis=basis)
    assert signal.relevant("identity/name") is signal.relevant("identity/reach") is identity
    assert signal.relevant("identity/basis_reason") is reason
    assert form_of("crime_signal").by_path["identity/basis_reason"].required


def test_the_facts_hold_nothing_that_names_anybody() -> None:
    named = [
        q.path
        for q in form_of("crime_signal").walk()
        if q.field_class in (FieldClass.IDENTIFYING, FieldClass.CONTACT) and _asks(q)
    ]
    assert named
    assert all(path.startswith("identity/") for path in named)
    assert AnswerSheet(form_of("crime_signal"), now=NOON).get("identity/identity_basis") == "none"


def test_delay_is_seen_and_the_result_is_asked_for_in_time() -> None:
    late = filled(
        "crime_signal",
        source__learned_at="2026-11-20T22:00:00.000+05:00",
        sent__sent_at="2026-11-20T23:30:00.000+05:00",
    )
    assert late.get("sent/minutes_to_send") == "90"
    assert late.relevant("sent/late_why")
    assert (late.get("result/ask_first"), late.get("result/ask_second")) == ("2026-11-23", "2026-11-30")


def test_groups_larger_than_the_whole_are_pointed_out() -> None:
    wrong = filled("crime_signal", people__total="4", people__women="3", people__boys="2")
    assert wrong.get("people/counted") == "5"
    assert wrong.relevant("people/count_note")
    assert not filled("crime_signal", people__total="5", people__women="3").relevant("people/count_note")


# Needs and plans.


@pytest.mark.parametrize(
    ("states", "level"),
    [
        ({"household": "not_met"}, "some"),
        ({"household": "partly", "legal": "met"}, "some"),
        ({"household": "not_met", "medical": "not_met", "economic": "not_met", "legal": "not_met"}, "many"),
        (dict.fromkeys(("household", "medical", "labour", "legal"), "partly") | {"economic": "not_met"}, "many"),
        ({"legal": "not_wanted"}, "settled"),
    ],
)
def test_the_level_of_need_is_counted_over_the_eight_kinds(states: dict[str, str], level: str) -> None:
    kinds = {f"kinds__{kind}_state": state for kind, state in states.items()}
    assert filled("needs_assessment", **kinds).get("kinds/level") == level


def test_all_eight_kinds_are_asked_and_words_only_where_something_lacks() -> None:
    states = [q.name for q in form_of("needs_assessment").walk() if q.name.endswith("_state")]
    assert len(states) == 8
    assert filled("needs_assessment", kinds__legal_state="partly").relevant("kinds/legal_words")
    assert not filled("needs_assessment", kinds__legal_state="met").relevant("kinds/legal_words")


def test_an_assessment_that_the_person_does_not_want_stops_there() -> None:
    stopped = filled("needs_assessment", safety__go_on="no")
    assert not any(stopped.relevant(group) for group in ("meeting", "now", "kinds", "wishes", "result"))


def test_a_plan_counts_its_goals_and_steps_and_suggests_its_review() -> None:
    plan = filled(
        "individual_plan",
        basis__plan_date="2026-11-01",
        frame__starts="2026-11-01",
        frame__ends="2026-11-30",
        goals_1__goal="papers",
        goals_1__progress="met",
        goals_2__goal="school",
        goals_2__steps_1__step="apply",
        goals_2__steps_1__step_by="2026-11-10",
        goals_2__steps_2__step="go there",
    )
    assert plan.get("frame/plan_days") == "30"
    assert [plan.get(f"sums/{n}") for n in ("goal_count", "goals_met", "open_steps", "late_steps")] == [*"2121"]
    assert plan.get("review/suggested_review") == "2026-12-01"


# Services, referrals, outreach, extracts, follow-up.


def test_a_journal_adds_up_by_unit_and_by_kind() -> None:
    rows = (("shelter", "2", "day"), ("lawyer_consultation", "1.5", "hour"), ("document_drafting", "2", "hour"))
    answers = {
        f"services_{number}__{name}": value
        for number, row in enumerate(rows, start=1)
        for name, value in zip(("service", "amount", "unit"), row, strict=True)
    }
    journal = filled("service_journal", services_1__signed="OK", by_unit__invoiced_hours="4", **answers)
    assert (journal.get("by_unit/sum_hour"), journal.get("by_unit/sum_day")) == ("3.5", "2")
    assert (journal.get("by_kind/n_household"), journal.get("by_kind/n_legal")) == ("1", "2")
    assert (journal.get("by_kind/n_all"), journal.get("by_kind/n_unsigned")) == ("3", "2")
    assert journal.relevant("by_unit/invoice_note")
    assert journal.relevant("closing/unsigned_why")


def test_without_consent_a_referral_passes_nothing_on() -> None:
    for refused in ("refused", "withdrawn"):
        sheet = filled("referral", consent_group__consent=refused)
        assert sheet.relevant("consent_group/no_consent_note")
        assert not sheet.relevant("consent_group/passed_on")
    assert filled("referral", consent_group__consent="given").relevant("consent_group/passed_on")
    urgent = filled("referral", consent_group__consent="not_possible")
    assert urgent.relevant("consent_group/no_consent_why")
    assert form_of("referral").by_path["consent_group/no_consent_why"].required


def test_only_a_referral_to_an_international_organisation_asks_what_unhcr_needs() -> None:
    assert filled("referral", to_whom__to_kind="international").relevant("unhcr")
    assert not filled("referral", to_whom__to_kind="clinic").relevant("unhcr")


def test_a_late_answer_to_a_referral_is_counted_in_days() -> None:
    late = filled("referral", to_whom__referred_on="2026-11-01", to_whom__reply_by="2026-11-15")
    assert late.get("after/overdue_days") == "7"
    answered = filled(
        "referral",
        to_whom__referred_on="2026-11-01",
        to_whom__reply_by="2026-11-15",
        slip__answered_on="2026-11-09",
    )
    assert (answered.get("after/days_to_answer"), answered.get("after/overdue_days")) == ("8", "")


def test_an_outing_adds_up_and_parts_beyond_the_whole_are_pointed_out() -> None:
    outing = filled(
        "outreach_visit",
        met__women="3",
        met__boys="2",
        met__foreign="6",
        needs_seen_1__how_many="2",
        needs_seen_2__how_many="3",
    )
    assert outing.get("met/met_all") == "5"
    assert outing.get("sums/needs_sum") == "5"
    assert outing.relevant("met/foreign_note")


def test_nothing_is_said_while_it_is_unclear_who_asks_for_their_data() -> None:
    assert filled("own_data_extract", asking__checked_how="not_sure").relevant("asking/check_note")
    assert not filled("own_data_extract", asking__checked_how="paper").relevant("asking/check_note")
    overdue = filled("own_data_extract", asking__asked_on="2026-10-01", scope__due_on="2026-11-20")
    assert overdue.relevant("scope/overdue_note")
    assert not overdue.relevant("scope/late_note")


FREE = {"channel_group__reached": "person", "channel_group__can_talk": "yes", "channel_group__agrees": "yes"}


@pytest.mark.parametrize(
    "stops",
    [
        {"channel_group__reached": "other"},
        {"channel_group__can_talk": "no"},
        {"channel_group__agrees": "no_more"},
        {"channel_group__allowed": "no"},
    ],
)
def test_a_follow_up_talk_needs_the_person_a_safe_channel_and_their_wish(stops: dict[str, str]) -> None:
    assert filled("post_assistance", **FREE).relevant("life")
    stopped = filled("post_assistance", **(FREE | stops))
    assert not any(stopped.relevant(group) for group in ("safety", "life", "look_back", "next"))
    assert stopped.relevant("channel_group/stop_note")


# Papers for outsiders.


def test_features_are_asked_only_where_eleven_people_are_alike() -> None:
    features = ("grown", "sex", "macro_region", "nation_group")
    for alike, asked in (("10", False), ("11", True)):
        summary = filled("commission_summary", anonymity__alike=alike)
        assert {summary.relevant(f"situation/{name}") for name in features} == {asked}


@pytest.mark.parametrize("text", ["+7 700 1234567", "came on 05.03.2026", "someone@example.org", "12.03"])
def test_free_words_of_a_summary_refuse_numbers_dates_and_addresses(text: str) -> None:
    sheet = filled("commission_summary", purpose__example="yes", anonymity__agreed="yes")
    words = [q.path for q in form_of("commission_summary").walk() if q.kind is QuestionKind.TEXT]
    words.remove("obstacles/act")  # an act is called by its number and date
    assert len(words) == 6
    for path in words:
        sheet.answer(path, text)
        assert sheet.error(path), path
        sheet.answer(path, "The body asked for papers that nobody had.")
        assert not sheet.error(path), path


def test_a_summary_is_ready_only_when_all_is_out_and_two_have_read_it() -> None:
    gone = "names places dates employer numbers rare words file"
    ready = {"anonymity__removed": gone, "anonymity__second_reader": "yes"}
    assert filled("commission_summary", **ready).get("anonymity/ready") == "yes"
    story = {"purpose__example": "yes", "anonymity__agreed": "no"}
    assert filled("commission_summary", **ready, **story).get("anonymity/ready") == "no"
    assert not filled("commission_summary", **ready, **story).relevant("course/story")
    few = ready | {"anonymity__removed": "names places"}
    assert filled("commission_summary", **few).get("anonymity/ready") == "no"
    assert filled("commission_summary", obstacles__how_often="3").get("obstacles/often_shown") == "<5"


TABLE = {
    "period__year": "2026",
    "period__quarter": "4",
    "care__at_start": "20",
    "new_people__f_adult": "12",
    "new_people__m_child": "3",
    "by_kind__k_trafficking": "15",
    "closings__z_goals": "5",
    "services_group__persons_served": "14",
    "services_group__sv_legal": "30",
    "services_group__sp_legal": "14",
}


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({}, "agrees"),
        ({"by_kind__k_trafficking": "14"}, "differs"),
        ({"by_citizenship__c_kz": "16"}, "differs"),
        ({"by_source__s_self": "1"}, "differs"),
        ({"closings__z_goals": "40"}, "differs"),
        ({"services_group__sp_legal": "15"}, "differs"),
        ({"referrals_group__r_sent": "2", "referrals_group__r_accepted": "3"}, "differs"),
    ],
)
def test_the_sums_of_the_table_are_set_against_each_other(more: dict[str, str], verdict: str) -> None:
    table = filled("statistical_table", **(TABLE | more))
    assert table.get("check_group/verdict") == verdict
    assert table.get("care/new_all") == "15"


def test_the_table_works_out_its_end_and_counts_small_cells() -> None:
    table = filled("statistical_table", **TABLE)
    assert table.get("care/at_end") == "30"
    assert table.get("check_group/small_cells") == "2"
    assert filled("statistical_table").get("check_group/verdict") == "empty"
