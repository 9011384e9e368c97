"""Two shares give one person new keys; the journal believes it because the root key signed, and only then."""

from pathlib import Path

import pytest

from kzcase.actions import recovery
from kzcase.actions.cases import AddNote, add_note
from kzcase.actions.checking import check_casebook
from kzcase.actions.key_changes import change_store_key
from kzcase.actions.recovery import Recover, candidates, recover
from kzcase.actions.staff import AddColleague, RemoveColleague, add_colleague, remove_colleague
from kzcase.db.casebook import Casebook
from kzcase.db.tables.organisation import StaffRole
from kzcase.domain.errors import (
    CasebookInUse,
    NoLongerHere,
    NotAllowed,
    NotFound,
    SayWho,
    ShareUnreadable,
    WeakPassphrase,
    WrongPassphrase,
)
from kzcase.domain.permissions import Role
from kzcase.keys import copies
from kzcase.keys.changes import stage_store_key
from kzcase.keys.copies import NAMES, Disk
from kzcase.keys.identity import SigningKey
from kzcase.keys.recovery import RootSigner
from kzcase.keys.secret import Secret, StoreKey
from tests.actions.shared_laptop import AISHA, BOLAT, FOURTH, VERA, Office, office, some_work
from tests.db.books import TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY, stored


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


def recovered(place: Office, wish: Recover, passphrase: str = THIRD, shares: tuple[int, int] = (1, 2)) -> bytes:
    """Recover somebody; their id."""
    done = recover(place.path, place.pair(*shares), wish, passphrase, clock=TickingClock(), floor=TINY)
    return done.ids["staff"]


@pytest.mark.parametrize("shares", [(1, 2), (3, 1), (2, 3)])
def test_the_only_administrator_gets_in_again(place: Office, shares: tuple[int, int]) -> None:
    old = place.keys().identity
    with place.desk() as desk:
        case = some_work(desk, AISHA, 1)[0]
    assert recovered(place, Recover(), shares=shares) == old.staff_id
    with pytest.raises(WrongPassphrase):
        place.desk()
    with place.desk(THIRD) as desk:
        assert desk.book.acting.name == AISHA
        assert desk.keys.identity.public_sign != old.public_sign
        assert Role.ADMINISTRATOR in desk.book.acting.roles
        add_note(desk.book, AddNote(case=case, text="Again."))
        assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0
    with place.desk(OTHER) as desk:
        assert desk.book.acting.name == BOLAT
    assert check_casebook(place.path, THIRD, deep=True, floor=TINY).report.findings == ()


def test_another_colleague_by_name_keeps_their_roles(place: Office) -> None:
    recovered(place, Recover(BOLAT))
    with place.desk(THIRD) as desk:
        assert desk.book.acting.roles == {Role.CASEWORKER, Role.SUPERVISOR}
        with pytest.raises(NotAllowed):
            remove_colleague(desk, RemoveColleague(AISHA, knowingly=True))
    place.desk().close()


def test_two_shares_may_make_somebody_an_administrator(place: Office) -> None:
    recovered(place, Recover(BOLAT, administrator=True))
    with place.desk(THIRD) as desk:
        assert Role.ADMINISTRATOR in desk.book.acting.roles
        remove_colleague(desk, RemoveColleague(AISHA, knowingly=True))
    with pytest.raises(WrongPassphrase):
        place.desk()


def test_two_shares_may_appoint_somebody_new(place: Office) -> None:
    recovered(place, Recover("  Вера   Жаңа ", administrator=True))
    with place.desk(THIRD) as desk:
        assert (desk.book.acting.name, desk.book.acting.roles) == ("Вера Жаңа", {Role.ADMINISTRATOR})
        add_colleague(desk, AddColleague("Тағы біреу", (Role.HELPLINE,)), FOURTH)
    place.desk(FOURTH).close()
    assert check_casebook(place.path, THIRD, deep=True, floor=TINY).report.findings == ()


def test_where_no_administrator_is_left_two_shares_appoint_another(place: Office) -> None:
    """Two administrators removed each other on two laptops: nobody may grant anything until the root decides."""
    from tests.db.laptops import remove

    with place.desk() as desk:
        remove(desk.book, desk.keys.identity)
    with pytest.raises(NoLongerHere):
        place.desk()
    with pytest.raises(SayWho):
        recovered(place, Recover())
    with pytest.raises(NotFound):
        recovered(place, Recover(AISHA))
    recovered(place, Recover(VERA, administrator=True))
    with place.desk(THIRD) as desk:
        remove_colleague(desk, RemoveColleague(BOLAT, knowingly=True))
        add_colleague(desk, AddColleague("Тағы біреу", (Role.ADMINISTRATOR,)), FOURTH)
    with pytest.raises(WrongPassphrase):
        place.desk()
    assert check_casebook(place.path, FOURTH, deep=True, floor=TINY).report.findings == ()


