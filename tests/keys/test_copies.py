"""Two copies: a damaged one is mended, and a power cut at any step leaves the old or the new, never neither."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcase.domain.errors import CasebookDamaged, DiskTrouble, NewerVersionNeeded, WrongPassphrase
from kzcase.keys.changes import change_passphrase
from kzcase.keys.copies import NAMES, Disk, load, store
from kzcase.keys.keyfile import Created
from kzcase.keys.layout import KeyFile
from tests.keys.cheap import OTHER, PASSPHRASE, TINY, created, flipped, opened, stored, with_checksum


class PowerCut(Exception):
    """The rehearsed moment."""


class CutDisk(Disk):
    """A real folder whose power goes after so many steps; what was not synced is then lost."""

    def __init__(self, steps: int, names_survive: bool) -> None:
        self.steps, self.names_survive = steps, names_survive
        self.unsynced: set[Path] = set()
        self.renamed: list[tuple[Path, bytes | None]] = []

    def write(self, path: Path, content: bytes) -> None:
        """Half of it, when the power goes here."""
        self.unsynced.add(path)
        if self.steps == 0:
            super().write(path, content[: len(content) // 2])
        self._step()
        super().write(path, content)

    def sync(self, path: Path) -> None:
        """From here on the content survives."""
        self._step()
        super().sync(path)
        self.unsynced.discard(path)

    def replace(self, source: Path, target: Path) -> None:
        """The name survives for certain only after the folder was synced."""
        self._step()
        self.renamed.append((target, target.read_bytes() if target.exists() else None))
        super().replace(source, target)
        if source in self.unsynced:
            self.unsynced.discard(source)
            self.unsynced.add(target)

    def sync_folder(self, folder: Path) -> None:
        """From here on the names survive."""
        self._step()
        super().sync_folder(folder)
        self.renamed.clear()

    def cut(self) -> None:
        """What the disk holds when the power comes back."""
        for path in self.unsynced:
            if path.exists():
                path.write_bytes(path.read_bytes()[:1000])
        for target, before in self.renamed if not self.names_survive else []:
            if before is None:
                target.unlink()
            else:
                target.write_bytes(before)

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise PowerCut


class ForgetfulDisk(CutDisk):
    """The broken variant: says the content is safe when it is not."""

    def sync(self, path: Path) -> None:
        """Only pretends."""
        self._step()


STEPS = 8


def who_opens(folder: Path) -> list[bool]:
    """Whether the old and the new passphrase open the casebook."""
    found = []
    for passphrase in (PASSPHRASE, OTHER):
        try:
            opened(folder, passphrase)
            found.append(True)
        except WrongPassphrase:
            found.append(False)
    return found


def changed() -> tuple[Created, KeyFile]:
    """A key file and the next one, with another passphrase."""
    made = created()
    return made, change_passphrase(made.keyfile, made.store_key, made.identity, OTHER)


def rehearse(folder: Path, disk: CutDisk) -> list[bool]:
    """A change of passphrase on this disk; who opens it after the power cut."""
    made, after = changed()
    stored(folder, made.keyfile)
    try:
        store(folder, after, disk)
    except PowerCut:
        disk.cut()
    return who_opens(folder)


@pytest.mark.parametrize("names_survive", [True, False])
@pytest.mark.parametrize("steps", range(STEPS + 1))
def test_a_power_cut_at_any_step_leaves_exactly_one(tmp_path: Path, steps: int, names_survive: bool) -> None:
    found = rehearse(tmp_path, CutDisk(steps, names_survive))
    assert sum(found) == 1
    if steps >= STEPS // 2:
        assert found == [False, True]
    if steps < STEPS // 2 - 1:
        assert found == [True, False]


def test_the_steps_are_all_of_them(tmp_path: Path) -> None:
    made, after = changed()
    stored(tmp_path, made.keyfile)
    store(tmp_path, after, CutDisk(STEPS, True))
    with pytest.raises(PowerCut):
        store(tmp_path, made.keyfile, CutDisk(STEPS - 1, True))


def test_canary_a_disk_that_does_not_sync_leaves_neither(tmp_path: Path) -> None:
    with pytest.raises(CasebookDamaged):
        rehearse(tmp_path, ForgetfulDisk(STEPS - 1, True))


@pytest.mark.parametrize("steps", range(STEPS))
def test_the_first_key_file_is_there_or_not_at_all(tmp_path: Path, steps: int) -> None:
    disk = CutDisk(steps, True)
    with pytest.raises(PowerCut):
        store(tmp_path, created().keyfile, disk)
    disk.cut()
    if steps <= 2:
        with pytest.raises(CasebookDamaged):
            load(tmp_path, TINY)
    else:
        assert opened(tmp_path).identity.name == "Айша"


def test_after_a_cut_between_the_copies_opening_mends_the_older_one(tmp_path: Path) -> None:
    assert rehearse(tmp_path, CutDisk(STEPS // 2, True)) == [False, True]
    assert (tmp_path / NAMES[0]).read_bytes() == (tmp_path / NAMES[1]).read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(9000)),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(flipped(path.read_bytes(), 4000)),
        lambda path: path.write_bytes(with_checksum(flipped(path.read_bytes(), 4000))),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_missing_or_damaged_copy_is_mended(tmp_path: Path, name: str, spoil: Callable[[Path], object]) -> None:
    made = created()
    stored(tmp_path, made.keyfile)
    spoil(tmp_path / name)
    assert load(tmp_path, TINY).needs_repair
    found = opened(tmp_path)
    assert found.store_key == made.store_key
    if not (tmp_path / name).is_dir():
        assert not found.needs_repair
        assert load(tmp_path, TINY).needs_repair is False
        assert (tmp_path / name).read_bytes() == made.keyfile.encoded()


def test_a_wrong_passphrase_mends_nothing(tmp_path: Path) -> None:
    stored(tmp_path, created().keyfile)
    (tmp_path / NAMES[1]).write_bytes(b"damaged")
    with pytest.raises(WrongPassphrase):
        opened(tmp_path, OTHER)
    assert (tmp_path / NAMES[1]).read_bytes() == b"damaged"


def test_an_older_copy_does_not_open_beside_the_newer_one(tmp_path: Path) -> None:
    made, after = changed()
    (tmp_path / NAMES[0]).write_bytes(made.keyfile.encoded())
    (tmp_path / NAMES[1]).write_bytes(after.encoded())
    assert who_opens(tmp_path) == [False, True]


def test_without_any_copy_it_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(CasebookDamaged):
        load(tmp_path, TINY)


def test_a_copy_by_a_newer_program_is_not_mended_away(tmp_path: Path) -> None:
    content = created().keyfile.encoded()
    newer = with_checksum(content[:11] + b"\x09" + content[12:])
    (tmp_path / NAMES[0]).write_bytes(newer)
    (tmp_path / NAMES[1]).write_bytes(content)
    with pytest.raises(NewerVersionNeeded) as error:
        opened(tmp_path)
    assert error.value.facts == {"version": "0.9"}
    assert (tmp_path / NAMES[0]).read_bytes() == newer


def test_a_full_disk_is_said_and_the_old_passphrase_still_opens(tmp_path: Path) -> None:
    class FullDisk(Disk):
        def write(self, path: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    made, after = changed()
    stored(tmp_path, made.keyfile)
    with pytest.raises(DiskTrouble):
        store(tmp_path, after, FullDisk())
    assert who_opens(tmp_path) == [True, False]


def test_a_folder_that_cannot_be_written_still_opens(tmp_path: Path) -> None:
    made = created()
    stored(tmp_path, made.keyfile)
    (tmp_path / NAMES[0]).unlink()
    (tmp_path / (NAMES[0] + ".new")).mkdir()  # whoever writes there fails, even root
    assert opened(tmp_path).needs_repair


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_copies_are_for_their_owner_only_and_nothing_is_left_over(tmp_path: Path) -> None:
    stored(tmp_path, created().keyfile)
    assert sorted(path.name for path in tmp_path.iterdir()) == list(NAMES)
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in NAMES} == {0o600}


def test_equal_copies_are_not_written_again(tmp_path: Path) -> None:
    keyfile = created().keyfile
    stored(tmp_path, keyfile)
    store(tmp_path, keyfile, CutDisk(0, True))
