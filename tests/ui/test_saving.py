"""A copy somebody saves: whole or not there, and nobody else at the laptop may read it."""

import os
from pathlib import Path

import pytest

from kzcase.domain.errors import DiskTrouble
from kzcase.ui.saving import write_copy


def test_a_copy_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_copy(tmp_path / "copy.jpg", b"picture")
    finally:
        os.umask(before)
    assert (tmp_path / "copy.jpg").read_bytes() == b"picture"
    if os.name == "posix":
        assert (tmp_path / "copy.jpg").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_finished_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "full")

    (tmp_path / "copy.jpg").write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble):
        write_copy(tmp_path / "copy.jpg", b"after")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("copy.jpg", b"before")]
