"""Who may open what later: sealed notes and keys that are handed on, frozen access, roles that change, being alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions.desk import Desk, FoundCasebook, found_casebook, open_desk
from kzcase.actions.freezing import FreezeAccess, UnfreezeAccess, freeze_access, unfreeze_access
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.incidents import OpenIncident, open_incident
from kzcase.actions.key_changes import follow_journal
from kzcase.actions.log_key import take_log_key_from_shares
from kzcase.actions.read_log import read_log
from kzcase.actions.reading import open_case
from kzcase.actions.recovery import Recover, recover
from kzcase.actions.role_changes import ChangeRoles, change_roles
from kzcase.actions.sealed_notes import (
    ResealNote,
    SealNote,
    hand_on_notes,
    read_sealed_note,
    reseal_note,
    seal_note,
    with_own_notes,
)
from kzcase.actions.staff import AddColleague, RemoveColleague, add_colleague, remove_colleague
from kzcase.actions.submission_keys import made_key
from kzcase.db.tables.cases import CaseBlock
from kzcase.db.tables.organisation import AuditKeyCopy
from kzcase.domain.errors import (
    AccessFrozen,
    ChangedSince,
    LastAdministrator,
    LastLogReader,
    LastToFreeze,
    LastWhoOpens,
    LeavesClosed,
    NoLogKeyYet,
    NoRole,
    NotAllowed,
    NothingToChange,
    OwnAccess,
    SealedToEarlierKey,
    UnknownCode,
)
from kzcase.domain.permissions import Role
from kzcase.journal.authority import may_touch
from kzcase.keys.submission_keys import fresh_private_key
from kzcase.queries.incidents import incident
from kzcase.queries.letters import header
from kzcase.queries.log_key import who_hands_on, without_log_key
from kzcase.queries.looks import LooksWish
from kzcase.queries.office import staff_list
from kzcase.queries.periods import one_person
from kzcase.queries.recovery import left_behind
from kzcase.queries.submission_keys import submission_keys
from tests.actions.shared_laptop import AISHA, BOLAT, FOURTH, VERA, Office, office, some_work
from tests.actions.steps import do
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY

FIFTH = "arkan tundik uyk besik kobyz"


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


def sealed(desk: Desk, *readers: str, case: str = "") -> tuple[str, str]:
    """A case and a note sealed in it."""
    case = case or some_work(desk, AISHA, 1)[0]
    wish = SealNote(case=case, kind="therapy", readers=list(readers), text="Generated secret")
    return case, seal_note(desk.book, wish).ids["note"].hex()


def staff_id(desk: Desk, name: str) -> str:
    with desk.book.read() as reader:
        return next(row.id for row in staff_list(reader) if row.name == name)


# Sealed notes whose only reader leaves


def test_notes_only_the_leaver_reads_are_told_and_can_be_handed_on(place: Office) -> None:
    with place.desk() as desk:
        sealed(desk, BOLAT)
        sealed(desk, BOLAT, AISHA)
        with desk.book.read() as reader:
            lost = left_behind(reader, staff_id(desk, BOLAT)).lost
        assert (lost.notes, lost.keys, lost.log, lost.cases) == (1, 0, False, 0)
        with pytest.raises(LeavesClosed) as refused:
            remove_colleague(desk, RemoveColleague(BOLAT, AISHA))
        assert refused.value.facts["notes"] == 1
        assert desk.book._sql.value("SELECT count(*) FROM revocations") == 0
    with place.desk(OTHER) as theirs:
        assert hand_on_notes(theirs.book, AISHA) == 1
        with pytest.raises(NothingToChange):
            hand_on_notes(theirs.book, AISHA)
    with place.desk() as desk:
        remove_colleague(desk, RemoveColleague(BOLAT, AISHA))


def test_they_may_be_lost_knowingly(place: Office) -> None:
    with place.desk() as desk:
        sealed(desk, BOLAT)
        remove_colleague(desk, RemoveColleague(BOLAT, AISHA, knowingly=True))


@pytest.mark.parametrize("made", ["line_key.made", "package_key.made"])
def test_so_are_keys_for_packages_and_call_sheets_until_they_are_shared(place: Office, made: str) -> None:
    with place.desk(OTHER) as theirs:
        do(theirs.book, act=made)
    with place.desk() as desk, desk.book.read() as reader:
        assert left_behind(reader, staff_id(desk, BOLAT)).lost.keys == 0, "Aisha holds it too"
    recover(place.path, place.pair(), Recover(AISHA), THIRD, floor=TINY)
    with place.desk(THIRD) as desk:
        with desk.book.read() as reader:
            assert left_behind(reader, staff_id(desk, BOLAT)).lost.keys == 1
        with pytest.raises(LeavesClosed):
            remove_colleague(desk, RemoveColleague(BOLAT, AISHA))
    with place.desk(OTHER) as theirs:
        do(theirs.book, act=made.replace("made", "shared"))
    with place.desk(THIRD) as desk:
        remove_colleague(desk, RemoveColleague(BOLAT, AISHA))


def test_so_are_keys_for_phones_that_only_the_leaver_holds(place: Office) -> None:
    with place.desk(OTHER) as theirs:
        made_key(theirs.book, lambda: fresh_private_key(1024))
    recover(place.path, place.pair(), Recover(AISHA), THIRD, floor=TINY)
    with place.desk(THIRD) as desk, desk.book.read() as reader:
        assert left_behind(reader, staff_id(desk, BOLAT)).lost.keys == 1
        (row,) = submission_keys(reader)
        assert (row.mine, row.lacking, row.holders) == (False, (AISHA,), (BOLAT,))
    recover(place.path, place.pair(), Recover(BOLAT), FOURTH, floor=TINY)
    with place.desk(THIRD) as desk, desk.book.read() as reader:
        (row,) = submission_keys(reader)
        assert (row.holders, row.current) == ((), False), "no form leaves closed to a key that nobody can open"


# After a recovery


def test_after_a_recovery_old_notes_are_shared_again_and_the_rest_goes_on(place: Office) -> None:
    with place.desk() as desk:
        case, note = sealed(desk, AISHA, BOLAT)
    recover(place.path, place.pair(), Recover(AISHA), THIRD, floor=TINY)
    with place.desk(THIRD) as desk:
        _case, newer = sealed(desk, AISHA, case=case)
        page = with_own_notes(desk.book, open_case(desk.book, case))
        shown = {row.id: (row.mine, row.earlier_key, row.readers, row.text) for row in page.sealed_notes}
        assert shown[note] == (False, True, (BOLAT,), None)
        assert shown[newer] == (True, False, (AISHA,), "Generated secret")
        with pytest.raises(SealedToEarlierKey):
            read_sealed_note(desk.book, note)
    with place.desk(OTHER) as theirs:
        reseal_note(theirs.book, ResealNote(note=note, readers=[AISHA]))
    with place.desk(THIRD) as desk:
        assert read_sealed_note(desk.book, note) == "Generated secret"


def test_copies_of_earlier_versions_are_judged_by_when_they_came(
    place: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They do not say whose key they are closed to."""
    monkeypatch.setattr("kzcase.db.tables.cases.SealedNoteKey.__setattr__", _without_kem)
    with place.desk() as desk:
        case, note = sealed(desk, AISHA, BOLAT)
        assert read_sealed_note(desk.book, note) == "Generated secret"
    recover(place.path, place.pair(), Recover(AISHA), THIRD, floor=TINY)
    with place.desk(THIRD) as desk:
        (row,) = open_case(desk.book, case).sealed_notes
        assert (row.mine, row.earlier_key, row.readers) == (False, True, (BOLAT,))


