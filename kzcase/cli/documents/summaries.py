"""What is said of protected summaries and of attacks on them."""

import msgspec

from kzcase.cli.documents.document import Document


class SummaryMade(Document, frozen=True, kw_only=True):
    """`kzcase summary`. What concerns the ledger is there only when the summary was made from a casebook.

    `from_data`, for a file of cases: the columns with categories that stand in no [codebook].
    """

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
    periods: list[str] = msgspec.field(default_factory=list)
    closed: bool | None = None
    approved: bool | None = None
    from_data: list[str] = msgspec.field(default_factory=list)


class ExposedCell(Document, frozen=True, kw_only=True):
    """A cell of which too much can be told."""

    table: str
    cell: str
    low: int
    high: int
    release: str


class Attacked(Document, frozen=True, kw_only=True):
    """`kzcase attack`. `altered`: releases whose numbers are not the ones their description names; `undescribed`:
    releases of which nobody can tell, because the description or its fingerprint of the numbers is missing."""

    cells: int
    exposed: list[ExposedCell]
    contradictory: bool
    altered: list[str]
    undescribed: list[str]
