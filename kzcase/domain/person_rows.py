"""Frozen rows about people and who belongs to them, as one asker may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kzcase.domain.rows import CaseRow, PersonRow


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Somebody who may be the same person: how alike (0..1), why as codes of `match_reason`, and a case of theirs."""

    person: str
    score: float
    why: tuple[str, ...]
    case: CaseRow


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two people who may be one, for whoever decides it."""

    first: AlikeRow
    second: AlikeRow


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record about a person: what kind, and its fields as text. `ends`: the day that is near or past, if any."""

    id: str
    record: str
    values: Mapping[str, str]
    ends: date | None = None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Somebody who belongs to the person. `theirs`: the person is this to them, not the other way round.

    `expired` was said of suspicions past their term; these are shown to nobody now.
    """

    id: str
    kind: str | None
    other: str
    name: str | None
    theirs: bool = False
    since: str | None = None
    until: str | None = None
    said_by: str | None = None
    keep_until: date | None = None
    expired: bool = False
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of somebody's path: how far it is, and what it waits for (of each group one is enough)."""

    step: str
    state: str
    waits_for: tuple[tuple[str, ...], ...]
    can_begin: bool
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in the household, with the nationality status and the path that are theirs alone.

    `apart`: they were heard apart, by a colleague and without a relative between them.
    """

    id: str
    person: str
    name: str | None
    nationality_status: str | None
    interviewed_apart_on: date | None
    interviewed_by: str | None = None
    interpreter: str | None = None
    apart: bool = False
    near: bool = True
    steps: tuple[StepRow, ...] = ()
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A paper of somebody of the household that may prove a member's step: whose it is, and what it is."""

    document: str
    person: str
    name: str | None
    kind: str | None
    serves: int
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonCaseRow:
    """A case of the person that the asker may look into."""

    id: str
    number: str
    kind: str | None
    stage: str | None
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person that the asker may see.

    `evidence`: papers of the whole household, each of which may serve every member's path. `known_elsewhere`: there are
    cases of others; told to supervisors alone, and nothing else of them. `kept_where`: by document the place in the
    office where its original is kept; None where the asker may not know it.
    """

    person: PersonRow
    merged: tuple[PersonRow, ...]
    cases: tuple[PersonCaseRow, ...]
    records: tuple[RecordRow, ...]
    relations: tuple[RelationRow, ...]
    household: tuple[MemberRow, ...]
    steps: tuple[StepRow, ...]
    unsettled: tuple[str, ...] = field(default=())
    evidence: tuple[EvidenceRow, ...] = ()
    kept_originals: tuple[str, ...] = ()
    kept_where: Mapping[str, str | None] = field(default_factory=dict)
    known_elsewhere: bool = False
    direction: str | None = None
    """Which way they went, by the legs of their way: a code of the list `direction`."""

    def of(self, record: str) -> tuple[RecordRow, ...]:
        """The records of one kind."""
        return tuple(row for row in self.records if row.record == record)