def _without_kem(row: object, name: str, value: object) -> None:
    if name != "kem_key":
        object.__setattr__(row, name, value)


# The key of the read log


def test_whoever_holds_the_key_of_the_log_hands_it_on_at_the_next_opening(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.ADMINISTRATOR,)), FOURTH)
    with place.desk(FOURTH) as without:
        done = add_colleague(without, AddColleague("Галя", (Role.AUDITOR,)), FIFTH)
        with without.book.read() as reader:
            assert list(without_log_key(reader)) == [done.ids["staff"]]
            assert who_hands_on(reader) == (AISHA, BOLAT)
            assert [row.name for row in staff_list(reader) if row.no_log_key] == ["Галя"]
    with place.desk(FIFTH) as auditor, pytest.raises(NoLogKeyYet):
        read_log(auditor.book, LooksWish())
    for _again in range(2):
        with place.desk(OTHER) as holder:
            kinds = [kind for (kind,) in holder.book._sql.rows("SELECT kind FROM acts")]
            assert kinds.count("audit_key.shared") == 1
    with place.desk(FIFTH) as auditor:
        assert read_log(auditor.book, LooksWish()).looks


def test_the_last_who_reads_the_log_is_told_and_two_shares_bring_its_key_back(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.ADMINISTRATOR,)), FOURTH)
        change_roles(desk.book, ChangeRoles(staff=BOLAT, take=("supervisor",)))
    with place.desk(FOURTH) as desk:
        with pytest.raises(LastLogReader):
            change_roles(desk.book, ChangeRoles(staff=AISHA, take=("supervisor",)))
        with pytest.raises(LastLogReader):
            remove_colleague(desk, RemoveColleague(AISHA, BOLAT))
        change_roles(desk.book, ChangeRoles(staff=VERA, give=("auditor",)))
        with pytest.raises(NoLogKeyYet):
            read_log(desk.book, LooksWish())
        remove_colleague(desk, RemoveColleague(AISHA, BOLAT, knowingly=True))
        take_log_key_from_shares(desk, place.pair())
        assert read_log(desk.book, LooksWish()).looks
        with pytest.raises(NothingToChange):
            take_log_key_from_shares(desk, place.pair())


