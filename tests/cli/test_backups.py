"""Backups on the command line: made, tried, restored, and told in words what a restored casebook is."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from kzcase.db.room import on_one_disk
from tests.cli.running import CASE, OWN, SECOND, acts_file, file_with, run


@pytest.fixture
def stick(casebook: Path, tmp_path: Path) -> Path:
    """With one backup."""
    assert run("backup", casebook, tmp_path / "stick").code == 0
    return tmp_path / "stick"


def only_backup(stick: Path) -> Path:
    (backup,) = stick.glob("*.kzbackup")
    return backup


def test_a_backup_says_where_it_is_and_what_it_holds(casebook: Path, tmp_path: Path) -> None:
    ran = run("backup", casebook, tmp_path / "deep" / "stick", "--json")
    assert ran.code == 0
    made = ran.json("backup")
    assert (made["verified"], made["cases"], made["missing_attachments"], made["removed"]) == (True, 1, 0, [])
    assert Path(made["backup"]).is_dir()
    assert made["size"] == sum(
        f.stat().st_size for f in Path(made["backup"]).iterdir() if f.is_file() and f.name != "about"
    )
    assert made["operations"] == run("count", casebook, "--json").json("count")["operations"]


def test_a_copy_on_the_same_disk_is_made_and_said_to_be_one(casebook: Path, tmp_path: Path) -> None:
    ran = run("backup", casebook, tmp_path / "media" / "stick", "--json")
    assert (ran.code, ran.json("backup")["same_disk"]) == (0, True)
    assert "on the same disk as the casebook" in ran.err


def test_a_copy_on_another_disk_is_just_made(casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary of the test above: where the stick is another device, nothing is said."""

    class OnStick:
        """A path on a disk of its own."""

        def stat(self) -> SimpleNamespace:
            return SimpleNamespace(st_dev=tmp_path.stat().st_dev + 1)

    assert (on_one_disk(tmp_path, tmp_path), on_one_disk(tmp_path, cast(Path, OnStick()))) == (True, False)
    assert not on_one_disk(tmp_path, tmp_path / "gone")
    monkeypatch.setattr(
        "kzcase.actions.backups.on_one_disk", lambda one, _other: on_one_disk(one, cast(Path, OnStick()))
    )
    ran = run("backup", casebook, tmp_path / "stick", "--json")
    assert (ran.code, ran.json("backup")["same_disk"], "same disk" in ran.err) == (0, False, False)


def test_restored_it_is_a_new_device_and_checks_clean(casebook: Path, stick: Path, tmp_path: Path) -> None:
    ran = run("restore", stick, tmp_path / "new.kzcase", "--json")
    assert ran.code == 0
    made = ran.json("restore")
    assert (made["casebook"], made["cases"]) == (str(tmp_path / "new.kzcase"), 1)
    assert "This is the casebook" in ran.err
    checked = run("check", tmp_path / "new.kzcase", "--deep", "--json")
    assert (checked.code, checked.json("check")["findings"]) == (0, [])
    acted = run("act", tmp_path / "new.kzcase", acts_file(tmp_path, [CASE]))
    assert acted.code == 0
    assert made["device"] in acted.out.decode()
    assert "restored from a backup" in acted.err
    before = run("count", casebook, "--json").json("count")
    after = run("count", tmp_path / "new.kzcase", "--json").json("count")
    assert after["cases"] == before["cases"] + 1


def test_it_is_restored_by_the_folder_of_one_backup_too(stick: Path, tmp_path: Path) -> None:
    assert run("restore", only_backup(stick), tmp_path / "new.kzcase").code == 0


def test_nothing_is_overwritten(casebook: Path, stick: Path) -> None:
    before = (casebook / "casebook.db").read_bytes()
    ran = run("restore", stick, casebook)
    assert ran.code == 2
    assert "never overwrites" in ran.err
    assert (casebook / "casebook.db").read_bytes() == before


@pytest.mark.parametrize("place", ["nowhere", "stick/nothing", "passphrase.txt"])
def test_a_place_without_backup_is_refused_in_words(tmp_path: Path, stick: Path, place: str) -> None:
    ran = run("restore", tmp_path / place, tmp_path / "new.kzcase")
    assert ran.code == 3
    assert "There is no backup at this place" in ran.err
    assert not (tmp_path / "new.kzcase").exists()


