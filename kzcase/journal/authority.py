"""Whether an act counts: its author's key, the operation that granted the role it used, and revocations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kzcase.domain.permissions import MAY, Role
from kzcase.journal.acts import Header, signature_holds
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot, Id


class Verdict(StrEnum):
    """What happens to an act."""

    COUNTS = "counts"
    WAITS = "waits"
    REFUTED = "refuted"


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

    def judge(self, header: Header, header_bytes: bytes, signature: bytes) -> tuple[Verdict, str]:
        """The verdict on one act and, unless it counts, a code that says why. A pure function of what has arrived."""
        if header.kind not in KINDS:
            return Verdict.WAITS, "unknown_kind"
        key = self.sign_keys.get(header.author)
        if key is None:
            return Verdict.WAITS, "author_unknown"
        if not signature_holds(key, header_bytes, signature):
            return Verdict.REFUTED, "signature"
        return self._judge_authority(header)

    def _judge_authority(self, header: Header) -> tuple[Verdict, str]:
        if header.kind == "casebook.founded":
            return (Verdict.COUNTS, "") if header.act_id == self.founder else (Verdict.REFUTED, "second_founding")
        grant = self.grants.get(header.authority)
        if grant is None:
            return Verdict.WAITS, "authority_missing"
        if grant.act_id in self.refuted:
            return Verdict.REFUTED, "authority_refuted"
        if grant.staff_id != header.author or not _permits(grant.role, header.kind):
            return Verdict.REFUTED, "authority_does_not_permit"
        if self.is_late(header):
            return Verdict.REFUTED, "late"
        return Verdict.COUNTS, ""

    def is_late(self, header: Header) -> bool:
        """Whether a revocation that stands puts this act after its frontier; frontiers combine by minimum."""
        standing = [r for r in self.revocations if r.by.act_id != header.act_id and self._stands(r)]
        return self._after_frontier(header, standing)

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

    def _stands(self, revoked: Revoked) -> bool:
        """A revocation falls only when its author was revoked before it by somebody they did not revoke in turn.

        Two people who revoke each other are therefore both suspended until the root decides.
        """
        against = {r.staff_id for r in self.revocations if r.by.author == revoked.by.author}
        others = (r for r in self.revocations if r.by.act_id != revoked.by.act_id and r.by.author not in against)
        return not self._after_frontier(revoked.by, others)


def _permits(role: str, kind: str) -> bool:
    return role in MAY[KINDS[kind].permission] if role in set(Role) else False
