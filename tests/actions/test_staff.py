"""Colleagues change their passphrase, leave, and pass on what they left open, all in one step or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import select

from kzcase.actions import handing_over
from kzcase.actions.checking import check_casebook
from kzcase.actions.desk import Desk, FoundCasebook, found_casebook
from kzcase.actions.staff import (
    AddColleague,
    RemoveColleague,
    add_colleague,
    change_own_passphrase,
    remove_colleague,
)
from kzcase.db.tables.cases import Case, CaseBlock
from kzcase.db.tables.helpline import Shift
from kzcase.db.tables.teamwork import Approval
from kzcase.domain.day_rows import DayKind
from kzcase.domain.errors import (
    CannotTakeOver,
    LastAdministrator,
    NotFound,
    SameColleague,
    WeakPassphrase,
    WrongPassphrase,
)
from kzcase.domain.permissions import Role
from kzcase.domain.referrals import ReferralChoice
from kzcase.keys.changes import add_slot, holders
from kzcase.keys.copies import NAMES, store
from kzcase.keys.identity import Identity
from kzcase.queries.call_backs import open_call_backs
from kzcase.queries.my_day import my_day
from kzcase.queries.recovery import left_behind, recovery_state
from kzcase.queries.referrals import referral_list
from kzcase.queries.signals import open_signals
from kzcase.queries.standing_in import those_answered_for, who_answers
from tests.actions.shared_laptop import AISHA, BOLAT, FOURTH, VERA, Office, office, some_work
from tests.actions.steps import CALL, a_case, a_consent, a_draft, a_partner, do
from tests.keys.cheap import OTHER, PASSPHRASE, THIRD, TINY, numbered


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


def workers(desk: Desk) -> dict[str, tuple[str, str]]:
    """Case → its worker and the assignee of its task."""
    rows = desk.book._sql.rows(
        "SELECT c.id, w.name, a.name FROM cases c JOIN staff w ON w.id = c.worker_id"
        " LEFT JOIN tasks t ON t.case_id = c.id LEFT JOIN staff a ON a.id = t.assignee_id"
    )
    return {bytes(case).hex(): (worker, assignee) for case, worker, assignee in rows}


# One's own passphrase


def test_only_the_slot_is_wrapped_anew(place: Office) -> None:
    before = place.keys()
    with place.desk() as desk:
        change_own_passphrase(desk, THIRD)
        assert some_work(desk, AISHA, 1), "and the desk goes on"
    with pytest.raises(WrongPassphrase):
        place.desk()
    after = place.keys(THIRD)
    assert (after.store_key, after.identity.public_sign) == (before.store_key, before.identity.public_sign)
    assert (place.path / NAMES[0]).read_bytes() == (place.path / NAMES[1]).read_bytes()
    place.desk(OTHER).close()


@pytest.mark.parametrize("passphrase", ["short", "Айша Айша Айша Айша 1", "Generated office 1", OTHER])
def test_a_passphrase_that_can_be_guessed_or_is_taken_changes_nothing(place: Office, passphrase: str) -> None:
    with place.desk() as desk, pytest.raises(WeakPassphrase):
        change_own_passphrase(desk, passphrase)
    place.desk().close()


@pytest.mark.parametrize("current", ["", THIRD, OTHER])
def test_at_an_open_desk_the_passphrase_of_today_is_asked_for(place: Office, current: str) -> None:
    with place.desk() as desk:
        with pytest.raises(WrongPassphrase):
            change_own_passphrase(desk, FOURTH, current)
        change_own_passphrase(desk, FOURTH, PASSPHRASE)
    place.desk(FOURTH).close()


# Work passes on


def test_open_work_passes_to_the_successor(place: Office) -> None:
    with place.desk() as desk:
        open_one, closed = some_work(desk, BOLAT)
        (mine,) = some_work(desk, AISHA, 1)
        with desk.book.write("case.closed") as act:  # as an earlier version closed it, with a task left open
            act.session.get_one(Case, bytes.fromhex(closed)).closed_on = act.today
        with desk.book.read() as reader:
            leaving = next(h for h in holders(desk.keys.keyfile, desk.keys.store_key) if h.name == BOLAT)
            left = left_behind(reader, leaving.staff_id.hex())
        assert (left.cases, left.tasks, [row.name for row in left.successors]) == (1, 2, [AISHA])
        done = remove_colleague(desk, RemoveColleague(BOLAT, successor=AISHA))
        assert (done.cases, done.tasks, done.handed_over) == (0, 0, 2)
        assert workers(desk) == {open_one: (AISHA, AISHA), closed: (BOLAT, AISHA), mine: (AISHA, AISHA)}
        kinds = [kind for (kind,) in desk.book._sql.rows("SELECT kind FROM acts ORDER BY index_in_chain DESC LIMIT 2")]
        assert kinds == ["staff.removed", "work.handed_over"]
    assert check_casebook(place.path, PASSPHRASE, deep=True, floor=TINY).report.findings == ()


def promises(desk: Desk) -> str:
    """A case and what comes with being at work: a call-back, a signal, a request, a letter that waits for its reply, an
    approval that came back, an offer, a plan to review and a shift. Performed by whoever is at the desk; the case."""
    book = desk.book
    do(book, act="shift.opened")
    call = do(book, **CALL).ids["call"].hex()
    do(book, act="call_back.promised", call=call, due="2026-11-22T12:00", phone="+7 700 000 00 07", zone="Asia/Almaty")
    facts = {"unit": "Generated unit", "danger": "now", "facts": "Generated.", "ground": "none", "heard": True}
    do(book, act="signal.prepared", call=call, **facts)
    case = a_case(book)
    partner = a_partner(book)
    a_consent(book, case, partner)
    letter = a_draft(book, case, partner)
    do(book, act="referral.sent", referral=letter, how="in_person")
    do(book, act="request.received", kind="access", case=case)
    do(book, act="conference.held", case=case, kind="plan_review", minutes="Generated.", next_on="2026-12-01")
    do(book, act="approval.asked", case=case, what="closing", note="Generated.")
    do(book, act="transfer.offered", case=case, worker=VERA, note="Generated.")
    return case


def own_lines(desk: Desk) -> set[str]:
    """What stands in the day of whoever is at the desk as theirs: what sort it is, and by which rule."""
    with desk.book.read() as reader:
        rows = [row for row in my_day(reader) if row.mine or row.kind is DayKind.SENT_BACK]
        return {f"{row.kind.value} {row.rule_id}".strip() for row in rows}


def test_what_an_absent_colleague_promised_is_the_successors_the_same_night(place: Office) -> None:
    """One step: call-backs, signals, expected replies, requests, what came back to them, and the plan to review."""
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER, Role.HELPLINE)), FOURTH)
    with place.desk(OTHER) as desk:
        case = promises(desk)
        theirs = own_lines(desk)
    with place.desk() as desk:
        with desk.book.read() as reader:
            (approval,) = reader.session.scalars(select(Approval.id))
            duties = left_behind(reader, holder(desk, BOLAT)).duties
        do(desk.book, act="approval.sent_back", approval=approval.hex(), comment="Generated.")
        assert duties == 4, "a call-back, a signal, a request and the shift"
        remove_colleague(desk, RemoveColleague(BOLAT, successor=VERA))
    with place.desk(FOURTH) as desk:
        mine = own_lines(desk)
        assert mine >= (theirs - {"offered"}) | {"sent_back"}, "whatever was theirs, and an approval that came back"
        assert not any(line.startswith(("offered", "transfer")) for line in mine), "nobody answers an old offer"
        with desk.book.read() as reader:
            assert [row.case for row in referral_list(reader, ReferralChoice(open=True, mine=True))] == [case]
            assert {row.author for row in open_signals(reader)} == {VERA}
            assert {row.author for row in open_call_backs(reader)} == {VERA}
            shift = reader.session.scalars(select(Shift)).one()
            assert (shift.closed_at is not None, shift.handed_to) == (True, desk.keys.identity.staff_id)
    assert check_casebook(place.path, PASSPHRASE, deep=True, floor=TINY).report.findings == ()


def test_without_a_successor_what_was_promised_is_everybodys_on_the_line(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER, Role.HELPLINE)), FOURTH)
    with place.desk(OTHER) as desk:
        promises(desk)
    with place.desk() as desk:
        remove_colleague(desk, RemoveColleague(BOLAT))
        assert any("call_back" in line for line in own_lines(desk))
    with place.desk(FOURTH) as desk:
        assert any("call_back" in line for line in own_lines(desk)), "on every desk of the line"


def test_who_took_over_and_left_as_well_is_followed_to_their_successor(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER, Role.HELPLINE)), FOURTH)
        bolat, vera = holder(desk, BOLAT), holder(desk, VERA)
        remove_colleague(desk, RemoveColleague(BOLAT, successor=VERA))
        remove_colleague(desk, RemoveColleague(VERA, successor=AISHA))
        with desk.book.read() as reader:
            me = reader.acting.staff_id
            assert {who_answers(reader, bytes.fromhex(one)) for one in (bolat, vera)} == {me}
            assert those_answered_for(reader) == {me, bytes.fromhex(bolat), bytes.fromhex(vera)}


def holder(desk: Desk, name: str) -> str:
    """The id of a colleague."""
    return next(h.staff_id.hex() for h in holders(desk.keys.keyfile, desk.keys.store_key) if h.name == name)


def test_without_a_successor_it_stays_and_is_counted(place: Office) -> None:
    with place.desk() as desk:
        some_work(desk, BOLAT)
        done = remove_colleague(desk, RemoveColleague(BOLAT))
        assert (done.cases, done.tasks, done.handed_over) == (2, 2, 0)
        assert len(set(done.numbers)) == 2, "each is named by its number"
        assert set(workers(desk).values()) == {(BOLAT, BOLAT)}


def test_much_work_passes_in_several_acts_of_one_transaction(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "CASES_AN_ACT", 2)
    with place.desk() as desk:
        some_work(desk, BOLAT, 5)
        acts = desk.book._sql.value("SELECT count(*) FROM acts")
        done = remove_colleague(desk, RemoveColleague(BOLAT, successor=AISHA))
        assert (done.cases, done.handed_over) == (0, 5)
        assert desk.book._sql.value("SELECT count(*) FROM acts") == acts + 4
        assert set(workers(desk).values()) == {(AISHA, AISHA)}
        parents = desk.book._sql.rows("SELECT DISTINCT parent FROM acts WHERE kind = 'staff.removed'")
        assert parents == [(desk.book._sql.value("SELECT min(parent) FROM acts WHERE parent IS NOT NULL"),)]
    assert check_casebook(place.path, PASSPHRASE, deep=True, floor=TINY).report.findings == ()


def test_nobody_gets_a_case_they_are_kept_away_from(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER,)), FOURTH)  # somebody who may open it must stay
        first, second = some_work(desk, BOLAT)
        with desk.book.write("case.assigned") as act:
            away = CaseBlock(case_id=bytes.fromhex(first), staff_id=desk.keys.identity.staff_id, state="kept_away")
            act.add(away)
        done = remove_colleague(desk, RemoveColleague(BOLAT, successor=AISHA))
        assert (done.cases, done.handed_over) == (1, 1)
        assert workers(desk) == {first: (BOLAT, BOLAT), second: (AISHA, AISHA)}


@pytest.mark.parametrize(
    ("successor", "error"),
    [(BOLAT, SameColleague), ("Nobody", NotFound), (VERA, CannotTakeOver)],
)
def test_who_cannot_take_over_work(place: Office, successor: str, error: type[Exception]) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.AUDITOR,)), FOURTH)
        some_work(desk, BOLAT)
        before = desk.book.everything()[0]
        with pytest.raises(error) as refused:
            remove_colleague(desk, RemoveColleague(BOLAT, successor=successor))
        assert refused.value.place == "successor"  # type: ignore[attr-defined]
        assert desk.book.everything()[0] == before
    place.desk(OTHER).close()


def test_the_last_administrator_leaves_nothing_half_done(place: Office) -> None:
    with place.desk() as desk:
        some_work(desk, AISHA)
        before = desk.book.everything()[0]
        with pytest.raises(LastAdministrator):
            remove_colleague(desk, RemoveColleague(AISHA, successor=BOLAT))
        assert desk.book.everything()[0] == before
        assert set(workers(desk).values()) == {(AISHA, AISHA)}


def test_one_who_leaves_by_their_own_hand_passes_their_work_on(place: Office) -> None:
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.ADMINISTRATOR,)), FOURTH)
        some_work(desk, AISHA)
        remove_colleague(desk, RemoveColleague(AISHA, successor=BOLAT))
    with pytest.raises(WrongPassphrase):
        place.desk()
    with place.desk(FOURTH) as desk:
        assert set(workers(desk).values()) == {(BOLAT, BOLAT)}
        assert desk.book._sql.value("SELECT count(*) FROM quarantine") == 0
    assert check_casebook(place.path, FOURTH, deep=True, floor=TINY).report.findings == ()


def test_a_colleague_whose_adding_was_interrupted_is_added_again(place: Office) -> None:
    """The slot was stored and the act was not: the same name and the same passphrase must still do."""
    keys = place.keys()
    left_over = add_slot(keys.keyfile, keys.store_key, Identity.fresh(b"V" * 16, VERA), FOURTH)
    store(place.path, left_over)
    with place.desk() as desk:
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER,)), FOURTH)
        assert [h.name for h in holders(desk.keys.keyfile, desk.keys.store_key)].count(VERA) == 1
    with place.desk(FOURTH) as desk:
        assert desk.book.acting.roles == {Role.CASEWORKER}


def test_interrupted_addings_do_not_use_up_the_slots(place: Office) -> None:
    """There are sixteen. Each interrupted adding left one that belongs to nobody."""
    keyfile, store_key = place.keys().keyfile, place.keys().store_key
    for number in range(16 - len(holders(keyfile, store_key))):
        nobody = Identity.fresh(bytes([100 + number]) * 16, f"Colleague {number}")
        keyfile = add_slot(keyfile, store_key, nobody, numbered(number))
    store(place.path, keyfile)
    with place.desk() as desk:
        here = {name for (name,) in desk.book._sql.rows("SELECT name FROM staff WHERE removed_on IS NULL")}
        add_colleague(desk, AddColleague(VERA, (Role.CASEWORKER,)), FOURTH)
        assert {h.name for h in holders(desk.keys.keyfile, desk.keys.store_key)} == here | {VERA}


def test_a_one_person_organisation_says_so_until_somebody_comes(tmp_path: Path) -> None:
    path = tmp_path / "alone.kzcase"
    wish = FoundCasebook("Generated office", AISHA, one_person=True)
    book, created = found_casebook(path, wish, PASSPHRASE, parameters=TINY, floor=TINY)
    book.close()
    with Office(path, created.shares).desk() as desk:
        with desk.book.read() as reader:
            assert recovery_state(reader).one_person
        add_colleague(desk, AddColleague(BOLAT, (Role.SUPERVISOR,)), OTHER)
        with desk.book.read() as reader:
            assert not recovery_state(reader).one_person
