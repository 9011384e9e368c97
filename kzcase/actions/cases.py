"""Cases: opened from ten fields, assigned, closed and reopened; their notes and tasks."""

from datetime import UTC, datetime, time
from typing import Final

from kzcase.actions.approvals import must_not_wait_for_approval
from kzcase.actions.checks import code, day, long_ago, optional_code, past_day, unknown_code
from kzcase.actions.courses import course_row
from kzcase.actions.finding import find_call, find_case, find_colleague, find_open_case, find_person, find_task
from kzcase.actions.guards import must_be_free_to_close, must_not_be_held
from kzcase.actions.holders import is_here
from kzcase.actions.numbers import next_number
from kzcase.actions.people import PersonFacts, add_person
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Required, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case, Note, Task
from kzcase.db.tables.office import Call
from kzcase.db.tables.people import Person
from kzcase.domain.case_facts import WITHOUT_FEEDBACK
from kzcase.domain.errors import (
    AskThemFirst,
    CallTaken,
    CaseNotClosed,
    HeldByAnother,
    KeptAway,
    MissingPerson,
    SafeguardOpen,
    TaskDone,
)
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.tasks import after
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.kept_away import kept_away_from
from kzcase.queries.proceedings import unsettled

LOST: Final = "lost_contact"
_NOON: Final = time(12)
"""When on another day something happened, nobody asks for the hour."""


class OpenCase(Wish, frozen=True, kw_only=True):
    """Open a case for a new person, or for one who is known already (`person_id`)."""

    kind: Code
    region: Code | None = None
    note: Text = ""
    person: PersonFacts | None = None
    person_id: Ref | None = None
    border_point: Code | None = None
    worker: Ref | None = None
    source: Code | None = None
    urgency: Code | None = None
    opened_on: IsoDate | None = None
    call: Ref | None = None
    look_reason: LookReason | None = None


class AddNote(Wish, frozen=True, kw_only=True):
    """Write a note into a case."""

    case: Ref
    text: Required
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class AddTask(Wish, frozen=True, kw_only=True):
    """Something to do by a date. One that `repeats` comes again when it is done."""

    case: Ref
    title: RequiredLine
    due: IsoDate
    assignee: Ref | None = None
    priority: Code | None = None
    note: Text = ""
    repeats: Code | None = None
    look_reason: LookReason | None = None


class CompleteTask(Wish, frozen=True, kw_only=True):
    """Mark a task as done."""

    task: Ref
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class AssignCase(Wish, frozen=True, kw_only=True):
    """Give a case to a worker."""

    case: Ref
    worker: Ref
    look_reason: LookReason | None = None


class CloseCase(Wish, frozen=True, kw_only=True):
    """Close a case with its reason."""

    case: Ref
    reason: Code
    summary: Text = ""
    feedback_asked: bool = False
    """The person was asked what they think of the help."""
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class ReopenCase(Wish, frozen=True, kw_only=True):
    """Open a closed case again."""

    case: Ref
    reason: Required
    look_reason: LookReason | None = None


@action("case.opened", OpenCase)
def open_case(book: Casebook, wish: OpenCase) -> Done:
    """Open a case. Nothing but its kind and a person is needed: urgent help never waits for a form."""
    with book.write("case.opened") as act:
        case, person = add_case(act, wish, book.facts.code)
        warned = long_ago(case.opened_on, act.today, "opened_on")
    if wish.worker:
        book.having_opened(case.id)  # whoever wrote it may go on in it, though it is another's
    return Done(act.id, act.changed, {"case": case.id, "person": person.id}, case.number or "", warned=warned)


def add_case(act: Act, wish: OpenCase, laptop: str) -> tuple[Case, Person]:
    """The rows of a new case and of whom it is about."""
    person = _person(act, wish)
    call = _untaken_call(act, wish.call) if wish.call else None
    case = _case_row(act, wish, person, call, laptop)
    if call is not None:
        call.case_id = case.id
    if wish.note.strip():
        _note(act, case, wish.note)
    return case, person


def _person(act: Act, wish: OpenCase) -> Person:
    if wish.person_id is not None:
        return find_person(act, wish.person_id, "person_id")
    if wish.person is None:
        raise MissingPerson(place="person")
    return add_person(act, wish.person)


def _untaken_call(act: Act, reference: str) -> Call:
    call = find_call(act, reference)
    if call.case_id is not None:
        raise CallTaken(place="call")
    return call


def _case_row(act: Act, wish: OpenCase, person: Person, call: Call | None, laptop: str) -> Case:
    rules = act.rulebook
    worker = find_colleague(act, wish.worker).id if wish.worker else act.acting.staff_id
    return act.add(
        Case(
            number=next_number(act, laptop),
            kind=_kind(act, wish.kind),
            region=optional_code(rules, "region", wish.region, "region") or (call.region if call else None),
            border_point=optional_code(rules, "border_point", wish.border_point, "border_point"),
            client_id=person.id,
            worker_id=worker,
            source=optional_code(rules, "case_source", wish.source, "source"),
            urgency=optional_code(rules, "urgency", wish.urgency, "urgency"),
            opened_on=past_day(wish.opened_on, act.today, "opened_on"),
            call_id=call.id if call else None,
        )
    )


def _kind(act: Act, kind: str) -> str:
    """A kind of case that has a pathway in this version."""
    if kind not in act.rulebook.pathways:
        kinds = act.rulebook.codes["case_kind"]
        raise unknown_code("case_kind", kind, "kind", {each: kinds.get(each) for each in act.rulebook.pathways})
    return kind


