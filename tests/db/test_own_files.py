"""Nothing the program writes goes through a link: whoever may change the folder could have it overwrite any file."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kzcase import paths
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.files import Folder, Lock, existing
from kzcase.db.room import give_back, make_ballast
from kzcase.db.spool import Spool
from kzcase.db.tries import Tries
from kzcase.db.vault import Vault
from kzcase.db.witness import Mark, Seal, WitnessFile
from kzcase.domain.errors import NotOurFile, Trouble
from kzcase.paths import NotPlain, open_own
from kzcase.ui import crash
from tests.db.books import KEY, START, TickingClock, founded, template

WRITTEN = ("casebook.db", "casebook.db-wal", "casebook.db-shm", "lock", "witness", "spool", "tries", "ballast",
           "keys-a", "keys-b", "keys-a.new")  # fmt: skip
DECOY = b"somebody's own file" * 10


def _witness(file: Path) -> None:
    witness = WitnessFile(file, Seal(bytes(16), bytes(32)))
    witness.begin()
    witness.note(Mark(1, 1, b"", 0, 0, 0))
    witness.note_place("here")


def _ballast(file: Path) -> None:
    give_back(file)
    make_ballast(file)


def _spool(file: Path) -> None:
    spool = Spool(file, bytes(32))
    spool.prepare()
    spool.clear([0])


def _record(file: Path) -> None:
    account = crash.Account(("kind",))
    crash.record(account)


WRITERS: dict[str, Callable[[Path], object]] = {
    "ballast": _ballast,
    "witness": _witness,
    "spool": _spool,
    "tries": lambda file: Tries(file).note(START),
    "lock": lambda file: Lock(Folder(file.parent)).take(),
    "faults.log": _record,
}


@pytest.fixture
def decoy(tmp_path: Path) -> Path:
    file = tmp_path / "own.txt"
    file.write_bytes(DECOY)
    return file


@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_no_writer_touches_what_a_link_points_to(
    name: str, link: Callable[[Path, Path], None], decoy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "home", lambda: decoy.parent)
    link(decoy, decoy.parent / name)
    with suppress(OSError, Trouble):  # however it refuses, the decoy is what counts
        WRITERS[name](decoy.parent / name)
    assert decoy.read_bytes() == DECOY


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("planted", ["link", "dangling", "hard", "folder", "pipe"])
def test_a_casebook_with_such_a_file_is_refused_in_words(planted: str, name: str, tmp_path: Path, decoy: Path) -> None:
    folder = _copy(tmp_path)
    _plant(folder / name, planted, decoy)
    before = {file.name for file in tmp_path.iterdir()}
    with pytest.raises(NotOurFile) as refused:
        Casebook.open(folder, Opening(KEY, template().founder, TickingClock()))
    assert name in str(refused.value)
    assert decoy.read_bytes() == DECOY
    assert {file.name for file in tmp_path.iterdir()} == before


def _copy(folder: Path) -> Path:
    with founded(folder) as book:
        return book.folder.path


def _plant(place: Path, planted: str, decoy: Path) -> None:
    place.unlink(missing_ok=True)
    match planted:
        case "link":
            place.symlink_to(decoy)
        case "dangling":
            place.symlink_to(decoy.with_name("not there"))
        case "hard":
            place.hardlink_to(decoy)
        case "folder":
            place.mkdir()
        case _:
            os.mkfifo(place)


@pytest.mark.parametrize("inner", ["attachments", "attachments/new"])
def test_a_folder_of_attachments_elsewhere_is_refused_and_nothing_there_is_deleted(
    inner: str, tmp_path: Path, decoy: Path
) -> None:
    folder = _copy(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    decoy.rename(elsewhere / "own.txt")
    if (folder / inner).exists():
        (folder / inner).rmdir()
    (folder / inner).symlink_to(elsewhere)
    with pytest.raises(NotOurFile):
        existing(folder)
    Vault(folder / "attachments").settle(lambda: [])
    assert (elsewhere / "own.txt").read_bytes() == DECOY


def test_an_ordinary_file_is_made_kept_and_emptied(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with pytest.raises(FileNotFoundError):
        open_own(file)
    with open_own(file, make=True) as stream:
        stream.write(b"abcdef")
    with open_own(file, make=True) as stream:
        stream.write(b"AB")
    assert file.read_bytes() == b"ABcdef"
    open_own(file, empty=True).close()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"", 0o600)


def test_a_link_put_there_between_looking_and_opening_is_refused_too(
    decoy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "must_be_plain", lambda _path: None)
    for place, link in (("a", os.symlink), ("b", os.link)):
        link(decoy, decoy.parent / place)
        with pytest.raises(NotPlain):
            open_own(decoy.parent / place, make=True, empty=True)
    assert decoy.read_bytes() == DECOY
