"""The board and stale cases, counted by hand in a small office: for who leads the team, without whom is kept away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kzcase.db.tables.cases import Case, Task
from kzcase.domain.errors import NotAllowed
from kzcase.domain.permissions import Role
from kzcase.queries import stale
from kzcase.queries.my_day import my_day, waiting_count
from kzcase.queries.stale import stale_cases, stale_counts, stale_list
from kzcase.queries.team import held_cases_of, team_board
from kzcase.queries.timelines import case_timeline
from tests.actions.steps import a_case, do
from tests.actions.teams import Team, team
from tests.db.books import TickingClock
from tests.db.laptops import colleague, forge, laptop, left_out, meet, row


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Team]:
    with team(tmp_path, "asel", "bolat") as made:
        yield made


def later(office: Team, days: int) -> None:
    clock: TickingClock = office.founder._clock  # type: ignore[assignment]
    clock.now += timedelta(days=days)


def test_the_board_counts_what_everybody_holds(office: Team) -> None:
    founder, asel = office.founder, office.id("asel")
    for urgency in ("urgent", "immediate", "routine"):
        a_case(founder, urgency=urgency, worker=asel)
    for due in ("2026-11-20", "2026-12-20"):
        do(founder, act="task.added", case=office.case, title="x", due=due, assignee=asel)
    do(founder, act="transfer.offered", case=office.case, worker=asel)
    do(founder, act="absence.noted", staff=asel, first_day="2026-11-20", last_day="2026-11-30")
    with founder.read() as reader:
        rows = {row.staff: row for row in team_board(reader)}
        held = held_cases_of(reader, asel)
        counted = reader.session.scalars(select(Case.id).where(Case.worker_id == bytes.fromhex(asel))).all()
        tasks = reader.session.scalars(select(Task).where(Task.assignee_id == bytes.fromhex(asel))).all()
    theirs = rows[asel]
    assert (theirs.cases, theirs.urgent, theirs.tasks, theirs.overdue, theirs.waiting) == (
        len(counted),
        2,
        len(tasks),
        1,
        1,
    )
    assert theirs.absent_until is not None
    assert rows[office.id("bolat")].cases == 0
    assert [one.urgency for one in held] == ["immediate", "urgent", "routine"]


def test_only_who_leads_the_team_sees_the_board(office: Team) -> None:
    with office.books["asel"].read() as reader:
        for question in (team_board, lambda reader: stale_list(reader, everybody=True)):
            with pytest.raises(NotAllowed):
                question(reader)
        assert stale_list(reader) == []


def test_a_case_is_stale_when_nobody_acted_on_it_for_longer_than_its_urgency_allows(office: Team) -> None:
    founder = office.founder
    urgent, routine = a_case(founder, urgency="urgent"), a_case(founder, urgency="routine")
    later(office, 6)
    do(founder, act="note.added", case=office.case, text="x")
    with founder.read() as reader:
        assert [(one.case.hex(), one.days, one.allowed) for one in stale_cases(reader)] == [(urgent, 6, 5)]
    later(office, 17)
    with founder.read() as reader:
        assert [row.case for row in stale_list(reader)] == [urgent, routine]
        assert {row.doubtful for row in stale_list(reader)} == {True}, "nobody has confirmed the rule"
    do(founder, act="note.added", case=urgent, text="x")
    with founder.read() as reader:
        assert [row.case for row in stale_list(reader)] == [routine]


def test_an_act_on_another_laptop_counts_once_it_has_come(office: Team, tmp_path: Path) -> None:
    founder = office.founder
    case = a_case(founder, urgency="immediate")
    later(office, 4)
    with laptop(tmp_path, colleague(founder, Role.SUPERVISOR), founder, clock=founder._clock) as other:  # type: ignore[arg-type]
        do(other, act="note.added", case=case, text="x")
        with founder.read() as reader:
            assert case in [row.case for row in stale_list(reader, everybody=True)]
        meet(founder, other)
    with founder.read() as reader:
        assert case not in [row.case for row in stale_list(reader, everybody=True)]


def test_the_canary_a_worklist_that_looks_at_the_first_act_is_noticed(
    office: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stale, "_STALE", stale._STALE.replace("ORDER BY p.first_seq DESC", "ORDER BY p.first_seq"))
    case = a_case(office.founder, urgency="urgent")
    later(office, 10)
    do(office.founder, act="note.added", case=case, text="x")
    with office.founder.read() as reader:
        assert case in [one.case.hex() for one in stale_cases(reader)]


def test_an_act_that_does_not_count_keeps_no_case_fresh(office: Team) -> None:
    """Forged by somebody whose role writes no notes: it is kept, and changes nothing."""
    founder = office.founder
    case, auditor = bytes.fromhex(a_case(founder, urgency="immediate")), colleague(founder, Role.AUDITOR)
    later(office, 4)
    with laptop(founder.folder.path.parent, auditor, founder, clock=founder._clock) as book:  # type: ignore[arg-type]
        forged = forge(book, "note.added", [(case, row("notes", bytes(16), case, case_id=case, text="x"))])
    founder.take_in(forged)
    assert left_out(founder, "quarantine")
    with founder.read() as reader:
        assert case in [one.case for one in stale_cases(reader)]
        assert stale_counts(reader)[founder.acting.staff_id] >= 1


def test_cases_one_is_kept_away_from_are_in_no_number(office: Team) -> None:
    founder = office.founder
    dana = colleague(founder, Role.SUPERVISOR)
    do(founder, act="task.added", case=office.case, title="x", due="2026-11-20")
    do(founder, act="case.blocked", case=office.case, staff=dana.staff_id.hex())
    later(office, 40)
    with laptop(founder.folder.path.parent, dana, founder, clock=founder._clock) as book, book.read() as reader:  # type: ignore[arg-type]
        assert {(row.cases, row.tasks, row.stale, row.overdue) for row in team_board(reader)} == {(0, 0, 0, 0)}
        assert stale_list(reader, everybody=True) == []


def test_the_timeline_of_a_case_says_what_it_waits_for(office: Team) -> None:
    with office.founder.read() as reader:
        rows = case_timeline(reader, office.case, "en")
    assert {row.state for row in rows} >= {"running", "coming"}
    assert all(row.since is not None for row in rows if row.state == "coming")


def test_the_number_in_the_rail_counts_what_the_list_shows(office: Team) -> None:
    founder = office.founder
    for due in ("2026-11-20", "2026-11-21", "2026-12-20"):
        do(founder, act="task.added", case=office.case, title="x", due=due)
    do(office.books["asel"], act="case.requested", case=office.case, reason="x")
    office.meet()
    waits = {"approval", "transfer", "request"}
    with founder.read() as reader:
        shown = [row for row in my_day(reader) if row.mine and (row.when == "overdue" or row.kind in waits)]
        assert waiting_count(reader) == len(shown)
        assert len(shown) >= 3
