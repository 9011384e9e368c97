"""The rules one at a time, and forms without a window: exact documents, and refusals in words."""

import re
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from kzcase.db.rulebook import baseline
from kzcase.forms.library import shipped_source
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, Language
from tests.cli.running import file_with, run


def test_same_name() -> None:
    found = run("same-name", "Каримов Шерзод", "Karimov Sherzod", "--json").json("same-name")
    assert found == {"score": 1.0, "same": True, "why": ["transliteration"]}
    assert run("same-name", "Самат", "Санат", "--json").json("same-name")["same"] is False
    assert run("same-name", "x" * 1001, "y").code == 2


def test_iin() -> None:
    assert run("iin", "940505450128", "--json").json("iin")["warnings"] != ["length"]
    assert run("iin", "123", "--json").json("iin") == {"valid": False, "warnings": ["length"]}


def test_deadline() -> None:
    found = run("deadline", "host_notice", "2026-03-05", "--json").json("deadline")
    assert (found["due"], found["rule"]) == ("2026-03-11", "host_notice")
    assert {"date": "2026-03-08", "why": "womens_day"} in found["skipped"]


@pytest.mark.parametrize(
    "arguments",
    [("nope", "2026-03-05"), ("host_notice", "5.3.2026"), ("host_notice", "2026-13-05"), ("host_notice", "2030-01-01")],
)
def test_a_deadline_that_cannot_be_worked_out_is_told(arguments: tuple[str, str]) -> None:
    assert run("deadline", *arguments).code == 2


@pytest.mark.parametrize(
    ("rule", "day", "instead"),
    [
        ("host_notice", "2026-11-22", "registration_2026"),
        ("registration_2026", "2026-03-05", "host_notice"),
        ("host_notice", "2026-07-01", "registration_2026"),
    ],
)
def test_a_rule_out_of_force_names_the_one_of_that_day(rule: str, day: str, instead: str) -> None:
    refused = run("deadline", rule, day)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, b"", 1)
    assert f": {instead}." in refused.err
    assert run("deadline", instead, day).code == 0


def test_without_a_rule_on_that_subject_none_is_named() -> None:
    """Canary of the test above: only what replaces the rule, or was replaced by it, is on its subject."""
    refused = run("deadline", "reregistration_2026", "2026-03-05")
    assert (refused.code, "choose another rule or date" in refused.err) == (2, True)
    assert "host_notice" not in refused.err


@pytest.mark.parametrize("arguments", [("nope", "2026-03-05"), (), ("host_notice",)])
def test_who_does_not_know_the_rules_is_told_how_to_list_them(arguments: tuple[str, ...]) -> None:
    refused = run("deadline", *arguments)
    assert (refused.code, "--list" in refused.err, refused.err.count("\n")) == (2, True, 1)


def test_the_rules_are_listed_with_terms_and_dates() -> None:
    rules = run("deadline", "--list", "--json").json("deadline --list")["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in baseline().deadlines.versions]
    by_id = {rule["id"]: rule for rule in rules}
    host = by_id["host_notice"]
    assert (host["within"], host["valid_to"], host["replaced_by"]) == (
        "3 working days",
        "2026-06-30",
        "registration_2026",
    )
    assert by_id["asylum_decision"]["within"] == "3 months, may be extended to 12 months"
    assert by_id["crime_signal"]["within"] == "at once"
    said = run("deadline", "--list").out.decode()
    assert all(words in said for words in ("host_notice", "3 working days", "30.06.2026", "arrival at the address"))


def test_codes_are_listed_with_their_names() -> None:
    lists = run("codes", "--json").json("codes")["lists"]
    assert {each["id"] for each in lists} == set(baseline().codes)
    found = run("codes", "sex", "--json").json("codes LIST")
    assert [(code["code"], code["ru"]) for code in found["codes"]][:2] == [("male", "мужской"), ("female", "женский")]
    assert "мужской" in run("--lang", "ru", "codes", "sex").out.decode()
    unknown = run("codes", "sexes")
    assert (unknown.code, "`kzcase codes`" in unknown.err) == (2, True)


def test_noughts_are_not_called_valid_without_a_word() -> None:
    """Well formed as the law counts, since the digits need not begin with a date; but said to be odd."""
    found = run("iin", "000000000000", "--json").json("iin")
    assert found == {"valid": True, "warnings": ["seventh_digit", "date_unusual"]}
    said = run("iin", "000000000000").out.decode()
    assert ("the first six digits are not a date" in said, "Length and check digit fit" in said) == (True, True)


@pytest.mark.parametrize("day", ["05.03.2026", "5.3.2026", "2026-3-5", "20260305", "today", ""])
def test_a_date_is_asked_for_as_it_is_taken(tmp_path: Path, day: str) -> None:
    """What a message recommends is taken."""
    question = STAY | {"stays": [{"in": day, "out": None}]}
    file = file_with(tmp_path, "stay.json", msgspec.json.encode(question))
    for refused in (run("deadline", "host_notice", day), run("stay", file)):
        assert refused.code == 2
        (recommended,) = re.findall(r"\d{4}-\d{2}-\d{2}", refused.err)
        assert "22.11.2026" not in refused.err
        assert "not a date" not in run("deadline", "host_notice", recommended).err
    assert run("stay", file).err.startswith("stays[0].in: ")


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (b'{"citizenship": "UZ", "citizenship": "RU", "stays": [], "today": "2026-11-22"}', "citizenship: "),
        (
            b'{"citizenship": "UZ", "stays": [{"in": "2026-11-01", "in": "2026-11-02"}], "today": "2026-11-22"}',
            "stays[0].in: ",
        ),
    ],
)
def test_what_stands_twice_is_refused(tmp_path: Path, given: bytes, place: str) -> None:
    refused = run("stay", file_with(tmp_path, "stay.json", given))
    assert (refused.code, refused.err.startswith(place)) == (2, True)
    assert "twice" in refused.err


