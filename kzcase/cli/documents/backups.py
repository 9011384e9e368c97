"""What is said of backups, and of casebooks that come out of one."""

from datetime import datetime

from kzcase.cli.documents.casebooks import CheckFinding
from kzcase.cli.documents.document import Document


class BackupMade(Document, frozen=True, kw_only=True):
    """`kzcase backup`: where it is and what it holds; `removed` are older ones that newer ones pushed out.

    `same_disk`: it lies on the disk the casebook lies on, so a lost laptop loses both.
    """

    backup: str
    verified: bool
    taken_at: datetime
    cases: int
    operations: int
    size: int
    missing_attachments: int
    removed: list[str]
    same_disk: bool


class BackupDrill(Document, frozen=True, kw_only=True):
    """`kzcase backup --drill`: the latest backup, restored into a store that was thrown away."""

    backup: str
    ok: bool
    findings: list[CheckFinding]
    cases: int
    operations: int


class RestoredCasebook(Document, frozen=True, kw_only=True):
    """`kzcase restore`: `taken_at` is the moment the casebook shows, `device` the code of its new identity."""

    casebook: str
    backup: str
    taken_at: datetime
    cases: int
    operations: int
    device: str
    missing_attachments: int


class Salvaged(Document, frozen=True, kw_only=True):
    """`kzcase salvage`: `holes` in the old store, `findings` of a check of the new casebook."""

    casebook: str
    acts: int
    cases: int
    holes: int
    missing_attachments: int
    findings: int


class LastRelease(Document, frozen=True, kw_only=True):
    """`kzcase last-release`: whether this copy has every release up to that number."""

    number: int
    complete: bool