def _note(act: Act, case: Case, text: str, on: str | None = None) -> Note:
    day = past_day(on, act.today)
    moment = act.now if day == act.today else datetime.combine(day, _NOON, KAZAKHSTAN).astimezone(UTC)
    return act.add(Note(case_id=case.id, text=text.strip(), written_at=moment, author_id=act.acting.staff_id))


@action("note.added", AddNote)
def add_note(book: Casebook, wish: AddNote) -> Done:
    """Write a note, also into a closed case: what is learnt later must not be lost."""
    with book.write("note.added") as act:
        case = find_case(act, wish.case)
        note = _note(act, case, wish.text, wish.on)
        warned = long_ago(day(wish.on, "on"), case.opened_on or act.today, "on")
    return Done(act.id, act.changed, {"note": note.id, "case": case.id}, warned=warned)


@action("task.added", AddTask)
def add_task(book: Casebook, wish: AddTask) -> Done:
    """Add a task to an open case."""
    with book.write("task.added") as act:
        case = find_open_case(act, wish.case)
        assignee = _colleague_for(act, case, wish.assignee, "assignee") if wish.assignee else case.worker_id
        task = act.add(Task(case_id=case.id, title=wish.title.strip(), due=day(wish.due, "due"), assignee_id=assignee))
        task.priority = optional_code(act.rulebook, "task_priority", wish.priority, "priority")
        task.repeats = optional_code(act.rulebook, "task_repeat", wish.repeats, "repeats")
        task.note = wish.note.strip() or None
    return Done(act.id, act.changed, {"task": task.id, "case": case.id})


def _colleague_for(act: Act, case: Case, reference: str, place: str) -> Id:
    """A colleague who may be given something to do on a case."""
    colleague = find_colleague(act, reference, place)
    if colleague.id in kept_away_from(act, case.id):
        raise KeptAway(place=place)
    return colleague.id


@action("task.done", CompleteTask)
def complete_task(book: Casebook, wish: CompleteTask) -> Done:
    """Mark a task as done, today unless another day is named."""
    with book.write("task.done") as act:
        task = find_task(act, wish.task)
        if task.done_on is not None:
            raise TaskDone(place="task")
        task.done_on = past_day(wish.on, act.today)
        following = _following(act, task)
        ids = {"task": task.id} | ({"next": act.add(following).id} if following else {})
    return Done(act.id, act.changed, ids)


def _following(act: Act, task: Task) -> Task | None:
    """The same again, later, where the task repeats and its case is still open."""
    case = act.session.get(Case, task.case_id or b"")
    how = act.rulebook.codes["task_repeat"].get(task.repeats or "")
    if how is None or case is None or case.closed_on is not None:
        return None
    begun = max(task.due or act.today, task.done_on or act.today)
    same = {name: getattr(task, name) for name in ("case_id", "title", "assignee_id", "priority", "note", "repeats")}
    return Task(due=after(begun, how.attribute("days"), how.attribute("months")), **same)


@action("case.assigned", AssignCase)
def assign_case(book: Casebook, wish: AssignCase) -> Done:
    """Give an open case to another worker at once: whoever leads the team does so. Others take a case that nobody
    holds, offer their own (`transfer.offered`), or ask for a colleague's (`case.requested`)."""
    with book.write("case.assigned") as act:
        case = find_open_case(act, wish.case)
        receiver = _colleague_for(act, case, wish.worker, "worker")
        if not act.may(Permission.LEAD_TEAM):
            _must_be_for_taking(act, case, receiver)
        case.worker_id = receiver
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


def _must_be_for_taking(act: Act, case: Case, receiver: Id) -> None:
    """Responsibility passes to nobody who has not taken it, and from nobody who was not asked."""
    if receiver != act.acting.staff_id:
        raise AskThemFirst(place="worker")
    if is_here(act, case.worker_id) and case.worker_id != receiver:
        raise HeldByAnother(place="case")


@action("case.closed", CloseCase)
def close_case(book: Casebook, wish: CloseCase) -> Done:
    """Close a case; it stays readable and can be reopened."""
    with book.write("case.closed") as act:
        case = find_open_case(act, wish.case)
        if case.client_id and unsettled(act, case.client_id):
            raise SafeguardOpen(place="case")
        must_not_wait_for_approval(act, case, "closing", "case")
        reason, closed_on = code(act.rulebook, "closure_reason", wish.reason, "reason"), past_day(wish.on, act.today)
        _check_list(act, case, wish)
        if wish.feedback_asked:
            course_row(act, case, "feedback_asked", closed_on.isoformat())
        case.closed_on, case.closure_reason = closed_on, reason
        case.closing_summary = wish.summary.strip() or None
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


def _check_list(act: Act, case: Case, wish: CloseCase) -> None:
    """What has to be there before a case is closed; contact counts as lost only after enough attempts."""
    given = {
        "closing_reason": True,
        "closing_summary": bool(wish.summary.strip()),
        "feedback_asked": wish.feedback_asked,
        "feedback_impossible": wish.reason in WITHOUT_FEEDBACK,
    }
    also = {fact: True for fact, said in given.items() if said}
    if wish.reason == LOST:
        must_not_be_held(act, case, "mark_lost_contact", "reason", also)
    must_be_free_to_close(act, case, wish.reason, "reason")
    must_not_be_held(act, case, "close_case", "case", also)


@action("case.reopened", ReopenCase)
def reopen_case(book: Casebook, wish: ReopenCase) -> Done:
    """Open a closed case again, with the reason as a note."""
    with book.write("case.reopened") as act:
        case = find_case(act, wish.case)
        if case.closed_on is None:
            raise CaseNotClosed(place="case")
        case.closed_on = case.closure_reason = case.closing_summary = None
        course_row(act, case, "reopened")
        _note(act, case, wish.reason)
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")
