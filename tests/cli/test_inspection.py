"""`kzcase register` and `kzcase incident`: their documents, their files, and what they refuse."""

import json
from pathlib import Path

import pytest

from kzcase.queries.registers import REGISTERS
from tests.cli.running import ADMINISTRATOR, SECOND, file_with, run
from tests.paper.reading import text_of

SECRETS = ("Каримова", "Дильноза", "Анваровна", "1994-05", "+7 709 000 00 01")
LOST = ("--kind", "lost_laptop", "--what", "Generated.", "--noticed", "2026-11-20")


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_one_document_that_names_nobody(casebook: Path, name: str) -> None:
    done = run("register", name, casebook, "--json")
    document = done.json("register")
    assert (done.code, document["register"]) == (0, name)
    assert document["columns"] == [heading.name for heading in REGISTERS[name].headings]
    assert all(set(row) == set(document["columns"]) for row in document["rows"])
    for shown in (done, run("register", name, casebook), run("register", name, casebook, "--csv", "--lang", "kk")):
        assert shown.code == 0
        assert not [secret for secret in SECRETS if secret in shown.out.decode()]


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_register_is_written_as_a_file(casebook: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"register.{ending}"
    written = run("register", "access", casebook, "--lang", "en", "-o", file, "--json").json("register -o")
    assert (written["register"], written["file"]) == ("access", str(file))
    content = file.read_bytes()
    if ending == "pdf":
        assert ADMINISTRATOR in text_of(content)
    elif ending == "csv":
        assert content.decode("utf-8-sig").startswith("Colleague;Roles;Since;Undertaking signed on;Left on")


def test_what_cannot_be_is_refused_in_a_line(casebook: Path, tmp_path: Path) -> None:
    for arguments, words in (
        (("register", "names", casebook), "There is no register “names”. There are: purposes"),
        (("register", "access", casebook, "-o", tmp_path / "x.doc"), "must end in .pdf, .xlsx or .csv"),
        (("register", "access", casebook, "--csv", "--json"), "Please choose one of --csv, --json and -o."),
        (("incident", "open", casebook, "--kind", "theft", "--what", "x"), "theft"),
        (("incident", "close", casebook, "I1", "--done", "x"), "I1"),
        (("incident", "tell", casebook, "I1"), "--to is missing."),
    ):
        refused = run(*arguments)
        assert (refused.code, refused.out) == (2, b"")
        assert words in refused.err


def test_a_colleague_without_the_role_reads_no_register(casebook: Path, tmp_path: Path) -> None:
    theirs = file_with(tmp_path, "second.txt", SECOND)
    refused = run("register", "access", casebook, "--passphrase-file", theirs)
    assert (refused.code, refused.out) == (2, b"")
    assert run("incident", "open", casebook, *LOST, "--passphrase-file", theirs).code == 2


def test_why_somebody_is_endangered_shows_with_the_names(casebook: Path, tmp_path: Path) -> None:
    unsafe = [{"number": "+7 700 000 00 01", "safe": "do_not_call"}]
    person = {"names": [{"family": "Generated"}], "phones": unsafe}
    acts = json.dumps([{"act": "case.opened", "kind": "trafficking", "person": person}])
    assert run("act", casebook, file_with(tmp_path, "acts.json", acts)).code == 0
    hidden = run("incident", "open", casebook, *LOST)
    assert "Further reasons hidden  1" in hidden.out.decode()
    assert "--show-names" in hidden.err
    number = run("incident", "list", casebook, "--json").json("incident list")["incidents"][0]["number"]
    shown = run("incident", "affected", casebook, number, "--show-names")
    assert "hidden" not in shown.out.decode() + shown.err


def test_a_case_of_somebody_else_is_named_with_a_reason(casebook: Path) -> None:
    case = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    about = ("incident", "open", casebook, *LOST, "--case", case)
    refused = run(*about, "--reason", "curious")
    assert (refused.code, refused.out) == (2, b"")
    assert "look_reason" in refused.err
    assert run(*about, "--reason", "asked", "--json").json("incident open")["incident"]["number"]


def test_an_incident_from_its_report_to_its_end(casebook: Path, tmp_path: Path) -> None:
    opened = run("incident", "open", casebook, *LOST, "--staff", ADMINISTRATOR, "--class", "contact", "--json")
    document = opened.json("incident open")
    incident = document["incident"]
    assert (incident["kind"], incident["state"], incident["due_on"]) == ("lost_laptop", "open", "2026-11-23")
    assert [row["reasons"] for row in document["affected"]] == [["trafficking_open", "responsible", "in_casebook"]]
    assert document["looks_known"] is True
    assert "staff remove" in opened.err
    assert "doubtful" in opened.err
    number = incident["number"]
    assert run("incident", "affected", casebook, number, "--json").json("incident affected")["affected"]
    told = run("incident", "tell", casebook, number, "--to", "authority", "--on", "2026-11-21", "--json")
    assert told.json("incident tell")["incident"]["authority_told_on"] == "2026-11-21"
    for whom in ("people", "authority", "donor"):
        paper = tmp_path / f"{whom}.pdf"
        arguments = ("incident", "notice", casebook, number, "--to", whom, "--lang", "kk", "-o", paper, "--json")
        assert run(*arguments).json("incident notice")["whom"] == whom
        assert paper.stat().st_size
    done = run("incident", "close", casebook, number, "--done", "Found again.", "--json")
    assert "What it stopped may go on." in done.err
    closed = done.json("incident close")
    assert (closed["incident"]["state"], closed["incident"]["done"]) == ("closed", "Found again.")
    (listed,) = run("incident", "list", casebook, "--json").json("incident list")["incidents"]
    assert listed == closed["incident"]
    for row in (run("incident", "list", casebook), run("register", "incidents", casebook, "--lang", "en")):
        assert number in row.out.decode()
    assert run("incident", "close", casebook, number, "--done", "Again.").code == 2
