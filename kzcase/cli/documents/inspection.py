"""What is said of registers and incidents."""

from datetime import date

from kzcase.cli.documents.document import Document
from kzcase.domain.incidents import AffectedRow, IncidentRow

Value = str | int | list[str] | None


class RegisterDocument(Document, frozen=True, kw_only=True):
    """`kzcase register`: each row by the names of its columns; codes stand as codes. No row names a client."""

    register: str
    as_of: date
    columns: list[str]
    rows: list[dict[str, Value]]
    notes: list[str]
    masked: frozenset[str]


class RegisterWritten(Document, frozen=True, kw_only=True):
    """`kzcase register -o`: the register as a file."""

    register: str
    file: str
    sha256: str


class IncidentOpened(Document, frozen=True, kw_only=True):
    """`kzcase incident open`: the incident and whom it may endanger, the most endangered first.

    `looks_known`: whether the read log could be asked; without it, cases only looked at are missing.
    """

    id: str
    incident: IncidentRow
    affected: list[AffectedRow]
    looks_known: bool


class IncidentList(Document, frozen=True, kw_only=True):
    """`kzcase incident list`."""

    incidents: list[IncidentRow]


class IncidentAffected(Document, frozen=True, kw_only=True):
    """`kzcase incident affected`."""

    number: str
    affected: list[AffectedRow]
    looks_known: bool


class IncidentDone(Document, frozen=True, kw_only=True):
    """`kzcase incident tell` and `incident close`: the act, and the incident as it is now."""

    id: str
    incident: IncidentRow


class NoticeWritten(Document, frozen=True, kw_only=True):
    """`kzcase incident notice`: the draft of a notice as a file."""

    number: str
    whom: str
    file: str
    sha256: str
