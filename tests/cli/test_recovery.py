"""Forgotten passphrases and recovery shares from the command line: with two shares, in words, and never by chance."""

import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pypdfium2
import pytest

from kzcase.actions.desk import open_desk
from kzcase.cli import staff
from kzcase.domain.errors import WrongPassphrase
from kzcase.keys.copies import NAMES
from tests.cli.running import ADMINISTRATOR, CASE, COLLEAGUE, OWN, SECOND, acts_file, file_with, run
from tests.laptops import another_laptop

NEW = "қоңыр теңіз жұлдыз терезе бидай алма"


@cache
@another_laptop()
def _template(passphrase: str) -> Path:
    folder = Path(mkdtemp(prefix="kzcase-recovery-"))
    own, second = file_with(folder, "own.txt", OWN), file_with(folder, "second.txt", SECOND)
    by = ("--passphrase-file", own)
    names = [each for name in ("Бірі", "Екіншісі", COLLEAGUE) for each in ("--holder", name)]
    path, shares = folder / "office.kzcase", folder / "shares"
    made = run("new", path, "--org", "Үлгі", "--admin", ADMINISTRATOR, "--shares-dir", shares, *names, *by)
    assert made.code == 0, made.err
    added = run("staff", "add", path, COLLEAGUE, "--role", "caseworker", "--new-passphrase-file", second, *by)
    assert added.code == 0, added.err
    return folder


