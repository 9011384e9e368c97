"""People on the command line: records added by acts, a person shown whole, and who may be known already."""

from pathlib import Path
from typing import Any

from tests.cli.running import acts_file, run


def test_a_person_is_shown_whole_and_may_be_known_already(casebook: Path, tmp_path: Path) -> None:
    (case,) = run("search", casebook, "Каримова Дильноза Анваровна", "--json").json("search")["hits"]
    person = case["person"]
    mother = {"names": [{"family": "Каримова", "given": "Анара"}], "sex": "female"}
    facts: list[dict[str, Any]] = [
        {"record": "document", "kind": "foreign_passport", "number": "AB1234567", "holder": "employer"},
        {"record": "proceeding", "kind": "administrative", "role": "held_liable"},
        {"record": "step", "kind": "school", "state": "not_begun"},
    ]
    acts = [{"act": "record.added", "person": person, "facts": each} for each in facts]
    acts.append({"act": "relation.added", "person": person, "kind": "mother", "new_person": mother})
    assert run("act", casebook, acts_file(tmp_path, acts)).code == 0
    page = run("person", "show", casebook, case["number"], "--show-names", "--json").json("person show")
    assert [row["record"] for row in page["records"]] == ["document", "step", "proceeding"]
    assert (page["relations"][0]["kind"], page["relations"][0]["name"]) == ("mother", "Каримова Анара")
    assert len(page["unsettled"]) == 1
    said = run("person", "show", casebook, person).out.decode()
    assert "AB1234567" not in said
    for words in ("the employer", "foreign passport", "mother", "not asked yet"):
        assert words in said
    asked = ("--name", "KARIMOVA Dilnoza", "--birth", "1994-05", "--document", "АВ 1234567")
    (alike,) = run("person", "alike", casebook, *asked, "--json").json("person alike")["people"]
    assert alike["person"] == person
    assert "same_document" in alike["why"]
    assert run("person", "pairs", casebook, "--json").json("person pairs") == {"pairs": []}
    assert run("person", "show", casebook, "nobody").code == 2
    document = page["records"][0]["id"]
    assert run("act", casebook, acts_file(tmp_path, [{"act": "document.taken", "document": document}])).code == 0
    for what, reference in (("family", person), ("receipt", document)):
        target = tmp_path / f"{what}.pdf"
        made = run("person", "print", casebook, what, reference, "--lang", "kk", "-o", target, "--json")
        assert made.json("person print")["paper"] == what
        assert target.read_bytes().startswith(b"%PDF")
