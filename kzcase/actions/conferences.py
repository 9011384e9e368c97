"""Case conferences: who met, what was said, and what was decided; each decision with a day becomes a task."""

from typing import Annotated

import msgspec

from kzcase.actions.checks import code, day, past_day
from kzcase.actions.finding import find_case, find_colleague
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Required, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.teamwork import Conference, ConferenceDecision, ConferenceMember
from kzcase.domain.errors import CaseClosed, KeptAway
from kzcase.domain.ids import Id
from kzcase.queries.kept_away import kept_away_from

MOST = 40


class Outsider(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody who took part and does not work here."""

    name: RequiredLine
    organisation: Line = ""


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was decided; with a day it becomes a task, for the worker of the case unless another colleague is named."""

    text: RequiredLine
    due: IsoDate | None = None
    assignee: Ref | None = None


class HoldConference(Wish, frozen=True, kw_only=True):
    """Write the minutes of a case conference."""

    case: Ref
    kind: Code
    minutes: Required
    on: IsoDate | None = None
    place: Line = ""
    colleagues: Annotated[tuple[Ref, ...], msgspec.Meta(max_length=MOST)] = ()
    outsiders: Annotated[tuple[Outsider, ...], msgspec.Meta(max_length=MOST)] = ()
    decisions: Annotated[tuple[Decided, ...], msgspec.Meta(max_length=MOST)] = ()
    next_on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("conference.held", HoldConference)
def hold_conference(book: Casebook, wish: HoldConference) -> Done:
    """Write them down with everybody who was there; a colleague who is kept away from the case cannot have been."""
    with book.write("conference.held") as act:
        case = find_case(act, wish.case)
        row = act.add(
            Conference(
                case_id=case.id,
                held_on=past_day(wish.on, act.today),
                kind=code(act.rulebook, "conference_kind", wish.kind, "kind"),
                place=wish.place.strip() or None,
                minutes=wish.minutes.strip(),
                next_on=day(wish.next_on, "next_on"),
                written_by=act.acting.staff_id,
            )
        )
        _members(act, case, row, wish)
        for at, decided in enumerate(wish.decisions):
            _decision(act, case, row, at, decided)
    return Done(act.id, act.changed, {"conference": row.id, "case": case.id}, case.number or "")


def _members(act: Act, case: Case, row: Conference, wish: HoldConference) -> None:
    of = {"case_id": case.id, "conference_id": row.id}
    inside = [_colleague(act, case, one, f"colleagues[{at}]") for at, one in enumerate(dict.fromkeys(wish.colleagues))]
    for at, staff in enumerate(inside):
        act.add(ConferenceMember(**of, position=at, staff_id=staff))
    for at, other in enumerate(wish.outsiders, len(inside)):
        theirs = {"name": other.name.strip(), "organisation": other.organisation.strip() or None}
        act.add(ConferenceMember(**of, position=at, **theirs))


def _colleague(act: Act, case: Case, reference: str, place: str) -> Id:
    found = find_colleague(act, reference, place).id
    if found in kept_away_from(act, case.id):
        raise KeptAway(place=place)
    return found


def _decision(act: Act, case: Case, row: Conference, at: int, decided: Decided) -> None:
    task = _task(act, case, decided, f"decisions[{at}]") if decided.due else None
    of = {"case_id": case.id, "conference_id": row.id, "position": at}
    act.add(ConferenceDecision(**of, text=decided.text.strip(), task_id=task.id if task else None))


def _task(act: Act, case: Case, decided: Decided, place: str) -> Task:
    if case.closed_on is not None:
        raise CaseClosed(place=place)
    whom = decided.assignee
    assignee = _colleague(act, case, whom, f"{place}.assignee") if whom else case.worker_id
    due = day(decided.due, f"{place}.due")
    return act.add(Task(case_id=case.id, title=decided.text.strip(), due=due, assignee_id=assignee))
