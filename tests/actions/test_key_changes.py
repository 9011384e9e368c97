"""Somebody leaves: at whatever moment the power goes, their passphrase opens all or nothing, and nobody else is out."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kzcase.actions.checking import check_casebook
from kzcase.actions.drafts import KeptDraft, load_drafts, save_draft
from kzcase.actions.key_changes import change_store_key
from kzcase.actions.staff import RemoveColleague, remove_colleague
from kzcase.db import connections, doors, engine, room
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    CasebookDamaged,
    CasebookInUse,
    DiskTrouble,
    NoLongerHere,
    NotFinishedYet,
    WrongPassphrase,
)
from kzcase.keys import copies
from kzcase.keys.changes import stage_store_key
from kzcase.keys.copies import NAMES, Disk
from kzcase.keys.secret import StoreKey
from tests.actions.shared_laptop import BOLAT, Office, office, some_work
from tests.keys.cheap import OTHER, PASSPHRASE, TINY, stored


class PowerCut(BaseException):
    """The rehearsed moment."""


class Steps:
    """Counts every step of a removal that reaches the disk, and cuts the power at one of them."""

    def __init__(self, cut_at: int) -> None:
        self.taken, self._cut_at = 0, cut_at

    def step(self) -> None:
        """One more, or the end."""
        if self.taken == self._cut_at:
            raise PowerCut
        self.taken += 1


@pytest.fixture
def cutting(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Steps]:
    def cut_at(number: int) -> Steps:
        steps = Steps(number)

        class CutDisk(Disk):
            def write(self, path: Path, content: bytes) -> None:
                steps.step()
                super().write(path, content)

            def sync(self, path: Path) -> None:
                steps.step()
                super().sync(path)

            def replace(self, source: Path, target: Path) -> None:
                steps.step()
                super().replace(source, target)

            def sync_folder(self, folder: Path) -> None:
                steps.step()
                super().sync_folder(folder)

        def rekey(file: Path, old: bytes, new: bytes) -> None:
            steps.step()
            engine.rekey(file, old, new)
            steps.step()

        monkeypatch.setattr(copies, "Disk", CutDisk)
        monkeypatch.setattr(connections, "rekey", rekey)
        return steps

    return cut_at


STEPS = 18
"""Four for each copy of the key file, twice, and the database before and after."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    return office(tmp_path)


