"""Whether an act counts: its author's key, the operation that granted the role it used, and removals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.journal.acts import Header, signature_holds
from kzcase.journal.chains import Place
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot, Id
from kzcase.journal.removals import Admitted, ChainOf, Removals, Revoked, no_chain


class Verdict(StrEnum):
    """What happens to an act."""

    COUNTS = "counts"
    WAITS = "waits"
    REFUTED = "refuted"


FOUNDING: Final = "casebook.founded"
BY_ROOT: Final = frozenset({"staff.recovered", "shares.issued"})
"""Kinds that only the organisation's root key signs, which two recovery shares open: no role allows them."""
AUTHOR_UNKNOWN: Final = "author_unknown"
NOT_SIGNED: Final = "signature"
CHAIN_MISSING: Final = "chain_missing"
AUTHORITY_WAITS: Final = "authority_waits"
WAITS_FOR_CHAIN: Final = (CHAIN_MISSING, AUTHORITY_WAITS)
"""What any act that arrives may decide, not only one of the organisation's scope."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The operation that gave somebody a role, and the act it belongs to."""

    staff_id: Id
    role: str
    act_id: Id


@dataclass(frozen=True, slots=True)
class Claim:
    """The signing key an act says somebody has."""

    key: bytes
    act_id: Id


@dataclass(slots=True)
class Organisation:
    """What the organisation's scope says about who may act."""

    claims: dict[Id, list[Claim]] = field(default_factory=dict)
    grants: dict[Dot, Grant] = field(default_factory=dict)
    revocations: list[Revoked] = field(default_factory=list)
    admitted: dict[Id, Header] = field(default_factory=dict)
    """The acts it is read off: key and role speak for them."""
    void: dict[Id, Verdict] = field(default_factory=dict)
    """Those of them that do not count all the same, being late or resting on what is, or that are undecided."""
    founder: Id = b""
    root_key: bytes = b""
    renewed: dict[Id, set[bytes]] = field(default_factory=dict)
    """Further keys of people whose passphrase was lost; what they signed before still counts."""
    doubted: frozenset[Id] = frozenset()
    """Acts that turned out void: the key they say somebody has is believed only where no other act names one."""
    chain_of: ChainOf = no_chain

    _removals: tuple[int, Removals | None] = (-1, None)
    """How many revocations there were when it was last worked out which stand, and that."""

    def judge_apart_from_lateness(self, header: Header, header_bytes: bytes, signature: bytes) -> tuple[Verdict, str]:
        """Whether key and grant hold: lateness is decided once all revocations are known."""
        if not self._keys(header):
            return Verdict.WAITS, AUTHOR_UNKNOWN
        if not self.is_signed(header, header_bytes, signature):
            return Verdict.REFUTED, NOT_SIGNED
        if header.kind not in KINDS:
            return Verdict.WAITS, "unknown_kind"
        if header.kind in BY_ROOT:
            return Verdict.COUNTS, ""
        return self._judge_authority(header)

    def is_signed(self, header: Header, header_bytes: bytes, signature: bytes) -> bool:
        """Whether its author is known and signed exactly this."""
        return any(signature_holds(key, header_bytes, signature) for key in self._keys(header))

    def _keys(self, header: Header) -> set[bytes]:
        """The keys any of which may have signed it."""
        if header.kind in BY_ROOT:
            return {self.root_key} - {b""}
        return self.keys_of(header.author)

    def keys_of(self, staff_id: Id) -> set[bytes]:
        """The keys of a colleague: any of them may have signed what is theirs."""
        first = self._claim(staff_id)
        return self.renewed.get(staff_id, set()) | ({first.key} if first else set())

    def _claim(self, staff_id: Id) -> Claim | None:
        """Whose word is taken for somebody's key: the first that is not doubted, else the first."""
        claims = self.claims.get(staff_id, [])
        return next((claim for claim in claims if claim.act_id not in self.doubted), claims[0] if claims else None)

    def judge(self, header: Header, header_bytes: bytes, signature: bytes) -> tuple[Verdict, str]:
        """The verdict on one act and, unless it counts, a code that says why. A pure function of what has arrived."""
        verdict, why = self.judge_apart_from_lateness(header, header_bytes, signature)
        return self._seen_from_removals(header) if verdict is Verdict.COUNTS else (verdict, why)

    def _judge_authority(self, header: Header) -> tuple[Verdict, str]:
        if header.kind == FOUNDING:
            return (Verdict.COUNTS, "") if header.act_id == self.founder else (Verdict.REFUTED, "second_founding")
        grant = self.grants.get(header.authority)
        if grant is None:
            return Verdict.WAITS, "authority_missing"
        if grant.staff_id != header.author or not _permits(grant.role, header.kind):
            return Verdict.REFUTED, "authority_does_not_permit"
        return _RESTING[max((self.void.get(a, Verdict.COUNTS) for a in self._rests_on(header)), key=_GRAVITY.index)]

    def _rests_on(self, header: Header) -> tuple[Id, ...]:
        """The acts that gave its author the role it used and, unless they have keys from the root, their key."""
        if _is_safe(header):
            return ()
        claim, grant = self._claim(header.author), self.grants[header.authority]
        return (grant.act_id, *([claim.act_id] if claim and header.author not in self.renewed else []))

    # Removals

    def _seen_from_removals(self, header: Header) -> tuple[Verdict, str]:
        """Whether all removals of its author that stand accept an act."""
        count, removals = self._removals
        if removals is None or count != len(self.revocations):
            removals = Removals(
                self.revocations, {a: self._resting(h) for a, h in self.admitted.items()}, self.chain_of
            )
            self._removals = (len(self.revocations), removals)
        return _SEEN_AS[removals.place(Admitted(header, safe=_is_safe(header)))]

    def _resting(self, header: Header) -> Admitted:
        return Admitted(header, self._rests_on(header), _is_safe(header))

    def work_out(self) -> None:
        """Once everything is admitted: which of it does not count, and what rests on that."""
        verdicts = {act_id: self._seen_from_removals(header)[0] for act_id, header in self.admitted.items()}
        while True:
            resting = {act_id: self._gravest(act_id, verdicts) for act_id in verdicts}
            if resting == verdicts:
                break
            verdicts = resting
        self.void = {act_id: verdict for act_id, verdict in verdicts.items() if verdict is not Verdict.COUNTS}

    def _gravest(self, act_id: Id, verdicts: Mapping[Id, Verdict]) -> Verdict:
        below = [verdicts[other] for other in self._rests_on(self.admitted[act_id]) if other in verdicts]
        return max((verdicts[act_id], *below), key=_GRAVITY.index)

    def contested(self) -> frozenset[Id]:
        """The void acts that name a key of somebody for whom another act names one too."""
        several = [claims for claims in self.claims.values() if len(claims) > 1]
        return frozenset(claim.act_id for claims in several for claim in claims if claim.act_id in self.void)

    def shaken(self) -> set[Id]:
        """Everybody whose acts what arrived may concern: removed, or with a right or a key from an act that is void."""
        found = {revoked.staff_id for revoked in self.revocations}
        found |= {grant.staff_id for grant in self.grants.values() if grant.act_id in self.void}
        unsure = ((staff, claims) for staff, claims in self.claims.items() if len(claims) > 1 or self.void)
        return found | {s for s, claims in unsure if len(claims) > 1 or claims[0].act_id in self.void}


