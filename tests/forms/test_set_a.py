"""Intakes, safety and legal help: danger is seen first, nobody is identified twice, sums, days and levels are right."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from kzcase.db.rulebook import baseline
from kzcase.domain.classes import FieldClass
from kzcase.domain.mci import Ground, compensation
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.forms.xform import parse_xform
from kzcase.i18n import LANGUAGES
from tests.forms.filled import NOON

FORMS = {
    "intake_trafficking": (80, 95),
    "intake_labour": (60, 80),
    "intake_asylum": (60, 75),
    "intake_missing": (40, 55),
    "criteria_assessment": (65, 80),
    "interviewer_preference": (10, 20),
    "safety_plan": (50, 65),
    "motion_not_to_expel": (35, 50),
    "exemption_request": (35, 50),
    "compensation_helper": (35, 45),
    "return_risk": (50, 65),
}
OFF = ("interviewer_preference", "return_risk")
INTAKES = ("intake_trafficking", "intake_labour", "intake_asylum", "intake_missing")


@cache
def form_of(form_id: str) -> Form:
    return shipped_form(form_id)


def filled(form_id: str, answers: Mapping[str, str], missing: Mapping[str, str] | None = None) -> AnswerSheet:
    opened = AnswerSheet(form_of(form_id), now=NOON, language="en")
    opened.load(answers, missing)
    return opened


@pytest.mark.parametrize(("form_id", "size"), FORMS.items())
def test_every_form_is_whole(form_id: str, size: tuple[int, int]) -> None:
    form = form_of(form_id)
    assert size[0] <= sum(1 for _question in form.asked()) <= size[1]
    assert set(form.about) == set(form.title) == set(LANGUAGES)
    assert form.moment is not None
    assert form.standards
    assert form.phone is (form_id not in OFF)
    assert form.client_paper is (form_id == "safety_plan")
    assert [q.path for q in form.walk() if q.constraint and not q.constraint_message] == []


@pytest.mark.parametrize("form_id", FORMS)
def test_only_what_may_be_counted_is_counted(form_id: str) -> None:
    for question in form_of(form_id).walk():
        counted = question.stat is not None
        assert not counted or question.field_class is FieldClass.STATISTICAL, question.path
        assert question.kind is not QuestionKind.TEXT or question.field_class is not FieldClass.STATISTICAL


@pytest.mark.parametrize("form_id", INTAKES)
def test_an_intake_asks_nothing_before_help_but_its_date(form_id: str) -> None:
    form = form_of(form_id)
    wanted = [q for q in form.asked() if q.required is not None]
    assert [q.kind for q in wanted] == [QuestionKind.DATE]
    assert filled(form_id, {}).errors() == {}
    assert form.questions[0].name == "now"


@pytest.mark.parametrize("form_id", FORMS)
def test_opened_and_left_alone_no_form_shows_an_error_beyond_what_is_required(form_id: str) -> None:
    opened = filled(form_id, {})
    required = {q.path for q in form_of(form_id).asked() if q.required is not None}
    assert set(opened.errors()) <= required


# A possible victim.


@pytest.mark.parametrize(
    "answers",
    [
        {"now/feels_safe": "no"},
        {"now/watched": "yes"},
        {"now/doctor_now": "yes"},
        {"now/private": "no"},
        {"now/came_with": "unclear"},
    ],
)
def test_each_danger_of_a_possible_victim_shows(answers: dict[str, str]) -> None:
    assert filled("intake_trafficking", answers).relevant("now/danger")


def test_without_danger_no_alarm() -> None:
    calm = {"now/feels_safe": "yes", "now/watched": "no", "now/doctor_now": "no", "now/private": "yes"}
    assert not filled("intake_trafficking", calm).relevant("now/danger")


@pytest.mark.parametrize(("birth", "child"), [("2008-11-22", False), ("2008-11-23", True), ("2000-01-01", False)])
def test_a_child_is_seen_by_the_day(birth: str, child: bool) -> None:
    for form_id in ("intake_trafficking", "intake_labour", "intake_asylum"):
        assert filled(form_id, {"person/birth": birth}).relevant("person/child_note") is child, form_id


def test_doubt_makes_a_child() -> None:
    doubtful = {"person/birth": "2000-01-01", "person/maybe_child": "yes"}
    assert filled("intake_trafficking", doubtful).relevant("person/child_note")


def test_a_child_in_danger_is_seen_in_the_table() -> None:
    row = {"family/children": "1", "family/child_list[1]/child_where": "relatives"}
    opened = filled("intake_trafficking", row)
    assert not opened.relevant("family/children_danger")
    opened.answer("family/child_list[1]/child_where", "under_control")
    assert opened.relevant("family/children_danger")


def test_a_recognised_victim_is_not_identified_again() -> None:
    assert filled("intake_trafficking", {"justice/recognised": "yes"}).relevant("justice/no_second")
    opened = filled("criteria_assessment", {"first/preference_asked": "yes", "first/recognised": "no"})
    assert opened.relevant("ill/c_beaten/beaten_seen")
    opened.answer("first/recognised", "yes")
    assert opened.relevant("first/stop_here")
    assert not opened.relevant("ill/c_beaten/beaten_seen")
    assert not opened.relevant("decision/result")


@pytest.mark.parametrize("first", [{}, {"first/preference_asked": "no"}])
def test_criteria_wait_for_the_preferred_sex(first: dict[str, str]) -> None:
    assert not filled("criteria_assessment", {"first/recognised": "no", **first}).relevant("ill/ill_note")


def test_a_refused_assessment_ends() -> None:
    answers = {"first/preference_asked": "yes", "first/recognised": "no", "first/agrees": "no"}
    assert not filled("criteria_assessment", answers).relevant("ill/ill_note")


def test_criteria_are_counted_with_their_support() -> None:
    opened = filled(
        "criteria_assessment",
        {
            "first/preference_asked": "yes",
            "first/recognised": "no",
            "ill/c_held/held_seen": "yes",
            "ill/c_held/held_evidence": "account",
            "ill/c_beaten/beaten_seen": "no",
            "after/c_ties/ties_seen": "yes",
        },
    )
    assert [opened.get(f"sum_up/{name}") for name in ("ill_count", "after_count", "unsupported", "unclear")] == [
        "1",
        "1",
        "1",
        "9",
    ]
    assert opened.get("sum_up/outcome_shown") == "ill_and_after"
    assert opened.relevant("sum_up/support_note")
    opened.answer("after/c_ties/ties_seen", "")
    assert opened.get("sum_up/outcome_shown") == "ill_only"
    assert not opened.relevant("sum_up/support_note")


# Safety.


@pytest.mark.parametrize(
    ("signs", "level"),
    [
        ({"sign_now": "yes"}, "immediate"),
        ({"sign_harm": "yes"}, "immediate"),
        ({"sign_kill": "yes", "sign_weapon": "yes"}, "immediate"),
        ({"sign_kill": "yes", "sign_search": "yes"}, "immediate"),
        ({"sign_kill": "yes"}, "high"),
        ({"sign_weapon": "yes"}, "high"),
        ({"sign_choked": "yes"}, "high"),
        ({"sign_address": "yes", "sign_search": "yes", "sign_family": "yes", "sign_worse": "yes"}, "high"),
        ({"sign_address": "yes", "sign_alone": "yes"}, "medium"),
        ({"sign_address": "yes"}, ""),
        ({}, ""),
        (dict.fromkeys(("sign_now", "sign_kill", "sign_weapon", "sign_choked", "sign_search"), "no"), "low"),
    ],
)
def test_danger_signs_have_a_sense(signs: dict[str, str], level: str) -> None:
    opened = filled("safety_plan", {f"dangers/{name}": value for name, value in signs.items()})
    assert opened.get("dangers/level_shown") == level
    assert opened.relevant("dangers/act_now") is (level == "immediate")


def test_a_plan_is_not_taken_where_paper_is_not_safe() -> None:
    opened = filled("safety_plan", {"start/paper_safe": "no", "start/kept_where": "taken"})
    assert "start/kept_where" in opened.errors()
    opened.answer("start/paper_safe", "yes")
    assert "start/kept_where" not in opened.errors()


def test_code_words_differ() -> None:
    opened = filled("safety_plan", {"contact/code_help": "apricot", "contact/code_clear": "apricot"})
    assert "contact/code_clear" in opened.errors()
    opened.answer("contact/code_clear", "melon")
    assert "contact/code_clear" not in opened.errors()


# Return: fear comes first.

CALM = {"fear/afraid": "no", "fear/asylum_wish": "no"}


def _goes_on(answers: Mapping[str, str], missing: Mapping[str, str] | None = None) -> bool:
    opened = filled("return_risk", answers, missing)
    parts = {opened.relevant(path) for path in ("risks/to_country", "journey/travel_on", "consent_part/decision")}
    assert len(parts) == 1
    return parts.pop()


def test_fear_is_the_first_question() -> None:
    first = next(form_of("return_risk").asked())
    assert first.path == "fear/afraid"
    assert first.read_aloud
    assert first.required is not None


def test_without_fear_return_is_spoken_of() -> None:
    assert _goes_on(CALM)
    assert not filled("return_risk", CALM).relevant("fear/stop_lawyer")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"fear/afraid": "yes", "fear/asylum_wish": "no"},
        {"fear/afraid": "no"},
        {**CALM, "fear/asylum_wish": "yes"},
        {**CALM, "fear/protection": "asylum_seeker"},
        {**CALM, "fear/protection": "refugee"},
        {"fear/afraid": "yes", "fear/lawyer_cleared": "no"},
    ],
)
def test_fear_asylum_or_silence_stops(answers: dict[str, str]) -> None:
    assert not _goes_on(answers)
    assert filled("return_risk", answers).relevant("fear/stop_lawyer")


@pytest.mark.parametrize("reason", ["unknown", "refused", "not_asked"])
def test_an_unknown_fear_stops(reason: str) -> None:
    assert not _goes_on({"fear/asylum_wish": "no"}, {"fear/afraid": reason})


def test_only_a_lawyer_lets_it_go_on() -> None:
    assert _goes_on({"fear/afraid": "yes", "fear/lawyer_cleared": "yes"})


def test_consent_comes_after_all_eight_points() -> None:
    seven = "stay_options reflection services_go_on change_mind fine_ban case_effect who_learns"
    opened = filled("return_risk", {**CALM, "free_will/explained": seven, "consent_part/decision": "agrees"})
    assert "consent_part/decision" in opened.errors()
    opened.answer("free_will/explained", f"{seven} reintegration")
    assert "consent_part/decision" not in opened.errors()


def test_a_ticket_needs_consent_risk_and_supervisor() -> None:
    full = {"consent_part/decision": "agrees", "risks/risk": "low", "consent_part/supervisor_agrees": "yes"}
    assert not filled("return_risk", CALM | full).relevant("consent_part/no_ticket")
    for path in full:
        assert filled("return_risk", CALM | full | {path: ""}).relevant("consent_part/no_ticket"), path
    assert filled("return_risk", CALM | full | {"risks/risk": "immediate"}).relevant("consent_part/no_ticket")


@pytest.mark.parametrize(
    ("yes", "level"),
    [
        (("r_exploiters",), "stop"),
        (("r_family_part",), "stop"),
        (("r_prosecution",), "stop"),
        (("r_debt", "r_blame"), "raised"),
        (("r_debt",), "lower"),
        ((), "lower"),
    ],
)
def test_risks_of_return_have_a_sense(yes: tuple[str, ...], level: str) -> None:
    names = [q.name for q in form_of("return_risk").asked() if q.name.startswith("r_")]
    answers = {f"risks/{name}": "yes" if name in yes else "no" for name in names}
    assert filled("return_risk", CALM | answers).get("risks/risk_shown") == level


def test_too_little_known_is_no_low_risk() -> None:
    assert filled("return_risk", CALM | {"risks/r_debt": "no"}).get("risks/risk_shown") == "unclear"


def test_contacts_after_return_are_planned() -> None:
    opened = filled("return_risk", CALM | {"journey/travel_on": "2026-12-01"})
    dates = [opened.get(f"reception/follow_{months}") for months in (1, 3, 6)]
    assert dates == ["2026-12-31", "2027-03-02", "2027-06-01"]


# Money.


def _rows(*values: str) -> dict[str, str]:
    return {f"amount/mci_rows[{number}]/mci": value for number, value in enumerate(values, 1)}


@pytest.mark.parametrize(
    ("multiple", "values", "least", "most"),
    [
        ("30", ("4325",), "129750", "129750"),
        ("40", ("3932", "4325"), "157280", "173000"),
        ("50", ("4325", "3932", "3692"), "184600", "216250"),
    ],
)
def test_compensation_is_worked_out_for_every_day(
    multiple: str, values: tuple[str, ...], least: str, most: str
) -> None:
    opened = filled("compensation_helper", {"amount/multiple": multiple, **_rows(*values)})
    assert (opened.get("amount/sum_least"), opened.get("amount/sum_most")) == (least, most)


def test_without_a_value_there_is_no_sum() -> None:
    opened = filled("compensation_helper", {"amount/multiple": "30"})
    assert opened.get("amount/sum_least") == ""
    assert not opened.relevant("amount/sum_range")


def test_a_multiple_that_does_not_fit_its_ground_shows() -> None:
    opened = filled("compensation_helper", {"entitled/ground": "mci_40", "amount/multiple": "30"})
    assert opened.relevant("amount/multiple_differs")
    opened.answer("amount/multiple", "40")
    assert not opened.relevant("amount/multiple_differs")


@pytest.mark.parametrize(("paid", "difference"), [("129750", "0"), ("100000", "-29750"), ("130000", "250")])
def test_what_was_paid_is_compared(paid: str, difference: str) -> None:
    answers = {"amount/multiple": "30", "outcome/state": "paid", "outcome/paid_sum": paid, **_rows("4325")}
    opened = filled("compensation_helper", answers)
    assert opened.get("outcome/difference") == difference
    assert opened.relevant("outcome/differs") is (difference != "0")


def test_reminders_are_thirty_and_sixty_days_on() -> None:
    opened = filled("compensation_helper", {"papers_part/submitted_on": "2026-10-01"})
    assert opened.get("papers_part/ask_first") == "2026-10-31"
    assert opened.get("papers_part/ask_second") == "2026-11-30"


@pytest.mark.parametrize(("paid", "owed"), [("", "600000"), ("250000", "350000"), ("900000", "0")])
def test_wages_owed_are_never_below_nothing(paid: str, owed: str) -> None:
    job = {"job_from": "2026-08-01", "job_to": "2026-09-30", "agreed": "300000", "paid": paid}
    opened = filled("intake_labour", {f"work/jobs[1]/{name}": value for name, value in job.items()})
    assert opened.get("work/jobs[1]/months") == "2"
    assert opened.get("work/jobs[1]/owed") == owed


def test_signs_of_forced_labour_are_counted() -> None:
    held = {
        "now/can_leave": "no",
        "stay/documents_at": "employer",
        "work/why": "wages deceived",
        "work/debt": "yes",
        "work/jobs[1]/hours": "14",
        "work/jobs[1]/lives_there": "yes",
    }
    opened = filled("intake_labour", held)
    assert opened.get("end/warning_signs") == "7"
    assert opened.relevant("now/urgent")
    assert filled("intake_labour", {}).get("end/warning_signs") == "0"


@pytest.mark.parametrize(("afraid", "shown"), [("no", False), ("yes", True), ("", True)])
def test_no_consulate_without_a_clear_no(afraid: str, shown: bool) -> None:
    assert filled("intake_labour", {"wishes/afraid_return": afraid}).relevant("wishes/no_consulate") is shown
    assert filled("intake_asylum", {"now/afraid": afraid}).relevant("now/stop_removal") is shown
    assert filled("motion_not_to_expel", {"before/afraid": afraid}).relevant("before/asylum_too") is shown


# Clocks.


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"journey/entry_way": "checkpoint", "journey/arrived_on": "2026-11-20"}, "2026-11-25"),
        ({"journey/entry_way": "outside", "journey/arrived_on": "2026-11-20"}, "2026-11-21"),
        (
            {
                "journey/entry_way": "stayed_on",
                "journey/arrived_on": "2026-01-01",
                "asylum/danger_known": "2026-11-19",
            },
            "2026-11-24",
        ),
        ({}, ""),
    ],
)
def test_the_day_to_apply_by(answers: dict[str, str], due: str) -> None:
    assert filled("intake_asylum", answers).get("asylum/apply_by") == due


def test_hours_of_detention_run() -> None:
    held = {"now/situation": "asylum_held", "detention/held_since": "2026-11-20T09:00:00.000+05:00"}
    assert filled("intake_asylum", held).get("detention/held_hours") == "51"


def test_no_contact_with_the_country_of_origin_unless_lifted() -> None:
    assert filled("intake_asylum", {}).get("now/no_origin_contact") == "yes"


def test_hours_to_the_hearing() -> None:
    opened = filled("motion_not_to_expel", {"addressee_part/hearing_at": "2026-11-23T14:00:00.000+05:00"})
    assert opened.get("addressee_part/hours_left") == "26"


def test_facts_without_proof_are_named() -> None:
    rows = {
        "facts/events[1]/event_what": "a",
        "facts/events[1]/event_proof": "document",
        "facts/events[2]/event_what": "b",
        "facts/events[3]/event_what": "c",
        "facts/events[3]/event_proof": "none",
    }
    opened = filled("motion_not_to_expel", rows)
    assert (opened.get("facts/event_count"), opened.get("facts/unproved")) == ("3", "2")


@pytest.mark.parametrize(
    ("harm", "same"),
    [(("2026-01-01", "2026-03-01"), "yes"), (("2025-01-01", "2025-12-31"), "no"), (("2026-02-01", ""), "")],
)
def test_the_offence_and_the_harm_may_overlap(harm: tuple[str, str], same: str) -> None:
    days = {"charge_part/from_day": "2026-02-10", "charge_part/to_day": "2026-04-10"}
    opened = filled("exemption_request", {**days, "victim/harm_from": harm[0], "victim/harm_to": harm[1]})
    assert opened.get("victim/same_time") == same
    assert opened.relevant("victim/no_overlap") is (same == "no")


# Somebody who asks after a missing person.


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"tie/cautions": "pressing", "now/danger_now": "yes"}, "careful"),
        ({"tie/cautions": "nothing", "now/child_sought": "yes"}, "now"),
        ({"now/held_now": "yes"}, "now"),
        ({"sought/last_news": "2026-10-01"}, "soon"),
        ({"sought/last_news": "2026-11-01"}, "usual"),
        ({"tie/reasons": "found_body"}, "soon"),
    ],
)
def test_how_an_enquiry_is_handled(answers: dict[str, str], level: str) -> None:
    opened = filled("intake_missing", answers)
    assert opened.get("agreed/level_shown") == level
    both = level == "careful" and "now/danger_now" in answers
    assert opened.relevant("agreed/danger_and_caution") is both


@pytest.mark.parametrize(("tie", "asked"), [("no", True), ("yes", False), ("", False)])
def test_the_consulate_is_named_only_without_an_asylum_tie(tie: str, asked: bool) -> None:
    opened = filled("intake_missing", {"now/asylum_tie": tie})
    assert opened.relevant("agreed/may_consulate") is asked
    assert opened.relevant("now/asylum_note") is not asked


def _compensation(ground: str, *days: str, more: Mapping[str, str] | None = None) -> AnswerSheet:
    said = {"entitled/recognised": "yes", "entitled/ground": ground, "entitled/recognised_on": days[0]}
    return filled(
        "compensation_helper", said | {"amount/apply_day": days[1], "amount/pay_day": days[2]} | dict(more or {})
    )


@pytest.mark.parametrize("ground", ["mci_30", "mci_40", "mci_50"])
@pytest.mark.parametrize(
    "days",
    [("2022-03-31", "2022-04-01", "2025-12-31"), ("2026-01-01", "2031-05-05", ""), ("2015-06-01", "", "2014-12-31")],
)
def test_the_amounts_are_those_of_the_dated_table_side_by_side(ground: Ground, days: tuple[str, str, str]) -> None:
    table = baseline().mci
    recognition, application, payment = (date.fromisoformat(day) if day else None for day in days)
    found = compensation(table, ground, recognition=recognition, application=application, payment=payment)
    opened = _compensation(ground, *days)
    for amount in found:
        assert opened.get(f"amount/sum_{amount.fixed_by}") == str(amount.amount or ""), amount.fixed_by
        assert opened.get(f"amount/source_{amount.fixed_by}") == (amount.mci.source if amount.mci else "")
    assert opened.relevant("amount/unsure") is any(amount.doubtful for amount in found)
    unknown = any(amount.day and amount.amount is None for amount in found)
    assert opened.relevant("amount/not_in_table") is unknown


def test_what_really_happened_goes_before_what_was_planned_and_a_typed_number_before_the_ground() -> None:
    later = {"papers_part/submitted_on": "2023-02-02", "outcome/state": "paid", "outcome/paid_on": "2024-02-02"}
    opened = _compensation("mci_30", "2025-01-01", "2026-01-01", "2026-02-01", more=later)
    sums = [opened.get(f"amount/sum_{by}") for by in ("recognition", "application", "payment")]
    assert sums == [str(30 * 3932), str(30 * 3450), str(30 * 3692)]
    assert (opened.get("amount/sum_least"), opened.get("amount/sum_most")) == (str(30 * 3450), str(30 * 3932))
    opened.answer("amount/multiple", "10")
    assert opened.get("amount/sum_payment") == "36920"
    opened.answer("entitled/ground", "other")
    opened.answer("amount/multiple", "")
    assert opened.get("amount/sum_payment") == "", "no number is made up"


def test_the_amount_for_fines_is_never_taken_whatever_the_order_of_the_table() -> None:
    xml = shipped_form("compensation_helper").xml
    head, table, rest = re.split(r'(?<=<instance id="mci">)(.*?)(?=</instance>)', xml, maxsplit=1, flags=re.DOTALL)
    rows = re.findall(r"<item>.*?</item>", table, flags=re.DOTALL)
    turned = parse_xform(f"{head}<root>{''.join(reversed(rows))}</root>{rest}")
    opened = AnswerSheet(turned, now=NOON)
    days = {"entitled/recognised_on": "2022-05-01", "amount/apply_day": "2022-05-01", "amount/pay_day": "2022-05-01"}
    opened.load({"entitled/recognised": "yes", "entitled/ground": "mci_30", **days})
    for fixed_by in ("recognition", "application", "payment"):
        assert opened.get(f"amount/sum_{fixed_by}") == str(30 * 3180)
        assert opened.get(f"amount/sure_{fixed_by}") == "yes"


@pytest.mark.parametrize(
    ("language", "named"), [("kk", "2026–2028 жылдарға"), ("ru", "2026–2028 годы"), ("en", "2026-2028")]
)
def test_the_source_is_named_in_the_language_of_the_paper(language: str, named: str) -> None:
    opened = _compensation("mci_30", "2026-03-01", "", "")
    note = opened.question("amount/from_recognition")
    assert named in opened.text("amount/from_recognition", note.label, language)
    assert "4325" in opened.text("amount/from_recognition", note.label, language)
    assert not opened.relevant("amount/from_payment")
