"""A casebook gets its name only once its shares are out, and no command writes where no ordinary file can be."""

import os
from pathlib import Path

import pytest

from kzcase.cli import casebooks
from kzcase.cli.files import write_whole
from kzcase.domain.errors import DiskTrouble, NotAFile
from tests.cli.running import run


def new(folder: Path) -> tuple[int, str]:
    made = run("new", folder / "a.kzcase", "--org", "Үлгі", "--admin", "Айнұр", "--shares-dir", folder / "shares")
    return made.code, made.err


def test_a_new_that_fails_before_the_shares_are_out_leaves_no_casebook(
    tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[str]:
        raise DiskTrouble(reason="full")

    with monkeypatch.context() as broken:
        broken.setattr(casebooks, "_write_shares", full)
        assert new(tmp_path)[0] == 3
    assert not [path.name for path in tmp_path.iterdir() if "a.kzcase" in path.name]
    assert new(tmp_path)[0] == 0
    assert (tmp_path / "a.kzcase" / "keys-a").exists()


def test_what_a_killed_start_left_is_in_nobodys_way(tmp_path: Path, passphrase: Path) -> None:
    left = tmp_path / ".a.kzcase.unfinished"
    left.mkdir()
    (left / "casebook.db").write_bytes(b"half")
    assert new(tmp_path)[0] == 0
    assert (tmp_path / "a.kzcase" / "casebook.db").exists()
    assert not left.exists()


def test_only_the_owner_reads_any_file_of_a_casebook(tmp_path: Path, passphrase: Path) -> None:
    assert new(tmp_path)[0] == 0
    modes = {file.name: file.stat().st_mode & 0o077 for file in (tmp_path / "a.kzcase").rglob("*")}
    assert {"casebook.db", "keys-a", "keys-b", "ballast", "lock"} <= modes.keys()
    assert not any(modes.values())


@pytest.mark.parametrize("kind", ["nothing", "folder", "link", "pipe"])
def test_only_an_ordinary_file_is_written(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out.pdf"
    if kind == "nothing":
        target = Path()
    elif kind == "folder":
        target.mkdir()
    elif kind == "link":
        (tmp_path / "kept").write_bytes(b"kept")
        target.symlink_to(tmp_path / "kept")
    else:
        os.mkfifo(target)
    with pytest.raises(NotAFile):
        write_whole(target, b"x")
    assert kind != "link" or (tmp_path / "kept").read_bytes() == b"kept"


def test_nothing_that_steers_a_terminal_is_put_out() -> None:
    from kzcase.cli.output import _cell

    assert _cell("a\x1b[31mb\u202ec") == "a\ufffd[31mb\ufffdc"
    assert _cell("Қәтен Өмір") == "Қәтен Өмір"
