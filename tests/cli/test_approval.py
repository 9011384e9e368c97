"""A summary that a second person approves: who cannot sign leaves nothing behind, who signs signs it everywhere."""

from datetime import date
from pathlib import Path

import pytest

from kzcase.actions.desk import FoundCasebook, found_casebook, open_desk
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.demo.people import generate_cases
from kzcase.domain.permissions import Role
from kzcase.domain.release_rows import ReleaseRow
from kzcase.keys.derivation import FLOOR
from kzcase.queries.releases import release_list
from tests.cli.running import ADMINISTRATOR, OWN, SECOND, Ran, file_with, run
from tests.demo.test_performed import performed

APPROVER = "Ләззат Үлгі"
HELPER = "Ерлан Мысал"
THIRD = "терезе қайың самал тұлпар бөрік"
WRONG = "самовар облако калитка ястреб"
TODAY = date(2026, 11, 22)
PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of generated people with two supervisors and somebody who may not sign."""
    path = tmp_path_factory.mktemp("approval") / "office.kzcase"
    book, _created = found_casebook(path, FoundCasebook("Generated office", ADMINISTRATOR), OWN, parameters=FLOOR)
    with book:
        performed(book, generate_cases(7, 200, TODAY))
    with open_desk(path, OWN) as desk:
        add_colleague(desk, AddColleague(APPROVER, (Role.SUPERVISOR,)), SECOND)
        add_colleague(desk, AddColleague(HELPER, (Role.CASEWORKER,)), THIRD)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With the passphrases and the wish."""
    file_with(tmp_path, "own.txt", OWN)
    for name, words in (("approver.txt", SECOND), ("helper.txt", THIRD), ("wrong.txt", WRONG)):
        file_with(tmp_path, name, words)
    file_with(tmp_path, "spec.toml", f'base = 5\ntables = [["region"]]\nperiod = "{PERIOD}"\n')
    return tmp_path


def summary(office: Path, folder: Path, out: str, *approval: str) -> Ran:
    named = ("--approve-as", approval[0], "--approve-passphrase-file", folder / approval[1]) if approval else ()
    spec = ("--spec", folder / "spec.toml", "--out", folder / out)
    return run("summary", office, *spec, "--passphrase-file", folder / "own.txt", "--json", *named)


def ledger(office: Path) -> list[ReleaseRow]:
    with open_desk(office, OWN) as desk, desk.book.read() as reader:
        return release_list(reader)


REFUSED = {
    "a wrong passphrase": ((APPROVER, "wrong.txt"), 3),
    "the passphrase of somebody else": ((APPROVER, "helper.txt"), 3),
    "oneself": ((ADMINISTRATOR, "own.txt"), 2),
    "a role that does not sign": ((HELPER, "helper.txt"), 2),
    "a passphrase file that is not there": ((APPROVER, "none.txt"), 2),
}


@pytest.mark.parametrize("who", REFUSED)
def test_who_cannot_sign_leaves_no_folder_and_no_row(office: Path, folder: Path, who: str) -> None:
    """Otherwise the period would be closed, and numbers that nobody signed would lie about."""
    approval, code = REFUSED[who]
    before = ledger(office)
    refused = summary(office, folder, "out", *approval)
    assert (refused.code, refused.out, refused.err.count("\n")) == (code, b"", 1), refused.err
    assert not (folder / "out").exists()
    assert ledger(office) == before


def test_whoever_signs_numbers_signs_them_in_every_row(office: Path, folder: Path) -> None:
    """Once released without a signature, then with one: both rows name who signed, and the files lose their stamp."""
    waiting = summary(office, folder, "waiting").json("summary")
    assert (waiting["approved"], waiting["stamps"], waiting["closed"]) == (False, ["not approved"], True)
    assert [row.approved_on for row in ledger(office)] == [None]
    signed = summary(office, folder, "signed", APPROVER, "approver.txt").json("summary")
    assert (signed["approved"], signed["stamps"], signed["periods"]) == (True, [], [PERIOD])
    rows = ledger(office)
    assert len(rows) > 1
    numbers = {one for row in rows for one in row.fingerprints if one.startswith("cells.csv:")}
    assert len(numbers) == 1, "all rows repeat the same numbers"
    assert [row.approved_by for row in rows] == [APPROVER] * len(rows)
    assert all(row.approved_on is not None for row in rows)
    assert {row.signed_as for row in rows} - {None}, "one of them by the row that was signed"
    cells = [(folder / out / "cells.csv").read_bytes() for out in ("waiting", "signed")]
    assert cells[0] == cells[1]


def test_other_numbers_of_the_period_stay_unsigned(office: Path, folder: Path) -> None:
    """Canary of the test above: a signature holds for its numbers, not for the period."""
    file_with(folder, "spec.toml", f'base = 5\ntables = [["type", "outcome"]]\nperiod = "{PERIOD}"\n')
    assert summary(office, folder, "other").json("summary")["approved"] is False
    latest = ledger(office)[0]
    assert (latest.approved_on, latest.signed_as) == (None, None)
