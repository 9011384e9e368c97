"""Approvals nobody gives themselves quietly, flags for whom they are meant, minutes that become tasks, tasks again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import approvals, flags
from kzcase.actions.cases import CompleteTask, complete_task
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.queries.case_page import case_page
from kzcase.queries.my_day import waiting_count
from kzcase.queries.together import together
from tests.actions.steps import a_case, do
from tests.actions.teams import Team, lines, team
from tests.db.books import founded
from tests.db.laptops import forge, left_out, row

CLOSING = {"act": "case.closed", "reason": "goals_reached", "summary": "Generated.", "feedback_asked": True}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Team]:
    """The founder, another supervisor, and a caseworker who holds the case."""
    with team(tmp_path, "dana", "asel", roles={"dana": (Role.SUPERVISOR, Role.CASEWORKER)}) as made:
        do(made.founder, act="case.assigned", case=made.case, worker=made.id("asel"))
        made.meet()
        yield made


def ask(book: Casebook, case: str, what: str = "closing") -> str:
    return do(book, act="approval.asked", case=case, what=what, note="Generated.").ids["approval"].hex()


# Approvals


def test_an_approval_goes_to_a_supervisor_and_comes_back_with_a_comment(office: Team) -> None:
    asel = office.books["asel"]
    approval = ask(asel, office.case)
    with pytest.raises(errors.NotAllowed):
        do(asel, act="approval.given", approval=approval)
    with pytest.raises(errors.AlreadyAsked):
        ask(asel, office.case)
    office.meet()
    with office.founder.read() as reader:
        assert [(line.kind, line.said) for line in lines(reader)] == [("approval", "Generated.")]
        assert waiting_count(reader) == 1
    do(office.founder, act="approval.sent_back", approval=approval, comment="The plan is missing.")
    office.meet()
    with asel.read() as reader:
        assert [(line.kind, line.said) for line in lines(reader)] == [("sent_back", "The plan is missing.")]
    with pytest.raises(errors.AwaitsApproval):
        do(asel, **CLOSING, case=office.case)
    again = ask(asel, office.case)
    office.meet()
    do(office.books["dana"], act="approval.given", approval=again)
    office.meet()
    with asel.read() as reader:
        assert lines(reader) == []
        assert [(one.outcome, one.own) for one in together(reader, office.case).approvals] == [
            ("approved", False),
            ("sent_back", False),
        ]
    with pytest.raises(errors.AlreadyDecided):
        do(office.founder, act="approval.given", approval=again)


def test_nobody_approves_their_own_while_somebody_else_can(office: Team) -> None:
    """Not by the plain act, and not by the right of its own either."""
    approval = ask(office.founder, office.case)
    for act in ("approval.given", "approval.sent_back"):
        with pytest.raises(errors.OwnApproval):
            do(office.founder, act=act, approval=approval, comment="Generated.")
    with pytest.raises(errors.OthersApprove):
        do(office.founder, act="approval.self_given", approval=approval, comment="Generated.")
    dana = ask(office.books["dana"], office.case, "plan")
    with pytest.raises(errors.NotAllowed):
        do(office.books["dana"], act="approval.self_given", approval=dana, comment="Generated.")
    with office.founder.read() as reader:
        (asked,) = together(reader, office.case).approvals
    assert (asked.outcome, asked.can_decide, asked.can_approve_own) == ("waiting", False, False)


def test_the_right_to_approve_ones_own_is_another_one_and_never_enough_alone() -> None:
    assert MAY[Permission.APPROVE_OWN].isdisjoint(MAY[Permission.APPROVE])


def test_where_nobody_else_can_it_is_recorded_as_ones_own(book: Casebook) -> None:
    case = a_case(book)
    approval = ask(book, case)
    with pytest.raises(errors.OwnApproval):
        do(book, act="approval.given", approval=approval)
    with pytest.raises(errors.WrongShape):
        do(book, act="approval.self_given", approval=approval)
    do(book, act="approval.self_given", approval=approval, comment="Nobody else works here.")
    with book.read() as reader:
        (asked,) = together(reader, case).approvals
    assert (asked.outcome, asked.own, asked.comment) == ("approved", True, "Nobody else works here.")


def test_the_canary_an_approval_that_does_not_ask_whose_it_is_is_noticed(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "_must_be_anothers", lambda *_given: None)
    case = a_case(book)
    do(book, act="approval.given", approval=ask(book, case))
    with book.read() as reader:
        assert together(reader, case).approvals[0].outcome == "approved"


def test_a_decision_that_no_supervisor_signed_changes_nothing(office: Team) -> None:
    """Forged on a caseworker's laptop inside an innocent kind of act."""
    asel, founder = office.books["asel"], office.founder
    approval, case = bytes.fromhex(ask(asel, office.case)), bytes.fromhex(office.case)
    decided = row("approval_decisions", bytes(16), case, case_id=case, approval_id=approval, outcome="approved")
    office.meet()
    founder.take_in(forge(asel, "note.added", [(case, decided)]))
    with founder.read() as reader:
        assert together(reader, office.case).approvals[0].outcome == "waiting"
    assert not left_out(founder, "waiting")


