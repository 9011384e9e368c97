"""Forms of the office's own on the command line: added, listed, filled in, withdrawn."""

from pathlib import Path

from tests.cli.running import file_with, run
from tests.forms.office import office_xform


def test_an_added_form_is_listed_with_its_casebook_only(casebook: Path, tmp_path: Path) -> None:
    book = casebook
    file = file_with(tmp_path, "visit.xml", office_xform())
    added = run("form", "add", book, file, "--json").json("form add")
    assert added["form"] == "visit"
    listed = run("form", "list", "--casebook", book, "--json").json("form list")["forms"]
    ours = next(form for form in listed if form["office"])
    assert (ours["id"], ours["version"], ours["edition"], ours["moment"]) == ("visit", added["version"], "1", "service")
    assert not any(form["office"] for form in run("form", "list", "--json").json("form list")["forms"])
    again = run("form", "add", book, file)
    assert (again.code, "visit" in again.err) == (2, True)
    assert run("form", "withdraw", book, "visit", "--json").json("form withdraw")["version"] is None
    listed = run("form", "list", "--casebook", book, "--json").json("form list")["forms"]
    assert not any(form["office"] for form in listed)


def test_a_shipped_id_and_a_broken_file_are_refused(casebook: Path, tmp_path: Path) -> None:
    book = casebook
    taking = file_with(tmp_path, "own.xml", office_xform("victim_screening"))
    refused = run("form", "add", book, taking)
    assert (refused.code, "victim_screening" in refused.err) == (2, True)
    broken = file_with(tmp_path, "broken.md", "| survey |\n| | type | name | label |\n| | textt | a | A |\n")
    refused = run("form", "add", book, broken)
    assert (refused.code, "2 · survey · type" in refused.err) == (2, True)
    assert run("form", "add", book, taking, "--over-shipped").code == 0


def test_a_misspelt_column_is_named_beside_the_mistake_it_makes(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("survey,,,,\n,type,name,lable,relevnt\n,text,a,Hi,${b}\n", "utf-8")
    found = run("form", "check", file, "--json").json("form check")
    assert found["errors"]
    assert [each for each in ("lable", "relevnt") if each in str(found["warnings"])] == ["lable", "relevnt"]
    file.write_text("survey,,,\n,type,name,label\n,text,a,Hi\n", "utf-8")
    assert "und" not in run("--lang", "ru", "form", "check", file).out.decode().split()


def test_a_paper_of_a_form_of_the_office_is_called_by_its_title(casebook: Path, tmp_path: Path) -> None:
    text = "survey\n,type,name,label\n,text,who,Who?\nsettings\n,form_id,form_title\n,visit_us,Visit us\n"
    assert run("form", "add", casebook, file_with(tmp_path, "own.csv", text.encode())).code == 0
    printed = run("print", "visit_us", "--lang", "en", "--casebook", casebook, "-o", tmp_path / "a.pdf")
    assert b"Visit us" in printed.out
    assert b"visit_us" not in printed.out
