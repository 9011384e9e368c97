"""Erasing as a supervisor does it: looked at first, refused where it must not be, done once, and proved on paper."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from kzcase import paths
from kzcase.actions import certificates, drafts, erasing, holds, keeping_away
from kzcase.actions.backup_files import the_backup
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.reading import open_case
from kzcase.actions.restoring import open_backup, restore
from kzcase.db import erasure_register
from kzcase.db.casebook import Casebook
from kzcase.db.check import check_files
from kzcase.domain.errors import (
    CaseHeld,
    CaseHeldAlready,
    CaseNotHeld,
    ChangedSince,
    DataBlocked,
    NotAllowed,
    NotFound,
    NothingToErase,
    PlanOutdated,
    UnknownCode,
)
from kzcase.domain.permissions import Role
from kzcase.journal.kinds import KINDS, Undo
from kzcase.queries.case_page import case_page
from kzcase.queries.erasures import erasures
from kzcase.queries.office import counts
from kzcase.queries.releases import people_to_count
from kzcase.queries.retention import due
from kzcase.queries.search import search
from tests.actions.offices import office, opened
from tests.actions.steps import a_case, do
from tests.db.books import founded
from tests.db.laptops import colleague, give, laptop
from tests.keys.cheap import PASSPHRASE, TINY
from tests.marked import Marked, erase, marked, still_marked


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


@pytest.fixture
def who(book: Casebook) -> Marked:
    return marked(book, Random(21))


def acts(book: Casebook) -> int:
    return int(book._sql.value("SELECT count(*) FROM acts"))


def test_the_dry_run_counts_shows_mentions_and_changes_nothing(book: Casebook, who: Marked) -> None:
    before, looks = acts(book), book._sql.value("SELECT count(*) FROM read_log")
    plan = plan_erasure(book, who.case)
    assert acts(book) == before
    assert book._sql.value("SELECT count(*) FROM read_log") == looks + 1  # somebody looked, and that is known
    assert plan.person == who.person
    assert (len(plan.cases), plan.calls, plan.attachments, plan.drafts, plan.held) == (1, 1, 1, 2, ())
    assert plan.values["identifying"] == 6
    told = {(each.entity, each.certain, each.superseded) for each in plan.mentions}
    assert told == {("notes", True, False), ("notes", False, False), ("cases", False, True)}
    assert all(who.word in each.text for each in plan.mentions)
    assert all(each.id and each.case_number for each in plan.mentions)


def test_what_is_not_confirmed_stays(book: Casebook, who: Marked) -> None:
    plan = plan_erasure(book, who.person)
    certain = [each for each in plan.mentions if each.certain]
    erase_person(book, ErasePerson(who.person, "request", frozenset(each.id for each in certain)))
    with book.read() as reader:
        texts = reader.session.execute(text("SELECT text FROM notes WHERE struck IS NOT 1 AND text NOT NULL")).scalars()
        assert sorted(texts) == sorted(["Вернулась.", "Ничего о ней.", "Подруга …, ….", f"{who.word} просила"])


def test_after_it_nobody_finds_them_and_they_are_counted_still(book: Casebook, who: Marked) -> None:
    with book.read() as reader:
        before = {each.person.hex(): each for each in people_to_count(reader, date(2026, 10, 1), date(2026, 12, 31))}
    erase(book, who)
    with book.read() as reader:
        assert search(reader, who.word) == []
        assert search(reader, who.phone) == []
        with pytest.raises(NotFound):
            case_page(reader, who.case)
        after = {each.person.hex(): each for each in people_to_count(reader, date(2026, 10, 1), date(2026, 12, 31))}
        assert after.keys() == before.keys()
        found, was = after[who.person], before[who.person]
        assert (found.kind, found.sex, found.birth, found.citizenship) == (was.kind, was.sex, "1994", "UZ")
        assert (counts(reader).people, counts(reader).cases, counts(reader).notes) == (1, 1, 4)
    for wish in (
        {"act": "note.added", "case": who.case, "text": "Again"},
        {"act": "name.added", "person": who.person, "family": "Again"},
        {"act": "case.opened", "kind": "child", "person_id": who.person},
        {"act": "case.held", "case": who.case, "why": "Again"},
    ):
        with pytest.raises(NotFound):
            do(book, **wish)


def test_nothing_that_was_done_to_them_is_undone_afterwards(book: Casebook, who: Marked) -> None:
    do(book, act="person.corrected", person=who.person, language="kk")
    erase(book, who)
    theirs = tuple(bytes.fromhex(each) for each in (who.person, who.case))
    found = book._sql.rows(
        "SELECT DISTINCT a.id, a.kind FROM acts a JOIN parts p ON p.act_id = a.id WHERE p.scope IN (?, ?)", theirs
    )
    undoable = [act_id for act_id, kind in found if KINDS[kind].undo is Undo.INVERSE]
    assert len(undoable) >= 5
    for act_id in undoable:
        with pytest.raises((ChangedSince, NotFound)):
            undo_act(book, UndoAct(of=act_id.hex()))
    assert still_marked(book, who) == []


def test_a_second_time_there_is_nothing_left(book: Casebook, who: Marked) -> None:
    erase(book, who)
    with pytest.raises(NothingToErase):
        erase_person(book, ErasePerson(who.person, "request"))
    for reference in (who.case, "2026-ZZZ-99999", "ff" * 16):
        with pytest.raises(NotFound):
            erase_person(book, ErasePerson(reference, "request"))


def test_a_reason_is_needed_and_mentions_must_be_there(book: Casebook, who: Marked) -> None:
    before = acts(book)
    with pytest.raises(UnknownCode):
        erase_person(book, ErasePerson(who.person, "whim"))
    for wrong in ("nonsense", "00-00-0", f"{'00' * 32}-{'00' * 16}-1"):
        with pytest.raises(PlanOutdated):
            erase_person(book, ErasePerson(who.person, "request", frozenset({wrong})))
    assert acts(book) == before
    assert "bodies" in still_marked(book, who)
    assert plan_erasure(book, who.person).drafts == 2


@pytest.mark.parametrize("roles", [(Role.CASEWORKER,), (Role.ADMINISTRATOR,), (Role.AUDITOR, Role.LAWYER)])
def test_only_a_supervisor_may(book: Casebook, who: Marked, roles: tuple[Role, ...], tmp_path: Path) -> None:
    with laptop(tmp_path, colleague(book, *roles), book) as theirs:
        for refused in (
            lambda: plan_erasure(theirs, who.person),
            lambda: erase_person(theirs, ErasePerson(who.person, "request")),
            lambda: holds.hold_case(theirs, holds.HoldCase(case=who.case, why="x")),
            lambda: holds.block_person(theirs, holds.BlockPerson(person=who.person)),
        ):
            with pytest.raises(NotAllowed):
                refused()
        with theirs.read() as reader, pytest.raises(NotAllowed):
            due(reader)
        with theirs.read() as reader, pytest.raises(NotAllowed):
            erasures(reader)


def test_whoever_is_kept_away_does_not_erase_it(book: Casebook, who: Marked, tmp_path: Path) -> None:
    other = colleague(book, Role.SUPERVISOR)
    keeping_away.keep_away(book, keeping_away.KeepAway(case=who.case, staff=other.staff_id.hex()))
    with laptop(tmp_path, other, book) as theirs:
        for reference in (who.person, who.case):
            with pytest.raises(NotFound):
                plan_erasure(theirs, reference)
            with pytest.raises(NotFound):
                erase_person(theirs, ErasePerson(reference, "request"))


# Holds and blocked data


def test_a_legal_hold_stops_it_until_every_hold_is_off(book: Casebook, who: Marked, tmp_path: Path) -> None:
    other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
    for each in (book, other):
        holds.hold_case(each, holds.HoldCase(case=who.case, why="Court letter 5"))
    give(other, book)
    other.close()
    with pytest.raises(CaseHeldAlready):
        holds.hold_case(book, holds.HoldCase(case=who.case, why="Again"))
    assert len(plan_erasure(book, who.person).held) == 1
    with pytest.raises(CaseHeld):
        erase_person(book, ErasePerson(who.person, "request"))
    assert "bodies" in still_marked(book, who)
    holds.release_case(book, holds.ReleaseCase(case=who.case))
    with pytest.raises(CaseNotHeld):
        holds.release_case(book, holds.ReleaseCase(case=who.case))
    erase(book, who)
    assert still_marked(book, who) == []


def test_where_laptops_disagree_about_a_hold_it_holds(book: Casebook, who: Marked, tmp_path: Path) -> None:
    holds.hold_case(book, holds.HoldCase(case=who.case, why="Court"))
    other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
    holds.release_case(other, holds.ReleaseCase(case=who.case))
    with other.read() as reader:
        hold = reader.session.execute(text("SELECT id FROM case_holds")).scalar_one()
    with book.write("case.held") as act:
        from kzcase.db.tables.erasures import CaseHold

        row: Any = act.session.get_one(CaseHold, bytes(hold))
        row.why, row.state = "Court again", "held"
        act.restated.append(_said_again(book, bytes(hold), bytes.fromhex(who.case)))
    give(other, book)
    other.close()
    with pytest.raises(CaseHeld):
        erase_person(book, ErasePerson(who.person, "request"))


def _said_again(book: Casebook, hold: bytes, case: bytes) -> Any:
    """The same answer once more, as another laptop that does not know of the release might give it."""
    from kzcase.db.recorder import stored_heads
    from kzcase.journal.operations import Change

    heads = stored_heads(book._sql, "case_holds", hold)
    return (case, Change("case_holds", hold, case, ("state",), ("held",), (heads.of("state").dots,)), heads)


def test_blocked_data_are_seen_by_a_supervisor_alone_and_changed_by_nobody(
    book: Casebook, who: Marked, tmp_path: Path
) -> None:
    holds.block_person(book, holds.BlockPerson(person=who.person))
    note = {"act": "note.added", "case": who.case, "text": "x"}
    for wish in (note, {"act": "name.added", "person": who.person, "family": "x"}):
        with pytest.raises(DataBlocked):
            do(book, **wish)
    assert open_case(book, who.case).notes  # a supervisor
    with laptop(tmp_path, colleague(book, Role.CASEWORKER), book) as theirs:
        with pytest.raises(DataBlocked):
            open_case(theirs, who.case, "danger")
        theirs.show_names()
        theirs.having_opened(bytes.fromhex(who.case))
        with theirs.read() as reader:
            (hit, *_) = search(reader, who.word)
            assert hit.name is None
    holds.unblock_person(book, holds.UnblockPerson(person=who.person))
    do(book, **note)
    holds.block_person(book, holds.BlockPerson(person=who.person))
    erase(book, who)
    assert still_marked(book, who) == []


def test_a_veil_without_blocked_data_is_noticed(book: Casebook, who: Marked, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above: the guard is what refuses."""
    holds.block_person(book, holds.BlockPerson(person=who.person))
    monkeypatch.setattr("kzcase.actions.finding.blocked_people", lambda _act: frozenset())
    do(book, act="note.added", case=who.case, text="x")


