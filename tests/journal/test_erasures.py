"""Which bodies and keys may be held: a function of what the acts say, in whatever order they came."""

from itertools import permutations

from kzcase.journal.erasures import NOTHING, Erasures

ORG, OFFICE, CASE, PERSON, ACT = (bytes([n]) * 16 for n in range(5))
OLD, NEW, OTHER = b"old-key-", b"new-key-", b"another-"


def erased(*subjects: tuple[bytes, bytes, bytes], bodies: tuple[tuple[bytes, bytes, bytes], ...] = ()) -> Erasures:
    return Erasures.of(subjects, bodies, ORG, OFFICE)


def test_only_what_remains_may_be_held() -> None:
    found = erased((CASE, CASE, NEW), (CASE, PERSON, b""))
    assert not found.may_hold((ACT, CASE, CASE), OLD)
    assert found.may_hold((ACT, CASE, CASE), NEW)
    assert not found.may_hold((ACT, CASE, PERSON), NEW)
    assert found.may_hold((ACT, PERSON, PERSON), OLD)
    assert found.allowed(CASE, {CASE: {OLD: b"1", NEW: b"2"}, PERSON: {OLD: b"3"}}) == {CASE: {NEW: b"2"}}
    assert found.allowed(PERSON, {CASE: {OLD: b"1"}}) == {CASE: {OLD: b"1"}}


def test_several_erasures_of_one_subject_keep_what_any_of_them_keeps() -> None:
    rows = [(CASE, CASE, NEW), (CASE, CASE, OTHER), (CASE, CASE, b"")]
    assert len({frozenset(erased(*order).kept.items()) for order in permutations(rows)}) == 1
    assert erased(*rows).may_hold_key(CASE, CASE, OTHER)
    assert not erased(*rows).may_hold_key(CASE, CASE, OLD)
    assert not erased((CASE, CASE, b"")).may_hold_key(CASE, CASE, b"")


def test_a_named_body_goes_whatever_closed_it() -> None:
    found = erased(bodies=((ACT, CASE, CASE),))
    assert not found.may_hold((ACT, CASE, CASE), OLD)
    assert found.may_hold((b"x" * 16, CASE, CASE), OLD)
    assert found.may_hold_key(CASE, CASE, OLD)


def test_nobody_erases_the_organisation_or_what_the_office_shares() -> None:
    assert not erased((ORG, ORG, b""), (ORG, CASE, b""), (OFFICE, OFFICE, b""), bodies=((ACT, ORG, ORG),))
    assert erased((OFFICE, CASE, b""))
    assert erased(bodies=((ACT, OFFICE, OFFICE),))  # a partner's row that names the person


def test_what_is_new_and_what_is_freed() -> None:
    less, more = erased((CASE, CASE, NEW)), erased((CASE, CASE, NEW), (CASE, CASE, OTHER), (PERSON, PERSON, b""))
    assert more.beyond(NOTHING).kept.keys() == {(CASE, CASE), (PERSON, PERSON)}
    assert more.beyond(less).kept.keys() == {(PERSON, PERSON)}  # of the case more may be held than before
    assert less.beyond(more).kept.keys() == {(CASE, CASE)}  # and that is what has to be read again
    assert not less.beyond(less)
    assert erased(bodies=((ACT, CASE, CASE),)).beyond(less).bodies == {(ACT, CASE, CASE)}
    assert more.scopes == {CASE, PERSON}
