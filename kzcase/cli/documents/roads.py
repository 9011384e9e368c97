"""What is said of where a case stands."""

from datetime import date, datetime

from kzcase.cli.documents.document import Document


class TrackStands(Document, frozen=True, kw_only=True):
    """The road, or a track beside it: its stage, why, the next one and the facts it waits for."""

    track: str
    stage: str | None
    reasons: list[str]
    next: str | None
    missing_facts: list[str]
    guards: list[str]


class StepWaits(Document, frozen=True, kw_only=True):
    """A risky step that has to wait."""

    step: str
    guard: str
    missing_facts: list[str]


class CaseClock(Document, frozen=True, kw_only=True):
    """A deadline and how it was found."""

    deadline: str
    last_day: date | None
    last_moment: datetime | None
    overdue: bool
    how: list[str]


class StatedFact(Document, frozen=True, kw_only=True):
    """What somebody stated; its `id` is what `fact.corrected` and `fact.withdrawn` take."""

    id: str
    fact: str
    said: str
    day: str | None
    by: str | None


class CaseStands(Document, frozen=True, kw_only=True):
    """`kzcase case stands`; `can_be_stated` are codes for `fact.stated`, what makes sense now first."""

    number: str
    tracks: list[TrackStands]
    waiting_steps: list[StepWaits]
    clocks: list[CaseClock]
    stated: list[StatedFact]
    can_be_stated: list[str]