# Drafts


def test_drafts_of_others_stay(book: Casebook, who: Marked) -> None:
    drafts.save_draft(book, drafts.KeptDraft(f"note/{'ab' * 16}", {"text": "Something else"}))
    erase(book, who)
    with book.read() as reader:
        assert [each.place for each in drafts.load_drafts(reader)] == [f"note/{'ab' * 16}"]


# Many mentions


def test_mentions_in_more_cases_than_one_act_can_name(
    book: Casebook, who: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "SCOPES_AN_ACT", 2)
    for _ in range(5):
        do(book, act="note.added", case=a_case(book), text=f"{who.word} и {who.phone}")
    erase(book, who)
    assert still_marked(book, who) == []
    assert book._sql.value("SELECT count(*) FROM acts WHERE kind = 'person.erased'") == 3
    assert book._sql.value("SELECT count(*) FROM erasures") == 1


# One human, written down twice


def test_the_same_human_elsewhere_is_named_until_erased_there_too(book: Casebook) -> None:
    first, second = marked(book, Random(41)), marked(book, Random(42))
    assert plan_erasure(book, first.person).also_in == ()
    do(book, act="persons.merged", person=first.person, other=second.person)
    with book.read() as reader:
        other = case_page(reader, second.case).number
    assert plan_erasure(book, first.person).also_in == (other,) == erasing.written_down_elsewhere(book, first.case)
    erase(book, second)
    assert plan_erasure(book, first.person).also_in == ()


