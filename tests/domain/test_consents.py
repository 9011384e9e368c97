"""What may leave: the latest word counts, several at once count together, and whatever was taken back stays here."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcase.domain import consents
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import (
    STAYS_WORDS,
    Agreed,
    Consents,
    Emergency,
    Stays,
    TakenBack,
    may_leave,
)
from kzcase.i18n import LANGUAGES, render

TODAY = date(2026, 11, 23)
ONE, OTHER = b"1" * 16, b"2" * 16
NAMES, CALLS, STORY = FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE


def agreed(number: int, *classes: FieldClass, **more: object) -> Agreed:
    said = {"recipient": ONE, "purpose": "referral", "state": "given", "given_on": TODAY, "after": frozenset()}
    return Agreed(id=bytes([number]) * 16, classes=frozenset(classes), **(said | more))  # type: ignore[arg-type]


def taken(number: int, **more: object) -> TakenBack:
    return TakenBack(id=bytes([number]) * 16, on=TODAY, **more)  # type: ignore[arg-type]


def leaves(*said: object, recipient: bytes = ONE, today: date = TODAY, purpose: str = "referral") -> set[FieldClass]:
    found = Consents(
        agreed=tuple(each for each in said if isinstance(each, Agreed)),
        taken_back=tuple(each for each in said if isinstance(each, TakenBack)),
        emergencies=tuple(each for each in said if isinstance(each, Emergency)),
    )
    return set(may_leave(found, recipient, today, purpose).classes)


def test_without_a_consent_nothing_leaves() -> None:
    found = may_leave(Consents(), ONE, TODAY)
    assert (found.classes, found.consent, found.anything) == (frozenset(), b"", False)
    assert set(found.stays.values()) == {Stays.NO_CONSENT}


def test_only_what_was_agreed_to_for_this_recipient_and_purpose_leaves() -> None:
    one = agreed(1, NAMES, CALLS)
    assert leaves(one) == {NAMES, CALLS}
    assert leaves(one, recipient=OTHER) == leaves(one, purpose="tracing") == set()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"state": "refused"}, Stays.REFUSED),
        ({"state": "withdrawn"}, Stays.WITHDRAWN),
        ({"state": "withdrawn", "ours": True}, Stays.REVOKED),
        ({"state": "not_possible"}, Stays.NOT_ASKED),
        ({"state": ""}, Stays.NOT_ASKED),
        ({"given_on": TODAY + timedelta(days=1)}, Stays.NOT_YET),
        ({"valid_until": TODAY - timedelta(days=1)}, Stays.EXPIRED),
        ({"lacks": ("guardian",)}, Stays.INCOMPLETE),
        ({"disputed": frozenset({"state"})}, Stays.DISPUTED),
        ({"disputed": frozenset({"partner_id"})}, Stays.DISPUTED),
        ({"disputed": frozenset({"purpose"})}, Stays.DISPUTED),
    ],
)
def test_a_consent_that_does_not_hold_says_why(more: dict[str, object], why: Stays) -> None:
    found = may_leave(Consents(agreed=(agreed(1, NAMES, **more),)), ONE, TODAY)
    assert (found.anything, found.stays[NAMES]) == (False, why)


@pytest.mark.parametrize("more", [{"valid_until": TODAY}, {"state": "by_representative"}, {"given_on": None}])
def test_a_consent_that_holds(more: dict[str, object]) -> None:
    assert leaves(agreed(1, NAMES, **more)) == {NAMES}


def test_classes_and_days_about_which_laptops_disagree_let_the_narrowest_leave() -> None:
    narrowed = agreed(1, NAMES, disputed=frozenset({"classes", "valid_until"}))
    found = may_leave(Consents(agreed=(narrowed,)), ONE, TODAY)
    assert (found.classes, found.disputed) == ({NAMES}, True)


def test_a_newer_consent_stands_in_place_of_the_older_one_wider_or_narrower() -> None:
    first = agreed(1, NAMES, CALLS)
    assert leaves(first, agreed(2, STORY, after=frozenset({first.id}))) == {STORY}
    assert leaves(first, agreed(2, state="refused", after=frozenset({first.id}))) == set()
    ended = agreed(2, STORY, after=frozenset({first.id}), valid_until=TODAY - timedelta(days=1))
    assert leaves(first, ended) == set()


def test_two_given_without_knowing_of_each_other_let_only_what_both_allow_leave() -> None:
    assert leaves(agreed(1, NAMES, CALLS), agreed(2, CALLS, STORY)) == {CALLS}
    assert leaves(agreed(1, NAMES), agreed(2, state="withdrawn")) == set()


def test_of_older_records_the_latest_day_counts() -> None:
    old = agreed(1, NAMES, after=None, given_on=TODAY - timedelta(days=9))
    new = agreed(2, CALLS, after=None)
    assert leaves(old, new) == {CALLS}
    assert leaves(replace(old, given_on=TODAY), new) == set()


def test_a_part_taken_back_stays_and_the_rest_leaves() -> None:
    one = agreed(1, NAMES, CALLS)
    back = taken(9, recipient=ONE, classes=frozenset({CALLS}))
    assert leaves(one, back) == {NAMES}
    found = may_leave(Consents(agreed=(one,), taken_back=(back,)), ONE, TODAY)
    assert (found.why_not(CALLS), found.why_not(NAMES), found.why_not(STORY)) == (
        Stays.WITHDRAWN,
        None,
        Stays.NOT_AGREED,
    )
    ours = may_leave(Consents(agreed=(one,), taken_back=(replace(back, ours=True),)), ONE, TODAY)
    assert ours.why_not(CALLS) is Stays.REVOKED


@pytest.mark.parametrize(
    ("back", "left"),
    [
        ({}, set()),
        ({"recipient": OTHER}, {NAMES}),
        ({"purposes": frozenset({"tracing"})}, {NAMES}),
        ({"purposes": frozenset({"referral", "tracing"})}, set()),
        ({"consent": bytes([1]) * 16}, set()),
        ({"consent": bytes([2]) * 16}, {NAMES}),
        ({"classes": frozenset({STORY})}, {NAMES}),
    ],
)
def test_what_is_taken_back_hits_what_fits_and_nothing_else(back: dict[str, object], left: set[FieldClass]) -> None:
    assert leaves(agreed(1, NAMES), taken(9, **back)) == left


def test_who_agrees_again_in_knowledge_of_the_withdrawal_has_agreed() -> None:
    back = taken(9)
    assert leaves(agreed(1, NAMES, after=frozenset({back.id})), back) == {NAMES}
    assert leaves(agreed(1, NAMES, given_on=TODAY + timedelta(days=1)), back) == set()  # not yet, and not known either


def test_of_older_records_a_later_day_counts_as_knowing() -> None:
    back = taken(9)
    later = TODAY + timedelta(days=1)
    assert leaves(agreed(1, NAMES, after=None, given_on=later), back, today=later) == {NAMES}
    assert leaves(agreed(1, NAMES, after=None), back) == set()


def test_an_emergency_lets_its_classes_leave_on_its_days_only() -> None:
    urgent = Emergency(id=b"9" * 16, recipient=ONE, classes=frozenset({NAMES}), since=TODAY, until=TODAY)
    assert leaves(urgent) == {NAMES}
    assert leaves(urgent, agreed(1, CALLS)) == {NAMES, CALLS}
    assert leaves(urgent, taken(8)) == {NAMES}
    assert leaves(urgent, today=TODAY + timedelta(days=1)) == leaves(urgent, recipient=OTHER) == set()
    found = may_leave(Consents(emergencies=(urgent,)), ONE, TODAY)
    assert (found.consent, found.emergency) == (b"", urgent.id)


def test_every_reason_is_said_in_three_languages() -> None:
    assert set(STAYS_WORDS) == set(Stays)
    assert all(len({render(words, each) for each in LANGUAGES}) == 3 for words in STAYS_WORDS.values())


# Any story: two laptops, who know what they have heard


@dataclass
class Laptop:
    """What one laptop has heard: consents and withdrawals in the order in which it heard them."""

    known: list[Agreed | TakenBack] = field(default_factory=list)


CLASSES = st.frozensets(st.sampled_from(list(FieldClass)), max_size=4)
STEPS = st.lists(
    st.tuples(st.sampled_from((0, 1)), st.sampled_from(("agree", "refuse", "part", "all", "meet")), CLASSES),
    max_size=9,
)


def told(steps: list[tuple[int, str, frozenset[FieldClass]]]) -> tuple[list[Agreed | TakenBack], set[FieldClass]]:
    """Every event, and what may leave by the plain reading: what nobody's latest word forbids."""
    laptops, number = (Laptop(), Laptop()), 0
    for at, what, classes in steps:
        number, me = number + 1, laptops[at]
        before = frozenset(each.id for each in me.known)
        match what:
            case "agree" | "refuse":
                state = "given" if what == "agree" else "refused"
                me.known.append(agreed(number, *classes, state=state, after=before))
            case "part" | "all":
                me.known.append(taken(number, classes=classes if what == "part" else frozenset()))
            case "meet":
                both = {each.id: each for each in (*laptops[0].known, *laptops[1].known)}
                for laptop in laptops:
                    laptop.known = list(both.values())
    everything = {each.id: each for each in (*laptops[0].known, *laptops[1].known)}
    return list(everything.values()), set(FieldClass) - forbidden(list(everything.values()))


