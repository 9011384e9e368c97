"""Postponing a task: to a later day, with the reason; the day it was due first stays with it."""

from kzcase.actions.checks import day
from kzcase.actions.finding import find_task
from kzcase.actions.wishes import Done, IsoDate, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotLater, TaskDone


class PostponeTask(Wish, frozen=True, kw_only=True):
    """Put a task off to a later day, and say why."""

    task: Ref
    due: IsoDate
    reason: RequiredLine
    look_reason: LookReason | None = None


@action("task.postponed", PostponeTask)
def postpone_task(book: Casebook, wish: PostponeTask) -> Done:
    """Only forward: whoever wants it earlier does it earlier."""
    with book.write("task.postponed") as act:
        task = find_task(act, wish.task)
        if task.done_on is not None:
            raise TaskDone(place="task")
        until = day(wish.due, "due")
        if until is None or until <= max(task.due or act.today, act.today):
            raise NotLater(place="due")
        task.first_due = task.first_due or task.due
        task.due, task.postponed_why = until, wish.reason.strip()
    return Done(act.id, act.changed, {"task": task.id})
