"""Import and export from the command line: a dry run writes nothing, an import is one act, names leave when asked."""

import json
from pathlib import Path

import pytest

from kzcase.actions import submission_keys
from kzcase.exchange import outgoing
from tests.cli.running import acts_file, file_with, run
from tests.exchange.forms import ANSWERS, TOLD, interview, private_key, survey
from tests.exchange.phone import Phone, together


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_keys, "fresh_private_key", private_key)


@pytest.fixture
def number(casebook: Path) -> str:
    (listed,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    found: str = listed["number"]
    return found


@pytest.fixture
def asked(casebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two forms of the office's own."""
    forms = {"phone_survey": survey, "phone_interview": interview}
    monkeypatch.setattr("kzcase.queries.forms.form_of", lambda _reader, form_id, _version=None: forms[form_id]())


def blank(casebook: Path, folder: Path, form: str, *more: object) -> tuple[Phone, dict[str, str]]:
    out = folder / f"{form}.xml"
    ran = run("export", casebook, "--format", "xform", "--blank", form, "-o", out, "--json", *more)
    assert ran.code == 0, ran.err
    return Phone(out.read_bytes()), ran.json("export --blank")


def imported(casebook: Path, file: Path, *more: object) -> tuple[int, dict[str, object]]:
    ran = run("import", casebook, file, "--format", "xform", "--json", *more)
    return ran.code, ran.json("import")


@pytest.mark.usefixtures("asked")
def test_out_to_a_phone_and_home_again(casebook: Path, tmp_path: Path, number: str) -> None:
    phone, said = blank(casebook, tmp_path, "phone_interview")
    assert said["key"]
    package = together(phone.sent(TOLD, "uuid:1", number), phone.sent(TOLD, "uuid:2"))
    file = file_with(tmp_path, "answers.zip", package)
    dry = run("import", casebook, file, "--format", "xform", "--dry-run", "--json")
    items = dry.json("import")["items"]
    assert [(one["what"], one["taken"]) for one in items] == [("matched", False), ("new", False)]
    assert dry.code == 1
    assert imported(casebook, file, "--dry-run")[1]["act"] == ""
    code, made = imported(casebook, file)
    assert (code, made["taken"], [one["taken"] for one in made["items"]]) == (1, 1, [True, False])  # type: ignore[attr-defined]
    again = imported(casebook, file, "--leave", "uuid:2")
    assert (again[0], [one["what"] for one in again[1]["items"]]) == (0, ["there", "new"])  # type: ignore[attr-defined]
    code, _made = imported(casebook, file, "--case", number)
    assert code == 0
    undone = run("act", casebook, acts_file(tmp_path, [{"act": "act.undone", "of": made["act"]}]))
    assert undone.code == 0, undone.err


@pytest.mark.parametrize("ending", ["pdf", "docx", "csv"])
def test_a_file_is_not_called_what_it_is_not(casebook: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"form.{ending}"
    for what in (("--blank", "outreach_visit"), ("--form", "outreach_visit")):
        ran = run("export", casebook, "--format", "xform", *what, "-o", out)
        assert (ran.code, ".xml" in ran.err, out.exists()) == (2, True, False)


@pytest.mark.usefixtures("asked")
def test_names_leave_only_when_asked_for(casebook: Path, tmp_path: Path, number: str) -> None:
    phone, _said = blank(casebook, tmp_path, "phone_interview")
    imported(casebook, file_with(tmp_path, "a.zip", phone.sent(TOLD, "uuid:1", number)))
    out = tmp_path / "out.xml"
    ran = run("export", casebook, "--format", "xform", "--case", number, "-o", out, "--json")
    assert ran.json("export")["withheld"] == ["identifying"]
    assert "Әлия" not in out.read_text(encoding="utf-8")
    assert "not encrypted" in ran.err
    ran = run("export", casebook, "--format", "xform", "--case", number, "-o", out, "--json", "--show-names")
    assert ran.json("export")["withheld"] == []
    assert "Әлия" in out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("asked")
def test_other_answers_are_decided_by_name(casebook: Path, tmp_path: Path, number: str) -> None:
    phone, _said = blank(casebook, tmp_path, "phone_survey", "--plain")
    imported(casebook, file_with(tmp_path, "a.xml", phone.filled(ANSWERS, "uuid:1", number)))
    other = file_with(tmp_path, "b.xml", phone.filled(ANSWERS | {"open_now": "no"}, "uuid:1", number))
    code, said = imported(casebook, other)
    (item,) = said["items"]  # type: ignore[misc]
    assert (code, item["what"], item["differs"], said["act"]) == (1, "differs", ["open_now"], "")
    code, said = imported(casebook, other, "--again", "uuid:1")
    assert (code, said["taken"]) == (0, 1)
    assert run("import", casebook, other, "--format", "xform", "--again", "uuid:7").code == 2


@pytest.mark.usefixtures("asked")
def test_a_folder_comes_in_and_the_ending_says_what_leaves(casebook: Path, tmp_path: Path, number: str) -> None:
    phone, _said = blank(casebook, tmp_path, "phone_survey", "--plain")
    for one in ("uuid:1", "uuid:2"):
        (folder := tmp_path / "instances" / one[5:]).mkdir(parents=True)
        (folder / "submission.xml").write_bytes(phone.filled(ANSWERS, one, number))
    code, said = imported(casebook, tmp_path / "instances")
    assert (code, said["taken"]) == (0, 2)
    sheet = said["items"][0]["sheet"]  # type: ignore[index]
    for wanted, name, ends in (("--sheet", "one.zip", b"PK"), ("--sheet", "one.xml", b"<?xml")):
        ran = run("export", casebook, "--format", "xform", wanted, sheet, "-o", tmp_path / name, "--json")
        assert (ran.code, (tmp_path / name).read_bytes().startswith(ends)) == (0, True)
    several = run("export", casebook, "--format", "xform", "--form", "phone_survey", "-o", tmp_path / "all.xml")
    assert (several.code, several.err.count("\n"), (tmp_path / "all.xml").exists()) == (2, 1, False)
    (tmp_path / "empty").mkdir()
    assert run("import", casebook, tmp_path / "empty", "--format", "xform").code == 2


WRONG = {
    "no format": ("import", ["{file}"]),
    "a format of later": ("import", ["{file}", "--format", "csv"]),
    "no file": ("import", ["nothing.zip", "--format", "xform"]),
    "nothing to export": ("export", ["--format", "xform", "-o", "{out}"]),
    "two things to export": ("export", ["--format", "xform", "-o", "{out}", "--blank", "x", "--case", "y"]),
    "plain answers": ("export", ["--format", "xform", "-o", "{out}", "--case", "y", "--plain"]),
    "a form that is none": ("export", ["--format", "xform", "-o", "{out}", "--blank", "nothing"]),
    "a form that stays": ("export", ["--format", "xform", "-o", "{out}", "--blank", "victim_screening"]),
    "a folder": ("export", ["--format", "xform", "-o", "{folder}", "--blank", "x"]),
}


@pytest.mark.parametrize(("command", "given"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_line(casebook: Path, tmp_path: Path, command: str, given: list[str]) -> None:
    file, out = file_with(tmp_path, "a.xml", "<a/>"), tmp_path / "out.xml"
    places = {"file": str(file), "out": str(out), "folder": str(tmp_path)}
    ran = run(command, casebook, *(each.format(**places) for each in given))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1), ran.err
    assert not out.exists()


def test_bad_files_are_said_with_their_place(casebook: Path, tmp_path: Path) -> None:
    for name, content in (("a.xml", "<a>"), ("b.zip", b"PK\x03\x04 no")):
        ran = run("import", casebook, file_with(tmp_path, name, content), "--format", "xform", "--dry-run")
        assert ran.code in (1, 2)
        assert "Traceback" not in ran.err
    code, said = imported(casebook, tmp_path / "a.xml")
    (item,) = said["items"]  # type: ignore[misc]
    assert (code, item["what"], item["place"], len(item["problems"])) == (1, "bad", "a.xml", 1)


def test_what_people_read_names_it_all(casebook: Path, tmp_path: Path) -> None:
    ran = run("import", casebook, file_with(tmp_path, "a.xml", "<a>"), "--format", "xform", "--dry-run")
    said = ran.out.decode()
    assert "a.xml" in said
    assert "bad" not in said.split()


def test_keys_are_listed_made_and_shared(casebook: Path) -> None:
    assert run("form", "key", casebook, "--json").json("form key") == {"keys": []}
    (key,) = run("form", "key", casebook, "--new", "--json").json("form key")["keys"]
    assert (key["current"], key["mine"], len(key["holders"]), key["lacking"]) == (True, True, 2, [])
    assert run("form", "key", casebook, "--share").code == 2
    assert "PRIVATE" not in json.dumps(key)


@pytest.mark.usefixtures("asked")
def test_nothing_is_left_when_it_cannot_be_recorded(
    casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outgoing, "record_phone_form", refused)
    out = tmp_path / "f.xml"
    ran = run("export", casebook, "--format", "xform", "--blank", "phone_survey", "-o", out)
    assert (ran.code, out.exists()) == (3, False)


@pytest.mark.usefixtures("asked")
def test_a_case_is_opened_from_answers_unless_somebody_alike_is_here(
    casebook: Path, tmp_path: Path, number: str
) -> None:
    phone, _said = blank(casebook, tmp_path, "phone_interview")
    file = file_with(tmp_path, "a.zip", together(phone.sent(TOLD, "uuid:1"), phone.sent(TOLD, "uuid:2", number)))
    wanted = ("--new", "uuid:1", "stateless", "Қарлығаш Үкібай")
    code, dry = imported(casebook, file, *wanted, "--dry-run")
    first = dry["items"][0]  # type: ignore[index]
    assert (code, dry["act"], first["what"], first["opens"], first["taken"]) == (0, "", "new", "stateless", False)
    before = run("count", casebook, "--json").json("count")["cases"]
    code, made = imported(casebook, file, *wanted)
    assert (code, made["taken"], [one["opens"] for one in made["items"]]) == (0, 2, ["stateless", ""])  # type: ignore[attr-defined]
    assert run("count", casebook, "--json").json("count")["cases"] == before + 1
    shown = run("case", "show", casebook, made["items"][0]["case"], "--json").json("case show")  # type: ignore[index]
    assert shown["kind"] == "stateless"
    again = file_with(tmp_path, "b.zip", together(phone.sent(TOLD, "uuid:3"), phone.sent(TOLD, "uuid:4")))
    alike = ("--new", "uuid:3", "child", "Қарлығаш Үкібай")
    code, held = imported(casebook, again, *alike, "--leave", "uuid:4")
    item = held["items"][0]  # type: ignore[index]
    assert (code, item["taken"], item["opens"]) == (1, False, "")
    assert shown["number"] in item["problems"][0], "who is alike is named by the case"
    code, made = imported(casebook, again, *alike, "--another", "uuid:3", "--into", "uuid:4", shown["number"])
    assert (code, made["taken"]) == (0, 2)
    assert made["items"][1]["case"] == shown["id"]  # type: ignore[index]
    assert run("count", casebook, "--json").json("count")["cases"] == before + 2


@pytest.mark.usefixtures("asked")
def test_what_has_its_case_opens_no_second_one(casebook: Path, tmp_path: Path, number: str) -> None:
    phone, _said = blank(casebook, tmp_path, "phone_interview")
    file = file_with(tmp_path, "a.zip", phone.sent(TOLD, "uuid:1", number))
    code, made = imported(casebook, file, "--new", "uuid:1", "child", "Ұлпан")
    item = made["items"][0]  # type: ignore[index]
    assert (code, item["taken"], item["opens"]) == (0, True, ""), "it goes where it belongs"
    assert "--new" not in item["problems"]
    assert item["problems"]
    for wrong in (
        ("--new", "uuid:9", "child", "Ұ"),
        ("--new", "uuid:1", "nothing", "Ұ"),
        ("--new", "uuid:1", "child", "x" * 999),
    ):
        ran = run("import", casebook, file, "--format", "xform", *wrong)
        assert (ran.code, "Traceback" in ran.err) == (2, False)