# Roles


def test_roles_change_and_the_keys_with_them(place: Office) -> None:
    with place.desk() as desk:
        change_roles(desk.book, ChangeRoles(staff=BOLAT, give=("lawyer",), take=("supervisor", "caseworker")))
        copies = desk.book._sql.value(
            "SELECT count(*) FROM audit_key_copies WHERE staff_id = ? AND struck IS NOT 1",
            (bytes.fromhex(staff_id(desk, BOLAT)),),
        )
        assert copies == 0
    with place.desk(OTHER) as theirs:
        assert theirs.book.acting.roles == {Role.LAWYER}
        with pytest.raises(NotAllowed):
            read_log(theirs.book, LooksWish())
        with pytest.raises(NotAllowed):
            change_roles(theirs.book, ChangeRoles(staff=BOLAT, give=("administrator",)))
    with place.desk() as desk:
        change_roles(desk.book, ChangeRoles(staff=BOLAT, give=("auditor",)))
    with place.desk(OTHER) as theirs:
        assert read_log(theirs.book, LooksWish()).looks


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"staff": AISHA, "take": ("administrator",)}, LastAdministrator),
        ({"staff": BOLAT, "take": ("caseworker", "supervisor")}, NoRole),
        ({"staff": BOLAT, "give": ("caseworker",)}, NothingToChange),
        ({"staff": BOLAT, "give": ("king",)}, UnknownCode),
    ],
)
def test_what_roles_cannot_become(place: Office, wish: dict[str, object], error: type[Exception]) -> None:
    with place.desk() as desk, pytest.raises(error):
        change_roles(desk.book, ChangeRoles(**wish))  # type: ignore[arg-type]


