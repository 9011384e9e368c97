"""Authority: who may act is read off the acts themselves, and the same set of acts always gives the same answer."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.permissions import MAY, Role
from kzcase.journal.acts import Header, Identity, sign
from kzcase.journal.authority import BY_ROOT, FOUNDING, Claim, Grant, Organisation, Verdict
from kzcase.journal.chains import Chain
from kzcase.journal.kinds import KINDS
from kzcase.journal.removals import ANY_OTHER_DEVICE, Revoked
from tests.journal.making import Signer, an_id, header_of, sha

COUNTS, WAITS, REFUTED = Verdict.COUNTS, Verdict.WAITS, Verdict.REFUTED
GRANTING = an_id(101)
FOUNDER_ACT = an_id(100)
CERTIFYING = "device.certified"
LONG = 12
"""Acts in everybody's chain."""


def at(device: bytes, index: int, branch: int = 0) -> bytes:
    """The id of the act with an index in a device's chain, or of another one in its place."""
    return sha(device + bytes([index, branch]))[:16]


@dataclass
class Office:
    """An organisation with colleagues, each at a laptop of their own with a chain of acts."""

    state: Organisation = field(default_factory=lambda: Organisation(founder=FOUNDER_ACT))
    people: dict[str, Signer] = field(default_factory=dict)
    missing: set[bytes] = field(default_factory=set)
    """Acts that have not arrived."""

    def __post_init__(self) -> None:
        self.state.chain_of = self.chain

    def chain(self, device: bytes) -> Chain:
        """Everybody's chain, and beside each act a second one that names the same act before it."""
        links = {
            at(device, index, branch): (index, at(device, index - 1) if index else b"")
            for index in range(LONG)
            for branch in (0, 1)
        }
        return Chain({act: link for act, link in links.items() if act not in self.missing})

    def add(self, name: str, role: str, granted_by: bytes = GRANTING) -> Signer:
        """Somebody new, whose role stands under a number of its own."""
        signer = self.people[name] = Signer()
        self.state.claims[signer.staff_id] = [Claim(signer.public, granted_by)]
        self.state.grants[self.dot(name)] = Grant(signer.staff_id, role, granted_by)
        return signer

    def dot(self, name: str) -> tuple[bytes, int]:
        return (an_id(9), list(self.people).index(name))

    def device(self, name: str) -> bytes:
        return an_id(50 + list(self.people).index(name))

    def act(self, name: str, kind: str = "note.added", index: int = 0, branch: int = 0, device: bytes = b"") -> Header:
        """An act of somebody, on their own laptop unless said otherwise."""
        made_on = device or self.device(name)
        author, act_id = self.people[name].staff_id, at(made_on, index, branch)
        where = {"incarnation": made_on, "index": index, "authority": self.dot(name)}
        return header_of(act_id=act_id, kind=kind, author=author, **where)

    def admit(self, header: Header) -> Header:
        """An act of the organisation's scope that others may rest on."""
        self.state.admitted[header.act_id] = header
        return header

    def judge(self, header: Header, signer: Identity | None = None) -> tuple[Verdict, str]:
        author = signer or next(s for s in self.people.values() if s.staff_id == header.author)
        return self.state.judge(header, header.encoded(), sign(author, header.encoded()))

    def remove(self, name: str, *, by: Header, frontier: dict[bytes, int] | None = None, branch: int = 0) -> None:
        """Acts of somebody count as far as a frontier; none does from a device nobody listed."""
        staff_id = self.people[name].staff_id
        for device, last in (frontier or {}).items():
            digest = at(device, last, branch) + bytes(16) if last >= 0 else b""
            self.state.revocations.append(Revoked(staff_id, device, last, digest, by))
        self.state.revocations.append(Revoked(staff_id, ANY_OTHER_DEVICE, -1, b"", by))


