"""Shares have holders, are tried twice a year, and are made anew when a holder leaves: the old ones open nothing."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions.desk import Desk, open_desk
from kzcase.actions.recovery import Recover, recover
from kzcase.actions.shares import GiveShare, Reissue, give_share, try_shares
from kzcase.actions.staff import RemoveColleague, remove_colleague
from kzcase.domain.errors import BadInput, NotAllowed, NotFound, ShareUnreadable, TooLarge
from kzcase.domain.recovery import RecoveryState
from kzcase.keys import copies
from kzcase.keys.copies import NAMES, Disk
from kzcase.keys.recovery import Shares
from kzcase.queries.recovery import recovery_state
from tests.actions.shared_laptop import AISHA, BOLAT, Office, office
from tests.db.books import START, TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


def state(desk: Desk) -> RecoveryState:
    with desk.book.read() as reader:
        return recovery_state(reader)


def reissued(place: Office, holders: tuple[str, ...] = ()) -> Shares:
    """New shares, by two old ones."""
    with place.desk() as desk:
        making = Reissue(desk, place.pair(2, 3))
        kept = Office(place.path, making.shares).pair(1, 2), Office(place.path, making.shares).pair(2, 3)
        making.finish(holders)
    (one, two), (_two, three) = kept
    return one, two, three


def opens(place: Office, shares: Shares, one: int, two: int) -> bool:
    """Whether two shares give Aisha a passphrase."""
    try:
        recover(place.path, Office(place.path, shares).pair(one, two), Recover(), THIRD, floor=TINY)
    except ShareUnreadable:
        return False
    return True


def test_holders_are_known_by_name_since_when(place: Office) -> None:
    with place.desk() as desk:
        before = state(desk)
        assert [(share.number, share.holder) for share in before.shares] == [(1, "Одна"), (2, "Другая"), (3, BOLAT)]
        assert {share.given_on for share in before.shares} == {START.date()}
        assert (before.issue, before.issued_on, before.tried_on, before.due) == (1, START.date(), None, False)
        give_share(desk.book, GiveShare(2, "  Басқа   біреу "))
        after = state(desk)
        assert after.shares[1].holder == "Басқа біреу"
        assert (after.shares[0], after.shares[2]) == (before.shares[0], before.shares[2])


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (GiveShare(4, "X"), NotFound),
        (GiveShare(0, "X"), NotFound),
        (GiveShare(1, " "), BadInput),
        (GiveShare(1, "a\x07"), BadInput),
        (GiveShare(1, "x" * 201), TooLarge),
    ],
)
def test_a_share_is_not_given_to_nobody(place: Office, wish: GiveShare, error: type[Exception]) -> None:
    with place.desk() as desk:
        before = state(desk)
        with pytest.raises(error):
            give_share(desk.book, wish)
        assert state(desk) == before


def test_only_those_who_manage_staff_see_and_do_it(place: Office) -> None:
    with place.desk(OTHER) as desk:
        for attempt in (
            lambda: state(desk),
            lambda: give_share(desk.book, GiveShare(1, "X")),
            lambda: try_shares(desk, place.pair()),
            lambda: Reissue(desk, place.pair()),
        ):
            with pytest.raises(NotAllowed):
                attempt()


# The drill


def test_a_trial_is_written_down_and_asked_for_after_half_a_year(place: Office) -> None:
    with place.desk() as desk:
        try_shares(desk, place.pair(3, 1))
        tried = state(desk)
        assert (tried.tried_on, tried.due) == (START.date(), False)
        assert desk.book._sql.value("SELECT numbers FROM share_trials") == "1 3"
    for days, due in ((180, False), (182, True), (400, True)):
        clock = TickingClock(START + timedelta(days=days))
        with open_desk(place.path, PASSPHRASE, clock=clock, floor=TINY) as desk:
            assert state(desk).due is due, days
    with open_desk(place.path, PASSPHRASE, clock=clock, floor=TINY) as desk:
        try_shares(desk, place.pair(1, 2))
        assert not state(desk).due


def test_a_trial_that_fails_is_not_written_down(place: Office) -> None:
    one, _two = place.pair()
    with place.desk() as desk:
        with pytest.raises(ShareUnreadable):
            try_shares(desk, (one, one))
        assert state(desk).tried_on is None


def test_a_trial_of_replaced_shares_does_not_count_for_the_new_ones(place: Office) -> None:
    with place.desk() as desk:
        try_shares(desk, place.pair())
    reissued(place)
    with place.desk() as desk:
        assert state(desk).tried_on is None


# New shares


def test_new_shares_open_and_the_old_ones_do_not(place: Office) -> None:
    new = reissued(place, ("Бірі", "", "Үшінші"))
    with place.desk() as desk:
        now = state(desk)
        assert (now.issue, [share.holder for share in now.shares]) == (2, ["Бірі", None, "Үшінші"])
        assert now.nobodys == (2,)
    for one, two in ((1, 2), (2, 3), (3, 1)):
        assert not opens(place, place.shares, one, two)
    assert not opens(place, (new[0], place.shares[1], new[2]), 1, 2)
    assert opens(place, new, 1, 3)


def test_before_they_are_finished_the_old_ones_count(place: Office) -> None:
    with place.desk() as desk:
        making = Reissue(desk, place.pair())
        new = Office(place.path, making.shares).pair()
        making.forget()
    assert not opens(place, (*new, place.shares[2]), 1, 2)
    assert opens(place, place.shares, 1, 2)


def test_new_shares_need_two_old_ones(place: Office) -> None:
    one, _two = place.pair()
    with place.desk() as desk:
        with pytest.raises(ShareUnreadable):
            Reissue(desk, (one, one))
        assert state(desk).issue == 1
    reissued(place)
    with place.desk() as desk, pytest.raises(ShareUnreadable):
        Reissue(desk, place.pair())


def test_a_kill_before_the_key_file_was_written_is_made_good(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    class PowerCut(BaseException):
        pass

    class CutDisk(Disk):
        def write(self, path: Path, content: bytes) -> None:
            raise PowerCut

    with place.desk() as desk:
        making = Reissue(desk, place.pair())
        new = Office(place.path, making.shares).pair()
        with monkeypatch.context() as cut:
            cut.setattr(copies, "Disk", CutDisk)
            with pytest.raises(PowerCut):
                making.finish()
    shutil.copytree(place.path, place.path.parent / "kept")
    kept = Office(place.path.parent / "kept", place.shares)
    assert opens(kept, place.shares, 1, 2), "nobody is without shares, even if nobody could unlock now"
    place.desk(OTHER).close()
    assert opens(place, (*new, new[0]), 1, 2)
    assert not opens(place, place.shares, 1, 2)


def test_another_laptop_takes_up_new_shares_when_it_hears_of_them(place: Office, tmp_path: Path) -> None:
    shutil.copytree(place.path, tmp_path / "there" / "office.kzcase")
    there = Office(tmp_path / "there" / "office.kzcase", place.shares)
    new = reissued(place)
    with place.desk() as desk:
        parts, keys = desk.book.everything()
    with there.desk() as desk:
        desk.book.take_in(parts, keys)
    there.desk().close()
    assert not opens(there, place.shares, 1, 2)
    assert opens(there, new, 1, 2)


def test_an_older_database_does_not_bring_replaced_shares_back(place: Office, tmp_path: Path) -> None:
    shutil.copy(place.path / "casebook.db", tmp_path / "older.db")
    new = reissued(place)
    before = [(place.path / name).read_bytes() for name in NAMES]
    for left in ("casebook.db-wal", "casebook.db-shm"):
        (place.path / left).unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.db", place.path / "casebook.db")
    place.desk().close()
    assert [(place.path / name).read_bytes() for name in NAMES] == before
    assert opens(place, new, 1, 2)


def test_an_administrator_alone_cannot_replace_the_shares_of_others(place: Office, tmp_path: Path) -> None:
    """An act that says there are new shares counts only when the root signed it: or one person could shut out all."""
    import os

    from kzcase.db.tables.organisation import ShareIssue
    from kzcase.keys.layout import WRAP_BYTES, WRAPS

    shutil.copytree(place.path, tmp_path / "there" / "office.kzcase")
    there = Office(tmp_path / "there" / "office.kzcase", place.shares)
    with place.desk() as desk:
        with desk.book.write("share.given") as act:
            act.add(ShareIssue(number=9, wraps=os.urandom(WRAP_BYTES * WRAPS), issued_on=act.today))
        parts, keys = desk.book.everything()
    with there.desk() as desk:
        desk.book.take_in(parts, keys)
        assert state(desk).issue == 1
    there.desk().close()
    assert opens(there, place.shares, 1, 2)


def test_a_holder_who_leaves_is_named(place: Office) -> None:
    with place.desk() as desk:
        assert remove_colleague(desk, RemoveColleague(BOLAT)).shares == (3,)
        now = state(desk)
        assert now.replace == (3,)
        assert now.shares[2].left
    fresh = reissued(place, (AISHA, "Одна", "Другая"))
    with place.desk() as desk:
        assert state(desk).replace == ()
    assert opens(place, fresh, 2, 3)
