"""A year of backups: sticks are forgotten, backups are damaged, the clock goes wrong; one can always be relied on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.backup_files import Described, backups_in
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.drills import drill
from kzcase.domain.backups import BACKUP_LATE, DRILL_DUE, BackupState
from kzcase.queries.backups import backup_state
from kzcase.ui.backups.notice import what_is_wrong
from tests.actions.offices import office, opened
from tests.actions.steps import a_partner
from tests.db.books import TickingClock
from tests.keys.cheap import TINY
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

YEAR, SOME = 365, 15
AWAY = 5
"""Days a stick is forgotten at most."""


@dataclass
class Office:
    """An office that works each day and leaves its backups to the program."""

    desk: Desk
    stick: Path
    clock: TickingClock
    away: int = 0
    damaged: datetime | None = None
    """Since when the stick spoils what is written on it, and nobody knows."""

    def state(self) -> BackupState:
        with self.desk.book.read() as reader:
            return backup_state(reader)

    def sound(self) -> list[Described]:
        return [one for one in backups_in(self.stick) if not one.damaged_files()]


def spoil(backup: Described, chance: Random) -> None:
    file = backup.folder.database
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def backed_up(here: Office, chance: Random) -> None:
    back_up(here.desk, here.stick)
    if here.damaged is not None:  # this stick spoils whatever is written on it
        spoil(backups_in(here.stick)[-1], chance)


def day(proof: Proof, here: Office, chance: Random) -> None:
    """Work; back up and try when due and the stick is there."""
    a_partner(here.desk.book, f"P {chance.random()}")
    if here.away or chance.random() < 0.08:
        here.away = here.away - 1 if here.away else chance.randrange(1, AWAY)
        proof.seen["days without stick"] += 1
        return
    if here.state().due:
        backed_up(here, chance)
        proof.seen["backups"] += 1
    if here.state().drill_due:
        proof.seen["tried"] += 1
        assert drill(here.desk, floor=TINY).drill.passed is (here.damaged is None), proof.which()
        if here.damaged is not None:
            assert what_is_wrong(here.state()) is not None
            proof.seen["alarms"] += 1
            here.damaged = None  # another stick
            backed_up(here, chance)


def a_year(proof: Proof, folder: Path, stride: int) -> None:
    clock, step = TickingClock(), timedelta(days=stride)
    with opened(office(folder), clock=clock) as desk:
        here = Office(desk, folder / "stick", clock)
        back_up(desk, here.stick)
        for number, chance in proof:
            day(proof, here, chance)
            if here.damaged is not None:
                assert clock.now - here.damaged <= DRILL_DUE + (AWAY + 1) * step, proof.which()
            else:
                newest = max(one.taken_at for one in here.sound())
                assert clock.now - newest <= max(BACKUP_LATE, AWAY * step), proof.which()
            if number * stride % 120 == 12:
                here.damaged = here.damaged or clock.now
                proof.seen["sticks that spoil"] += 1
            if number * stride % 90 == 60:
                ahead_of_time(here, proof)
            clock.now += step
        assert len(backups_in(here.stick)) <= 7 + 5 + 12 + proof.seen["clock ahead"]
    assert proof.seen["alarms"] > 0
    proof.end()


def ahead_of_time(here: Office, proof: Proof) -> None:
    """The clock says 2099 for a day: nothing goes."""
    before, there = here.clock.now, {one.number for one in backups_in(here.stick)}
    here.clock.now = datetime(2099, 1, 1, tzinfo=before.tzinfo)
    row = back_up(here.desk, here.stick)
    assert there | {row.number} == {one.number for one in backups_in(here.stick)}, proof.which()
    here.clock.now = before
    proof.seen["clock ahead"] += 1


def test_some_weeks(proving: Proving, tmp_path: Path) -> None:
    a_year(proving("backup_year", SOME), tmp_path, stride=4)


@pytest.mark.proof
def test_backup_year(proving: Proving, tmp_path: Path) -> None:
    a_year(proving("backup_year", YEAR), tmp_path, stride=1)
