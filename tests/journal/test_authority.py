"""Authority: who may act is read off the acts themselves, and the same set of acts always gives the same answer."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.permissions import MAY, Role
from kzcase.journal.acts import Header, Identity, sign
from kzcase.journal.authority import ANY_OTHER_DEVICE, FOUNDING, Grant, Organisation, Revoked, Verdict
from kzcase.journal.kinds import KINDS
from tests.journal.making import Signer, an_id, header_of

COUNTS, WAITS, REFUTED = Verdict.COUNTS, Verdict.WAITS, Verdict.REFUTED
FOUNDER_ACT = an_id(100)


@dataclass
class Office:
    """An organisation with colleagues, each at a laptop of their own."""

    state: Organisation = field(default_factory=lambda: Organisation(founder=FOUNDER_ACT))
    people: dict[str, Signer] = field(default_factory=dict)

    def add(self, name: str, role: str) -> Signer:
        """Somebody new, whose role stands under a number of its own."""
        signer = self.people[name] = Signer()
        self.state.sign_keys[signer.staff_id] = signer.public
        self.state.grants[self.dot(name)] = Grant(signer.staff_id, role, an_id(101))
        return signer

    def dot(self, name: str) -> tuple[bytes, int]:
        return (an_id(9), list(self.people).index(name))

    def act(self, name: str, kind: str = "note.added", index: int = 0, number: int = 1) -> Header:
        """An act of somebody on their laptop."""
        device = an_id(50 + list(self.people).index(name))
        author = self.people[name].staff_id
        return header_of(
            act_id=an_id(number), kind=kind, author=author, incarnation=device, index=index, authority=self.dot(name)
        )

    def judge(self, header: Header, signer: Identity | None = None) -> tuple[Verdict, str]:
        author = signer or next(s for s in self.people.values() if s.staff_id == header.author)
        return self.state.judge(header, header.encoded(), sign(author, header.encoded()))

    def remove(self, name: str, *, by: Header, frontier: dict[bytes, int] | None = None) -> None:
        """Acts of somebody after a frontier no longer count; none does from a device nobody listed."""
        for device, last in {**(frontier or {}), ANY_OTHER_DEVICE: -1}.items():
            self.state.revocations.append(Revoked(self.people[name].staff_id, device, last, by))


@pytest.fixture
def office() -> Office:
    office = Office()
    for name in ("Айша", "Болат", "Гүлнар"):
        office.add(name, Role.ADMINISTRATOR)
    office.add("worker", Role.CASEWORKER)
    office.add("auditor", Role.AUDITOR)
    return office


def late(office: Office, name: str, index: int) -> bool:
    """Whether somebody's act is late."""
    return office.judge(office.act(name, "device.certified", index)) == (REFUTED, "late")


def removal(office: Office, name: str, index: int = 5, number: int = 60) -> Header:
    return office.act(name, "staff.removed", index, number)


def test_an_act_of_a_colleague_counts(office: Office) -> None:
    assert office.judge(office.act("worker")) == (COUNTS, "")


@pytest.mark.parametrize("kind", KINDS)
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
    office.state.grants[an_id(9), 77] = Grant(header.author, Role.CASEWORKER, an_id(101))
    assert office.judge(header) == (COUNTS, "")


def test_a_wrong_signature_is_refuted(office: Office) -> None:
    assert office.judge(office.act("worker"), office.people["auditor"]) == (REFUTED, "signature")
    assert office.judge(office.act("worker", "unknown.kind"), Signer()) == (REFUTED, "signature")


def test_somebody_elses_authority_is_refuted(office: Office) -> None:
    borrowed = replace(office.act("worker", "staff.added"), authority=office.dot("Айша"))
    assert office.judge(borrowed) == (REFUTED, "authority_does_not_permit")


def test_an_authority_from_a_refuted_act_is_refuted(office: Office) -> None:
    office.state.refuted.add(an_id(101))
    assert office.judge(office.act("worker")) == (REFUTED, "authority_refuted")


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
        office.remove("Болат", by=removal(office, "Айша", index=number, number=60 + number), frontier={device: last})
    chance.shuffle(office.state.revocations)  # type: ignore[attr-defined]
    assert [late(office, "Болат", index) for index in range(8)] == [index > min(lasts) for index in range(8)]


def test_two_who_remove_each_other_are_both_suspended(office: Office) -> None:
    office.remove("Болат", by=removal(office, "Айша", number=60))
    office.remove("Айша", by=removal(office, "Болат", number=61))
    assert late(office, "Айша", 9)
    assert late(office, "Болат", 9)
    assert not late(office, "Гүлнар", 9)


def test_three_who_remove_each_other_in_a_ring_are_all_suspended(office: Office) -> None:
    for number, (by, whom) in enumerate((("Айша", "Болат"), ("Болат", "Гүлнар"), ("Гүлнар", "Айша"))):
        office.remove(whom, by=removal(office, by, number=60 + number))
    assert all(late(office, name, 9) for name in ("Айша", "Болат", "Гүлнар"))


def test_a_removal_by_somebody_removed_before_falls(office: Office) -> None:
    aisha_then = {office.act("Айша").incarnation: 5}  # the removal below is one Bolat had seen
    office.remove("Болат", by=removal(office, "Айша", number=60))
    office.remove("Айша", by=removal(office, "Болат", number=61), frontier=aisha_then)
    office.remove("Гүлнар", by=removal(office, "Болат", number=62))
    assert late(office, "Болат", 9)
    assert not late(office, "Айша", 9)
    assert not late(office, "Гүлнар", 9)


def test_a_removal_that_falls_takes_no_other_down(office: Office) -> None:
    """Bolat, removed by Gulnar, removes Aisha afterwards: what Aisha removed stays removed."""
    office.remove("Болат", by=removal(office, "Гүлнар", number=60))
    office.remove("Айша", by=removal(office, "Болат", number=61))
    office.remove("worker", by=removal(office, "Айша", number=62))
    assert office.judge(office.act("worker", index=9)) == (REFUTED, "late")
    assert not late(office, "Айша", 9)


def test_whoever_leaves_by_their_own_act_has_left(office: Office) -> None:
    leaving = removal(office, "Айша")
    office.remove("Айша", by=leaving, frontier={leaving.incarnation: 4})
    assert office.judge(leaving) == (COUNTS, "")
    assert late(office, "Айша", 6)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-1, 6)), max_size=7), st.randoms())
def test_the_order_of_arrival_decides_nothing(removals: list[tuple[int, int, int]], chance: object) -> None:
    office = Office()
    names = ("a", "b", "c", "d")
    for name in names:
        office.add(name, Role.ADMINISTRATOR)
    for number, (by, whom, last) in enumerate(removals):
        device = office.act(names[whom]).incarnation
        act = removal(office, names[by], index=number, number=60 + number)
        office.remove(names[whom], by=act, frontier={device: last})
    verdicts = [late(office, name, index) for name in names for index in range(8)]
    chance.shuffle(office.state.revocations)  # type: ignore[attr-defined]
    office.state._stood = (0, frozenset())
    assert [late(office, name, index) for name in names for index in range(8)] == verdicts