STAY = {"citizenship": "UZ", "stays": [{"in": "2026-11-01", "out": None}], "today": "2026-11-22"}


@pytest.mark.parametrize("country", ["Өзбекстан", "uz", "UZB"])
def test_what_is_no_country_is_told_how_countries_are_written(tmp_path: Path, country: str) -> None:
    question = {"citizenship": country, "stays": [{"in": "2026-11-01", "out": None}], "today": "2026-11-22"}
    refused = run("stay", file_with(tmp_path, "q.json", msgspec.json.encode(question)))
    assert (refused.code, "citizenship: " in refused.err, "such as UZ" in refused.err) == (2, True, True)


def test_stay(tmp_path: Path) -> None:
    file = file_with(tmp_path, "stay.json", msgspec.json.encode(STAY))
    found = run("stay", file, "--json").json("stay")
    assert found["rolling"] == {"used": 22, "left": 68, "last_day": "2026-11-30"}
    assert (found["last_day"], found["cut_by"]) == ("2026-11-30", "stay_30")


def test_the_limit_that_ends_first_stands_first_and_is_counted_down(tmp_path: Path) -> None:
    """68 days of 90 are left, and yet the stay ends in nine: both are right, so each says of which limit it is."""
    file = file_with(tmp_path, "stay.json", msgspec.json.encode(STAY))
    assert run("stay", file, "--json").json("stay")["days_left"] == 9
    lines = [" ".join(line.split()) for line in run("stay", file).out.decode().splitlines()]
    assert lines[:3] == [
        "Last safe day 30.11.2026",
        "Days left until then, today included 9",
        "The limit that ends first 30 days per entry",
    ]
    assert "Left of 90 days 68" in lines
    over = file_with(tmp_path, "over.json", msgspec.json.encode(STAY | {"today": "2026-12-05"}))
    assert run("stay", over, "--json").json("stay")["days_left"] == 0


def test_a_stay_that_ends_before_it_begins_is_named(tmp_path: Path) -> None:
    stays = [{"in": "2026-01-01", "out": "2026-01-05"}, {"in": "2026-11-05", "out": "2026-11-01"}]
    refused = run("stay", file_with(tmp_path, "stay.json", msgspec.json.encode(STAY | {"stays": stays})))
    assert (refused.code, refused.err.startswith("stays[1].out: ")) == (2, True)
    assert "ends on 01.11.2026, before it begins on 05.11.2026" in refused.err


@pytest.mark.parametrize("missing", ["citizenship", "stays"])
def test_what_a_question_lacks_is_named(tmp_path: Path, missing: str) -> None:
    question = {name: value for name, value in STAY.items() if name != missing}
    refused = run("stay", file_with(tmp_path, "stay.json", msgspec.json.encode(question)))
    assert (refused.code, refused.err) == (2, f"{missing}: This is needed and missing.\n")


