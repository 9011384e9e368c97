"""What is said of passphrases, recovery and the three shares."""

from datetime import date

from kzcase.cli.documents.document import Document


class Recovered(Document, frozen=True, kw_only=True):
    """`kzcase recover`: who has new keys, and by which two shares."""

    staff: str
    name: str
    shares: list[int]


class PassphraseChanged(Document, frozen=True, kw_only=True):
    """`kzcase staff passphrase`."""

    staff: str


class ShareHolder(Document, frozen=True, kw_only=True):
    """One recovery share; `to_replace`: its holder was a colleague who left."""

    number: int
    holder: str | None
    given_on: date | None
    to_replace: bool


class RecoveryShares(Document, frozen=True, kw_only=True):
    """`kzcase staff shares`: the shares that count now, the last trial, and whether another is due."""

    issue: int
    issued_on: date | None
    shares: list[ShareHolder]
    tried_on: date | None
    due_on: date | None
    due: bool
    one_person: bool


class ShareGiven(Document, frozen=True, kw_only=True):
    """`kzcase staff give-share`."""

    number: int
    holder: str


class SharesTried(Document, frozen=True, kw_only=True):
    """`kzcase staff try-shares`: these two open the casebook."""

    shares: list[int]


class SharesMade(Document, frozen=True, kw_only=True):
    """`kzcase staff new-shares`: the number of this issue, and the files of its shares."""

    issue: int
    shares: list[str]
