"""The spool keeps entries in bytes that are there already; what is used cannot be told from noise without the key."""

from pathlib import Path

import pytest

from kzcase.db.spool import SLOT, SLOTS, Spool
from kzcase.domain.errors import DiskTrouble

KEY = bytes(range(32))


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool", KEY)
    made.prepare()
    return made


def test_it_is_noise_of_a_fixed_size_and_stays_so(spool: Spool, tmp_path: Path) -> None:
    file = tmp_path / "spool"
    before = file.read_bytes()
    assert len(before) == SLOT * SLOTS
    assert spool.waiting() == {}
    spool.put(3, 41, b"sealed entry MARKER")
    after = file.read_bytes()
    assert len(after) == len(before)
    changed = {at // SLOT for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}
    assert changed == {3}
    assert b"MARKER" not in after
    assert file.stat().st_mode & 0o077 == 0
    spool.prepare()
    assert file.read_bytes() == after


def test_what_was_put_is_there_until_it_is_cleared(spool: Spool) -> None:
    for at in range(0, SLOTS, 50):
        spool.put(at, at + 1, bytes([at]) * 300)
    assert spool.waiting() == {at: (at + 1, bytes([at]) * 300) for at in range(0, SLOTS, 50)}
    spool.clear(range(0, SLOTS, 100))
    assert set(spool.waiting()) == set(range(50, SLOTS, 100))


def test_another_key_or_another_place_opens_nothing(spool: Spool, tmp_path: Path) -> None:
    spool.put(0, 1, b"entry")
    assert Spool(tmp_path / "spool", bytes(32)).waiting() == {}
    file = tmp_path / "spool"
    content = bytearray(file.read_bytes())
    content[SLOT : 2 * SLOT] = content[:SLOT]
    file.write_bytes(bytes(content))
    assert spool.waiting() == {0: (1, b"entry")}


@pytest.mark.parametrize("at", range(0, SLOT, 31))
def test_a_torn_place_is_noise(spool: Spool, tmp_path: Path, at: int) -> None:
    spool.put(0, 1, b"entry")
    file = tmp_path / "spool"
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(bytes(content))
    assert spool.waiting() == {}


def test_a_missing_or_cut_file_is_trouble_for_an_entry_and_nothing_else(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    assert spool.waiting() == {}
    with pytest.raises(DiskTrouble):
        spool.put(0, 1, b"entry")
    (tmp_path / "spool").write_bytes(b"short")
    assert spool.waiting() == {}
    spool.prepare()
    assert (tmp_path / "spool").stat().st_size == SLOT * SLOTS


def test_an_entry_that_does_not_fit_is_our_mistake(spool: Spool) -> None:
    with pytest.raises(ValueError, match="long"):
        spool.put(0, 1, bytes(SLOT))
