"""What is said of days that have to be kept, and of the rules in force."""

from datetime import date, datetime

from kzcase.cli.documents.document import Document


class DueThing(Document, frozen=True, kw_only=True):
    """One thing that is due; `kind` is its sort, `moment` the end of a clock of hours, `masked` what is hidden."""

    day: date
    moment: datetime | None
    left: str
    kind: str
    number: str
    what: str | None
    reason: str
    rule: str
    doubtful: bool
    overdue: bool
    worker: str | None
    case: str
    task: str
    masked: list[str]


class DueList(Document, frozen=True, kw_only=True):
    """`kzcase due`: from what is over to the last day asked for."""

    until: date
    due: list[DueThing]


class RuleInForce(Document, frozen=True, kw_only=True):
    """One rule as it ships, or as the office changed it (`change` is the id of the change); `state` says what is to be
    known of it: ours, replaced, updated, disputed or refused."""

    what: str
    rule: str
    name: str
    value: str
    valid_from: date | None
    valid_to: date | None
    doubtful: bool
    source: str
    checked_on: date | None
    change: str
    state: list[str]


class RulesInForce(Document, frozen=True, kw_only=True):
    """`kzcase rules`, with the hash of all of them."""

    hash: str
    rules: list[RuleInForce]