_GRAVITY: Final = (Verdict.COUNTS, Verdict.WAITS, Verdict.REFUTED)
_RESTING: Final = {
    Verdict.COUNTS: (Verdict.COUNTS, ""),
    Verdict.WAITS: (Verdict.WAITS, AUTHORITY_WAITS),
    Verdict.REFUTED: (Verdict.REFUTED, "authority_refuted"),
}
_SEEN_AS: Final = {
    Place.BEHIND: (Verdict.COUNTS, ""),
    Place.UNKNOWN: (Verdict.WAITS, CHAIN_MISSING),
    Place.ASIDE: (Verdict.REFUTED, "late"),
}


def _is_safe(header: Header) -> bool:
    """No removal touches the founding act, nor what the root key signed."""
    return header.kind == FOUNDING or header.kind in BY_ROOT


GUARDED: Final[Mapping[str, frozenset[Permission]]] = {
    **dict.fromkeys(
        ("organisations", "revocations", "devices"),
        frozenset({Permission.FOUND_CASEBOOK, Permission.MANAGE_STAFF}),
    ),
    **dict.fromkeys(
        ("staff", "staff_roles", "recovery_shares", "share_trials"),
        frozenset({Permission.FOUND_CASEBOOK, Permission.MANAGE_STAFF, Permission.RECOVER}),
    ),
    "share_issues": frozenset({Permission.FOUND_CASEBOOK, Permission.RECOVER}),
    "audit_key_copies": frozenset(
        {Permission.FOUND_CASEBOOK, Permission.MANAGE_STAFF, Permission.RECOVER, Permission.READ_LOG}
    ),
    "freezes": frozenset({Permission.FREEZE}),
    **dict.fromkeys(
        ("protected_periods", "call_periods", "releases"),
        frozenset({Permission.MAKE_SUMMARIES, Permission.APPROVE_SUMMARIES}),
    ),
    "referrals": frozenset({Permission.REFER, Permission.UNDO, Permission.ERASE}),
    **dict.fromkeys(
        ("referral_steps", "referral_chases"),
        frozenset({Permission.REFER, Permission.WORK_ON_CASES, Permission.UNDO, Permission.ERASE}),
    ),
    **dict.fromkeys(
        ("referral_packages", "package_replies", "incoming_referrals", "incoming_steps"),
        frozenset({Permission.REFER, Permission.UNDO, Permission.ERASE}),
    ),
    "partner_keys": frozenset({Permission.MANAGE_PARTNERS}),
    "emergency_releases": frozenset({Permission.WORK_ON_CASES, Permission.CONFIRM_FACTS, Permission.ERASE}),
    **dict.fromkeys(("package_keys", "package_key_copies"), frozenset({Permission.REFER})),
    "tracing_matches": frozenset({Permission.MERGE_PEOPLE, Permission.UNDO, Permission.ERASE}),
    "tracing_answers": frozenset({Permission.CONFIRM_FACTS, Permission.UNDO, Permission.ERASE}),
    "case_blocks": frozenset({Permission.KEEP_AWAY, Permission.ERASE}),
    "case_clearances": frozenset({Permission.CLEAR_STEPS, Permission.ERASE}),
    "case_confirmations": frozenset({Permission.CONFIRM_FACTS, Permission.ERASE}),
    "approval_decisions": frozenset({Permission.APPROVE, Permission.APPROVE_OWN, Permission.ERASE}),
    **dict.fromkeys(("case_holds", "person_blocks"), frozenset({Permission.HOLD, Permission.ERASE})),
    **dict.fromkeys(("erasures", "erased_subjects", "erased_bodies"), frozenset({Permission.ERASE})),
    **dict.fromkeys(
        ("undertakings", "incidents", "tellings"),
        frozenset({Permission.KEEP_REGISTERS, Permission.UNDO, Permission.ERASE}),
    ),
    "subject_requests": frozenset({Permission.TAKE_REQUESTS, Permission.UNDO}),
    "batches": frozenset({Permission.WRITE_MANY}),
    **dict.fromkeys(("office_forms", "checked_texts"), frozenset({Permission.MANAGE_FORMS, Permission.UNDO})),
    "phone_switches": frozenset({Permission.MANAGE_FORMS}),
    "rule_changes": frozenset({Permission.MANAGE_RULES, Permission.UNDO}),
}
"""Entities that only acts of some permissions touch: else an innocent kind of act could carry a role or a release."""

