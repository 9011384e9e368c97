"""One list for the day: tasks, what the rules make due, and what waits for an answer from the person at the laptop."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kzcase.domain.tasks import FIRST, When
from kzcase.i18n import Words, _


class DayKind(StrEnum):
    """What a line of the day is, and so what can be done with it."""

    TASK = "task"
    DUE = "due"
    OFFICE = "office"
    APPROVAL = "approval"
    SENT_BACK = "sent_back"
    TRANSFER = "transfer"
    OFFERED = "offered"
    REQUEST = "request"


DAY_WORDS: Final[dict[DayKind, Words]] = {
    DayKind.TASK: _("Task"),
    DayKind.DUE: _("Deadline"),
    DayKind.OFFICE: _("Office"),
    DayKind.APPROVAL: _("Approval"),
    DayKind.SENT_BACK: _("Sent back"),
    DayKind.TRANSFER: _("Case offered to you"),
    DayKind.OFFERED: _("Offered by you"),
    DayKind.REQUEST: _("Request for a case"),
}
FROM_COLLEAGUES: Final = frozenset(
    {DayKind.APPROVAL, DayKind.SENT_BACK, DayKind.TRANSFER, DayKind.OFFERED, DayKind.REQUEST}
)
_ORDER: Final = tuple(When)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One line. `id` names the task, approval, offer or request it is about; `said` holds what a person wrote there.

    `worker` is who has to do it; `doable`: it is a task that is done by saying so.
    """

    id: str
    kind: DayKind
    when: When
    what: Words
    day: date | None = None
    moment: datetime | None = None
    case: str = ""
    case_number: str = ""
    priority: str = "normal"
    worker: str | None = None
    mine: bool = True
    said: str | None = None
    reason: Words | None = None
    rule_id: str = ""
    repeats: str | None = None
    first_due: date | None = None
    masked: frozenset[str] = frozenset()

    @property
    def doable(self) -> bool:
        """Whether it is a task."""
        return self.kind is DayKind.TASK

    @property
    def order(self) -> tuple[int, bool, date, int, str]:
        """The most urgent first: by group, day and priority."""
        return (
            _ORDER.index(self.when),
            self.day is None,
            self.day or date.max,
            FIRST.get(self.priority, 1),
            self.case_number + self.id,
        )