def test_a_case_that_nobody_else_may_open_keeps_its_last_colleague(place: Office) -> None:
    with place.desk() as desk:
        (case,) = some_work(desk, BOLAT, 1)
        with desk.book.write("case.blocked") as act:
            row = CaseBlock(case_id=bytes.fromhex(case), staff_id=desk.keys.identity.staff_id, state="kept_away")
            act.add(row)
        for knowingly in (False, True):
            with pytest.raises(LastWhoOpens) as refused:
                remove_colleague(desk, RemoveColleague(BOLAT, AISHA, knowingly))
            assert refused.value.facts["count"] == 1
        with pytest.raises(LastWhoOpens):
            wish = ChangeRoles(staff=BOLAT, give=("auditor",), take=("caseworker", "supervisor"))
            change_roles(desk.book, wish)
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER,)), FOURTH)
        assert remove_colleague(desk, RemoveColleague(BOLAT, VERA)).handed_over == 1


# Frozen


def test_a_stolen_passphrase_freezes_at_once_and_two_roles_open_it_again(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.SUPERVISOR,)), FOURTH)
        done = open_incident(desk.book, OpenIncident(kind="stolen_passphrase", what="Generated", staff=BOLAT))
        follow_journal(desk)
        with desk.book.read() as reader:
            seen = incident(reader, done.number)
            assert (seen.frozen, seen.opened_again, seen.act) == (True, False, ""), "not offered to be taken back"
            assert [row.name for row in staff_list(reader) if row.frozen] == [BOLAT]
    with pytest.raises(AccessFrozen):
        place.desk(OTHER)
    with pytest.raises(AccessFrozen):
        place.keys(OTHER)  # nothing behind the slot: not only the program refuses
    with place.desk(FOURTH) as supervisor:
        wish = UnfreezeAccess(staff=BOLAT)
        assert "opened" not in unfreeze_access(supervisor.book, wish).ids, "one of two"
        with pytest.raises(NothingToChange):
            unfreeze_access(supervisor.book, wish)
    with pytest.raises(AccessFrozen):
        place.desk(OTHER)
    with place.desk() as desk:
        change_roles(desk.book, ChangeRoles(staff=AISHA, take=("supervisor",)))
        assert "opened" in unfreeze_access(desk.book, UnfreezeAccess(staff=BOLAT)).ids
        follow_journal(desk)
        with desk.book.read() as reader:
            seen = incident(reader, done.number)
            assert (seen.frozen, seen.opened_again, seen.act) == (False, True, "")
    place.desk(OTHER).close()


def test_a_report_that_froze_somebody_is_not_taken_back(place: Office) -> None:
    """Whoever stole a passphrase and took the report back would open the door to themselves: two roles open it."""
    with place.desk() as desk:
        done = open_incident(desk.book, OpenIncident(kind="stolen_passphrase", what="Generated", staff=BOLAT))
        with pytest.raises(ChangedSince):
            undo_act(desk.book, UndoAct(of=done.act.hex()))
        follow_journal(desk)
        with desk.book.read() as reader:
            assert [row.name for row in staff_list(reader) if row.frozen] == [BOLAT]
    with pytest.raises(AccessFrozen):
        place.desk(OTHER)


def test_where_only_the_journal_knows_yet_the_program_refuses(place: Office) -> None:
    with place.desk() as desk:
        freeze_access(desk.book, FreezeAccess(staff=BOLAT))
    assert place.keys(OTHER).identity.name == BOLAT
    with pytest.raises(AccessFrozen):
        place.desk(OTHER)
    with pytest.raises(AccessFrozen):
        place.keys(OTHER)  # and their own attempt closed the slot


def test_nobody_is_frozen_out_by_accident(place: Office) -> None:
    with place.desk() as desk:
        with pytest.raises(OwnAccess):
            freeze_access(desk.book, FreezeAccess(staff=AISHA))
        done = open_incident(desk.book, OpenIncident(kind="stolen_passphrase", what="Generated", staff=AISHA))
        with desk.book.read() as reader:
            assert not incident(reader, done.number).frozen
    with place.desk(OTHER) as supervisor, pytest.raises(LastToFreeze):
        freeze_access(supervisor.book, FreezeAccess(staff=AISHA))
    place.desk().close()


