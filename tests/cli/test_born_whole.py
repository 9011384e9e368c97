"""A casebook gets its name only once its shares are out, and no command writes where no ordinary file can be."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kzcase.cli import casebooks
from kzcase.cli.files import write_whole
from kzcase.domain.errors import DiskTrouble, IsAFolder, NoSuchFolder, NotAFile
from tests.cli.running import file_with, run


def new(folder: Path) -> tuple[int, str]:
    made = run("new", folder / "a.kzcase", "--org", "Үлгі", "--admin", "Айнұр", "--shares-dir", folder / "shares")
    return made.code, made.err


def test_a_new_that_fails_before_the_shares_are_out_leaves_no_casebook(
    tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[str]:
        raise DiskTrouble(reason="full")

    with monkeypatch.context() as broken:
        broken.setattr(casebooks, "write_shares", full)
        assert new(tmp_path)[0] == 3
    assert not [path.name for path in tmp_path.iterdir() if "a.kzcase" in path.name]
    assert new(tmp_path)[0] == 0
    assert (tmp_path / "a.kzcase" / "keys-a").exists()


def left_in(folder: Path) -> set[str]:
    """Everything but the passphrase file of the test and its settings."""
    return {path.name for path in folder.iterdir()} - {"passphrase.txt", "home"}


FULL = {
    "the folder": ("kzcase.db.files.os.urandom", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    "the tables": ("kzcase.db.migrations.bring_up_to_date", sqlcipher.OperationalError("database or disk is full")),
    "the keys": ("kzcase.actions.desk.store", DiskTrouble(reason="No space left on device")),
    "the name": ("pathlib.Path.replace", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
}


@pytest.mark.parametrize("where", FULL)
def test_a_disk_that_fills_up_anywhere_leaves_nothing_half_born(
    tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    name, error = FULL[where]

    def full(*_: object, **__: object) -> None:
        raise error

    target = tmp_path / "deep" / "er"
    with monkeypatch.context() as broken:
        broken.setattr(name, full)
        refused = run("new", target / "a.kzcase", "--org", "O", "--admin", "A", "--shares-dir", tmp_path / "shares")
    assert (refused.code, refused.out) == (3, b"")
    assert refused.err.splitlines()[-1].startswith(("a.kzcase: ", "share-1.pdf: "))
    assert "the disk is full" in refused.err
    assert "Traceback" not in refused.err
    assert left_in(tmp_path) == set()
    made = run("new", target / "a.kzcase", "--org", "O", "--admin", "A", "--shares-dir", tmp_path / "shares")
    assert made.code == 0, made.err


def test_a_real_limit_of_the_system_does_the_same(tmp_path: Path, passphrase: Path) -> None:
    """No fake: the system itself allows no file of more than a megabyte."""
    command = [
        "new",
        str(tmp_path / "a.kzcase"),
        "--org",
        "O",
        "--admin",
        "A",
        "--shares-dir",
        str(tmp_path / "shares"),
    ]
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20));"
        f"from kzcase.__main__ import main; sys.argv[1:] = {command!r}; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "would be too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert left_in(tmp_path) == set()


def test_the_shares_go_with_a_casebook_that_does_not_come_to_be(
    tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = tmp_path / "shares"
    shares.mkdir()
    kept = file_with(shares, "letter.txt", "kept")
    written: list[str] = []

    def third_time_full(path: Path, content: bytes) -> None:
        written.append(path.name)
        if len(written) == 3:
            raise DiskTrouble(path.name, reason="full")
        write_whole(path, content)

    with monkeypatch.context() as broken:
        broken.setattr(casebooks, "write_whole", third_time_full)
        refused = new(tmp_path)
    assert (refused[0], len(written)) == (3, 3)
    assert refused[1].startswith("share-2.pdf: ")
    assert "Share 1" not in refused[1]  # they open nothing: nobody is asked to keep them
    assert [path.name for path in shares.iterdir()] == [kept.name]
    assert left_in(tmp_path) == {"shares"}


@pytest.mark.parametrize("inside", ["a.kzcase", "a.kzcase/shares", "a.kzcase/deep/er"])
def test_shares_never_lie_inside_what_they_open(tmp_path: Path, passphrase: Path, inside: str) -> None:
    refused = run("new", tmp_path / "a.kzcase", "--org", "O", "--admin", "A", "--shares-dir", tmp_path / inside)
    assert (refused.code, "inside the casebook" in refused.err) == (2, True)
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize("place", ["a file", "below a file", "a link", "/", "shares in a file"])
def test_a_place_that_cannot_hold_a_casebook_is_refused(tmp_path: Path, passphrase: Path, place: str) -> None:
    kept = file_with(tmp_path, "kept", "kept")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    target = {"a file": kept, "below a file": kept / "a.kzcase", "a link": link, "/": Path("/")}.get(
        place, tmp_path / "b"
    )
    further = ("--shares-dir", kept) if place == "shares in a file" else ()
    refused = run("new", target, "--org", "O", "--admin", "A", *further)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert kept.read_text() == "kept"
    assert left_in(tmp_path) == {"kept", "link"}


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


@pytest.mark.parametrize(
    "kind", ["nothing", "folder", "link", "pipe", "standard output", "no such folder", "below a file"]
)
def test_only_an_ordinary_file_is_written(tmp_path: Path, kind: str) -> None:
    kept = file_with(tmp_path, "kept", "kept")
    target = tmp_path / "out.pdf"
    if kind == "folder":
        target.mkdir()
    elif kind == "link":
        target.symlink_to(kept)
    elif kind == "pipe":
        os.mkfifo(target)
    places = {"nothing": Path(), "standard output": Path("-"), "no such folder": tmp_path / "no" / "out.pdf"}
    target = places.get(kind, kept / "out.pdf" if kind == "below a file" else target)
    with pytest.raises((NotAFile, IsAFolder, NoSuchFolder)):
        write_whole(target, b"x")
    assert kept.read_bytes() == b"kept"
