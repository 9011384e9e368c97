"""Attachments lie in encrypted chunks: none can stand for another, none is lost, none is left by a crash."""

import os
from pathlib import Path

import pytest

from kzcase.db import vault as vaults
from kzcase.db.vault import DIGEST, Vault, names
from kzcase.domain.errors import AttachmentMissing, DiskTrouble

ONE, OTHER = b"1" * 16, b"2" * 16
CONTENT = os.urandom(100) + b"MARKER" * 50


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setattr(vaults, "CHUNK", 128)
    return Vault(tmp_path / "attachments")


def files(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "attachments").rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"x", bytes(128), CONTENT])
def test_content_comes_back(vault: Vault, tmp_path: Path, content: bytes) -> None:
    key, chunks = vault.put(ONE, content)
    assert vault.get(ONE, key, chunks) == content  # also before it is kept, as after a crash
    vault.keep(chunks)
    assert vault.get(ONE, key, chunks) == content
    assert [path.name for path in files(tmp_path)] == sorted(names(chunks))
    assert not any(b"MARKER" in path.read_bytes() for path in files(tmp_path))


def damaged(where: str, vault: Vault, folder: Path) -> tuple[bytes, bytes, bytes]:
    key, chunks = vault.put(ONE, CONTENT)
    vault.keep(chunks)
    first, second = chunks[:DIGEST], chunks[DIGEST : 2 * DIGEST]
    match where:
        case "changed":
            path = folder / first.hex()
            path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
        case "gone":
            (folder / first.hex()).unlink()
        case "swapped":
            chunks = second + first + chunks[2 * DIGEST :]
        case "shortened":
            chunks = chunks[:-DIGEST]
        case "of another":
            return OTHER, key, chunks
        case _:
            return ONE, os.urandom(32), chunks
    return ONE, key, chunks


@pytest.mark.parametrize("where", ["changed", "gone", "swapped", "shortened", "of another", "other key"])
def test_a_chunk_stands_for_itself_alone(vault: Vault, tmp_path: Path, where: str) -> None:
    given = damaged(where, vault, tmp_path / "attachments")
    with pytest.raises(AttachmentMissing):
        vault.get(*given)


@pytest.mark.parametrize("where", ["changed", "gone"])
def test_a_check_finds_what_is_not_whole(vault: Vault, tmp_path: Path, where: str) -> None:
    _, _, chunks = damaged(where, vault, tmp_path / "attachments")
    assert list(vault.faults([chunks])) == [(names(chunks)[0], where == "changed")]
    assert list(vault.missing([chunks])) == ([(names(chunks)[0], False)] if where == "gone" else [])


def test_a_crash_leaves_what_was_committed_and_nothing_else(vault: Vault, tmp_path: Path) -> None:
    key, committed = vault.put(ONE, CONTENT)
    vault.put(OTHER, CONTENT)
    vault.settle(lambda: [committed])
    assert vault.get(ONE, key, committed) == CONTENT
    assert {path.name for path in files(tmp_path)} == set(names(committed))
    assert list(vault.strangers([committed])) == []


def test_nobody_is_asked_where_nothing_waits(vault: Vault) -> None:
    def never() -> list[bytes]:
        raise AssertionError

    vault.settle(never)
    _, chunks = vault.put(ONE, CONTENT)
    vault.keep(chunks)
    vault.settle(never)


def test_a_stranger_among_the_chunks_is_named(vault: Vault, tmp_path: Path) -> None:
    _, chunks = vault.put(ONE, CONTENT)
    vault.keep(chunks)
    (tmp_path / "attachments" / "photo.jpg").write_bytes(b"x")
    assert list(vault.strangers([chunks])) == ["photo.jpg"]


def test_a_full_disk_is_trouble_in_words(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble):
        vault.put(ONE, CONTENT)
