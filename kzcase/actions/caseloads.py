"""A colleague's caseload handed over by whoever leads the team: all or part of it, to one or several, in one act."""

from collections.abc import Sequence
from itertools import cycle
from typing import Annotated, Final

import msgspec
from sqlalchemy import select

from kzcase.actions.finding import find_anybody, find_colleague, find_open_case
from kzcase.actions.holders import may_work, pass_on
from kzcase.actions.wishes import Done, LookReason, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import Transfer
from kzcase.domain.errors import CannotTakeOver, KeptAway, NothingToHandOver, SameColleague, TooManyAtOnce
from kzcase.domain.ids import Id
from kzcase.domain.teamwork import HANDED_OVER, WITHDRAWN
from kzcase.queries.kept_away import kept_away_from
from kzcase.queries.reach import kept_away

MOST: Final = 500
"""An act names every case it touches in its header, which has an end."""


class HandOverCaseload(Wish, frozen=True, kw_only=True):
    """Give open cases of a colleague to others: all of them, or those named. To several they are dealt out in turn,
    the most urgent first; nobody gets a case they are kept away from."""

    colleague: Ref
    to: Annotated[tuple[Ref, ...], msgspec.Meta(min_length=1, max_length=20)]
    cases: Annotated[tuple[Ref, ...], msgspec.Meta(max_length=MOST)] = ()
    note: Text = ""
    with_tasks: bool = True
    look_reason: LookReason | None = None


@action("caseload.handed_over", HandOverCaseload)
def hand_over_caseload(book: Casebook, wish: HandOverCaseload) -> Done:
    """Hand a caseload over in one act, so that it is taken back in one."""
    with book.write("caseload.handed_over") as act:
        giver = find_anybody(act, wish.colleague, "colleague").id
        receivers = _receivers(act, wish.to, giver)
        cases = _wanted(act, wish.cases, giver)
        _end_offers(act, cases)
        for case, receiver in dealt(act, cases, receivers):
            pass_on(act, case, giver, receiver, with_tasks=wish.with_tasks)
            act.add(_row(act, case, giver, receiver, wish))
    return Done(act.id, act.changed, {"staff": giver})


def _receivers(act: Act, references: Sequence[str], giver: Id) -> list[Id]:
    found = [find_colleague(act, reference, "to").id for reference in dict.fromkeys(references)]
    if giver in found:
        raise SameColleague(place="to")
    if not all(may_work(act, receiver) for receiver in found):
        raise CannotTakeOver(place="to")
    return found


def _wanted(act: Act, references: Sequence[str], giver: Id) -> list[Case]:
    """The cases that are theirs and open, of those named or of all; the most urgent first."""
    if references:
        named = [find_open_case(act, reference, f"cases[{at}]") for at, reference in enumerate(references)]
        found = list({case.id: case for case in named if case.worker_id == giver}.values())
    else:
        found = caseload(act, giver)
    if not found:
        raise NothingToHandOver(place="colleague")
    if len(found) > MOST:
        raise TooManyAtOnce(place="cases", most=MOST)
    return sorted(found, key=lambda case: (_URGENCY.get(case.urgency or "", 2), case.number or "", case.id))


_URGENCY: Final = {"immediate": 0, "urgent": 1}


def caseload(reader: Reader, worker: Id) -> list[Case]:
    """The open cases somebody holds, but for those the asker is kept away from."""
    open_ones = (Case.worker_id == worker, Case.closed_on.is_(None), Case.struck.is_not(True))
    away = kept_away(reader)
    return [case for case in reader.session.scalars(select(Case).where(*open_ones)) if case.id not in away]


def dealt(reader: Reader, cases: Sequence[Case], receivers: Sequence[Id]) -> list[tuple[Case, Id]]:
    """Who gets which case: in turn, past whoever is kept away from it. `KeptAway` where that leaves nobody."""
    turn, found = cycle(receivers), []
    for case in cases:
        away = kept_away_from(reader, case.id)
        fitting = next((one for one in (next(turn) for _each in receivers) if one not in away), None)
        if fitting is None:
            raise KeptAway(place="to")
        found.append((case, fitting))
    return found


def _end_offers(act: Act, cases: Sequence[Case]) -> None:
    """Offers of these cases that nobody has answered are over."""
    waiting = (Transfer.state.is_(None), Transfer.struck.is_not(True))
    ids = [case.id for case in cases]
    for offer in act.session.scalars(select(Transfer).where(Transfer.case_id.in_(ids), *waiting)):
        offer.state, offer.answered_by, offer.answered_at = WITHDRAWN, act.acting.staff_id, act.now


def _row(act: Act, case: Case, giver: Id, receiver: Id, wish: HandOverCaseload) -> Transfer:
    """That the case was given, by whom, with which word; it stands in the history of the case."""
    return Transfer(
        case_id=case.id,
        from_id=giver,
        to_id=receiver,
        note=wish.note.strip() or None,
        with_tasks=wish.with_tasks,
        offered_by=act.acting.staff_id,
        offered_at=act.now,
        state=HANDED_OVER,
    )
