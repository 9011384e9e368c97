"""What is said of casebooks as a whole and of the people who work in them."""

from datetime import date

from kzcase.cli.documents.document import Document


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
    """`kzcase staff remove`: open cases and tasks left under their name, cases handed over, shares they hold."""

    staff: str
    handed_over: int
    cases: int
    tasks: int
    shares: list[int]


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
