"""Erasing, blocking, holding and listing by command: JSON as promised, refusals in words, a certificate as PDF."""

from pathlib import Path

import msgspec
import pytest

from kzcase.cli.kinds_of_row import KINDS_OF_ROW
from kzcase.db import erasing
from kzcase.db.shape import ENTITIES
from kzcase.journal.authority import may_touch
from tests.actions.steps import CALL
from tests.cli.running import CASE, COLLEAGUE, SECOND, acts_file, file_with, run


def number_in(casebook: Path) -> str:
    number: str = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    return number


@pytest.fixture
def number(casebook: Path) -> str:
    return number_in(casebook)


def told_elsewhere(casebook: Path, folder: Path) -> None:
    """Somebody else's case in which the person is named."""
    other = CASE | {"person": {"names": [{"family": "Другая"}]}, "note": "Подруга Каримовой Дильнозы"}
    assert run("act", casebook, acts_file(folder, [other])).code == 0


def test_the_dry_run_changes_nothing(casebook: Path, number: str, tmp_path: Path) -> None:
    told_elsewhere(casebook, tmp_path)
    before = run("count", casebook, "--json").out
    plan = run("person", "erase", casebook, number, "--dry-run", "--json").json("person erase --dry-run")
    assert (plan["cases"], plan["held"], plan["blocked"]) == ([number], [], False)
    (mention,) = plan["mentions"]
    assert mention["words"] == ["Каримовой", "Дильнозы"]
    assert mention["certain"]
    shown = run("person", "erase", casebook, number, "--dry-run").out.decode()
    assert "Подруга Каримовой" in shown
    assert "Note" in shown
    assert "notes" not in shown
    assert run("count", casebook, "--json").out == before


def test_whatever_may_name_a_person_is_called_by_a_word() -> None:
    assert {entity for entity in ENTITIES if may_touch(erasing.KIND, entity)} <= KINDS_OF_ROW.keys()


def test_it_is_erased_and_the_casebook_stays_whole(casebook: Path, number: str, tmp_path: Path) -> None:
    told_elsewhere(casebook, tmp_path)
    paper = tmp_path / "certificate.pdf"
    ran = run("person", "erase", casebook, number, "--reason", "request", "--confirm-all", "--asked-on", "2026-11-20",
              "--certificate", paper, "--lang", "kk", "--json")  # fmt: skip
    done = ran.json("person erase")
    assert (done["reason"], done["asked_on"], done["texts"], done["certificate"]) == (
        *("request", "2026-11-20", 1),
        str(paper),
    )
    assert "new backup" in ran.err
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("search", casebook, "Каримова", "--json").json("search") == {"hits": []}
    assert run("case", "show", casebook, number).code == 2
    assert run("check", casebook, "--deep").code == 0
    assert run("person", "erase", casebook, done["person"], "--reason", "request").code == 2
    again = tmp_path / "again.pdf"
    written = run("person", "certificate", casebook, done["number"], "-o", again, "--json").json("person certificate")
    assert written == {"number": done["number"], "file": str(again)}


def test_a_call_that_became_no_case_is_held_and_erased_by_its_number(casebook: Path, tmp_path: Path) -> None:
    made = run("act", casebook, acts_file(tmp_path, [CALL]), "--json").json("act")
    number = made[0]["number"]
    assert run("case", "hold", casebook, number, "--why", "Court", "--json").json("case hold")["held"]
    assert run("person", "erase", casebook, number, "--reason", "request").code == 2
    assert not run("case", "release", casebook, number, "--json").json("case release")["held"]
    paper = tmp_path / "certificate.pdf"
    assert run("person", "erase", casebook, number, "--reason", "request", "--certificate", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("person", "erase", casebook, number, "--reason", "request").code == 2
    assert run("check", casebook, "--deep").code == 0


def test_chosen_mentions_come_from_a_file(casebook: Path, number: str, tmp_path: Path) -> None:
    told_elsewhere(casebook, tmp_path)
    plan = run("person", "erase", casebook, number, "--dry-run", "--json").json("person erase --dry-run")
    chosen = file_with(tmp_path, "chosen.json", msgspec.json.encode([each["id"] for each in plan["mentions"]]))
    for rubbish in (b"{}", b"[1]", b"[", b'"x"'):
        spoiled = file_with(tmp_path, "spoiled.json", rubbish)
        assert run("person", "erase", casebook, number, "--reason", "request", "--confirm", spoiled).code == 2
    ran = run("person", "erase", casebook, number, "--reason", "request", "--confirm", chosen, "--json")
    assert ran.json("person erase")["texts"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("--reason", "whim"),
        ("--reason", "request", "--asked-on", "yesterday"),
        ("--reason", "request", "--confirm-all", "--confirm", "x.json"),
        ("--reason", "request", "--confirm", "not-there.json"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_erased(casebook: Path, number: str, wrong: tuple[str, ...]) -> None:
    assert run("person", "erase", casebook, number, *wrong).code in (2, 3)
    assert number_in(casebook) == number


def test_a_hold_stops_it(casebook: Path, number: str) -> None:
    held = run("case", "hold", casebook, number, "--why", "Court letter 5", "--json").json("case hold")
    assert (held["number"], held["held"]) == (number, True)
    assert run("case", "hold", casebook, number, "--why", "Again").code == 2
    refused = run("person", "erase", casebook, number, "--reason", "request")
    assert (refused.code, number in refused.err) == (2, True)
    assert not run("case", "release", casebook, number, "--json").json("case release")["held"]
    assert run("person", "erase", casebook, number, "--reason", "request").code == 0


def test_blocked_data_are_not_changed(casebook: Path, number: str, tmp_path: Path) -> None:
    assert run("person", "block", casebook, number, "--json").json("person block")["blocked"]
    note = acts_file(tmp_path, [{"act": "note.added", "case": number, "text": "x"}])
    assert run("act", casebook, note).code == 2
    assert not run("person", "unblock", casebook, number, "--json").json("person unblock")["blocked"]
    assert run("act", casebook, note).code == 0


def test_only_supervisors_may(casebook: Path, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second = file_with(tmp_path, "second.txt", SECOND)
    monkeypatch.setenv("KZCASE_PASSPHRASE_FILE", str(second))
    for command in (
        ("person", "erase", casebook, number, "--dry-run"),
        ("person", "erase", casebook, number, "--reason", "request"),
        ("person", "block", casebook, number),
        ("case", "hold", casebook, number, "--why", "x"),
        ("retention", casebook),
    ):
        ran = run(*command, "--as", COLLEAGUE)
        assert ran.code == 2
        assert "role" in ran.err


def test_nothing_is_past_its_term_in_a_new_casebook(casebook: Path) -> None:
    assert run("retention", casebook, "--json").json("retention") == {"cases": [], "without_case": [], "suspicions": []}
    ran = run("retention", casebook, "--end-suspicions", "--json")
    assert ran.json("retention") == {"cases": [], "without_case": [], "suspicions": []}
    assert "0 suspicions were taken away." in ran.err