class Office:
    """A casebook with its shares, a test's own."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(_template(OWN), folder / "office", ignore=shutil.ignore_patterns("ballast"))
        self.path, self.shares = folder / "office" / "office.kzcase", folder / "office" / "shares"
        self.new = file_with(folder, "new.txt", NEW + "\n")

    def pair(self, *numbers: int) -> list[object]:
        """The options for these shares."""
        return [each for number in numbers for each in ("--share", self.shares / f"share-{number}.txt")]

    def opens(self, passphrase: str) -> bool:
        try:
            open_desk(self.path, passphrase).close()
        except WrongPassphrase:
            return False
        return True


@pytest.fixture
def office(tmp_path: Path, passphrase: Path) -> Office:
    return Office(tmp_path)


def test_two_shares_open_it_again(office: Office) -> None:
    recovered = run("recover", office.path, *office.pair(3, 1), "--new-passphrase-file", office.new, "--json")
    assert recovered.code == 0, recovered.err
    document = recovered.json("recover")
    assert (document["name"], document["shares"]) == (ADMINISTRATOR, [1, 3])
    assert (office.opens(OWN), office.opens(NEW), office.opens(SECOND)) == (False, True, True)
    listed = run("staff", "list", office.path, "--passphrase-file", office.new, "--json").json("staff list")
    assert {one["id"] for one in listed["staff"] if one["name"] == ADMINISTRATOR} == {document["staff"]}
    assert run("check", office.path, "--deep", "--passphrase-file", office.new).code == 0


def test_a_share_may_be_its_text_or_what_the_paper_shows(office: Office) -> None:
    paper = pypdfium2.PdfDocument(office.shares / "share-2.pdf")[0].get_textpage().get_text_range()
    lines = [found[0] for line in paper.splitlines() if (found := re.search(r"(\w{4} ){4}\w{2}$", line))]
    assert len(lines) == 4, "the paper shows the lines that an error would name"
    text = (office.shares / "share-1.txt").read_text()
    recovered = run(
        *("recover", office.path, "--share", text, "--share", "\n".join(lines), "--as", COLLEAGUE),
        *("--new-passphrase-file", office.new, "--json"),
    )
    assert recovered.code == 0, recovered.err
    assert recovered.json("recover")["name"] == COLLEAGUE
    assert (office.opens(OWN), office.opens(NEW), office.opens(SECOND)) == (True, True, False)


def test_somebody_new_is_appointed(office: Office) -> None:
    appointed = run(
        *("recover", office.path, *office.pair(1, 2), "--as", "Жаңа Әкімші", "--administrator"),
        *("--new-passphrase-file", office.new, "--json"),
    )
    assert appointed.code == 0, appointed.err
    by = ("--passphrase-file", office.new)
    listed = run("staff", "list", office.path, *by, "--json").json("staff list")["staff"]
    assert [one["roles"] for one in listed if one["name"] == "Жаңа Әкімші"] == [["administrator"]]
    assert run("staff", "remove", office.path, ADMINISTRATOR, "--knowingly", *by).code == 0


def spoilt(office: Office, change: str) -> list[object]:
    """The options for shares with something wrong."""
    text = (office.shares / "share-1.txt").read_text()
    lines = text.splitlines()
    other = office.pair(2)
    match change:
        case "one only":
            return office.pair(1)
        case "three":
            return office.pair(1, 2, 3)
        case "the same twice":
            return office.pair(1, 1)
        case "no such file":
            return ["--share", office.shares / "share-9.txt", *other]
        case "the paper":
            return ["--share", office.shares / "share-1.pdf", *other]
        case "a folder":
            return ["--share", office.shares, *other]
        case "one letter":
            wrong = "A" if lines[1][5] != "A" else "B"
            lines[1] = lines[1][:5] + wrong + lines[1][6:]
            return ["--share", "\n".join(lines), *other]
        case "a line short":
            return ["--share", "\n".join(lines[:3]), *other]
        case "noise":
            return ["--share", file_with(office.path.parent, "noise.txt", bytes(range(256))), *other]
        case _:
            return ["--share", "\n".join(reversed(lines)), *other]


WRONG = {
    "one only": "Two recovery shares",
    "three": "Two recovery shares",
    "the same twice": "Both are share 1",
    "no such file": "share-9.txt",
    "the paper": "type its four lines",
    "a folder": "shares",
    "one letter": "Line 2, group 2",
    "a line short": "four lines",
    "noise": "noise.txt",
    "lines in another order": "not right",
}


@pytest.mark.parametrize("command", ["recover", "try-shares", "new-shares"])
@pytest.mark.parametrize("change", WRONG)
def test_what_is_wrong_with_a_share_is_said_and_nothing_is_done(office: Office, change: str, command: str) -> None:
    if command != "recover" and change not in ("one letter", "the same twice", "three"):
        return
    before = [(office.path / name).read_bytes() for name in NAMES]
    first = ("recover",) if command == "recover" else ("staff", command)
    more = ("--new-passphrase-file", office.new) if command == "recover" else ()
    refused = run(*first, office.path, *spoilt(office, change), *more, "--json")
    assert (refused.code, refused.out) == (2, b""), refused.err
    assert refused.err.count("\n") == 1
    assert WRONG[change] in refused.err
    assert [(office.path / name).read_bytes() for name in NAMES] == before


def test_recovering_names_who_and_needs_a_new_passphrase(office: Office, tmp_path: Path) -> None:
    new = ("--new-passphrase-file", office.new)
    for options, said in (
        (("--as", "Nobody", *new), "--as"),
        ((), "--new-passphrase-file"),
        (("--new-passphrase-file", file_with(tmp_path, "weak.txt", "пароль пароль пароль")), "another passphrase"),
        (("--new-passphrase-file", file_with(tmp_path, "taken.txt", SECOND)), "another passphrase"),
    ):
        refused = run("recover", office.path, *office.pair(1, 2), *options)
        assert (refused.code, refused.out) == (2, b"")
        assert said in refused.err
    assert office.opens(OWN)
    assert run("recover", tmp_path / "no.kzcase", *office.pair(1, 2), *new).code == 3


def test_one_changes_ones_own_passphrase(office: Office, tmp_path: Path) -> None:
    changed = run("staff", "passphrase", office.path, "--new-passphrase-file", office.new, "--json")
    assert changed.code == 0, changed.err
    assert changed.json("staff passphrase")
    assert (office.opens(OWN), office.opens(NEW), office.opens(SECOND)) == (False, True, True)
    weak = file_with(tmp_path, "weak.txt", ADMINISTRATOR)
    refused = run("staff", "passphrase", office.path, "--new-passphrase-file", weak, "--passphrase-file", office.new)
    assert (refused.code, "another passphrase" in refused.err) == (2, True)
    assert run("staff", "passphrase", office.path, "--passphrase-file", office.new).code == 2
    assert office.opens(NEW)


def test_who_holds_which_share_is_shown_and_written_down(office: Office) -> None:
    shown = run("staff", "shares", office.path, "--json").json("staff shares")
    assert [(one["number"], one["holder"]) for one in shown["shares"]] == [
        (1, "Бірі"),
        (2, "Екіншісі"),
        (3, COLLEAGUE),
    ]
    assert (shown["issue"], shown["due"], shown["tried_on"], shown["one_person"]) == (1, False, None, False)
    given = run("staff", "give-share", office.path, "2", "Тағы біреу", "--json")
    assert given.json("staff give-share") == {"number": 2, "holder": "Тағы біреу"}
    tried = run("staff", "try-shares", office.path, *office.pair(3, 2), "--json")
    assert tried.json("staff try-shares") == {"shares": [2, 3]}
    shown = run("staff", "shares", office.path, "--json").json("staff shares")
    assert shown["shares"][1]["holder"] == "Тағы біреу"
    assert shown["tried_on"] == shown["shares"][1]["given_on"]
    for wrong in (("4", "X"), ("1", " "), ("x", "Y")):
        assert run("staff", "give-share", office.path, *wrong).code == 2


def test_new_shares_when_a_holder_leaves(office: Office, tmp_path: Path) -> None:
    cases = [CASE | {"worker": COLLEAGUE}]
    assert run("act", office.path, acts_file(tmp_path, cases)).code == 0
    removed = run("staff", "remove", office.path, COLLEAGUE, "--successor", ADMINISTRATOR, "--json")
    assert removed.code == 0, removed.err
    document = removed.json("staff remove")
    assert (document["handed_over"], document["cases"], document["shares"]) == (1, 0, [3])
    assert "new-shares" in removed.err
    told = run("staff", "shares", office.path, "--json")
    assert told.json("staff shares")["shares"][2]["to_replace"]
    assert "has left" in told.err
    fresh = tmp_path / "fresh"
    made = run(
        *("staff", "new-shares", office.path, *office.pair(1, 3), "--shares-dir", fresh),
        *("--holder", "A", "--holder", "B", "--holder", "C", "--json"),
    )
    assert made.code == 0, made.err
    assert (made.json("staff new-shares")["issue"], len(made.json("staff new-shares")["shares"])) == (2, 6)
    assert (fresh / "share-1.txt").stat().st_mode & 0o077 == 0
    refused = run("staff", "try-shares", office.path, *office.pair(1, 2))
    assert (refused.code, "replaced by newer ones" in refused.err) == (2, True)
    office.shares = fresh
    assert run("staff", "try-shares", office.path, *office.pair(1, 2)).code == 0


def test_nothing_is_overwritten_and_nothing_half_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = run("staff", "new-shares", office.path, *office.pair(1, 2), "--shares-dir", office.shares)
    assert taken.code == 2
    inside = run("staff", "new-shares", office.path, *office.pair(1, 2), "--shares-dir", office.path / "shares")
    assert inside.code in (2, 3)
    from kzcase.actions import shares

    def fails(*_given: object) -> None:
        raise KeyboardInterrupt

    fresh = office.path.parent / "fresh"
    with monkeypatch.context() as cut:
        cut.setattr(shares.Reissue, "finish", fails)
        assert run("staff", "new-shares", office.path, *office.pair(1, 2), "--shares-dir", fresh).code == 130
    assert not fresh.exists()
    assert run("staff", "try-shares", office.path, *office.pair(1, 2)).code == 0


def test_without_a_folder_the_new_shares_are_shown_once(office: Office) -> None:
    from kzcase.keys.shares import parse_share

    shown = run("staff", "new-shares", office.path, *office.pair(1, 2))
    assert shown.code == 0, shown.err
    lines = [line for line in shown.err.splitlines() if len(line.split()) == 5 and len(line) == 22]
    texts = ["\n".join(lines[at : at + 4]) for at in (0, 4, 8)]
    assert [parse_share(text).number for text in texts] == [1, 2, 3]
    tried = run("staff", "try-shares", office.path, "--share", texts[0], "--share", texts[2])
    assert tried.code == 0, tried.err


def test_only_who_manages_staff_asks_about_shares(office: Office, tmp_path: Path) -> None:
    second = ("--passphrase-file", file_with(tmp_path, "second.txt", SECOND))
    for command in (("shares",), ("give-share", "1", "X"), ("try-shares",), ("new-shares",)):
        options = office.pair(1, 2) if command[0] in ("try-shares", "new-shares") else []
        refused = run("staff", command[0], office.path, *command[1:], *options, *second)
        assert (refused.code, refused.out) == (2, b"")


def test_a_casebook_of_one_person_says_so(tmp_path: Path, passphrase: Path) -> None:
    path = tmp_path / "alone.kzcase"
    assert run("new", path, "--org", "Үлгі", "--admin", "Айша", "--one-person").code == 0
    assert run("staff", "shares", path, "--json").json("staff shares")["one_person"]
    four = [each for name in "ABCD" for each in ("--holder", name)]
    assert run("new", tmp_path / "b.kzcase", "--org", "Үлгі", "--admin", "Айша", *four).code == 2
    assert not (tmp_path / "b.kzcase").exists()


def test_the_template_was_not_touched() -> None:
    with open_desk(_template(OWN) / "office.kzcase", OWN) as desk:
        assert desk.book.acting.name == ADMINISTRATOR


def test_at_a_terminal_open_work_is_not_left_by_silence(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("act", office.path, acts_file(tmp_path, [CASE | {"worker": COLLEAGUE}])).code == 0
    (case,) = run("case", "list", office.path, "--json").json("case list")["cases"]
    with monkeypatch.context() as patched:
        patched.setattr(staff, "at_a_terminal", lambda: True)
        refused = run("staff", "remove", office.path, COLLEAGUE)
        assert (refused.code, "--leave-open" in refused.err, case["number"] in refused.err) == (2, True, True)
    by_script = run("staff", "remove", office.path, COLLEAGUE, "--json")
    assert by_script.code == 0, "what scripts rely on"
    assert by_script.json("staff remove")["numbers"] == [case["number"]]
    assert (case["number"] in by_script.err, "caseload.handed_over" in by_script.err) == (True, True)
    (left,) = [row for row in run("team", office.path, "--json").json("team")["members"] if row["left_on"]]
    assert (left["name"], left["cases"]) == (COLLEAGUE, 1), "the board says first who left"
