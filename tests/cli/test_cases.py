"""Cases searched, shown, listed and traced: masked as the roles see them; staff added and removed."""

import json
from pathlib import Path

import pytest

from tests.cli.running import ADMINISTRATOR, COLLEAGUE, OWN, SECOND, file_with, run


def test_a_search_finds_other_spellings_and_masks_the_name(casebook: Path) -> None:
    (hit,) = run("search", casebook, "Karimova Dilnoza", "--json").json("search")["hits"]
    assert (hit["name"], hit["masked"]) == (None, ["name"])
    assert hit["score"] > 0.9
    (shown,) = run("search", casebook, "Каримова", "--show-names", "--json").json("search")["hits"]
    assert (shown["name"], shown["masked"]) == ("Каримова Дильноза Анваровна", [])
    assert run("search", casebook, "Nobody", "--json").json("search") == {"hits": []}
    assert run("search", casebook, "x" * 5000).code == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Каримова", "the name fits exactly"), ("Карим", "the name begins so"), ("Каремова", "sounds alike")],
)
def test_people_read_why_somebody_was_found_and_no_number(casebook: Path, typed: str, words: str) -> None:
    said = run("search", casebook, typed, "--show-names").out.decode()
    assert words in said
    assert "0." not in said
    assert "score" in run("search", casebook, typed, "--show-names", "--json").json("search")["hits"][0]