def forbidden(events: list[Agreed | TakenBack]) -> set[FieldClass]:
    """Class by class: somebody's latest word forbids it, or nobody ever allowed it."""
    words = [each for each in events if isinstance(each, Agreed)]
    last = [one for one in words if not any(one.id in (other.after or ()) for other in words)]
    found = set() if last else set(FieldClass)
    for each in FieldClass:
        for one in last:
            backs = [b for b in events if isinstance(b, TakenBack) and b.id not in (one.after or ())]
            taken_away = any(not back.classes or each in back.classes for back in backs)
            if one.state != "given" or each not in one.classes or taken_away:
                found.add(each)
    return found


@settings(max_examples=150)
@given(steps=STEPS)
def test_whatever_was_said_on_two_laptops_the_narrowest_word_holds(
    steps: list[tuple[int, str, frozenset[FieldClass]]],
) -> None:
    events, expected = told(steps)
    assert leaves(*events) == expected
    assert leaves(*reversed(events)) == expected


def test_a_rule_that_forgot_the_other_laptop_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: only the last of several latest words is read."""
    everyone = consents.in_question
    monkeypatch.setattr(consents, "in_question", lambda *asked: everyone(*asked)[-1:])
    events, expected = told([(0, "refuse", frozenset()), (1, "agree", frozenset({NAMES}))])
    assert leaves(*events) != expected