def test_all_records_of_the_same_human_go_in_one_act(desk: Desk) -> None:
    """Nothing of either is left; both are in the register, and the certificate of each names the other."""
    book = desk.book
    first, second = marked(book, Random(43)), marked(book, Random(44))
    do(book, act="persons.merged", person=first.person, other=second.person)
    plan = plan_erasure(book, first.person, together=True)
    assert (plan.records, len(plan.cases), plan.also_in) == (2, 2, ())
    before = acts(book)
    wish = ErasePerson(first.person, "request", frozenset(each.id for each in plan.mentions), together=True)
    number = erase_person(book, wish).number
    assert acts(book) == before + 1
    assert (still_marked(book, first), still_marked(book, second)) == ([], [])
    with book.read() as reader:
        rows = erasures(reader)
    assert sorted(row.person for row in rows) == sorted((first.person, second.person))
    assert all(row.together == (other.number,) for row, other in zip(rows, rows[::-1], strict=True))
    other = next(row.number for row in rows if row.number != number)
    assert other in certificates.erasure_row(desk, number).together


def test_one_record_alone_leaves_the_other(book: Casebook) -> None:
    """The canary of the test above."""
    first, second = marked(book, Random(45)), marked(book, Random(46))
    do(book, act="persons.merged", person=first.person, other=second.person)
    erase(book, first)
    assert still_marked(book, first) == []
    assert "tables" in still_marked(book, second)


