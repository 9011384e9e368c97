"""Handing over: open cases, tasks and the shift of somebody who leaves pass to a successor, in one transaction.

What they had promised (call-backs, signals, requests, what came back to them) is not written anew: whoever takes over
is named in the row of the leaver, and answers for it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Select, or_, select, union

from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.cases import Case, CaseBlock, Task
from kzcase.db.tables.helpline import Shift
from kzcase.db.tables.teamwork import Transfer
from kzcase.domain.ids import Id
from kzcase.domain.teamwork import WITHDRAWN

CASES_AN_ACT: Final = 500
"""An act names every case it touches in its header, which has an end."""
_KIND: Final = "work.handed_over"


def work_of(reader: Reader, leaving: Id) -> tuple[list[Id], list[Id]]:
    """The cases that are theirs and still open, and their tasks that are not done."""
    cases, tasks = _open_cases(leaving).with_only_columns(Case.id), _open_tasks(leaving).with_only_columns(Task.id)
    return list(reader.session.scalars(cases)), list(reader.session.scalars(tasks))


def cases_for(reader: Reader, leaving: Id, successor: Id) -> list[Id]:
    """Every case with open work of theirs, but for those the successor is kept away from."""
    mine, tasks = _open_cases(leaving).with_only_columns(Case.id), _open_tasks(leaving).with_only_columns(Task.case_id)
    offers = _open_offers(leaving).with_only_columns(Transfer.case_id)
    kept_away = select(CaseBlock.case_id).where(
        CaseBlock.staff_id == successor, CaseBlock.state.is_distinct_from("let_back")
    )
    away = set(reader.session.scalars(kept_away))
    return sorted({case for case in reader.session.scalars(union(mine, tasks, offers)) if case} - away)


@contextmanager
def handing_over(book: Casebook, cases: Sequence[Id], leaving: Id, successor: Id) -> Iterator[None]:
    """Hand over what is open in these cases, and in the same transaction whatever the block writes afterwards."""
    some = [cases[at : at + CASES_AN_ACT] for at in range(0, len(cases), CASES_AN_ACT)] or [()]
    with book.batch(_KIND, lambda act: _hand_over(act, some[0], leaving, successor)):
        for more in some[1:]:
            with book.write(_KIND) as act:
                _hand_over(act, more, leaving, successor)
        yield


def has_shift(reader: Reader, leaving: Id) -> bool:
    """Whether they have a shift on the line open."""
    return reader.session.scalars(_open_shifts(leaving)).first() is not None


def _hand_over(act: Act, cases: Sequence[Id], leaving: Id, successor: Id) -> None:
    for case in act.session.scalars(_open_cases(leaving).where(Case.id.in_(cases))):
        case.worker_id = successor
    for task in act.session.scalars(_open_tasks(leaving).where(Task.case_id.in_(cases))):
        task.assignee_id = successor
    for offer in act.session.scalars(_open_offers(leaving).where(Transfer.case_id.in_(cases))):
        offer.state, offer.answered_by, offer.answered_at = WITHDRAWN, act.acting.staff_id, act.now
    for shift in act.session.scalars(_open_shifts(leaving)):
        shift.closed_at, shift.handed_to = act.now, successor


def _open_cases(worker: Id) -> Select[Any]:
    return select(Case).where(Case.worker_id == worker, Case.closed_on.is_(None), Case.struck.is_not(True))


def _open_offers(colleague: Id) -> Select[Any]:
    """Offers of a case by them, which nobody can accept any more, and to them."""
    theirs = or_(Transfer.from_id == colleague, Transfer.to_id == colleague)
    return select(Transfer).where(theirs, Transfer.state.is_(None), Transfer.struck.is_not(True))


def _open_shifts(colleague: Id) -> Select[Any]:
    return select(Shift).where(Shift.opened_by == colleague, Shift.closed_at.is_(None), Shift.struck.is_not(True))


def _open_tasks(assignee: Id) -> Select[Any]:
    return select(Task).where(Task.assignee_id == assignee, Task.done_on.is_(None), Task.struck.is_not(True))