@pytest.fixture
def office() -> Office:
    office = Office()
    for name in ("Айша", "Болат", "Гүлнар"):
        office.add(name, Role.ADMINISTRATOR)
    office.add("worker", Role.CASEWORKER)
    office.add("auditor", Role.AUDITOR)
    return office


def late(office: Office, name: str, index: int, branch: int = 0) -> bool:
    """Whether somebody's act is late."""
    return office.judge(office.act(name, "device.certified", index, branch)) == (REFUTED, "late")


def removal(office: Office, name: str, index: int = 5) -> Header:
    return office.act(name, "staff.removed", index)


def test_an_act_of_a_colleague_counts(office: Office) -> None:
    assert office.judge(office.act("worker")) == (COUNTS, "")


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - BY_ROOT))
@pytest.mark.parametrize("role", Role)
def test_a_role_permits_what_the_table_says(role: Role, kind: str) -> None:
    office = Office()
    office.add("somebody", role)
    allowed = role in MAY[KINDS[kind].permission] and kind != FOUNDING
    expected = (COUNTS, "") if allowed else (REFUTED, "authority_does_not_permit")
    assert office.judge(office.act("somebody", kind)) == (
        (REFUTED, "second_founding") if kind == FOUNDING else expected
    )


def test_a_role_nobody_knows_permits_nothing(office: Office) -> None:
    office.add("guest", "emperor")
    assert office.judge(office.act("guest")) == (REFUTED, "authority_does_not_permit")


def test_an_unknown_kind_waits_for_a_newer_program(office: Office) -> None:
    assert office.judge(office.act("worker", "placement.found")) == (WAITS, "unknown_kind")


def test_an_unknown_author_waits(office: Office) -> None:
    stranger = Signer()
    assert office.judge(replace(office.act("worker"), author=stranger.staff_id), stranger) == (WAITS, "author_unknown")


def test_a_missing_authority_waits_and_then_counts(office: Office) -> None:
    header = replace(office.act("worker"), authority=(an_id(9), 77))
    assert office.judge(header) == (WAITS, "authority_missing")
    office.state.grants[an_id(9), 77] = Grant(header.author, Role.CASEWORKER, GRANTING)
    assert office.judge(header) == (COUNTS, "")


def test_a_wrong_signature_is_refuted(office: Office) -> None:
    assert office.judge(office.act("worker"), office.people["auditor"]) == (REFUTED, "signature")
    assert office.judge(office.act("worker", "unknown.kind"), Signer()) == (REFUTED, "signature")


def test_somebody_elses_authority_is_refuted(office: Office) -> None:
    borrowed = replace(office.act("worker", "staff.added"), authority=office.dot("Айша"))
    assert office.judge(borrowed) == (REFUTED, "authority_does_not_permit")


def test_an_authority_from_a_refuted_act_is_refuted(office: Office) -> None:
    office.state.void[GRANTING] = REFUTED
    assert office.judge(office.act("worker")) == (REFUTED, "authority_refuted")


def test_an_authority_from_an_act_that_waits_waits(office: Office) -> None:
    office.state.void[GRANTING] = WAITS
    assert office.judge(office.act("worker")) == (WAITS, "authority_waits")


def test_there_is_one_founding_act(office: Office) -> None:
    founding = replace(office.act("Айша", FOUNDING), act_id=FOUNDER_ACT)
    assert office.judge(founding) == (COUNTS, "")
    assert office.judge(replace(founding, act_id=an_id(2))) == (REFUTED, "second_founding")


def test_a_removed_colleagues_late_acts_are_refuted_and_earlier_ones_count(office: Office) -> None:
    device = office.act("Болат").incarnation
    office.remove("Болат", by=removal(office, "Айша"), frontier={device: 3})
    assert [late(office, "Болат", index) for index in (0, 3, 4, 9)] == [False, False, True, True]
    assert late(office, "Айша", 99) is False


