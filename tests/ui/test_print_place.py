"""Pages on their way to the printer pass through memory, not over the disk."""

import os
import tempfile
from pathlib import Path

import pytest

from kzcase.ui.print_place import pages_in_memory, session_folder

DISK = "/dev/sda1 / ext4 rw 0 0\n"


def memory_at(place: Path) -> str:
    return f"{DISK}tmpfs {place} tmpfs rw 0 0\n"


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (place := tmp_path / "session").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


def test_the_folder_of_the_session_is_taken_where_it_is_in_memory(session: Path) -> None:
    assert session_folder(memory_at(session)) == session
    assert session_folder(memory_at(session.parent)) == session


def test_a_folder_on_a_disk_is_not_memory(session: Path) -> None:
    assert session_folder(DISK) is None
    assert session_folder(memory_at(session) + f"/dev/sdb1 {session} ext4 rw 0 0\n") is None


@pytest.mark.parametrize("told", ["", "relative", "/no/such/folder"])
def test_what_is_no_folder_of_ours_is_left_alone(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", told)
    assert session_folder("tmpfs / tmpfs rw 0 0\n") is None


@pytest.mark.parametrize("before", ["/somewhere", None])
def test_the_way_of_temporary_files_is_put_back(
    before: str | None, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzcase.ui.print_place._mounts", lambda: memory_at(session))
    monkeypatch.delenv("TMPDIR", raising=False)
    if before:
        monkeypatch.setenv("TMPDIR", before)
    with pytest.raises(ZeroDivisionError), pages_in_memory() as place:
        assert place == session
        assert os.environ["TMPDIR"] == str(session)
        raise ZeroDivisionError
    assert os.environ.get("TMPDIR") == before


def test_without_such_a_place_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    before = tempfile.gettempdir()
    with pages_in_memory() as place:
        assert place is None
    assert tempfile.gettempdir() == before
