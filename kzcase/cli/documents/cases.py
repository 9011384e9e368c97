"""What is said of cases, their history and their attachments, and of acts that were performed."""

from datetime import datetime
from typing import Any, Final

from kzcase.cli.documents.document import Document
from kzcase.domain.person_rows import AlikeRow, PairRow
from kzcase.domain.rows import AttachmentRow, CaseRow
from kzcase.domain.tracing import SoughtRow


class SearchHit(Document, frozen=True, kw_only=True):
    """One case found; `why` are code ids, `masked` names what the acting person may not see."""

    case: str
    number: str
    person: str
    name: str | None
    score: float
    why: list[str]
    masked: frozenset[str]


class Search(Document, frozen=True, kw_only=True):
    """`kzcase search`."""

    hits: list[SearchHit]


class CaseList(Document, frozen=True, kw_only=True):
    """`kzcase case list`: one page, and how many cases there are."""

    cases: list[CaseRow]
    total: int


class ListWritten(Document, frozen=True, kw_only=True):
    """`kzcase case export`: the file the list was written to."""

    file: str
    sha256: str


class HistoryAct(Document, frozen=True, kw_only=True):
    """One act: who did what, when."""

    id: str
    kind: str
    sentence: str
    author: str
    at: datetime
    operations: int
    ahead: bool = False
    """That moment is still to come: a clock was ahead, and the true day is not known."""


class History(Document, frozen=True, kw_only=True):
    """`kzcase case history`."""

    acts: list[HistoryAct]


class Warned(Document, frozen=True, kw_only=True):
    """Something an act was taken with and that somebody should look at: its place, a code of `act`, and in words."""

    place: str
    warning: str
    what: str


Performed = dict[str, str | list[Warned]]
"""One act of `kzcase act`: its kind as `act`, its `id`, the ids of what it made by what they are, and `warnings`."""


class ActNamed(Document, frozen=True, kw_only=True):
    """A kind of act and what the history calls one."""

    act: str
    name: str


class ActList(Document, frozen=True, kw_only=True):
    """`kzcase act --list`: the acts there are."""

    acts: list[ActNamed]


class Committed(Document, frozen=True, kw_only=True):
    """One line of `kzcase act --each`: which act (counted from 0), and what it made."""

    committed: int
    done: Performed


OF_ACTS: Final[dict[str, Any]] = {"act": list[Performed], "act --each": Committed, "act --list": ActList}
"""Part of the outputs."""


class AttachmentAdded(Document, frozen=True, kw_only=True):
    """`kzcase attachment add`: what came in, as it was made anew; `pages` is 0 for a recording, `size` in bytes."""

    attachment: str
    case: str
    media_type: str
    pages: int
    size: int


class AttachmentList(Document, frozen=True, kw_only=True):
    """`kzcase attachment list`."""

    attachments: list[AttachmentRow]


class AttachmentCopied(Document, frozen=True, kw_only=True):
    """`kzcase attachment copy`."""

    file: str
    attachment: str
    size: int


class AlikePeople(Document, frozen=True, kw_only=True):
    """`kzcase person alike`: who may be the same person, the likeliest first, with a score (0..1) and why."""

    people: list[AlikeRow]


class PossiblePairs(Document, frozen=True, kw_only=True):
    """`kzcase person pairs`: pairs of people who may be one, and that nobody has decided about."""

    pairs: list[PairRow]


class PerhapsSought(Document, frozen=True, kw_only=True):
    """`kzcase person sought`: people who may be somebody that is asked after, for supervisors."""

    sought: list[SoughtRow]


class PersonPaper(Document, frozen=True, kw_only=True):
    """`kzcase person print`: which paper, and the file it was written to."""

    paper: str
    language: str
    file: str
    sha256: str