def test_an_act_from_a_device_the_removal_does_not_list_is_late(office: Office) -> None:
    office.remove("Болат", by=removal(office, "Айша"), frontier={an_id(200): 9})
    assert late(office, "Болат", 0)


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=4), st.randoms())
def test_frontiers_combine_by_minimum(lasts: list[int], chance: object) -> None:
    office = Office()
    office.add("Айша", Role.ADMINISTRATOR)
    office.add("Болат", Role.ADMINISTRATOR)
    device = office.act("Болат").incarnation
    for number, last in enumerate(lasts):
        office.remove("Болат", by=removal(office, "Айша", index=number), frontier={device: last})
    chance.shuffle(office.state.revocations)  # type: ignore[attr-defined]
    assert [late(office, "Болат", index) for index in range(8)] == [index > min(lasts) for index in range(8)]


def test_two_who_remove_each_other_are_both_suspended(office: Office) -> None:
    office.remove("Болат", by=removal(office, "Айша"))
    office.remove("Айша", by=removal(office, "Болат"))
    assert late(office, "Айша", 9)
    assert late(office, "Болат", 9)
    assert not late(office, "Гүлнар", 9)


def test_three_who_remove_each_other_in_a_ring_are_all_suspended(office: Office) -> None:
    for by, whom in (("Айша", "Болат"), ("Болат", "Гүлнар"), ("Гүлнар", "Айша")):
        office.remove(whom, by=removal(office, by))
    assert all(late(office, name, 9) for name in ("Айша", "Болат", "Гүлнар"))


def test_a_removal_by_somebody_removed_before_falls(office: Office) -> None:
    aisha_then = {office.act("Айша").incarnation: 5}  # the removal below is one Bolat had seen
    office.remove("Болат", by=removal(office, "Айша"))
    office.remove("Айша", by=removal(office, "Болат"), frontier=aisha_then)
    office.remove("Гүлнар", by=removal(office, "Болат", index=6))
    assert late(office, "Болат", 9)
    assert not late(office, "Айша", 9)
    assert not late(office, "Гүлнар", 9)


def test_a_removal_that_falls_takes_no_other_down(office: Office) -> None:
    """Bolat, removed by Gulnar, removes Aisha afterwards: what Aisha removed stays removed."""
    office.remove("Болат", by=removal(office, "Гүлнар"))
    office.remove("Айша", by=removal(office, "Болат"))
    office.remove("worker", by=removal(office, "Айша"))
    assert office.judge(office.act("worker", index=9)) == (REFUTED, "late")
    assert not late(office, "Айша", 9)


def test_who_was_removed_by_a_removal_that_fell_removes_others(office: Office) -> None:
    """Bolat's removal of Aisha falls; so Aisha's of Damir stands, and Damir's of the worker falls."""
    office.add("Дамир", Role.ADMINISTRATOR)
    for by, whom in (("Гүлнар", "Болат"), ("Болат", "Айша"), ("Айша", "Дамир"), ("Дамир", "worker")):
        office.remove(whom, by=removal(office, by))
    assert office.judge(office.act("worker", index=9)) == (COUNTS, "")
    assert [late(office, name, 9) for name in ("Гүлнар", "Болат", "Айша", "Дамир")] == [False, True, False, True]


def test_whoever_leaves_by_their_own_act_has_left(office: Office) -> None:
    leaving = removal(office, "Айша")
    office.remove("Айша", by=leaving, frontier={leaving.incarnation: 4})
    assert office.judge(leaving) == (COUNTS, "")
    assert late(office, "Айша", 6)


def test_an_act_under_an_old_number_beside_the_chain_is_late(office: Office) -> None:
    device = office.device("Болат")
    office.remove("Болат", by=removal(office, "Айша"), frontier={device: 3})
    assert [late(office, "Болат", index, branch=1) for index in range(6)] == [True] * 6
    assert [late(office, "Болат", index) for index in range(6)] == [False] * 4 + [True] * 2