def test_who_is_meant_must_be_clear(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.ADMINISTRATOR,)), FOURTH)
    with pytest.raises(SayWho):
        recovered(place, Recover())
    with pytest.raises(NotFound):
        recovered(place, Recover("Nobody"))
    with place.desk() as desk:
        remove_colleague(desk, RemoveColleague(BOLAT))
    with pytest.raises(NotFound):
        recovered(place, Recover(BOLAT))
    for passphrase in (PASSPHRASE, FOURTH):
        place.desk(passphrase).close()
    assert [(one.name, one.administrator) for one in candidates(place.path, place.pair(), floor=TINY)] == [
        (AISHA, True),
        (VERA, True),
    ]


@pytest.mark.parametrize("passphrase", ["short", "пароль пароль пароль", OTHER])
def test_a_weak_or_taken_passphrase_changes_nothing(place: Office, passphrase: str) -> None:
    before = [(place.path / name).read_bytes() for name in NAMES]
    with pytest.raises(WeakPassphrase):
        recovered(place, Recover(), passphrase)
    assert [(place.path / name).read_bytes() for name in NAMES] == before
    with place.desk() as desk:
        assert desk.book._sql.value("SELECT count(*) FROM acts WHERE kind = 'staff.recovered'") == 0


def test_shares_that_do_not_fit_change_nothing(place: Office, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    stranger = office(tmp_path / "other", colleagues=False)
    one, _two = place.pair()
    for pair in ((one, one), (one, stranger.pair()[1]), stranger.pair()):
        with pytest.raises(ShareUnreadable):
            recover(place.path, pair, Recover(), THIRD, floor=TINY)
        with pytest.raises(ShareUnreadable):
            candidates(place.path, pair, floor=TINY)
    place.desk().close()


def test_a_casebook_in_use_is_left_alone(place: Office) -> None:
    with place.desk(), pytest.raises(CasebookInUse):
        recovered(place, Recover())


def test_an_interrupted_change_of_key_is_finished_first(place: Office) -> None:
    keys = place.keys()
    stored(place.path, stage_store_key(keys.keyfile, keys.store_key, StoreKey.fresh()))
    recovered(place, Recover())
    assert place.keys(THIRD).staged_key is None
    assert place.keys(THIRD).store_key != keys.store_key
    place.desk(OTHER).close()


def test_shares_still_open_it_after_the_key_was_changed(place: Office) -> None:
    with place.desk() as desk:
        change_store_key(desk)
    recovered(place, Recover())
    place.desk(THIRD).close()


def test_the_copy_of_the_audit_key_is_made_anew(place: Office) -> None:
    from kzcase.actions.read_log import read_log
    from kzcase.queries.looks import LooksWish

    for wish, passphrase in ((Recover(), THIRD), (Recover(BOLAT), FOURTH)):
        recovered(place, wish, passphrase)
    with place.desk(THIRD) as desk:
        copies = desk.book._sql.value("SELECT count(*) FROM audit_key_copies WHERE struck IS NOT 1")
        assert copies == 3, "Aisha, Bolat and the shares"
        add_colleague(desk, AddColleague(VERA, (Role.AUDITOR,)), OTHER)
    with place.desk(OTHER) as desk:
        assert read_log(desk.book, LooksWish()) is not None


# A kill between the journal and the key file


class PowerCut(BaseException):
    """The rehearsed moment."""


@pytest.mark.parametrize("step", range(9))
def test_a_power_cut_leaves_the_old_passphrase_or_the_new_one(
    place: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    left = [step]

    class CutDisk(Disk):
        def _step(self) -> None:
            if not left[0]:
                raise PowerCut
            left[0] -= 1

        def write(self, path: Path, content: bytes) -> None:
            self._step()
            super().write(path, content)

        def sync(self, path: Path) -> None:
            self._step()
            super().sync(path)

        def replace(self, source: Path, target: Path) -> None:
            self._step()
            super().replace(source, target)

        def sync_folder(self, folder: Path) -> None:
            self._step()
            super().sync_folder(folder)

    with monkeypatch.context() as cut:
        cut.setattr(copies, "Disk", CutDisk)
        if step < 8:
            with pytest.raises(PowerCut):
                recovered(place, Recover())
        else:
            recovered(place, Recover())
    found = []
    for passphrase in (PASSPHRASE, THIRD):
        try:
            with place.desk(passphrase) as desk:
                some_work(desk, AISHA, 1)  # and what they do counts
                assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0
            found.append(True)
        except WrongPassphrase:
            found.append(False)
    assert sum(found) == 1
    opening = PASSPHRASE if found[0] else THIRD
    assert check_casebook(place.path, opening, deep=True, floor=TINY).report.findings == ()
    if found[0]:  # and it can be done again
        recovered(place, Recover())
        place.desk(THIRD).close()


# Nobody but the root


def forged(place: Office, signer: object) -> Casebook:
    """Somebody writes such an act on their own laptop without two shares."""
    desk = place.desk(OTHER)
    book = desk.book
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(Casebook, "_own_authority", lambda _book, _kind: (book.facts.incarnation, 0))
    with book.signed_by(signer), book.write("staff.recovered") as act:  # type: ignore[arg-type]
        act.add(StaffRole(staff_id=desk.keys.identity.staff_id, role=Role.ADMINISTRATOR.value))
    monkeypatch.undo()
    return book


@pytest.mark.parametrize("by", ["their own key", "another root"])
def test_elsewhere_an_act_the_root_did_not_sign_changes_nothing(place: Office, tmp_path: Path, by: str) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    import shutil

    shutil.copytree(place.path, other / "office.kzcase")
    with place.desk(OTHER) as desk:
        identity = desk.keys.identity
        own = RootSigner(identity.staff_id, SigningKey(Secret(bytes(identity.signing.secret.reveal()))))
    signer = own if by == "their own key" else RootSigner(own.staff_id, SigningKey(Secret.fresh()))
    book = forged(place, signer)
    parts, keys = book.everything()
    book.close()
    there = Office(other / "office.kzcase", place.shares)
    with there.desk() as desk:
        roles = desk.book._sql.value("SELECT count(*) FROM staff_roles")
        desk.book.take_in(parts, keys)
        assert desk.book._sql.value("SELECT count(*) FROM staff_roles") == roles
        assert desk.book._sql.value("SELECT why FROM quarantine") == "signature"


def test_the_casebook_itself_refuses_to_write_one(place: Office) -> None:
    with place.desk() as desk, pytest.raises(NotAllowed), desk.book.write("staff.recovered"):
        pass
    with place.desk() as desk, pytest.raises(NotAllowed), desk.book.write("shares.issued"):
        pass


def test_what_the_root_signed_counts_elsewhere_in_any_order(place: Office, tmp_path: Path) -> None:
    """Acts under the new key may come before the act that certifies it."""
    import shutil

    shutil.copytree(place.path, tmp_path / "there" / "office.kzcase")
    there = Office(tmp_path / "there" / "office.kzcase", place.shares)
    with place.desk() as desk:
        case = some_work(desk, AISHA, 1)[0]
        early = add_note(desk.book, AddNote(case=case, text="Under the old key.")).ids["note"]
        known = set(desk.book.everything()[0])
    recovered(place, Recover())
    with place.desk(THIRD) as desk:
        note = add_note(desk.book, AddNote(case=case, text="Under the new key.")).ids["note"]
        parts, keys = desk.book.everything()
    with there.desk(OTHER) as desk:
        for part in [*reversed([part for part in parts if part not in known]), *reversed(list(known))]:
            desk.book.take_in([part], keys)
        for each in (early, note):
            assert desk.book._sql.value("SELECT count(*) FROM notes WHERE id = ?", (each,)) == 1
        assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0
        assert desk.book._sql.value("SELECT count(*) FROM waiting") == 0


def test_nothing_of_the_keys_stays_open(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    really = recovery.open_with_shares

    def keeping(*given: object) -> object:
        kept.append(really(*given))  # type: ignore[arg-type]
        return kept[-1]

    monkeypatch.setattr(recovery, "open_with_shares", keeping)
    recovered(place, Recover())
    with pytest.raises(Exception, match="keys"):
        kept[0].root.sign(b"message")
    with pytest.raises(Exception, match="keys"):
        kept[0].store_key.hex()