def test_a_wrong_passphrase_restores_nothing(stick: Path, tmp_path: Path) -> None:
    other = file_with(tmp_path, "other.txt", SECOND)
    assert run("restore", stick, tmp_path / "new.kzcase", "--passphrase-file", other).code == 3
    assert not (tmp_path / "new.kzcase").exists()


@pytest.mark.parametrize("files", [["share"], ["share", "share", "share"], ["share", "share"], ["nowhere", "share"]])
def test_shares_that_do_not_fit_are_refused_in_words(stick: Path, tmp_path: Path, files: list[str]) -> None:
    file_with(tmp_path, "share", "0000 0000 0000 0000 00\n")
    given = [part for name in files for part in ("--share", tmp_path / name)]
    ran = run("restore", stick, tmp_path / "new.kzcase", *given)
    assert ran.code in (2, 3)
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "new.kzcase").exists()


def test_a_drill_says_whether_it_can_be_relied_on(casebook: Path, stick: Path) -> None:
    ran = run("backup", casebook, stick, "--drill", "--json")
    assert (ran.code, ran.json("backup --drill")["ok"]) == (0, True)
    file = only_backup(stick) / "casebook.db"
    content = bytearray(file.read_bytes())
    content[9000] ^= 4
    file.write_bytes(content)
    ran = run("backup", casebook, stick, "--drill", "--json")
    assert (ran.code, ran.json("backup --drill")["ok"]) == (1, False)
    assert ran.json("backup --drill")["findings"]
    assert "cannot be relied on" in ran.err
    assert run("restore", stick, stick.with_name("new.kzcase")).code == 3


def test_a_backup_into_the_casebook_is_refused(casebook: Path) -> None:
    ran = run("backup", casebook, casebook / "attachments")
    assert ran.code == 2
    assert "would be lost with it" in ran.err


def test_a_restored_casebook_asks_for_the_last_release(stick: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.kzcase"
    run("restore", stick, new)
    ran = run("last-release", new, 0, "--json")
    assert (ran.code, ran.json("last-release")) == (0, {"number": 0, "complete": True})
    sure = run("last-release", new, 0)  # now
    assert (sure.code, "neither restored nor copied" in sure.err) == (2, True)
    assert run("count", new).err == ""


@pytest.mark.parametrize("number", ["-1", "x", "1e3", "99999999999"])
def test_a_number_that_is_none_is_refused(casebook: Path, number: str) -> None:
    assert run("last-release", casebook, number).code == 2


def test_an_older_state_is_found_by_check_and_told(casebook: Path, tmp_path: Path) -> None:
    run("count", casebook)
    older = tmp_path / "older"
    shutil.copytree(casebook, older)
    run("act", casebook, acts_file(tmp_path, [CASE]))
    shutil.rmtree(casebook)
    older.rename(casebook)
    ran = run("check", casebook, "--json")
    assert ran.code == 1
    assert [one["check"] for one in ran.json("check")["findings"]] == ["rollback"]
    told = run("count", casebook)
    assert told.code == 0
    assert "older state" in told.err
    assert "older state" in run("count", casebook).err
    assert run("check", casebook).code == 0


def test_a_copied_folder_is_told(casebook: Path, tmp_path: Path) -> None:
    run("count", casebook)
    copy = tmp_path / "second.kzcase"
    shutil.copytree(casebook, copy)
    assert "This is a copy" in run("count", copy).err
    assert run("count", casebook).err == ""


def test_the_settings_folder_names_neither_casebook_nor_people(casebook: Path) -> None:
    run("act", casebook, acts_file(casebook.parent, [CASE]))
    files = [file for file in Path(os.environ["KZCASE_HOME"]).rglob("*") if file.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        assert casebook.name.encode() not in content
        assert "Каримова".encode() not in content
        assert OWN.encode() not in content


def test_a_damaged_casebook_is_told_what_to_do_and_salvaged(casebook: Path, stick: Path, tmp_path: Path) -> None:
    file = casebook / "casebook.db"
    content = bytearray(file.read_bytes())
    content[60 * 4096 : 61 * 4096] = bytes(4096)
    file.write_bytes(content)
    checked = run("check", casebook)
    assert checked.code == 1
    assert "kzcase salvage" in checked.err
    ran = run("salvage", casebook, tmp_path / "new.kzcase", "--backup", stick, "--json")
    made = ran.json("salvage")
    assert (ran.code, made["cases"], made["findings"]) == (0, 1, 0)
    assert "built from what could be read" in run("count", tmp_path / "new.kzcase").err
    assert run("salvage", casebook, tmp_path / "new.kzcase").code == 2