def test_before_a_gap_in_the_chain_it_waits(office: Office) -> None:
    device = office.device("Болат")
    office.remove("Болат", by=removal(office, "Айша"), frontier={device: 5})
    office.missing = {at(device, 3)}
    verdicts = [office.judge(office.act("Болат", CERTIFYING, index)) for index in (0, 2, 4, 5, 6)]
    assert verdicts == [(WAITS, "chain_missing")] * 2 + [(COUNTS, "")] * 2 + [(REFUTED, "late")]
    assert office.judge(office.act("Болат", CERTIFYING, 3, branch=1)) == (WAITS, "chain_missing")


def test_on_a_shared_device_the_chain_leads_over_the_acts_of_others(office: Office) -> None:
    shared = office.device("Айша")
    office.remove("Болат", by=removal(office, "Гүлнар"), frontier={shared: 4})
    assert office.judge(office.act("Болат", CERTIFYING, 1, device=shared)) == (COUNTS, "")
    assert office.judge(office.act("Болат", CERTIFYING, 1, branch=1, device=shared)) == (REFUTED, "late")
    assert office.judge(office.act("Айша", CERTIFYING, 9, device=shared)) == (COUNTS, "")


def test_removals_that_name_different_branches_accept_what_lies_behind_both(office: Office) -> None:
    device = office.device("Болат")
    for name, branch in (("Айша", 0), ("Гүлнар", 1)):
        office.remove("Болат", by=removal(office, name), frontier={device: 4}, branch=branch)
    assert [late(office, "Болат", index) for index in (3, 4)] == [False, True]
    assert late(office, "Болат", 4, branch=1)


def test_one_removal_may_name_two_branches(office: Office) -> None:
    device, by = office.device("Болат"), removal(office, "Айша")
    for branch in (0, 1):
        office.remove("Болат", by=by, frontier={device: 4}, branch=branch)
    assert [late(office, "Болат", 4, branch=branch) for branch in (0, 1)] == [False, False]
    assert late(office, "Болат", 3, branch=1)


@pytest.mark.parametrize("digest", [b"", b"short", bytes(32), bytes(40)])
@pytest.mark.parametrize("last", [-5, 0, 3, 1 << 70])
def test_a_removal_that_names_no_act_accepts_none(office: Office, digest: bytes, last: int) -> None:
    staff_id, device = office.people["Болат"].staff_id, office.device("Болат")
    office.state.revocations.append(Revoked(staff_id, device, last, digest, removal(office, "Айша")))
    verdicts = {office.judge(office.act("Болат", index=index))[0] for index in range(6)}
    assert verdicts <= {REFUTED, WAITS}


def chain_of_trust(office: Office) -> tuple[Header, Header]:
    """Bolat, whom an act of Aisha's made administrator, added a new colleague; both acts."""
    made = office.admit(office.act("Айша", "staff.added", index=1))
    office.add("Болат", Role.ADMINISTRATOR, granted_by=made.act_id)
    added = office.admit(office.act("Болат", "staff.added", index=7))
    office.add("newcomer", Role.ADMINISTRATOR, granted_by=added.act_id)
    return made, added


def test_what_rests_on_a_late_act_is_refuted_with_it(office: Office) -> None:
    chain_of_trust(office)
    office.remove("Болат", by=removal(office, "Гүлнар"), frontier={office.device("Болат"): 3})
    office.remove("worker", by=office.act("newcomer", "staff.removed", index=2))
    for header in (office.act("newcomer", "staff.removed", index=2),):
        office.admit(header)
    office.state.work_out()
    assert office.judge(office.act("newcomer", CERTIFYING)) == (REFUTED, "authority_refuted")
    assert office.judge(office.act("worker")) == (COUNTS, "")
    assert office.people["newcomer"].staff_id in office.state.shaken()