def test_a_case_is_shown_masked(casebook: Path) -> None:
    (listed,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    assert (listed["name"], listed["birth"], listed["masked"]) == (None, None, ["birth", "name"])
    shown = run("case", "show", casebook, listed["number"], "--json").json("case show")
    assert shown["id"] == listed["id"]
    assert shown["person"]["names"][0]["family"] is None
    assert "family" in shown["person"]["names"][0]["masked"]
    assert shown["person"]["phones"][0]["number"] is None
    assert [note["text"] for note in shown["notes"]] == ["text"]
    open_names = run("case", "show", casebook, listed["id"], "--show-names", "--json").json("case show")
    assert open_names["person"]["names"][0]["family"] == "Каримова"
    assert run("case", "show", casebook, "2026-AAA-99999").code == 2


def test_the_list_comes_page_by_page(casebook: Path) -> None:
    page = run("case", "list", casebook, "--limit", 1, "--offset", 1, "--json").json("case list")
    assert (page["cases"], page["total"]) == ([], 1)
    for order in ("opened_on", "number", "name"):
        assert len(run("case", "list", casebook, "--order", order, "--ascending", "--json").json("case list")["cases"])


def test_the_history_says_who_did_what(casebook: Path) -> None:
    (listed,) = run("case", "list", casebook, "--json").json("case list")["cases"]
    (act,) = run("case", "history", casebook, listed["id"], "--json").json("case history")["acts"]
    assert (act["kind"], act["sentence"], act["author"]) == ("case.opened", "Case opened", ADMINISTRATOR)


def test_people_read_the_same_in_lines(casebook: Path) -> None:
    said = run("case", "list", casebook)
    assert said.code == 0
    assert "trafficking" in said.out.decode()


def test_staff_come_and_go(casebook: Path, tmp_path: Path) -> None:
    third = file_with(tmp_path, "third.txt", "lantern meadow copper sparrow violet\n")
    added = run("staff", "add", casebook, "Үшінші", "--role", "auditor", "--new-passphrase-file", third, "--json")
    assert added.json("staff add")["roles"] == ["auditor"]
    staff = run("staff", "list", casebook, "--json").json("staff list")["staff"]
    assert {(one["name"], one["slot"]) for one in staff} == {
        (ADMINISTRATOR, True),
        (COLLEAGUE, True),
        ("Үшінші", True),
    }
    assert run("staff", "remove", casebook, "Үшінші", "--json").json("staff remove")["staff"]
    staff = run("staff", "list", casebook, "--json").json("staff list")["staff"]
    assert {one["name"]: one["slot"] for one in staff}["Үшінші"] is False
    assert run("count", casebook, "--passphrase-file", third).code == 3
    assert run("staff", "remove", casebook, ADMINISTRATOR).code == 2
    assert run("staff", "remove", casebook, "nobody").code == 2


@pytest.mark.parametrize("name", ["", "  ", "\t\n", "\u00a0", "a\x07b", "x" * 201])
def test_a_colleague_needs_a_name(casebook: Path, tmp_path: Path, name: str) -> None:
    third = file_with(tmp_path, "third.txt", "lantern meadow copper sparrow violet")
    refused = run("staff", "add", casebook, name, "--role", "auditor", "--new-passphrase-file", third)
    assert (refused.code, refused.err.startswith("NAME: ")) == (2, True)
    assert len(run("staff", "list", casebook, "--json").json("staff list")["staff"]) == 2


def test_a_name_is_kept_without_what_nobody_sees(casebook: Path, tmp_path: Path) -> None:
    third = file_with(tmp_path, "third.txt", "lantern meadow copper sparrow violet")
    arguments = (" Үшінші \u00a0 Әріптес ", "--role", "auditor", "--new-passphrase-file", third, "--json")
    assert run("staff", "add", casebook, *arguments).json("staff add")["name"] == "Үшінші Әріптес"
    assert run("staff", "remove", casebook, "Үшінші Әріптес").code == 0


def test_a_passphrase_serves_one_person_only(casebook: Path, tmp_path: Path) -> None:
    taken = file_with(tmp_path, "taken.txt", OWN)
    assert run("staff", "add", casebook, "X", "--role", "auditor", "--new-passphrase-file", taken).code == 2


def test_roles_decide_what_may_be_done(casebook: Path, tmp_path: Path) -> None:
    helpline = file_with(tmp_path, "second.txt", SECOND)
    third = file_with(tmp_path, "third.txt", "lantern meadow copper sparrow violet")
    refused = run(
        *("staff", "add", casebook, "X", "--role", "auditor", "--new-passphrase-file", third),
        *("--passphrase-file", helpline),
    )
    assert (refused.code, "role" in refused.err) == (2, True)
    assert run("case", "list", casebook, "--passphrase-file", helpline).code == 0


def test_more_hits_than_asked_for_are_said_beside_the_answer(casebook: Path, tmp_path: Path) -> None:
    act = {"act": "case.opened", "kind": "trafficking", "person": {"names": [{"family": "Каримова"}]}}
    assert run("act", casebook, file_with(tmp_path, "a.json", json.dumps([act] * 3).encode())).code == 0
    cut = run("search", casebook, "Каримова", "--limit", 2, "--json")
    assert (len(cut.json("search")["hits"]), cut.err.count("\n")) == (2, 1)
    assert "--limit" in cut.err
    whole = run("search", casebook, "Каримова", "--limit", 100_000, "--json")
    assert (len(whole.json("search")["hits"]), whole.err) == (4, "")


def test_an_act_is_undone_by_its_id(casebook: Path, tmp_path: Path) -> None:
    number = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    note = {"act": "note.added", "case": number, "text": "Қате."}
    written = file_with(tmp_path, "a.json", json.dumps([note]).encode())
    (done,) = run("act", casebook, written, "--json").json("act")
    undo = file_with(tmp_path, "b.json", json.dumps([{"act": "act.undone", "of": done["id"]}]).encode())
    assert run("act", casebook, undo).code == 0
    assert len(run("case", "show", casebook, number, "--json").json("case show")["notes"]) == 1


def test_a_link_in_the_casebook_is_refused_and_left_alone(casebook: Path, tmp_path: Path) -> None:
    decoy = tmp_path / "own.txt"
    decoy.write_bytes(b"somebody's own file")
    (casebook / "witness").unlink(missing_ok=True)
    (casebook / "witness").symlink_to(decoy)
    refused = run("count", casebook)
    assert (refused.code, refused.out, refused.err.count("\n")) == (3, b"", 1)
    assert "witness" in refused.err
    assert decoy.read_bytes() == b"somebody's own file"


@pytest.mark.parametrize(
    ("option", "code", "meant"),
    [
        ("--kind", "traficking", "trafficking"),
        ("--urgency", "urgnt", "urgent"),
        ("--stage", "sreening", "screening"),
        ("--region", "KZ-750", "KZ-75"),
        ("--flag", "zzz", "contact_risk"),
        ("--source", "rayd", "raid"),
        ("--border-point", "zzz", "kzcase codes border_point"),
        ("--age", "chld", "child"),
    ],
)
def test_a_filter_that_no_list_knows_is_refused_with_what_is_near(
    casebook: Path, option: str, code: str, meant: str
) -> None:
    """An empty list would say that there are no such cases."""
    refused = run("case", "list", casebook, option, code)
    assert refused.code == 2
    assert f"{option}: there is no code “{code}”." in refused.err
    assert meant in refused.err
    assert refused.out == b""


def test_every_filter_takes_its_own_codes(casebook: Path) -> None:
    """Canary: the filter looks into a list that is not its own."""
    right = {"kind": "stateless", "urgency": "urgent", "stage": "screening", "region": "KZ-75", "age": "child"}
    right |= {"source": "raid"}
    for name, code in right.items():
        assert run("case", "list", casebook, f"--{name}", code).code == 0, name
