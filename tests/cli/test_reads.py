"""`case reads` says who looked at what; every command that looks is one entry; others' cases take a reason."""

from pathlib import Path

import pytest

from kzcase.actions.desk import open_desk
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.db.engine import connect
from kzcase.domain.permissions import Role
from tests.cli.running import ADMINISTRATOR, OWN, acts_file, file_with, run

THIRD = "медь ястреб калитка облако фонарь"
MARKER = "ҚұпияМаркер"


@pytest.fixture
def case(casebook: Path) -> str:
    number: str = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    return number


def looked(casebook: Path, *more: object) -> list[str]:
    """What the log says, the oldest first, without coming in and without looks into the log."""
    looks = run("case", "reads", casebook, *more, "--json").json("case reads")["looks"]
    return [row["what"] for row in reversed(looks) if row["what"] not in ("casebook.unlocked", "log.read")]


def test_every_command_that_looks_is_one_entry(casebook: Path, case: str, tmp_path: Path) -> None:
    assert looked(casebook) == []
    assert run("search", casebook, "Каримова", "--json").code == 0
    assert run("case", "show", casebook, case).code == 0
    assert run("case", "history", casebook, case).code == 0
    paper = tmp_path / "sheet.pdf"
    assert run("print", "case_sheet", "--lang", "kk", "--casebook", casebook, "--case", case, "-o", paper).code == 0
    assert run("case", "show", casebook, case, "--show-names").code == 0
    made = ["search.made", "case.read", "history.read", "paper.made", "names.shown", "case.read"]
    assert looked(casebook) == made
    assert looked(casebook, "--case", case) == ["case.read", "history.read", "paper.made", "case.read"]
    assert looked(casebook, "--who", ADMINISTRATOR) == made
    assert looked(casebook, "--who", ADMINISTRATOR, "--limit", 1) == []  # the look into the log itself


def test_it_says_whether_the_log_is_whole(casebook: Path, case: str) -> None:
    assert run("case", "show", casebook, case).code == 0
    page = run("case", "reads", casebook, "--json").json("case reads")
    assert page["chain"] == {"ok": True, "entries": len(page["looks"]), "broken": [], "restarts": 0}
    assert len(page["looks"]) > 1
    assert page["older"] is None
    row = next(row for row in page["looks"] if row["what"] == "case.read")
    assert (row["who"], row["number"], row["doubt"], row["masked"]) == (ADMINISTRATOR, case, "", [])
    with open_desk(casebook, OWN) as desk:
        key = bytes(desk.keys.store_key.reveal())
    connection = connect(casebook / "casebook.db", key)
    connection.execute("UPDATE read_log SET sealed = zeroblob(200) WHERE index_in_chain = 1")
    connection.close()
    told = run("case", "reads", casebook, "--json")
    assert told.code == 1
    assert told.json("case reads")["chain"]["broken"] == [1]
    assert "1 entry of the log does not hold." in told.err
    assert run("case", "reads", casebook).code == 1


def test_for_people_codes_have_names(casebook: Path, case: str) -> None:
    run("case", "show", casebook, case, "--reason", "danger")
    said = run("case", "reads", casebook)
    assert said.code == 0
    for words in ("Case looked at", "somebody is in danger", "Casebook opened", ADMINISTRATOR, case):
        assert words in said.out.decode()


def test_only_supervisors_and_auditors_read_it(casebook: Path, tmp_path: Path) -> None:
    with open_desk(casebook, OWN) as desk:
        add_colleague(desk, AddColleague("Аудитор", (Role.AUDITOR,)), THIRD)
    auditor = file_with(tmp_path, "auditor.txt", THIRD)
    told = run("case", "reads", casebook, "--passphrase-file", auditor, "--json")
    assert told.code == 0
    assert told.json("case reads")["looks"]
    helpline = file_with(tmp_path, "second.txt", "облако калитка ястреб фонарь медь")
    refused = run("case", "reads", casebook, "--passphrase-file", helpline)
    assert (refused.code, refused.out) == (2, b"")
    assert run("case", "reads", casebook, "--case", "2026-XXX-1").code == 2
    assert run("case", "reads", casebook, "--who", "Nobody").code == 2


def test_anothers_case_opens_with_a_reason_and_not_without(casebook: Path, case: str, tmp_path: Path) -> None:
    helpline = file_with(tmp_path, "second.txt", "облако калитка ястреб фонарь медь")
    as_helpline = ("--passphrase-file", helpline)
    paper = ("--lang", "kk", "--casebook", casebook, "--case", case, "-o", tmp_path / "sheet.pdf")
    for command in (("case", "show", casebook, case), ("case", "history", casebook, case), ("print", "P40", *paper)):
        refused = run(*command, *as_helpline)
        assert (refused.code, refused.out) == (2, b"")
        assert "choose why" in refused.err
        assert run(*command, *as_helpline, "--reason", "because").code == 2
    assert not (tmp_path / "sheet.pdf").exists()
    assert looked(casebook) == []
    shown = run("case", "show", casebook, case, "--reason", "contact", *as_helpline, "--json")
    assert shown.json("case show")["number"] == case
    assert run("print", "P40", *paper, *as_helpline, "--reason", "contact").code == 0
    rows = run("case", "reads", casebook, "--case", case, "--json").json("case reads")["looks"]
    assert [(row["what"], row["reason"]) for row in rows] == [("paper.made", "contact"), ("case.read", "contact")]


def test_sealed_notes_are_shown_to_their_readers_when_asked(casebook: Path, case: str, tmp_path: Path) -> None:
    note = {"act": "note.sealed", "case": case, "kind": "legal", "readers": [ADMINISTRATOR], "text": MARKER}
    assert run("act", casebook, acts_file(tmp_path, [note])).code == 0
    plain = run("case", "show", casebook, case, "--json")
    (row,) = plain.json("case show")["sealed_notes"]
    assert (row["kind"], row["author"], row["mine"], row["text"]) == ("legal", ADMINISTRATOR, True, None)
    assert MARKER.encode() not in plain.out
    (row,) = run("case", "show", casebook, case, "--sealed", "--json").json("case show")["sealed_notes"]
    assert row["text"] == MARKER
    helpline = file_with(tmp_path, "second.txt", "облако калитка ястреб фонарь медь")
    other = ("--passphrase-file", helpline, "--reason", "contact", "--sealed", "--json")
    (row,) = run("case", "show", casebook, case, *other).json("case show")["sealed_notes"]
    assert (row["mine"], row["readers"], row["text"]) == (False, [], None)
    assert looked(casebook) == ["case.read", "case.read", "sealed_note.read", "case.read"]
    for command in (("case", "history", casebook, case), ("search", casebook, MARKER), ("case", "list", casebook)):
        assert MARKER.encode() not in run(*command, "--json").out


def test_a_colleague_is_kept_away_by_an_act(casebook: Path, case: str, tmp_path: Path) -> None:
    helpline = file_with(tmp_path, "second.txt", "облако калитка ястреб фонарь медь")
    as_helpline = ("--passphrase-file", helpline)
    away = {"act": "case.blocked", "case": case, "staff": "Ерлан Мысал"}
    assert run("act", casebook, acts_file(tmp_path, [away])).code == 0
    assert run("case", "show", casebook, case, "--reason", "contact", *as_helpline).code == 2
    assert run("search", casebook, "Каримова", *as_helpline, "--json").json("search")["hits"] == []
    assert run("case", "list", casebook, *as_helpline, "--json").json("case list")["total"] == 0
    (row,) = run("case", "show", casebook, case, "--json").json("case show")["kept_away"]
    assert row["name"] == "Ерлан Мысал"