def removal_cut(place: Office, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Remove Bolat until the power goes; whether it went."""
    desk = place.desk()
    try:
        remove_colleague(desk, RemoveColleague(BOLAT))
    except PowerCut:
        return True
    finally:
        monkeypatch.undo()
        desk.close()
    return False


def gone(place: Office) -> bool:
    """Whether Bolat's passphrase opens nothing any more."""
    try:
        place.desk(OTHER).close()
    except (WrongPassphrase, NoLongerHere):
        return True
    return False


def settled(place: Office, before: StoreKey) -> None:
    """The end of every removal, however it came about."""
    keys = place.keys()
    assert (keys.staged_key, keys.needs_repair) == (None, False)
    assert keys.store_key != before
    assert (place.path / NAMES[0]).read_bytes() == (place.path / NAMES[1]).read_bytes()
    with pytest.raises(CasebookDamaged):
        engine.connect(place.path / "casebook.db", bytes(before.reveal()))
    with pytest.raises(WrongPassphrase):
        place.keys(OTHER)
    assert check_casebook(place.path, PASSPHRASE, floor=TINY).report.findings == ()


@pytest.mark.parametrize("first", ["the one who left", "the one who stays"])
@pytest.mark.parametrize("step", range(STEPS))
def test_a_removal_cut_anywhere_is_brought_to_its_end(
    place: Office, cutting: Callable[[int], Steps], monkeypatch: pytest.MonkeyPatch, step: int, first: str
) -> None:
    before = place.keys().store_key
    assert removal_cut(place, cutting(step), monkeypatch)
    if first == "the one who left":
        assert gone(place), "the act was committed before the first step"
    place.desk().close()
    settled(place, before)
    assert gone(place)


def test_the_steps_are_all_of_them(
    place: Office, cutting: Callable[[int], Steps], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = cutting(1000)
    assert not removal_cut(place, steps, monkeypatch)
    assert steps.taken == STEPS


def test_cut_before_the_act_everything_is_as_it_was(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: (place.path / name).read_bytes() for name in NAMES}

    def cut(_book: Casebook, _who: bytes) -> list[tuple[bytes, int]]:
        raise PowerCut

    monkeypatch.setattr(Casebook, "frontier", cut)
    with place.desk() as desk:
        some_work(desk, BOLAT)
        with pytest.raises(PowerCut):
            remove_colleague(desk, RemoveColleague(BOLAT, successor="Айша"))
    assert {name: (place.path / name).read_bytes() for name in NAMES} == before
    with place.desk(OTHER) as desk:
        assert desk.book.acting.roles
        assert desk.book._sql.value("SELECT count(*) FROM cases WHERE worker_id = ?", (desk.keys.identity.staff_id,))


def test_canary_a_key_that_is_thrown_away_first_locks_everybody_out(
    place: Office, cutting: Callable[[int], Steps], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken order: the new key stands in the key file alone while the database is still under the old one."""
    from kzcase.actions import key_changes
    from kzcase.keys.changes import remove_slot, rotate_store_key

    def alone(keyfile: object, old: StoreKey, new: StoreKey, *, leaving: set[bytes], frozen: set[bytes]) -> object:
        for staff_id in leaving:
            keyfile = remove_slot(keyfile, old, staff_id)  # type: ignore[arg-type]
        return rotate_store_key(keyfile, old, new)  # type: ignore[arg-type]

    steps = cutting(8)  # the key file is written, the database not yet
    monkeypatch.setattr(key_changes, "stage_store_key", alone)
    assert removal_cut(place, steps, monkeypatch)
    with pytest.raises(CasebookDamaged):
        place.desk()


def test_the_desk_goes_on_after_the_key_was_changed(place: Office) -> None:
    with place.desk() as desk:
        with desk.book.read("long"):
            pass
        change_store_key(desk)
        case = some_work(desk, "Айша", 1)[0]
        for lane in ("interactive", "long"):
            with desk.book.read(lane) as reader:
                assert reader.number("SELECT count(*) FROM cases") == 1
        change_store_key(desk)
        desk.book.interrupt_reader("interactive")
    with place.desk(OTHER) as desk, desk.book.read() as reader:
        assert reader.number(f"SELECT count(*) FROM cases WHERE id = x'{case}'") == 1


def test_nobody_reads_or_writes_while_the_key_changes(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    free: list[bool] = []
    with place.desk() as desk:
        locks = [desk.book._write_lock, *desk.book._reader_locks.values()]

        def look() -> None:
            free.extend(lock.acquire(blocking=False) for lock in locks)

        def rekey(file: Path, old: bytes, new: bytes) -> None:
            looking = threading.Thread(target=look)  # of another thread, as questions are
            looking.start()
            looking.join()
            engine.rekey(file, old, new)

        monkeypatch.setattr(connections, "rekey", rekey)
        change_store_key(desk)
    assert free == [False, False, False]


def test_two_who_want_the_same_locks_do_not_block_each_other() -> None:
    """A long question that wants to write waits for the writer, who waits for all questions."""
    first, second, held, done = threading.RLock(), threading.RLock(), threading.Event(), []

    class Telling:
        """The lock that is wanted second; says so when somebody who holds the first one asks for it."""

        def __init__(self) -> None:
            self.asked = threading.Event()

        def acquire(self, timeout: float = -1) -> bool:
            self.asked.set()
            return second.acquire(timeout=timeout)

        def release(self) -> None:
            second.release()

    telling = Telling()

    def question() -> None:
        with second:
            held.set()
            telling.asked.wait()
            if first.acquire(timeout=10):
                done.append("question")
                first.release()

    asking = threading.Thread(target=question)
    asking.start()
    held.wait()
    with doors.alone(first, telling):
        done.append("alone")
    asking.join()
    assert done == ["question", "alone"]


def test_no_room_on_the_disk_is_told_and_made_good_later(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.keys().store_key
    with monkeypatch.context() as full:
        full.setattr(room, "free_bytes", lambda _path: room.LEAST_FREE + 1000)  # for an act, not for a second copy
        with place.desk() as desk:
            with pytest.raises(NotFinishedYet):
                remove_colleague(desk, RemoveColleague(BOLAT))
            some_work(desk, "Айша", 1)  # the desk still works, under the old key
        place.desk().close()  # and so does the next one, while there is no room
        assert gone(place)
        assert place.keys().staged_key is not None
    place.desk().close()
    settled(place, before)


def test_a_full_disk_at_the_key_file_is_told_and_made_good_later(
    place: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.keys().store_key

    class FullDisk(Disk):
        def write(self, path: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(copies, "Disk", FullDisk)
        with place.desk() as desk, pytest.raises(NotFinishedYet):
            remove_colleague(desk, RemoveColleague(BOLAT))
        assert gone(place)
    place.desk().close()
    settled(place, before)


def test_whoever_was_removed_elsewhere_is_let_go_here(place: Office, tmp_path: Path) -> None:
    """The removal comes from another laptop: this one's key file still has the slot until its next opening."""
    from tests.db.laptops import remove

    before = place.keys().store_key
    with place.desk() as desk:
        bolat = next(h for h in holders_of(place) if h.name == BOLAT)
        remove(desk.book, bolat)  # type: ignore[arg-type]
    assert place.keys(OTHER).identity.name == BOLAT
    assert gone(place)
    settled(place, before)


def holders_of(place: Office) -> tuple[object, ...]:
    from kzcase.keys.changes import holders

    keys = place.keys()
    return holders(keys.keyfile, keys.store_key)


def test_the_only_slot_of_a_laptop_stays_but_opens_no_more(tmp_path: Path) -> None:
    from tests.db.laptops import remove

    place = office(tmp_path, colleagues=False)
    with place.desk() as desk:
        remove(desk.book, desk.keys.identity)
    before = (place.path / NAMES[0]).read_bytes()
    with pytest.raises(NoLongerHere):
        place.desk()
    assert (place.path / NAMES[0]).read_bytes() == before


def test_a_staged_key_waits_for_the_program_that_holds_the_casebook(place: Office) -> None:
    with place.desk() as desk:
        keys = desk.keys
        stored(place.path, stage_store_key(keys.keyfile, keys.store_key, StoreKey.fresh()))
        with pytest.raises(CasebookInUse):
            place.desk(OTHER)
        with pytest.raises(CasebookInUse):
            check_casebook(place.path, PASSPHRASE, floor=TINY)
        assert place.keys().staged_key is not None
    assert check_casebook(place.path, PASSPHRASE, floor=TINY).report.findings == ()
    assert place.keys().staged_key is None


def test_rekeying_needs_an_open_door_to_nobody(place: Office) -> None:
    from kzcase.db.doors import NotThroughADoor

    with place.desk() as desk, desk.book.batch(), pytest.raises(NotThroughADoor):
        desk.book.rekey(bytes(48))


def test_a_database_of_neither_key_is_damage(place: Office) -> None:
    with pytest.raises(CasebookDamaged):
        engine.key_in_force(place.path / "casebook.db", (os.urandom(48), os.urandom(48)))
    with pytest.raises(DiskTrouble), pytest.MonkeyPatch.context() as full:
        full.setattr(room, "free_bytes", lambda _path: 0)
        engine.rekey(place.path / "casebook.db", os.urandom(48), os.urandom(48))


def test_drafts_of_whoever_left_are_forgotten(place: Office) -> None:
    with place.desk(OTHER) as desk:
        save_draft(desk.book, KeptDraft("case", {"family": "x"}))
    with place.desk() as desk:
        save_draft(desk.book, KeptDraft("case", {"family": "mine"}))
        assert desk.book._sql.value("SELECT count(*) FROM drafts") == 2
        remove_colleague(desk, RemoveColleague(BOLAT))
        with desk.book.read() as reader:
            assert [draft.content for draft in load_drafts(reader)] == [{"family": "mine"}]
        assert desk.book._sql.value("SELECT count(*) FROM drafts") == 1
