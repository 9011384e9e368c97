"""The JSON each command prints: stable names, added to and never renamed. `kzcase schema` is derived from these."""

from datetime import date, datetime
from typing import Any, Final

import msgspec

from kzcase.domain.rows import CasePage, CaseRow, Counts


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every answer has in common: nothing but the fields named here."""


class NewCasebook(Document, frozen=True, kw_only=True):
    """`kzcase new`: the casebook, its administrator's id, and the files of the recovery shares."""

    casebook: str
    staff: str
    shares: list[str]


class StaffAdded(Document, frozen=True, kw_only=True):
    """`kzcase staff add`."""

    staff: str
    name: str
    roles: list[str]


class StaffRemoved(Document, frozen=True, kw_only=True):
    """`kzcase staff remove`."""

    staff: str


class Colleague(Document, frozen=True, kw_only=True):
    """One colleague; `slot` says whether their passphrase opens the casebook."""

    id: str
    name: str
    roles: list[str]
    slot: bool
    added_on: date | None
    removed_on: date | None


class StaffList(Document, frozen=True, kw_only=True):
    """`kzcase staff list`."""

    staff: list[Colleague]


class CheckFinding(Document, frozen=True, kw_only=True):
    """One thing a check found: the code of the check, and what, in words."""

    check: str
    what: str


class Check(Document, frozen=True, kw_only=True):
    """`kzcase check`."""

    ok: bool
    findings: list[CheckFinding]
    cases: int
    operations: int


class SearchHit(Document, frozen=True, kw_only=True):
    """One case found; `why` are code ids, `masked` names what the acting person may not see."""

    case: str
    number: str
    person: str
    name: str | None
    score: float
    why: list[str]
    masked: list[str]


class Search(Document, frozen=True, kw_only=True):
    """`kzcase search`."""

    hits: list[SearchHit]


class CaseList(Document, frozen=True, kw_only=True):
    """`kzcase case list`: one page, and how many cases there are."""

    cases: list[CaseRow]
    total: int


class HistoryAct(Document, frozen=True, kw_only=True):
    """One act: who did what, when."""

    id: str
    kind: str
    sentence: str
    author: str
    at: datetime
    operations: int


class History(Document, frozen=True, kw_only=True):
    """`kzcase case history`."""

    acts: list[HistoryAct]


class Committed(Document, frozen=True, kw_only=True):
    """One line of `kzcase act --each`: which act (counted from 0), and the ids it made."""

    committed: int
    done: dict[str, str]


class FormInfo(Document, frozen=True, kw_only=True):
    """A form that ships."""

    id: str
    version: str
    title: str
    questions: int
    languages: list[str]


class FormList(Document, frozen=True, kw_only=True):
    """`kzcase form list`."""

    forms: list[FormInfo]


class FormError(Document, frozen=True, kw_only=True):
    """One mistake in a form file: its row (0 where there are none), its place in full, and what is wrong."""

    row: int
    place: str
    message: str


class FormChecked(Document, frozen=True, kw_only=True):
    """`kzcase form check`."""

    ok: bool
    errors: list[FormError]
    questions: int
    languages: list[str]


class FormAnswered(Document, frozen=True, kw_only=True):
    """`kzcase form answer`: by display path, 1-based in repeats."""

    relevant: dict[str, bool]
    values: dict[str, str]
    errors: dict[str, str]


class Printed(Document, frozen=True, kw_only=True):
    """`kzcase print`."""

    file: str
    paper: str
    language: str
    number: str
    sha256: str


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


class SummaryMade(Document, frozen=True, kw_only=True):
    """`kzcase summary`. What concerns the ledger is there only when the summary was made from a casebook."""

    out: str
    files: list[str]
    fingerprints: dict[str, str]
    base: int
    bound: int
    people: int
    cells: int
    stamps: list[str]
    notes: list[str]
    release: str | None = None
    number: str | None = None
    periods: list[str] = []
    closed: bool | None = None
    approved: bool | None = None


class ExposedCell(Document, frozen=True, kw_only=True):
    """A cell of which too much can be told."""

    table: str
    cell: str
    low: int
    high: int
    release: str


class Attacked(Document, frozen=True, kw_only=True):
    """`kzcase attack`. `altered`: releases whose numbers are not the ones their description names."""

    cells: int
    exposed: list[ExposedCell]
    contradictory: bool
    altered: list[str]


class Step(Document, frozen=True, kw_only=True):
    """One step of the demonstration and how long it took."""

    act: str
    seconds: float


class Demonstration(Document, frozen=True, kw_only=True):
    """`kzcase demo`."""

    casebook: str
    passphrase_file: str
    papers: list[str]
    summary: list[str]
    steps: list[Step]


class Measured(Document, frozen=True, kw_only=True):
    """One bench: how it ended, how long it took, and the lines it printed with its ratios."""

    name: str
    ok: bool
    seconds: float
    lines: list[str]


class Bench(Document, frozen=True, kw_only=True):
    """`kzcase bench`."""

    benches: list[Measured]


OUTPUTS: Final[dict[str, Any]] = {
    "demo": Demonstration,
    "new": NewCasebook,
    "staff add": StaffAdded,
    "staff remove": StaffRemoved,
    "staff list": StaffList,
    "check": Check,
    "count": Counts,
    "search": Search,
    "case show": CasePage,
    "case list": CaseList,
    "case history": History,
    "act": list[dict[str, str]],
    "act --each": Committed,
    "form list": FormList,
    "form check": FormChecked,
    "form answer": FormAnswered,
    "print": Printed,
    "same-name": SameName,
    "iin": Iin,
    "deadline": DeadlineAnswer,
    "stay": StayCounted,
    "summary": SummaryMade,
    "attack": Attacked,
    "bench": Bench,
}
"""Command → what it prints with `--json`. `act --schema` and `schema` print JSON Schemas themselves."""


def schema() -> dict[str, Any]:
    """The JSON Schema of every output."""
    types = list(OUTPUTS.values())
    schemas, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    outputs = dict(zip(OUTPUTS, schemas, strict=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "outputs": outputs, "$defs": components}
