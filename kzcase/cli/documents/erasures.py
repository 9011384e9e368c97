"""What is said of erasing people, of legal holds, and of cases past their term."""

from datetime import date

from kzcase.cli.documents.document import Document
from kzcase.domain.erasures import RetentionRow, SuspicionRow


class Erased(Document, frozen=True, kw_only=True):
    """`kzcase person erase`: counts only. `unconfirmed` are laptops that may not know yet.

    `backups` are older copies that are still somewhere, `destroyed` those a new one has replaced.
    """

    number: str
    person: str
    reason: str
    asked_on: date | None
    erased_on: date | None
    by: str
    values: dict[str, int]
    texts: int
    attachments: int
    unconfirmed: list[str]
    backups: list[str]
    destroyed: list[str]
    certificate: str | None


class CertificateWritten(Document, frozen=True, kw_only=True):
    """`kzcase person certificate`."""

    number: str
    file: str


class DataBlocked(Document, frozen=True, kw_only=True):
    """`kzcase person block` and `kzcase person unblock`."""

    person: str
    blocked: bool


class HeldCase(Document, frozen=True, kw_only=True):
    """`kzcase case hold` and `kzcase case release`."""

    case: str
    number: str
    held: bool


class RetentionList(Document, frozen=True, kw_only=True):
    """`kzcase retention`: closed cases past their term, the longest first; calls and referrals that became no case;
    suspicions past theirs."""

    cases: list[RetentionRow]
    without_case: list[RetentionRow]
    suspicions: list[SuspicionRow]