ONLY: Final[Mapping[str, frozenset[str]]] = {
    "batch.added": frozenset({"batches"}),
    "organisation.described": frozenset({"organisations"}),
    "audit_key.shared": frozenset({"audit_key_copies"}),
    "access.frozen": frozenset({"freezes"}),
    "access.unfrozen": frozenset({"freezes"}),
    "form.added": frozenset({"office_forms", "form_versions"}),
    "form.withdrawn": frozenset({"office_forms"}),
    "form.text_checked": frozenset({"checked_texts"}),
    "package_key.made": frozenset({"package_keys", "package_key_copies"}),
    "package_key.shared": frozenset({"package_key_copies"}),
    "emergency.released": frozenset({"emergency_releases", "tasks"}),
    "emergency.reviewed": frozenset({"emergency_releases", "tasks"}),
    "partner.key_entered": frozenset({"partner_keys"}),
    "partner.key_confirmed": frozenset({"partner_keys"}),
    "submission_key.made": frozenset({"submission_keys", "submission_key_copies"}),
    "submission_key.shared": frozenset({"submission_key_copies"}),
}
"""Kinds that touch nothing but this: nearly everybody may use them, or they would reach further than they say."""


def may_touch(kind: str, entity: str) -> bool:
    """Whether operations of an act of this kind on this entity count; others change nothing."""
    if kind in ONLY and entity not in ONLY[kind]:
        return False
    allowed = GUARDED.get(entity)
    return allowed is None or (kind in KINDS and KINDS[kind].permission in allowed)


def _permits(role: str, kind: str) -> bool:
    return role in MAY[KINDS[kind].permission] if role in set(Role) else False