def test_what_rests_on_an_act_that_waits_waits_with_it(office: Office) -> None:
    chain_of_trust(office)
    device = office.device("Болат")
    office.remove("Болат", by=removal(office, "Гүлнар"), frontier={device: 9})
    office.remove("worker", by=office.admit(office.act("newcomer", "staff.removed", index=2)))
    office.missing = {at(device, 8)}
    office.state.work_out()
    assert office.judge(office.act("newcomer", CERTIFYING)) == (WAITS, "authority_waits")
    assert office.judge(office.act("worker")) == (COUNTS, "")  # a removal that waits changes nothing
    office.missing = set()
    office.state._removals = (-1, None)
    office.state.work_out()
    assert office.judge(office.act("newcomer", CERTIFYING)) == (COUNTS, "")
    assert office.judge(office.act("worker", index=1)) == (REFUTED, "late")


def test_nobody_saws_off_the_branch_they_sit_on(office: Office) -> None:
    made, _ = chain_of_trust(office)
    office.remove("Айша", by=office.admit(office.act("Болат", "staff.removed", index=8)))
    office.state.work_out()
    assert office.judge(made) == (COUNTS, "")
    assert not late(office, "Айша", 9)


def test_one_who_saws_beside_the_branch_is_believed(office: Office) -> None:
    """The canary of the test above: what the removal leaves standing is all its author's right rests on."""
    chain_of_trust(office)
    by = office.admit(office.act("Болат", "staff.removed", index=8))
    office.remove("Айша", by=by, frontier={office.device("Айша"): 1})
    office.state.work_out()
    assert [late(office, "Айша", index) for index in (1, 2)] == [False, True]


def test_a_third_decides_between_two_who_removed_each_other(office: Office) -> None:
    office.remove("Болат", by=removal(office, "Айша"))
    office.remove("Айша", by=removal(office, "Болат"))
    office.remove("Болат", by=removal(office, "Гүлнар"))
    assert not late(office, "Айша", 9)
    assert late(office, "Болат", 9)


def test_a_key_named_by_a_void_act_does_not_stand_before_a_true_one(office: Office) -> None:
    thief, staff_id = Signer(), office.people["worker"].staff_id
    forged = office.admit(office.act("Болат", "staff.added", index=9))
    office.state.claims[staff_id].insert(0, Claim(thief.public, forged.act_id))
    office.remove("Болат", by=removal(office, "Айша"), frontier={office.device("Болат"): 3})
    office.state.work_out()
    assert office.state.contested() == {forged.act_id}
    assert office.judge(office.act("worker"), thief) == (REFUTED, "authority_refuted")
    office.state.doubted = office.state.contested()
    assert office.judge(office.act("worker"), thief) == (REFUTED, "signature")
    assert office.judge(office.act("worker")) == (COUNTS, "")


@pytest.mark.parametrize("kind", sorted(BY_ROOT))
def test_what_the_root_key_signs_needs_no_role_and_no_removal_touches_it(office: Office, kind: str) -> None:
    root = Signer()
    header = office.act("Болат", kind, index=9)
    assert office.judge(header, root) == (WAITS, "author_unknown")
    office.state.root_key = root.public
    office.remove("Болат", by=removal(office, "Айша"))
    assert office.judge(header, root) == (COUNTS, "")
    assert office.judge(header) == (REFUTED, "signature")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-1, 6)), max_size=7), st.randoms())
def test_the_order_of_arrival_decides_nothing(removals: list[tuple[int, int, int]], chance: object) -> None:
    office = Office()
    names = ("a", "b", "c", "d")
    for name in names:
        office.add(name, Role.ADMINISTRATOR)
    for number, (by, whom, last) in enumerate(removals):
        device = office.act(names[whom]).incarnation
        act = removal(office, names[by], index=number)
        office.remove(names[whom], by=act, frontier={device: last})
    verdicts = [late(office, name, index) for name in names for index in range(8)]
    chance.shuffle(office.state.revocations)  # type: ignore[attr-defined]
    office.state._removals = (-1, None)
    assert [late(office, name, index) for name in names for index in range(8)] == verdicts
