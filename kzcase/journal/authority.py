"""Whether an act counts: its author's key, the operation that granted the role it used, and revocations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.journal.acts import Header, signature_holds
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot, Id


class Verdict(StrEnum):
    """What happens to an act."""

    COUNTS = "counts"
    WAITS = "waits"
    REFUTED = "refuted"


FOUNDING: Final = "casebook.founded"
ANY_OTHER_DEVICE: Final = b""
"""Stands in a revocation for every device it does not name."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The operation that gave somebody a role, and the act it belongs to."""

    staff_id: Id
    role: str
    act_id: Id


@dataclass(frozen=True, slots=True)
class Revoked:
    """Acts of `staff_id` after `last_index` of `incarnation` are late."""

    staff_id: Id
    incarnation: Id
    last_index: int
    by: Header


@dataclass(slots=True)
class Organisation:
    """What the organisation's scope says about who may act, from acts that count."""

    sign_keys: dict[Id, bytes] = field(default_factory=dict)
    grants: dict[Dot, Grant] = field(default_factory=dict)
    revocations: list[Revoked] = field(default_factory=list)
    refuted: set[Id] = field(default_factory=set)
    founder: Id = b""

    _stood: tuple[int, frozenset[Id]] = (0, frozenset())
    """How many revocations there were when it was last worked out whose stand, and those."""

    def judge_apart_from_lateness(self, header: Header, header_bytes: bytes, signature: bytes) -> tuple[Verdict, str]:
        """Whether key and grant hold: lateness is decided once all revocations are known."""
        if header.author not in self.sign_keys:
            return Verdict.WAITS, "author_unknown"
        if not self.is_signed(header, header_bytes, signature):
            return Verdict.REFUTED, "signature"
        if header.kind not in KINDS:
            return Verdict.WAITS, "unknown_kind"
        return self._judge_authority(header)

    def is_signed(self, header: Header, header_bytes: bytes, signature: bytes) -> bool:
        """Whether its author is known and signed exactly this."""
        key = self.sign_keys.get(header.author)
        return key is not None and signature_holds(key, header_bytes, signature)

    def judge(self, header: Header, header_bytes: bytes, signature: bytes) -> tuple[Verdict, str]:
        """The verdict on one act and, unless it counts, a code that says why. A pure function of what has arrived."""
        verdict, why = self.judge_apart_from_lateness(header, header_bytes, signature)
        if verdict is Verdict.COUNTS and header.kind != FOUNDING and self.is_late(header):
            return Verdict.REFUTED, "late"
        return verdict, why

    def _judge_authority(self, header: Header) -> tuple[Verdict, str]:
        if header.kind == FOUNDING:
            return (Verdict.COUNTS, "") if header.act_id == self.founder else (Verdict.REFUTED, "second_founding")
        grant = self.grants.get(header.authority)
        if grant is None:
            return Verdict.WAITS, "authority_missing"
        if grant.act_id in self.refuted:
            return Verdict.REFUTED, "authority_refuted"
        if grant.staff_id != header.author or not _permits(grant.role, header.kind):
            return Verdict.REFUTED, "authority_does_not_permit"
        return Verdict.COUNTS, ""

    def is_late(self, header: Header) -> bool:
        """Whether a revocation that stands puts this act after its frontier; frontiers combine by minimum."""
        if self._stood[0] != len(self.revocations):
            self._stood = (len(self.revocations), self._standing())
        standing = self._stood[1] - {header.act_id}
        return self._after_frontier(header, [r for r in self.revocations if r.by.act_id in standing])

    def _after_frontier(self, header: Header, revocations: Iterable[Revoked]) -> bool:
        """Each removal lists the devices it knows; an act from a device it does not list is late."""
        by_removal: dict[Id, dict[Id, int]] = {}
        for revoked in revocations:
            if revoked.staff_id == header.author:
                by_removal.setdefault(revoked.by.act_id, {})[revoked.incarnation] = revoked.last_index
        return any(
            header.index > frontier.get(header.incarnation, frontier.get(ANY_OTHER_DEVICE, header.index))
            for frontier in by_removal.values()
        )

    def _standing(self) -> frozenset[Id]:
        """The removals that stand: all but those that came after their author was removed by one that stands.

        People who remove each other, in a pair or a ring, are all suspended until the root decides: none of these
        removals falls. One that fell takes nobody's removals down with it.
        """
        removals = {revoked.by.act_id: revoked.by for revoked in self.revocations}
        against = {act_id: self._removed_before(by, removals) for act_id, by in removals.items()}
        fallen: set[Id] = set()
        while True:
            sure = {act_id for act_id, by in against.items() if act_id not in fallen and by <= fallen}
            more = {act_id for act_id, by in against.items() if by & sure} - fallen
            if not more:
                return frozenset(removals.keys() - fallen)
            fallen |= more

    def _removed_before(self, by: Header, removals: Iterable[Id]) -> set[Id]:
        """The removals, their own aside, after whose frontier an act comes."""
        by_removal = {a: [r for r in self.revocations if r.by.act_id == a] for a in removals if a != by.act_id}
        return {a for a, revoked in by_removal.items() if self._after_frontier(by, revoked)}


GUARDED: Final[Mapping[str, frozenset[Permission]]] = {
    **dict.fromkeys(
        ("organisations", "staff", "staff_roles", "revocations", "devices"),
        frozenset({Permission.FOUND_CASEBOOK, Permission.MANAGE_STAFF}),
    ),
    **dict.fromkeys(
        ("protected_periods", "releases"), frozenset({Permission.MAKE_SUMMARIES, Permission.APPROVE_SUMMARIES})
    ),
    "referrals": frozenset({Permission.REFER, Permission.UNDO}),
}
"""Entities that only acts of some permissions touch: else an innocent kind of act could carry a role or a release."""


def may_touch(kind: str, entity: str) -> bool:
    """Whether operations of an act of this kind on this entity count; others change nothing."""
    allowed = GUARDED.get(entity)
    return allowed is None or (kind in KINDS and KINDS[kind].permission in allowed)


def _permits(role: str, kind: str) -> bool:
    return role in MAY[KINDS[kind].permission] if role in set(Role) else False