def test_a_lost_laptop_is_frozen_and_never_the_one_one_sits_at(place: Office) -> None:
    with place.desk() as desk:
        here = desk.book.facts.code
        with desk.book.write("device.certified") as act:
            from kzcase.db.tables.organisation import Device

            act.add(Device(id=b"D" * 16, code="XYZ", certified_on=act.today))
        mine = open_incident(desk.book, OpenIncident(kind="lost_laptop", what="Generated", device=here))
        lost = open_incident(desk.book, OpenIncident(kind="lost_laptop", what="Generated", device="XYZ"))
        with desk.book.read() as reader:
            assert [incident(reader, one.number).laptop_frozen for one in (mine, lost)] == [False, True]
        rows = desk.book._sql.rows("SELECT DISTINCT incarnation, last_index FROM revocations")
        assert rows == [(b"D" * 16, -1)]
        assert some_work(desk, AISHA, 1), "what is written here goes on counting"
        assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0


# Alone


def test_who_stays_alone_is_a_one_person_organisation_again_and_papers_say_so(tmp_path: Path) -> None:
    path = tmp_path / "alone.kzcase"
    wish = FoundCasebook("Generated office", AISHA, one_person=True)
    book, _created = found_casebook(path, wish, PASSPHRASE, parameters=TINY, floor=TINY)
    book.close()

    def alone(desk: Desk) -> tuple[bool, bool]:
        with desk.book.read() as reader:
            return one_person(reader), header(reader, "A-01").alone

    with open_desk(path, PASSPHRASE, floor=TINY) as desk:
        assert alone(desk) == (True, True)
        add_colleague(desk, AddColleague(BOLAT, (Role.SUPERVISOR,)), OTHER)
        assert alone(desk) == (False, False)
        remove_colleague(desk, RemoveColleague(BOLAT))
        assert alone(desk) == (True, True)


def test_an_audit_copy_closed_to_an_earlier_key_does_not_count(place: Office) -> None:
    with place.desk() as desk:
        who = bytes.fromhex(staff_id(desk, BOLAT))
        with desk.book.write("audit_key.shared") as act:
            for copy in act.session.query(AuditKeyCopy).filter(AuditKeyCopy.staff_id == who):
                copy.kem_key = b"K" * 32
        with desk.book.read() as reader:
            assert without_log_key(reader) == {who}


def test_a_day_is_waited_for(place: Office) -> None:
    from kzcase.db.tables.office import Release
    from kzcase.queries.periods import waited_fingerprints

    with place.desk() as desk, desk.book.write("summary.released") as act:
        for at, said in ((timedelta(hours=23), "cells.csv:young"), (timedelta(hours=25), "cells.csv:old")):
            act.add(Release(released_at=act.now - at, released_on=act.today, fingerprints=said))
        act.add(Release(released_on=act.today - timedelta(days=1), fingerprints="cells.csv:perhaps"))
        act.add(Release(released_on=act.today - timedelta(days=2), fingerprints="cells.csv:earlier"))
    with place.desk() as desk, desk.book.read() as reader:
        assert waited_fingerprints(reader) == {"cells.csv:old", "cells.csv:earlier"}


def test_only_acts_of_their_own_kind_touch_freezes_and_copies_of_the_log_key() -> None:
    for entity in ("freezes", "audit_key_copies", "revocations"):
        assert not may_touch("note.added", entity)
    assert may_touch("access.frozen", "freezes")
    assert may_touch("access.unfrozen", "freezes")
    assert not may_touch("incident.opened", "freezes")
    assert may_touch("audit_key.shared", "audit_key_copies")
    assert not may_touch("audit_key.shared", "staff_roles")
    assert may_touch("device.frozen", "revocations")
