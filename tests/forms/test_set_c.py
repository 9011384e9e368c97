"""Statelessness, legal work and custody: fear comes before any letter, sums and days are right, nobody is exposed."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import pytest

from kzcase.domain.classes import FieldClass
from kzcase.domain.stay import Regime, Stay, StayQuestion, count_stay
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES
from tests.forms.filled import NOON

FORMS = {
    "intake_stateless": (90, 105),
    "evidence_register": (30, 45),
    "nationality_by_country": (35, 45),
    "path_decision": (30, 45),
    "statelessness_application": (50, 70),
    "archive_request": (30, 40),
    "consulate_letter": (30, 40),
    "stay_calculation": (25, 40),
    "wage_claim": (55, 75),
    "humanitarian_issues": (55, 75),
    "visibility_risk": (30, 45),
    "custody_receipt": (18, 25),
}
FEAR_FIRST = ("nationality_by_country", "consulate_letter", "path_decision")


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
    assert form.phone
    assert form.client_paper is (form_id == "custody_receipt")
    silent = [q.path for q in form.walk() if q.constraint and not q.constraint_message]
    assert silent == []


@pytest.mark.parametrize("form_id", FORMS)
def test_free_text_is_never_counted(form_id: str) -> None:
    texts = [q for q in form_of(form_id).walk() if q.kind is QuestionKind.TEXT]
    assert all(q.field_class is not FieldClass.STATISTICAL for q in texts)


@pytest.mark.parametrize("form_id", FEAR_FIRST)
def test_fear_is_the_first_question(form_id: str) -> None:
    first = next(form_of(form_id).asked())
    assert first.path == "safety/afraid"
    assert first.read_aloud
    assert first.required is not None
    assert first.field_class is FieldClass.SENSITIVE


# Citizenship, country by country.

CALM = {"safety/afraid": "no", "safety/asylum": "no"}
ROW = {
    "table/countries[1]/country": "UZ",
    "table/countries[1]/agreed": "yes",
    "table/countries[2]/country": "RU",
    "table/countries[2]/agreed": "yes",
}
CLEARED = {"clearance/lawyer_decision": "cleared", "clearance/cleared_for": "RU"}


def _may_be_asked(answers: Mapping[str, str], missing: Mapping[str, str] | None = None) -> tuple[bool, bool]:
    opened = filled("nationality_by_country", {**ROW, **answers}, missing)
    first, second = (opened.relevant(f"table/countries[{row}]/sent_on") for row in (1, 2))
    assert opened.relevant("table/countries[1]/row_blocked") is not first
    return first, second


def test_without_fear_both_countries_may_be_asked() -> None:
    assert _may_be_asked(CALM) == (True, True)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"safety/afraid": "yes", "safety/asylum": "no"},
        {"safety/afraid": "no"},
        {"safety/afraid": "no", "safety/asylum": "yes"},
        {"safety/afraid": "yes", "clearance/lawyer_decision": "not_cleared", "clearance/cleared_for": "UZ RU"},
        {"safety/afraid": "yes", "clearance/lawyer_decision": "asylum_first", "clearance/cleared_for": "UZ RU"},
    ],
)
def test_fear_or_asylum_or_silence_closes_every_country(answers: dict[str, str]) -> None:
    assert _may_be_asked(answers) == (False, False)
    assert filled("nationality_by_country", {**ROW, **answers}).relevant("safety/blocked_note")


@pytest.mark.parametrize("reason", ["unknown", "refused", "not_asked"])
def test_an_unknown_fear_closes_every_country(reason: str) -> None:
    assert _may_be_asked({"safety/asylum": "no"}, {"safety/afraid": reason}) == (False, False)


def test_a_lawyer_opens_only_the_countries_named() -> None:
    assert _may_be_asked({"safety/afraid": "yes", "safety/asylum": "no", **CLEARED}) == (False, True)


def test_nothing_is_sent_without_agreement() -> None:
    opened = filled("nationality_by_country", {**CALM, "table/countries[1]/country": "UZ"})
    assert opened.relevant("table/countries[1]/agreed")
    assert not opened.relevant("table/countries[1]/sent_on")
    opened.answer("table/countries[1]/agreed", "no")
    assert not opened.relevant("table/countries[1]/sent_on")


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-01-01", "2026-07-01"),
        ("2026-06-15", "2026-12-15"),
        ("2026-07-31", "2027-01-31"),
        ("2026-08-31", "2027-02-28"),
        ("2023-08-30", "2024-02-29"),
        ("2026-03-31", "2026-09-30"),
        ("2026-05-31", "2026-11-30"),
        ("2025-12-09", "2026-06-09"),
    ],
)
def test_six_months_end_on_the_same_day_or_the_last(sent: str, due: str) -> None:
    opened = filled("nationality_by_country", {**CALM, **ROW, "table/countries[1]/sent_on": sent})
    assert opened.get("table/countries[1]/six_months") == due


def test_statelessness_shows_only_when_every_country_is_settled() -> None:
    one = {**CALM, **ROW, "table/countries[1]/conclusion": "not_national"}
    assert not filled("nationality_by_country", one).relevant("result/stateless_hint")
    both = one | {"table/countries[2]/conclusion": "lost"}
    assert filled("nationality_by_country", both).relevant("result/stateless_hint")
    citizen = one | {"table/countries[2]/conclusion": "national"}
    opened = filled("nationality_by_country", citizen)
    assert not opened.relevant("result/stateless_hint")
    assert opened.relevant("result/national_hint")


# Letters.

SAFE = {"safety/afraid": "no", "safety/family_harm": "no", "safety/asylum": "no"}


@pytest.mark.parametrize(
    "danger",
    [
        {"safety/afraid": "yes"},
        {"safety/afraid": ""},
        {"safety/family_harm": "yes"},
        {"safety/family_harm": ""},
        {"safety/asylum": "yes"},
        {"safety/exploiters_near": "yes"},
    ],
)
def test_a_consulate_is_not_written_to_before_a_lawyer_clears_it(danger: dict[str, str]) -> None:
    opened = filled("consulate_letter", SAFE | danger)
    opened.answer("agreement/agreed", "yes")
    assert opened.relevant("safety/blocked")
    assert not any(
        opened.relevant(path) for path in ("agreement/agreed", "letter/body", "letter/country", "reply_group/sent_on")
    )
    opened.answer("safety/lawyer_decision", "not_cleared")
    assert not opened.relevant("letter/body")
    opened.answer("safety/lawyer_decision", "cleared")
    assert opened.relevant("letter/body")


def test_a_letter_tells_only_what_was_agreed() -> None:
    opened = filled("consulate_letter", SAFE | {"agreement/agreed": "yes", "agreement/told": "name birth"})
    assert opened.relevant("letter/person_name")
    assert opened.relevant("letter/person_birth")
    assert not opened.relevant("letter/person_relatives")
    opened.answer("agreement/agreed", "no")
    assert not opened.relevant("letter/person_name")


@pytest.mark.parametrize(
    ("answers", "sent"),
    [
        ({}, False),
        ({"check/abroad": "no"}, True),
        ({"check/abroad": "yes"}, False),
        ({"check/abroad": "yes", "check/afraid": "yes"}, False),
        ({"check/abroad": "yes", "check/afraid": "no"}, True),
        ({"check/abroad": "yes", "check/afraid": "yes", "check/cleared": "yes"}, True),
        ({"check/abroad": "yes", "check/afraid": "yes", "check/cleared": "no"}, False),
    ],
)
def test_an_archive_abroad_waits_for_the_question_about_fear(answers: dict[str, str], sent: bool) -> None:
    opened = filled("archive_request", answers)
    assert opened.relevant("request/record") is sent
    assert opened.relevant("check/blocked") is not sent


# Path, evidence, application, intake.


@pytest.mark.parametrize(
    ("answers", "stopped"),
    [
        ({"safety/afraid": "no", "chosen/path": "foreign"}, False),
        ({"safety/afraid": "yes", "chosen/path": "foreign"}, True),
        ({"safety/afraid": "", "chosen/path": "stateless", "chosen/parallel": "documents"}, True),
        ({"safety/afraid": "yes", "chosen/path": "stateless"}, False),
        ({"safety/afraid": "yes", "safety/lawyer_cleared": "yes", "chosen/path": "kandas"}, False),
    ],
)
def test_a_path_to_another_authority_stops_at_fear(answers: dict[str, str], stopped: bool) -> None:
    assert filled("path_decision", answers).relevant("chosen/consulate_stop") is stopped


def test_costs_are_added_and_one_path_is_not_taken_twice() -> None:
    opened = filled(
        "path_decision",
        {
            "chosen/path": "stateless",
            "chosen/parallel": "documents stateless",
            "steps_group/steps[1]/step_cost": "4500",
            "steps_group/steps[3]/step_cost": "500",
        },
    )
    assert opened.get("steps_group/cost_total") == "5000"
    assert "chosen/parallel" in opened.errors()


def test_originals_without_a_receipt_are_pointed_out() -> None:
    piece = {"register/pieces[1]/holder": "ngo", "register/pieces[1]/form": "original"}
    opened = filled("evidence_register", piece)
    assert opened.get("totals/without_receipt") == "1"
    assert opened.relevant("totals/receipt_note")
    copied = filled("evidence_register", piece | {"register/pieces[1]/form": "copy"})
    assert not copied.relevant("totals/receipt_note")
    opened.answer("register/pieces[1]/receipt", "7")
    assert not opened.relevant("totals/receipt_note")


def test_gaps_are_counted_while_they_are_open() -> None:
    wanted = {f"gaps/missing[{row}]/wanted": "identity" for row in (1, 2, 3)}
    states = {"gaps/missing[1]/gap_state": "received", "gaps/missing[2]/gap_state": "unsafe"}
    opened = filled("evidence_register", wanted | states | {"register/pieces[2]/what": "x"})
    assert opened.get("totals/gaps_shown") == "1"
    assert opened.get("totals/pieces_shown") == "1"


READY = {"annexes/ready": "application photos fingerprint", "annexes/photos": "6"}


@pytest.mark.parametrize(
    ("answers", "lacking"),
    [
        ({}, "3"),
        (READY, "0"),
        (READY | {"annexes/photos": "4"}, "1"),
        (READY | {"applicant/represented": "yes"}, "1"),
        (READY | {"applicant/applicant_place": "detained"}, "1"),
        (READY | {"applicant/applicant_place": "prison"}, "2"),
        (
            {
                "annexes/ready": "application photos fingerprint petition verdict",
                "applicant/applicant_place": "prison",
            },
            "0",
        ),
    ],
)
def test_the_annexes_an_applicant_needs_are_counted(answers: dict[str, str], lacking: str) -> None:
    assert filled("statelessness_application", answers).get("annexes/lacking") == lacking


def test_asylum_is_settled_before_an_application_is_filed() -> None:
    assert filled("statelessness_application", {}).relevant("before/asylum_note")
    assert not filled("statelessness_application", {"before/asylum_out": "yes"}).relevant("before/asylum_note")


@pytest.mark.parametrize(
    ("born", "talk", "age", "child"),
    [
        ("2008-11-22", "2026-11-22", "18", False),
        ("2008-11-23", "2026-11-22", "17", True),
        ("2008-02-29", "2026-02-28", "17", True),
        ("2008-02-29", "2026-03-01", "18", False),
        ("1980-12-31", "2026-01-01", "45", False),
    ],
)
def test_age_is_in_completed_years_on_the_day_of_the_talk(born: str, talk: str, age: str, child: bool) -> None:
    opened = filled("intake_stateless", {"person/birth_date": born, "about_talk/talk_date": talk})
    assert opened.get("person/age") == age
    assert opened.relevant("person/child_note") is child


def test_children_without_a_registered_birth_are_counted() -> None:
    row = "own_family_group/own_family[{}]/{}".format
    opened = filled(
        "intake_stateless",
        {
            row(1, "kin"): "son",
            row(1, "kin_registered"): "no",
            row(2, "kin"): "daughter",
            row(2, "kin_birth"): "2001-05-05",
            row(2, "kin_registered"): "no",
            row(3, "kin"): "daughter",
            row(3, "kin_birth"): "2020-05-05",
            row(3, "kin_citizenship"): "UND",
            row(4, "kin"): "wife",
            row(4, "kin_registered"): "no",
        },
    )
    assert opened.get("own_family_group/children_at_risk") == "2"


def test_the_day_of_1992_is_asked_of_those_born_before_it() -> None:
    asked = "residence/lived_1992"
    assert filled("intake_stateless", {"person/birth_date": "1992-03-01"}).relevant(asked)
    assert filled("intake_stateless", {}).relevant(asked)
    assert not filled("intake_stateless", {"person/birth_date": "1992-03-02"}).relevant(asked)


def test_an_intake_warns_unless_fear_is_ruled_out() -> None:
    assert filled("intake_stateless", {}).relevant("safety/fear_note")
    assert filled("intake_stateless", {}, {"safety/afraid": "refused"}).relevant("safety/fear_note")
    assert not filled("intake_stateless", {"safety/afraid": "no"}).relevant("safety/fear_note")


# Days of stay: the form and the program's own calculator agree.

Row = tuple[str, str, str]
KINDS = {"counted": "visa_free", "permit": "permit"}


def _stay_sheet(regime: str, stays: list[Row], entry: str, day: str) -> AnswerSheet:
    answers = {"basis/regime": regime, "basis/check_day": day, "travel/current_entry": entry}
    for number, row in enumerate(stays, 1):
        for name, value in zip(("entered", "exited", "kind"), row, strict=True):
            answers[f"travel/stays[{number}]/{name}"] = value
    return filled("stay_calculation", answers)


STAYS: list[tuple[Regime, list[Row], str, str]] = [
    ("visa_free", [], "2026-01-10", "2026-01-15"),
    (
        "visa_free",
        [
            ("2026-01-01", "2026-01-30", "counted"),
            ("2026-02-05", "2026-03-06", "counted"),
            ("2026-03-10", "2026-04-08", "counted"),
        ],
        "2026-04-15",
        "2026-04-15",
    ),
    ("eaeu", [], "2026-01-10", "2026-03-01"),
    ("eaeu", [("2026-01-01", "2026-03-01", "counted")], "2026-04-01", "2026-04-02"),
    ("eaeu", [("2026-01-01", "2026-01-10", "counted")], "2026-04-12", "2026-06-30"),
    ("eaeu", [("2026-01-01", "2026-01-10", "counted")], "2026-01-10", "2026-02-01"),
    ("eaeu", [("2026-02-01", "2026-02-20", "permit")], "2026-04-12", "2026-06-30"),
    (
        "eaeu",
        [("2025-12-20", "2026-01-08", "counted"), ("2025-03-01", "2025-04-29", "counted")],
        "2026-02-01",
        "2026-03-01",
    ),
    (
        "visa_free",
        [("2026-02-16", "2026-02-16", "counted"), ("2026-01-18", "2026-02-16", "counted")],
        "2026-02-17",
        "2026-03-01",
    ),
    (
        "eaeu",
        [("2025-10-01", "2025-10-01", "counted"), ("2026-01-01", "2026-03-01", "counted")],
        "2026-04-01",
        "2026-04-02",
    ),
    (
        "eaeu",
        [("2025-10-01", "2025-10-01", "counted"), ("2026-03-20", "2026-03-30", "counted")],
        "2026-04-20",
        "2026-04-21",
    ),
    (
        "eaeu",
        [(f"{year}-{month}-01", f"{year}-{month}-28", "counted") for year in (2024, 2025) for month in ("01", "08")],
        "2026-02-10",
        "2026-05-30",
    ),
]


@pytest.mark.parametrize(("regime", "stays", "entry", "day"), STAYS)
def test_days_of_stay_agree_with_the_calculator(regime: Regime, stays: list[Row], entry: str, day: str) -> None:
    on = date.fromisoformat
    known = tuple(Stay(on(start), on(end), "permit" if kind == "permit" else "visa_free") for start, end, kind in stays)
    wanted = count_stay(StayQuestion(regime, (*known, Stay(on(entry))), on(day)))
    opened = _stay_sheet(regime, stays, entry, day)
    assert opened.get("results/used_rolling") == str(wanted.rolling.used)
    assert opened.get("results/used_block") == str(wanted.block.used)
    assert opened.get("answer/last_day") == (wanted.last_day.isoformat() if wanted.last_day else "")
    assert opened.relevant("answer/none_left") is (wanted.last_day is None)
    assert not opened.relevant("travel/overlap_note")


def test_no_day_is_worked_out_for_an_unknown_regime() -> None:
    opened = _stay_sheet("", [], "2026-01-10", "2026-01-15")
    assert opened.get("answer/last_day") == ""
    assert opened.relevant("basis/unknown_regime")
    assert not opened.relevant("results/used_rolling")


def test_a_visa_ends_on_its_own_day_and_an_overrun_shows() -> None:
    opened = _stay_sheet("visa", [], "2026-01-10", "2026-11-20")
    opened.answer("basis/document_until", "2026-11-18")
    assert opened.get("answer/last_day") == "2026-11-18"
    assert opened.get("answer/days_left") == "-2"
    assert opened.relevant("answer/over")
    opened.answer("basis/document_until", (date(2026, 11, 20) + timedelta(10)).isoformat())
    assert opened.relevant("answer/soon")


def test_stays_that_overlap_are_pointed_out() -> None:
    stays = [("2026-01-01", "2026-01-20", "counted"), ("2026-01-10", "2026-01-30", "counted")]
    assert _stay_sheet("eaeu", stays, "2026-03-01", "2026-03-02").relevant("travel/overlap_note")
    within = [("2026-01-01", "2026-01-20", "counted")]
    assert _stay_sheet("eaeu", within, "2026-01-19", "2026-03-02").relevant("travel/overlap_note")


# Wages.


def test_a_debt_is_worked_out() -> None:
    opened = filled(
        "wage_claim",
        {
            "agreed/rate_agreed": "10000",
            "count_group/periods[1]/units": "22",
            "count_group/periods[1]/paid": "50000",
            "count_group/periods[2]/units": "10",
            "count_group/periods[2]/rate": "12000.5",
            "count_group/overtime": "15000",
            "count_group/paid_other": "20000",
            "deductions_group/deductions[1]/d_amount": "30000",
            "deductions_group/deductions[1]/d_accepted": "yes",
            "deductions_group/deductions[2]/d_amount": "40000",
            "deductions_group/deductions[2]/d_accepted": "no",
            "deductions_group/deductions[3]/d_amount": "1000",
            "sums/penalty": "99.5",
        },
    )
    names = ("earned", "more", "deducted", "received", "disputed", "owed", "claim_total")
    assert [opened.get(f"sums/{name}") for name in names] == [
        "340005",
        "15000",
        "30000",
        "70000",
        "41000",
        "255005",
        "255104.5",
    ]


def test_a_debt_is_never_below_nothing() -> None:
    paid = {
        "agreed/rate_agreed": "100",
        "count_group/periods[1]/units": "1",
        "count_group/periods[1]/paid": "150",
        "sums/penalty": "7",
    }
    opened = filled("wage_claim", paid)
    assert opened.get("sums/owed") == "-50"
    assert opened.get("sums/claim_total") == "7"
    assert opened.relevant("sums/nothing_owed")


@pytest.mark.parametrize(
    "sign", [{"safety/free_to_go": "no"}, {"safety/papers_held": "yes"}, {"safety/employer_fear": "yes"}]
)
def test_signs_of_forced_labour_come_before_the_claim(sign: dict[str, str]) -> None:
    assert filled("wage_claim", sign).relevant("safety/forced_note")
    assert not filled("wage_claim", {}).relevant("safety/forced_note")


def test_an_employer_is_named_in_no_other_of_these_forms() -> None:
    named = {form_id for form_id in FORMS for q in form_of(form_id).walk() if q.name.startswith("employer_name")}
    assert named == {"wage_claim"}


# Households, receipts, visits.

FILED = {"filings_group/filings[1]/likely": "2", "filings_group/filings[1]/grave": "3"}


def test_an_exposed_member_who_has_not_agreed_stops_the_filing() -> None:
    member = {"members_group/members[1]/m_exposure": "irregular", "members_group/members[2]/m_exposure": "none"}
    opened = filled("visibility_risk", member)
    assert opened.get("members_group/exposed_count") == "1"
    assert opened.relevant("members_group/unasked_note")
    opened.answer("members_group/members[1]/m_knows", "yes")
    assert not opened.relevant("members_group/unasked_note")


def test_a_score_is_said_in_words_and_a_bare_filing_is_pointed_out() -> None:
    opened = filled("visibility_risk", FILED | {"filings_group/filings[1]/verdict": "file"})
    assert opened.get("filings_group/filings[1]/score_shown") == "6"
    assert opened.get("result/sense") == "high"
    assert opened.relevant("filings_group/bare_note")
    opened.answer("filings_group/filings[1]/measures", "lawyer_first")
    assert not opened.relevant("filings_group/bare_note")
    assert filled("visibility_risk", {}).get("result/sense") == ""


@pytest.mark.parametrize("consequence", ["expulsion", "separation", "origin_learns", "exploiter_finds"])
def test_grave_consequences_are_high_risk_whatever_the_score(consequence: str) -> None:
    opened = filled("visibility_risk", {"filings_group/filings[1]/consequence": consequence})
    assert opened.relevant("filings_group/filings[1]/high")
    mild = filled("visibility_risk", {"filings_group/filings[1]/consequence": "fine"})
    assert not mild.relevant("filings_group/filings[1]/high")


def test_a_receipt_counts_what_is_still_to_be_given_back() -> None:
    row = "items_group/items[{}]/{}".format
    opened = filled(
        "custody_receipt",
        {
            row(1, "item_what"): "a",
            row(1, "item_sheets"): "12",
            row(2, "item_what"): "b",
            row(2, "item_sheets"): "1",
            row(2, "item_returned"): "2026-11-22",
        },
    )
    names = ("items_count", "sheets_count", "open_count")
    assert [opened.get(f"items_group/{name}") for name in names] == ["2", "13", "1"]
    opened.answer("receipt/own_wish", "no")
    assert opened.relevant("receipt/not_own_wish")


def test_a_visit_adds_up_and_names_nobody() -> None:
    numbers = {"people/men": "10", "people/boys": "2", "people/places": "11", "issues_group/issues[1]/area": "water"}
    opened = filled("humanitarian_issues", numbers | {"issues_group/issues[1]/gravity": "now"})
    assert opened.get("people/people_total") == "12"
    assert opened.relevant("people/crowded")
    assert opened.relevant("people/children_note")
    assert opened.relevant("issues_group/urgent_note")
    opened.answer("people/alone_children", "3")
    assert "people/alone_children" in opened.errors()
    classes = {q.field_class for q in form_of("humanitarian_issues").asked()}
    assert FieldClass.IDENTIFYING not in classes
    assert FieldClass.CONTACT not in classes
