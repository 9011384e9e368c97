"""Casebooks made, opened, checked and counted from the command line; trouble told in words."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcase.actions.desk import open_desk
from kzcase.db.files import Folder, Lock
from kzcase.keys.shares import parse_share
from tests.cli.running import ADMINISTRATOR, COLLEAGUE, OWN, SECOND, file_with, run, template


def test_a_new_casebook_opens_and_its_shares_can_be_read(tmp_path: Path, passphrase: Path) -> None:
    path, shares = tmp_path / "new.kzcase", tmp_path / "shares"
    made = run("new", path, "--org", "Үлгі", "--admin", "Айнұр", "--shares-dir", shares, "--json")
    assert made.code == 0, made.err
    document = made.json("new")
    assert document["casebook"] == str(path)
    assert sorted(Path(file).name for file in document["shares"]) == [
        f"share-{number}.{ending}" for number in (1, 2, 3) for ending in ("pdf", "txt")
    ]
    assert [parse_share((shares / f"share-{n}.txt").read_text()).number for n in (1, 2, 3)] == [1, 2, 3]
    assert (shares / "share-1.pdf").read_bytes().startswith(b"%PDF")
    assert (shares / "share-1.txt").stat().st_mode & 0o077 == 0
    with open_desk(path, OWN) as desk:
        assert desk.book.acting.name == "Айнұр"
        assert {role.value for role in desk.book.acting.roles} == {
            "administrator",
            "caseworker",
            "helpline",
            "supervisor",
        }
        assert not desk.book.facts.demonstration


def test_nothing_is_overwritten_by_a_new_casebook(tmp_path: Path, passphrase: Path) -> None:
    shares = tmp_path / "shares"
    shares.mkdir()
    kept = file_with(shares, "share-2.txt", "kept")
    refused = run("new", tmp_path / "a.kzcase", "--org", "A", "--admin", "B", "--shares-dir", shares)
    assert (refused.code, kept.read_text()) == (2, "kept")
    assert not (tmp_path / "a.kzcase").exists()
    (tmp_path / "full.kzcase").mkdir()
    file_with(tmp_path / "full.kzcase", "x", "kept")
    assert run("new", tmp_path / "full.kzcase", "--org", "A", "--admin", "B").code == 2
    assert [file.name for file in (tmp_path / "full.kzcase").iterdir()] == ["x"]


def test_a_weak_passphrase_makes_no_casebook(tmp_path: Path, passphrase: Path) -> None:
    weak = file_with(tmp_path, "weak.txt", "password password")
    refused = run("new", tmp_path / "a.kzcase", "--org", "A", "--admin", "B", "--passphrase-file", weak)
    assert refused.code == 2
    assert "another passphrase" in refused.err
    assert not (tmp_path / "a.kzcase").exists()


@pytest.mark.parametrize("name", ["", "  ", "a\x07b", "x" * 201])
def test_an_organisation_needs_a_name_that_fits_on_paper(tmp_path: Path, passphrase: Path, name: str) -> None:
    for names in (("--org", name, "--admin", "A"), ("--org", "O", "--admin", name)):
        assert run("new", tmp_path / "a.kzcase", *names).code == 2
    assert not (tmp_path / "a.kzcase").exists()


def test_a_folder_that_is_no_casebook_is_not_called_damaged(tmp_path: Path, passphrase: Path) -> None:
    told = run("count", tmp_path)
    assert (told.code, "There is no casebook" in told.err) == (3, True)


def test_a_check_says_that_all_is_well(casebook: Path) -> None:
    checked = run("check", casebook, "--deep", "--json")
    assert (checked.code, checked.err) == (0, "")
    document = checked.json("check")
    assert (document["ok"], document["findings"], document["cases"]) == (True, [], 1)
    assert document["operations"] > 30


def test_a_check_of_a_damaged_page_ends_with_one(casebook: Path) -> None:
    database = casebook / "casebook.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    checked = run("check", casebook, "--json")
    assert checked.code == 1
    document = checked.json("check")
    assert not document["ok"]
    assert {found["check"] for found in document["findings"]} == {"pages"}


def test_a_missing_key_copy_is_mended_and_told(casebook: Path) -> None:
    (casebook / "keys-b").unlink()
    checked = run("check", casebook)
    assert checked.code == 0
    assert "written anew" in checked.err
    assert (casebook / "keys-a").read_bytes() == (casebook / "keys-b").read_bytes()


def test_counts(casebook: Path) -> None:
    counted = run("count", casebook, "--json").json("count")
    assert (counted["people"], counted["cases"], counted["calls"], counted["notes"]) == (1, 1, 1, 1)


# Trouble: one line of words, exit code 3, nothing lost


def _zeros(name: str) -> Callable[[Path], object]:
    return lambda path: (path / name).write_bytes(bytes((path / name).stat().st_size))


def _both(first: Callable[[Path], object], second: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda path: (first(path), second(path))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the database is cut off": lambda path: os.truncate(path / "casebook.db", 6000),
    "the database is empty": lambda path: os.truncate(path / "casebook.db", 0),
    "the database is noise": lambda path: (path / "casebook.db").write_bytes(os.urandom(9000)),
    "the database is gone": lambda path: (path / "casebook.db").unlink(),
    "both keys are zeros": _both(_zeros("keys-a"), _zeros("keys-b")),
    "both keys are gone": _both(lambda path: (path / "keys-a").unlink(), lambda path: (path / "keys-b").unlink()),
    "a plain database": lambda path: (path / "casebook.db").write_bytes(b"SQLite format 3\0" + bytes(8176)),
    "everything is gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_in_words_and_leaves_the_rest_alone(casebook: Path, damage: str) -> None:
    DAMAGE[damage](casebook)
    before = {file.name: file.read_bytes() for file in casebook.glob("keys-*")}
    tried = run("count", casebook, "--json")
    assert (tried.code, tried.out) == (3, b"")
    assert tried.err.count("\n") == 1
    assert "Traceback" not in tried.err
    assert {file.name: file.read_bytes() for file in casebook.glob("keys-*")} == before


def test_one_zeroed_key_copy_does_no_harm(casebook: Path) -> None:
    _zeros("keys-a")(casebook)
    assert run("count", casebook, "--json").code == 0


def test_a_casebook_in_use_is_told(casebook: Path) -> None:
    lock = Lock(Folder(casebook))
    lock.take()
    for command in (("count", casebook), ("check", casebook)):
        tried = run(*command)
        assert (tried.code, "open in another" in tried.err) == (3, True)
    lock.release()


def test_a_wrong_passphrase_and_another_name_are_told(casebook: Path, tmp_path: Path) -> None:
    wrong = file_with(tmp_path, "wrong.txt", "этого не было никогда совсем")
    assert run("count", casebook, "--passphrase-file", wrong).code == 3
    assert run("count", casebook, "--as", COLLEAGUE).code == 3
    assert run("count", casebook, "--as", ADMINISTRATOR).code == 0
    second = file_with(tmp_path, "second.txt", f"{SECOND}\r\n")
    assert run("count", casebook, "--as", COLLEAGUE, "--passphrase-file", second).code == 0


def test_a_passphrase_is_never_guessed_at(casebook: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run("count", casebook, "--passphrase-file", tmp_path / "missing").code == 2
    assert run("count", casebook, "--passphrase-file", "/dev/zero").code == 2
    assert run("count", casebook, "--passphrase-file", file_with(tmp_path, "x", b"\xff\xfe")).code == 2
    monkeypatch.delenv("KZCASE_PASSPHRASE_FILE")
    refused = run("count", casebook)
    assert (refused.code, "--passphrase-file" in refused.err) == (2, True)


def test_the_template_was_not_touched() -> None:
    with open_desk(template(), OWN) as desk:
        assert desk.book.facts.organisation_name == "Generated office"
