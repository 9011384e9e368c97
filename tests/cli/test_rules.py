"""The rules one at a time, and forms without a window: exact documents, and refusals in words."""

from pathlib import Path

import msgspec
import pytest

from kzcase.forms.library import shipped_source
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


STAY = {"citizenship": "UZ", "stays": [{"in": "2026-11-01", "out": None}], "today": "2026-11-22"}


def test_stay(tmp_path: Path) -> None:
    file = file_with(tmp_path, "stay.json", msgspec.json.encode(STAY))
    found = run("stay", file, "--json").json("stay")
    assert found["rolling"] == {"used": 22, "left": 68, "last_day": "2026-11-30"}
    assert (found["last_day"], found["cut_by"]) == ("2026-11-30", "stay_30")


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
        assert set(document["languages"]) == {"kk", "ru", "en"}


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


@pytest.mark.parametrize(
    "answers", [b"[]", b'{"age":{"a":1}}', b'{"age":true}', b'{"nowhere":"1"}', b'{"legs[999999]/days":"1"}']
)
def test_answers_that_do_not_fit_are_refused(tmp_path: Path, answers: bytes) -> None:
    form = file_with(tmp_path, "form.md", FORM)
    refused = run("form", "answer", form, file_with(tmp_path, "answers.json", answers), "--json")
    assert (refused.code, refused.out) == (2, b"")
