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
    """`kzcase deadline`. `latest`: until when the term may be extended; `estimated`: a holiday's date is not final.
    `change`: the id of the office's own change that set the term."""

    due: date
    skipped: list[SkippedDay]
    rule: str
    name: str
    source: str
    latest: date | None
    estimated: bool
    doubtful: bool
    change: str = ""


class RuleVersion(Document, frozen=True, kw_only=True):
    """One version of a rule. `within` says term, unit and extension in words; `start`: what it counts from."""

    id: str
    name: str
    start: str
    within: str
    term: int
    unit: str
    up_to: int | None
    valid_from: date | None
    valid_to: date | None
    replaced_by: str
    doubtful: bool
    source: str


class RuleList(Document, frozen=True, kw_only=True):
    """`kzcase deadline --list`: every version of every rule."""

    rules: list[RuleVersion]


class StayCount(Document, frozen=True, kw_only=True):
    """One way of counting days."""

    used: int
    left: int
    last_day: date | None


class StayCounted(Document, frozen=True, kw_only=True):
    """`kzcase stay`; `cut_by` is a code of `stay_cut`. `days_left`: from today to the last day, both counted."""

    last_day: date | None
    days_left: int | None
    cut_by: str | None
    rolling: StayCount
    block: StayCount


class ListNamed(Document, frozen=True, kw_only=True):
    """A code list, how many codes it has and what the first of them are called."""

    id: str
    codes: int
    such: str = ""


class CodeLists(Document, frozen=True, kw_only=True):
    """`kzcase codes`: the lists there are."""

    lists: list[ListNamed]


class CodeNamed(Document, frozen=True, kw_only=True):
    """A code in three languages and the time it holds; on screen `name`, in the reader's, stands for the three."""

    code: str
    name: str
    kk: str
    ru: str
    en: str
    valid_from: date | None
    valid_to: date | None
    doubtful: bool


class CodesOfList(Document, frozen=True, kw_only=True):
    """`kzcase codes LIST`, in the order of the list; codes that are no longer offered have a `valid_to`."""

    id: str
    codes: list[CodeNamed]
