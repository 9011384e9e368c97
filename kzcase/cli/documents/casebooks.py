"""What is said of casebooks as a whole and of the people who work in them."""

from datetime import date

import msgspec

from kzcase.cli.documents.document import Document


class NewCasebook(Document, frozen=True, kw_only=True):
    """`kzcase new`: the casebook, its administrator's id, and the files of the recovery shares."""

    casebook: str
    staff: str
    shares: list[str]


class StaffAdded(Document, frozen=True, kw_only=True):
    """`kzcase staff add`; `log_key_from`: who hands them the key of the read log, where nobody has yet."""

    staff: str
    name: str
    roles: list[str]
    log_key_from: list[str] = msgspec.field(default_factory=list)


class RolesChanged(Document, frozen=True, kw_only=True):
    """`kzcase staff roles`: the roles from now on; `log_key_from` as in `kzcase staff add`."""

    staff: str
    name: str
    roles: list[str]
    log_key_from: list[str] = msgspec.field(default_factory=list)


class AccessChanged(Document, frozen=True, kw_only=True):
    """`kzcase staff freeze` and `staff unfreeze`: whether the access is closed now."""

    staff: str
    frozen: bool


class LogKeyTaken(Document, frozen=True, kw_only=True):
    """`kzcase staff log-key`: the act that handed the key of the read log on."""

    id: str


class NotesHandedOn(Document, frozen=True, kw_only=True):
    """`kzcase staff hand-on-notes`: how many sealed notes were opened to the colleague."""

    notes: int


class StaffRemoved(Document, frozen=True, kw_only=True):
    """`kzcase staff remove`: open cases (and their numbers) and tasks left under their name, cases handed
    over, shares they hold."""

    staff: str
    handed_over: int
    cases: int
    tasks: int
    shares: list[int]
    numbers: list[str]


class Colleague(Document, frozen=True, kw_only=True):
    """One colleague; `slot` says whether their passphrase opens the casebook, `frozen` that it does not for now."""

    id: str
    name: str
    roles: list[str]
    slot: bool
    added_on: date | None
    removed_on: date | None
    frozen: bool = False
    no_log_key: bool = False


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