def test_without_today_it_is_counted_from_today_and_said(tmp_path: Path) -> None:
    question = {name: value for name, value in STAY.items() if name != "today"}
    counted = run("stay", file_with(tmp_path, "stay.json", msgspec.json.encode(question)), "--json")
    today = datetime.now(KAZAKHSTAN).date()
    dated = run(
        "stay", file_with(tmp_path, "s.json", msgspec.json.encode(question | {"today": today.isoformat()})), "--json"
    )
    assert counted.json("stay") == dated.json("stay")
    assert ("“today”" in counted.err, dated.err) == (True, "")


@pytest.mark.parametrize("given", [b"", b"[]", b"{" * 100_000, b'{"stays":1}', b'{"citizenship":"KG7","stays":[]}'])
def test_a_stay_that_cannot_be_counted_is_told(tmp_path: Path, given: bytes) -> None:
    refused = run("stay", file_with(tmp_path, "stay.json", given))
    assert (refused.code, refused.err.count("\n")) == (2, 1)


# Forms


FORM = """
| survey |
| | type | name | label | relevant | calculation | constraint | required |
| | integer | age | Age | | | . < 120 | yes |
| | select_multiple needs | needs | Needs | ${age} > 17 | | | |
| | begin repeat | legs | Legs | | | | |
| | integer | days | Days | | | | |
| | end repeat | | | | | | |
| | calculate | sum | | | sum(${days}) | | |
| choices |
| | list_name | name | label |
| | needs | food | Food |
| | needs | other | Other |
"""


def test_the_forms_that_ship_are_listed_and_check_well(tmp_path: Path) -> None:
    listed = run("form", "list", "--json").json("form list")["forms"]
    for form in listed:
        file = file_with(tmp_path, f"{form['id']}.yaml", shipped_source(form["id"]))
        checked = run("form", "check", file, "--json")
        assert checked.code == 0
        document = checked.json("form check")
        assert (document["ok"], document["errors"], document["questions"]) == (True, [], form["questions"])
        assert set(document["languages"]) >= {"kk", "ru", "en"}


def test_answers_are_worked_out(tmp_path: Path) -> None:
    form = file_with(tmp_path, "form.md", FORM)
    answers = {"age": 20, "needs": ["food", "other"], "legs[1]/days": "5", "legs[2]/days": 10}
    file = file_with(tmp_path, "answers.json", msgspec.json.encode(answers))
    found = run("form", "answer", form, file, "--json").json("form answer")
    assert found["values"] == {
        "age": "20",
        "needs": "food other",
        "legs[1]/days": "5",
        "legs[2]/days": "10",
        "sum": "15",
    }
    assert found["errors"] == {}
    assert found["relevant"]["needs"] is True


def test_wrong_answers_are_named_by_their_path(tmp_path: Path) -> None:
    form = file_with(tmp_path, "form.md", FORM)
    file = file_with(tmp_path, "answers.json", msgspec.json.encode({"answers": {"age": "150"}, "missing": {}}))
    found = run("form", "answer", form, file, "--json").json("form answer")
    assert list(found["errors"]) == ["age"]
    empty = run("form", "answer", form, file_with(tmp_path, "answers.json", b"{}"), "--json").json("form answer")
    assert list(empty["errors"]) == ["age"]
    assert empty["relevant"]["needs"] is False


