"""What the rules answer, one at a time."""

from datetime import date

from kzcase.cli.documents.document import Document


class SameName(Document, frozen=True, kw_only=True):
    """`kzcase same-name`; `why` are codes of `match_reason`."""

    score: float
    same: bool
    why: list[str]


class Iin(Document, frozen=True, kw_only=True):
    """`kzcase iin`; `warnings` are codes of `iin_warning`."""

    valid: bool
    warnings: list[str]


class SkippedDay(Document, frozen=True, kw_only=True):
    """A day that did not count, and the code that says why."""

    date: date
    why: str


class DeadlineAnswer(Document, frozen=True, kw_only=True):
    """`kzcase deadline`. `latest`: until when the term may be extended; `estimated`: a holiday's date is not final."""

    due: date
    skipped: list[SkippedDay]
    rule: str
    source: str
    latest: date | None
    estimated: bool
    doubtful: bool


class StayCount(Document, frozen=True, kw_only=True):
    """One way of counting days."""

    used: int
    left: int
    last_day: date | None


class StayCounted(Document, frozen=True, kw_only=True):
    """`kzcase stay`; `cut_by` is a code of `stay_cut`."""

    rolling: StayCount
    block: StayCount
    last_day: date | None
    cut_by: str | None