# Flags


@pytest.mark.parametrize(("seen_by", "seen"), [("everyone", [1, 1]), ("responsible", [1, 1]), ("supervisors", [1, 0])])
def test_a_flag_is_seen_by_whom_it_is_meant_for(office: Team, seen_by: str, seen: list[int]) -> None:
    given = {"kind": "danger", "reason": "Threats.", "seen_by": seen_by}
    flag = do(office.founder, act="flag.raised", case=office.case, **given).ids["flag"].hex()
    office.meet()
    asel = office.books["asel"]
    assert [flags_in(book, office.case) for book in (office.books["dana"], asel)] == seen
    if not seen[1]:
        with pytest.raises(errors.NotFound):
            do(asel, act="flag.taken_down", flag=flag, reason="Generated.")
    do(office.founder, act="flag.taken_down", flag=flag, reason="They moved.")
    with pytest.raises(errors.FlagDown):
        do(office.founder, act="flag.taken_down", flag=flag, reason="Again.")


def flags_in(book: Casebook, case: str) -> int:
    with book.read() as reader:
        return len(together(reader, case).flags)


def test_only_the_responsible_worker_sees_what_is_meant_for_them(tmp_path: Path) -> None:
    with team(tmp_path, "asel", "bolat") as office:
        given = {"kind": "danger", "reason": "Threats.", "seen_by": "responsible"}
        do(office.founder, act="flag.raised", case=office.case, **given)
        do(office.founder, act="case.assigned", case=office.case, worker=office.id("asel"))
        task = {"act": "task.added", "case": office.case, "title": "Generated", "due": "2026-12-01"}
        do(office.founder, **task, assignee=office.id("bolat"))  # so that the case is within his reach
        office.meet()
        assert [flags_in(office.books[name], office.case) for name in ("asel", "bolat")] == [1, 0]


def test_the_canary_a_flag_shown_to_everybody_is_noticed(office: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flags, "may_see_flag", lambda *_given: True)
    given = {"kind": "danger", "reason": "Threats.", "seen_by": "supervisors"}
    flag = do(office.founder, act="flag.raised", case=office.case, **given).ids["flag"].hex()
    office.meet()
    do(office.books["asel"], act="flag.taken_down", flag=flag, reason="Generated.")


# Conferences


def confer(office: Team, **more: Any) -> Done:
    given = {"kind": "plan_review", "minutes": "Generated.", "colleagues": [office.id("dana")]}
    return do(office.founder, act="conference.held", case=office.case, **(given | more))


def test_minutes_name_who_was_there_and_decisions_become_tasks(office: Team) -> None:
    decided = [
        {"text": "Call the lawyer", "due": "2026-12-01"},
        {"text": "Find a room", "due": "2026-12-02", "assignee": office.id("dana")},
        {"text": "Wait"},
    ]
    confer(office, outsiders=[{"name": "Generated", "organisation": "Crisis centre"}], decisions=decided)
    office.founder.show_names()
    with office.founder.read() as reader:
        (held,) = together(reader, office.case).conferences
        assert len(case_page(reader, office.case).tasks) == 2
    assert held.members[1] == ("Generated", "Crisis centre")
    assert [(one.text, one.assignee) for one in held.decisions] == [
        ("Call the lawyer", office.people["asel"].name),
        ("Find a room", office.people["dana"].name),
        ("Wait", None),
    ]
    office.meet()
    with office.books["asel"].read() as reader:
        (seen,) = together(reader, office.case).conferences
        assert seen.members[1] == (None, None), "an outsider is contact data: masked until names are shown"


def test_whoever_is_kept_away_neither_took_part_nor_gets_a_decision(office: Team) -> None:
    do(office.founder, act="case.blocked", case=office.case, staff=office.id("dana"))
    with pytest.raises(errors.KeptAway):
        confer(office)
    with pytest.raises(errors.KeptAway):
        late = {"text": "x", "due": "2026-12-01", "assignee": office.id("dana")}
        confer(office, colleagues=[], decisions=[late])


# Tasks


def test_a_task_that_repeats_comes_again_while_its_case_is_open(book: Casebook) -> None:
    case = a_case(book)
    task = {"act": "task.added", "case": case, "title": "Call", "due": "2026-11-20", "repeats": "monthly"}
    first = do(book, **task, priority="high", note="At home.").ids["task"].hex()
    done = complete_task(book, CompleteTask(task=first))
    with book.read() as reader:
        (line,) = lines(reader)
    assert (line.id, line.day.isoformat(), line.priority) == (done.ids["next"].hex(), "2026-12-22", "high")
    do(book, act="task.postponed", task=line.id, due="2027-01-10", reason="Not at home.")
    with pytest.raises(errors.NotLater):
        do(book, act="task.postponed", task=line.id, due="2027-01-10", reason="Generated.")
    with book.read() as reader:
        (line,) = lines(reader)
    assert (line.day.isoformat(), line.first_due.isoformat()) == ("2027-01-10", "2026-12-22")