BROKEN = {
    "an unknown function": FORM.replace("sum(${days})", "summe(${days})"),
    "a bracket left open": FORM.replace("sum(${days})", "sum(${days}"),
    "an unknown list": FORM.replace("select_multiple needs", "select_multiple wants"),
    "an unknown question": FORM.replace("${age} > 17", "${years} > 17"),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_broken_form_ends_with_one(tmp_path: Path, mistake: str) -> None:
    checked = run("form", "check", file_with(tmp_path, "form.md", BROKEN[mistake]), "--json")
    assert checked.code == 1
    document = checked.json("form check")
    assert not document["ok"]
    assert all(error["message"] for error in document["errors"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.md", b""),
        ("form.xlsx", b"PK"),
        ("form.xml", b"<a" * 9000),
        ("form.yaml", b"[" * 100_000),
        ("form.exe", b"x"),
    ],
)
def test_a_file_that_is_no_form_ends_with_one(tmp_path: Path, name: str, content: bytes) -> None:
    checked = run("form", "check", file_with(tmp_path, name, content), "--json")
    assert (checked.code, checked.json("form check")["ok"]) == (1, False)


def test_a_form_that_ships_is_named_by_its_id_as_print_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = file_with(tmp_path, "answers.json", b'{"safety/safe_now": "1"}')
    by_id = run("form", "answer", "victim_screening", answers, "--json").json("form answer")
    source = file_with(tmp_path, "shipped.yaml", shipped_source("victim_screening"))
    assert by_id == run("form", "answer", source, answers, "--json").json("form answer")
    assert run("form", "check", "victim_screening", "--json").json("form check")["ok"]
    monkeypatch.chdir(tmp_path)
    file_with(tmp_path, "victim_screening", "a file of this name comes first")
    assert run("form", "check", "victim_screening", "--json").code == 1


def test_what_is_neither_form_nor_file_is_told(tmp_path: Path) -> None:
    answers = file_with(tmp_path, "answers.json", b"{}")
    for refused in (run("form", "answer", "no_form", answers), run("form", "check", tmp_path / "no_form")):
        assert (refused.code, refused.out) == (2, b"")
        assert "no form and no file “no_form”" in refused.err
        assert "kzcase form list" in refused.err


WRONG_ANSWERS = {
    "a path nobody asks": ({"nowhere": "1"}, "nowhere: The form has no question “nowhere” here."),
    "a path inside a repeat": ({"legs[1]/where": "1"}, "legs[1]/where: The form has no question “where” here."),
    "a reason nobody knows": (
        {"answers": {}, "missing": {"age": "lazy"}},
        "age: This is no reason for a missing answer. There are: not_asked, refused, unknown.",
    ),
    "a reason for what is worked out": ({"answers": {}, "missing": {"sum": "refused"}}, "sum: The form works this out"),
    "a path twice": (b'{"age": 1, "age": 2}', "age: This stands here twice"),
}


@pytest.mark.parametrize("what", WRONG_ANSWERS)
def test_wrong_answers_are_told_in_the_words_of_forms(tmp_path: Path, what: str) -> None:
    given, words = WRONG_ANSWERS[what]
    file = file_with(tmp_path, "answers.json", given if isinstance(given, bytes) else msgspec.json.encode(given))
    refused = run("form", "answer", file_with(tmp_path, "form.md", FORM), file)
    assert (refused.code, words in refused.err) == (2, True), refused.err


def test_a_date_in_a_form_is_asked_for_as_files_write_it(tmp_path: Path) -> None:
    form = file_with(tmp_path, "form.md", "| survey |\n| | type | name | label |\n| | date | day | Day |\n")
    for given, wrong in (("05.03.2026", True), ("2026-03-05", False)):
        file = file_with(tmp_path, "answers.json", msgspec.json.encode({"day": given}))
        errors = run("form", "answer", form, file, "--json").json("form answer")["errors"]
        assert bool(errors) is wrong
        assert not wrong or "2026-03-05" in errors["day"]


@pytest.mark.parametrize(
    "answers", [b"[]", b'{"age":{"a":1}}', b'{"age":true}', b'{"nowhere":"1"}', b'{"legs[999999]/days":"1"}']
)
def test_answers_that_do_not_fit_are_refused(tmp_path: Path, answers: bytes) -> None:
    form = file_with(tmp_path, "form.md", FORM)
    refused = run("form", "answer", form, file_with(tmp_path, "answers.json", answers), "--json")
    assert (refused.code, refused.out) == (2, b"")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_answers_is_said_in_the_language_asked_for(tmp_path: Path, language: Language) -> None:
    form, given = file_with(tmp_path, "form.md", FORM), file_with(tmp_path, "a.json", '{"age": "many"}')
    said = run("form", "answer", form, given, "--lang", language, "--json").json("form answer")["errors"]["age"]
    usual = run("--lang", language, "form", "answer", form, given, "--json").json("form answer")["errors"]["age"]
    assert said == usual
    assert bool(re.search("[а-я]", said)) is (language != "en")
    refused = run("form", "answer", form, tmp_path / "none.json", "--lang", language)
    assert (refused.code, bool(re.search("[а-я]", refused.err))) == (2, language != "en")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_said_and_nothing_is_counted(tmp_path: Path, day: str) -> None:
    question = file_with(tmp_path, "stay.json", msgspec.json.encode(STAY | {"today": day}))
    for refused, range_said in (
        (run("deadline", "host_notice", day), "from 01.01.1900 to 31.12.2200"),
        (run("stay", question), "from 01.01.1991 to 31.12.2099"),
    ):
        assert (refused.code, refused.out) == (2, b"")
        assert range_said in refused.err


def test_a_term_in_hours_says_from_which_hour_it_was_counted() -> None:
    assert "00:00" in run("deadline", "child_status_24", "2026-11-23").err
    assert "00:00" not in run("deadline", "registration_2026", "2026-11-23").err