def test_a_hold_on_one_of_them_stops_all(book: Casebook) -> None:
    first, second = marked(book, Random(47)), marked(book, Random(48))
    do(book, act="persons.merged", person=first.person, other=second.person)
    do(book, act="case.held", case=second.case, why="Generated")
    before = acts(book)
    with pytest.raises(CaseHeld):
        erase_person(book, ErasePerson(first.person, "request", together=True))
    assert acts(book) == before


# The certificate, backups and what comes out of them


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(office(tmp_path)) as found:
        yield found


def test_the_certificate_counts_and_names_older_backups_and_nobody(desk: Desk, tmp_path: Path) -> None:
    who = marked(desk.book, Random(30))
    back_up(desk, tmp_path / "stick")
    erase(desk.book, who)
    with desk.book.read() as reader:
        (row,) = erasures(reader)
    found = certificates.erasure_row(desk, row.number)
    assert (found.texts, found.attachments, found.reason, found.by) == (3, 1, "request", "Айша")
    assert len(found.backups) == 1
    back_up(desk, tmp_path / "stick")
    assert len(certificates.erasure_row(desk, row.number).backups) == 1
    for language in ("kk", "ru", "en"):
        made = certificates.erasure_certificate(desk, row.number, language)
        from tests.paper.reading import text_of

        said = text_of(made)
        assert row.number in said
        assert found.backups[0][:12] in said
        assert who.word not in said


def test_a_restored_older_backup_lets_go_of_them_again(desk: Desk, tmp_path: Path) -> None:
    """The backup holds everybody; what is known beside it, or on this laptop, is applied before anybody looks."""
    who = marked(desk.book, Random(31))
    back_up(desk, tmp_path / "stick")
    a_case(desk.book)  # which the restored casebook does not have; that it is missing there is known
    erase(desk.book, who)
    keys = open_backup(the_backup(tmp_path / "stick"), PASSPHRASE, floor=TINY)
    restore(tmp_path / "stick", tmp_path / "again.kzcase", keys)
    with opened(tmp_path / "again.kzcase") as again:
        assert [place for place in still_marked(again.book, who) if place != "pages"] == []
        assert still_marked(again.book, who) == []
        with again.book.read() as reader:
            assert len(erasures(reader)) == 1
            kept = "SELECT birth FROM people WHERE id = :p"
            assert reader.session.execute(text(kept), {"p": bytes.fromhex(who.person)}).scalar() == "1994"
        key, path = bytes(again.keys.store_key.reveal()), again.path
    assert [found.check for found in check_files(path, key, deep=True).findings] == []


def test_without_the_register_a_restored_backup_brings_them_back_until_it_meets_another_laptop(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary of the register, and what happens where it is lost."""
    who = marked(desk.book, Random(32))
    back_up(desk, tmp_path / "stick")
    with monkeypatch.context() as lost:
        lost.setattr(erasure_register, "note", lambda _sql: None)
        erase(desk.book, who)
    keys = open_backup(the_backup(tmp_path / "stick"), PASSPHRASE, floor=TINY)
    restore(tmp_path / "stick", tmp_path / "again.kzcase", keys)
    with opened(tmp_path / "again.kzcase") as again:
        assert "bodies" in still_marked(again.book, who)
        give(desk.book, again.book)
        assert still_marked(again.book, who) == []


def test_the_register_lies_beside_the_backups_too_and_says_nothing(desk: Desk, tmp_path: Path) -> None:
    """The laptop was lost with its settings folder; the stick was not."""
    who = marked(desk.book, Random(33))
    back_up(desk, tmp_path / "stick")
    erase(desk.book, who)
    noted = sorted((tmp_path / "stick").glob("*.erasures/*"))
    assert noted
    assert not [file for file in noted if who.word.encode() in file.read_bytes()]
    for file in (paths.home() / "erasures").rglob("*"):
        if file.is_file():
            file.unlink()
    keys = open_backup(the_backup(tmp_path / "stick"), PASSPHRASE, floor=TINY)
    restore(tmp_path / "stick", tmp_path / "again.kzcase", keys)
    with opened(tmp_path / "again.kzcase") as again:
        assert still_marked(again.book, who) == []


def test_a_spoiled_register_stops_nobody(desk: Desk, tmp_path: Path) -> None:
    who = marked(desk.book, Random(34))
    back_up(desk, tmp_path / "stick")
    erase(desk.book, who)
    for file in [*(tmp_path / "stick").glob("*.erasures/*"), *(paths.home() / "erasures").rglob("*")]:
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-1])
    keys = open_backup(the_backup(tmp_path / "stick"), PASSPHRASE, floor=TINY)
    restore(tmp_path / "stick", tmp_path / "again.kzcase", keys)
    with opened(tmp_path / "again.kzcase") as again:
        assert "bodies" in still_marked(again.book, who)
