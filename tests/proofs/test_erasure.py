"""Whoever was erased is gone, and comes back from nowhere: not from sticks, laptops, keyrings, backups or drafts."""

import shutil
from pathlib import Path
from random import Random

import pytest

from kzcase import paths
from kzcase.actions.backup_files import the_backup
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.erasing import plan_erasure
from kzcase.actions.restoring import open_backup, restore
from kzcase.db import erasing
from kzcase.db.check import check_files
from kzcase.journal.erasures import Erasures
from tests.actions.offices import office, opened
from tests.db.dump import differences, still_there
from tests.db.laptops import give
from tests.keys.cheap import PASSPHRASE, TINY
from tests.laptops import another_laptop
from tests.marked import Marked, erase, marked, still_marked
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof
from tests.proofs.test_backup_kills import doing, findings, moment

ROUNDS, PEOPLE = 10, 10
KILLS, FEW_KILLS = 500, 6


def rounds(proof: Proof, folder: Path, people: int) -> None:
    """In each round an office of its own, with a second laptop and a backup that know everybody."""
    for number, chance in proof:
        place = folder / str(number)
        place.mkdir()
        one_round(proof, place, chance, people)
        shutil.rmtree(place)
        shutil.rmtree(paths.home(), ignore_errors=True)
    assert proof.seen["erased"] == proof.done * people
    proof.end()


def one_round(proof: Proof, place: Path, chance: Random, people: int) -> None:
    path = office(place)
    with opened(path) as desk:
        everybody = [marked(desk.book, chance, files=chance.randint(0, 2), everywhere=True) for _ in range(people)]
        back_up(desk, place / "stick")
    shutil.copytree(path, place / "stale.kzcase", ignore=shutil.ignore_patterns("ballast"))
    chance.shuffle(everybody)
    with opened(path) as desk:
        for who in everybody:
            assert "bodies" in still_marked(desk.book, who), proof.which()
            erase(desk.book, who)
            proof.seen["erased"] += 1
            gone(proof, desk, [who])
        returns(proof, desk, everybody, chance)
        older_backups(proof, desk, everybody, place)
        stale_laptop(proof, desk, everybody, place)
        gone(proof, desk, everybody)
    assert findings(path) == [], proof.which()


def gone(proof: Proof, desk: Desk, everybody: list[Marked]) -> None:
    """No mark of anybody is anywhere, and nothing is held that an erasure names."""
    for who in everybody:
        assert still_marked(desk.book, who) == [], proof.which()
    assert still_there(desk.book) == [], proof.which()


def returns(proof: Proof, desk: Desk, everybody: list[Marked], chance: Random) -> None:
    """Old parts and old keys from a stick, with losses and twice, before and after one another."""
    for who in everybody:
        parts = [each for each in who.before[0] if chance.random() < 0.9]
        keys = [each for each in who.before[1] if chance.random() < 0.9]
        chance.shuffle(parts)
        chance.shuffle(keys)
        desk.book.take_in(parts)
        desk.book.take_in((), keys)
        desk.book.take_in(parts, keys)
        proof.seen["returns refused"] += 1
    gone(proof, desk, everybody)


def older_backups(proof: Proof, desk: Desk, everybody: list[Marked], place: Path) -> None:
    """A backup from before: with the register it opens clean; without it, it does after it has met the casebook."""
    restored = _restored(place, "with.kzcase")
    with opened(restored) as again:
        gone(proof, again, everybody)
    assert findings(restored) == [], proof.which()
    shutil.rmtree(paths.home() / "erasures")
    for folder in (place / "stick").glob("*.erasures"):
        shutil.rmtree(folder)
    with opened(_restored(place, "without.kzcase")) as again:
        assert any("bodies" in still_marked(again.book, who) for who in everybody), proof.which()
        give(desk.book, again.book)
        gone(proof, again, everybody)
        give(again.book, desk.book)
    proof.seen["backups restored"] += 2


def _restored(place: Path, name: str) -> Path:
    keys = open_backup(the_backup(place / "stick"), PASSPHRASE, floor=TINY)
    restore(place / "stick", place / name, keys)
    return place / name


def stale_laptop(proof: Proof, desk: Desk, everybody: list[Marked], place: Path) -> None:
    """A laptop that was away gives what it has, and then hears of it."""
    with another_laptop(), opened(place / "stale.kzcase") as stale:
        assert any("bodies" in still_marked(stale.book, who) for who in everybody), proof.which()
        give(stale.book, desk.book)
        gone(proof, desk, everybody)
        give(desk.book, stale.book)
        gone(proof, stale, everybody)
        give(stale.book, desk.book)
        assert not differences(desk.book, stale.book), proof.which()
        proof.seen["laptops met"] += 1


def test_whoever_was_erased_comes_back_from_nowhere(tmp_path: Path, proving: Proving) -> None:
    rounds(proving("erasure", 1), tmp_path, 2)


@pytest.mark.proof
def test_erasure(tmp_path: Path, proving: Proving) -> None:
    """100 people."""
    rounds(proving("erasure", ROUNDS), tmp_path, PEOPLE)


# Killed in the middle


def old_or_new(proof: Proof, folder: Path) -> None:
    """Killed at any moment of it: everything is still there, or nothing; and the casebook is whole."""
    with opened(office(folder)) as desk:
        who = marked(desk.book, Random(proof.seed))
        before, source = still_marked(desk.book, who), desk.path
    with doing() as doer:
        for number, chance in proof:
            casebook = folder / f"{number}.kzcase"
            shutil.copytree(source, casebook, ignore=shutil.ignore_patterns("ballast"))
            wait = None if number % 10 == 0 else moment(doer, chance)
            proof.seen[doer.job("erase", casebook, who.person, kill_after=wait)] += 1
            proof.seen[state_of(proof, casebook, who, before)] += 1
            shutil.rmtree(casebook)
            shutil.rmtree(paths.home(), ignore_errors=True)
    proof.end()


def state_of(proof: Proof, casebook: Path, who: Marked, before: list[str]) -> str:
    """`old` or `new`; anything else is half of it. The register is put aside: it would make new of old."""
    shutil.rmtree(paths.home() / "erasures", ignore_errors=True)
    with opened(casebook) as desk:
        there = still_marked(desk.book, who)
        erased = erasing.load(desk.book._sql)
        assert (there, bool(erased)) in ((before, False), ([], True)), (there, proof.which())
        if there:
            assert len(plan_erasure(desk.book, who.person).mentions) > 0, proof.which()
        assert not still_there(desk.book), proof.which()
        key = bytes(desk.keys.store_key.reveal())
    assert [one.check for one in check_files(casebook, key, deep=True).findings] == [], proof.which()
    return "old" if there else "new"


def test_it_is_erased_whole_or_not_at_all(tmp_path: Path, proving: Proving) -> None:
    proof = proving("erasure_kill", FEW_KILLS)
    old_or_new(proof, tmp_path)
    assert proof.seen["new"]


@pytest.mark.proof
def test_erasure_kill(tmp_path: Path, proving: Proving) -> None:
    proof = proving("erasure_kill", KILLS)
    old_or_new(proof, tmp_path)
    assert proof.seen["old"]
    assert proof.seen["new"]


def test_an_open_door_is_noticed_by_the_proof(
    tmp_path: Path, proving: Proving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: an erasure that is carried out once and then forgotten."""
    monkeypatch.setattr(Erasures, "refused", lambda *_: frozenset())
    monkeypatch.setattr(Erasures, "allowed", lambda _self, _scope, ring: ring)
    with pytest.raises(AssertionError):
        rounds(proving("erasure", 1), tmp_path, 1)
