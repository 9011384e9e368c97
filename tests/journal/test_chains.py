"""Chains: what lies behind an act is what its digests lead to, however much of it is missing and whoever asks first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.journal.chains import Chain, Links, Place
from tests.journal.making import an_id

BEHIND, ASIDE, UNKNOWN = Place.BEHIND, Place.ASIDE, Place.UNKNOWN


def straight(length: int, *missing: int) -> dict[bytes, tuple[int, bytes]]:
    """A chain in which act n has the id n + 1, with gaps."""
    return {an_id(n + 1): (n, an_id(n) if n else b"") for n in range(length) if n not in missing}


def test_everything_before_the_named_act_lies_behind_it_and_nothing_after() -> None:
    chain = Chain(straight(6))
    assert [chain.place(an_id(n + 1), n, an_id(4), 3) for n in range(6)] == [BEHIND] * 4 + [ASIDE] * 2


def test_another_act_under_the_same_number_stands_aside() -> None:
    chain = Chain(straight(6) | {an_id(99): (2, an_id(2))})
    assert chain.place(an_id(99), 2, an_id(6), 5) is ASIDE
    assert chain.place(an_id(3), 2, an_id(99), 2) is ASIDE
    assert chain.place(an_id(2), 1, an_id(99), 2) is BEHIND


def test_before_a_gap_nothing_is_known() -> None:
    chain = Chain(straight(6, 3))
    assert [chain.place(an_id(n + 1), n, an_id(6), 5) for n in (0, 1, 2, 4, 5)] == [UNKNOWN] * 3 + [BEHIND] * 2
    assert Chain(straight(6)).place(an_id(1), 0, an_id(6), 5) is BEHIND


def test_an_act_in_the_place_of_the_missing_one_is_not_known_either() -> None:
    """It may be the one that is missing as far as numbers go; its digest says it is not, once the next one names it."""
    chain = Chain(straight(6, 3) | {an_id(99): (3, an_id(3))})
    assert chain.place(an_id(99), 3, an_id(6), 5) is UNKNOWN
    whole = Chain(straight(6) | {an_id(99): (3, an_id(3))})
    assert whole.place(an_id(99), 3, an_id(6), 5) is ASIDE


def test_while_the_named_act_is_missing_only_what_comes_after_it_is_known() -> None:
    chain = Chain(straight(6, 3))
    assert [chain.place(an_id(n + 1), n, an_id(4), 3) for n in (0, 2, 4, 5)] == [UNKNOWN, UNKNOWN, ASIDE, ASIDE]


@pytest.mark.parametrize(("tip", "index"), [(an_id(4), 2), (an_id(4), 4), (b"", -1), (b"", 3)])
def test_who_names_an_act_by_another_number_names_nothing(tip: bytes, index: int) -> None:
    chain = Chain(straight(6))
    assert [chain.place(an_id(n + 1), n, tip, index) for n in range(6)] == [ASIDE] * 6


BROKEN = {
    "a number left out": {an_id(1): (0, b""), an_id(2): (2, an_id(1)), an_id(3): (3, an_id(2))},
    "a number used again": {an_id(1): (0, b""), an_id(2): (0, an_id(1)), an_id(3): (1, an_id(2))},
    "nothing named before it": {an_id(1): (0, b""), an_id(2): (4, b""), an_id(3): (5, an_id(2))},
    "itself": {an_id(1): (0, b""), an_id(2): (1, an_id(2)), an_id(3): (2, an_id(2))},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_nothing_lies_behind_an_act_that_no_program_of_ours_wrote(broken: str) -> None:
    links = BROKEN[broken]
    chain = Chain(links)
    assert chain.place(an_id(3), links[an_id(3)][0], an_id(3), links[an_id(3)][0]) is BEHIND
    assert chain.place(an_id(1), 0, an_id(3), links[an_id(3)][0]) is ASIDE


# Against a second opinion


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[bytes, tuple[int, bytes]], dict[bytes, tuple[int, bytes]]]:
    """A device's acts with forks and forgeries, and what of them has arrived."""
    acts: dict[bytes, tuple[int, bytes]] = {}
    for number in range(1, draw(st.integers(2, 14))):
        before = draw(st.sampled_from([b"", *acts]))
        follows = acts[before][0] + 1 if before else 0
        acts[an_id(number)] = (draw(st.sampled_from((follows, follows, follows, 0, 3))), before)
    return acts, {act: link for act, link in acts.items() if draw(st.integers(0, 4))}


def opinion(held: Links, act_id: bytes, tip: bytes, tip_index: int) -> Place:
    """The same question answered by walking anew each time."""
    at, index = tip, tip_index
    while at:
        if at not in held:
            return UNKNOWN if held[act_id][0] <= index else ASIDE
        if held[at][0] != index:
            return ASIDE
        if at == act_id:
            return BEHIND
        at, index = (held[at][1] if index else b""), index - 1
    return ASIDE


@given(trees(), st.randoms())
def test_a_second_opinion_agrees_whatever_was_asked_before(
    tree: tuple[dict[bytes, tuple[int, bytes]], dict[bytes, tuple[int, bytes]]], chance: object
) -> None:
    acts, held = tree
    questions = [(act, tip, index) for act in held for tip in acts for index in {acts[tip][0], 2}]
    chance.shuffle(questions)  # type: ignore[attr-defined]
    chain = Chain(held)
    for act, tip, index in questions:
        assert chain.place(act, held[act][0], tip, index) is opinion(held, act, tip, index)


@given(trees())
def test_the_latest_acts_are_those_that_no_other_leads_to(
    tree: tuple[dict[bytes, tuple[int, bytes]], dict[bytes, tuple[int, bytes]]],
) -> None:
    _, held = tree
    chain = Chain(held)
    asked = sorted(held, key=lambda act: (-held[act][0], act))
    latest = [act for act in asked if chain.is_news(act, held[act][0])]
    for act in held:
        seen = {opinion(held, act, tip, held[tip][0]) for tip in latest}
        assert BEHIND in seen
    for act in latest:
        others = [tip for tip in latest if tip != act]
        assert all(opinion(held, act, tip, held[tip][0]) is not BEHIND for tip in others)


class Counted(dict[bytes, tuple[int, bytes]]):
    """Links that count how often they are looked at."""

    looks = 0

    def get(self, key: bytes, default: object = None) -> object:  # type: ignore[override]
        self.looks += 1
        return super().get(key, default)  # type: ignore[arg-type]

    def __getitem__(self, key: bytes) -> tuple[int, bytes]:
        self.looks += 1
        return super().__getitem__(key)


def test_each_act_is_walked_over_once_however_many_are_asked_about() -> None:
    length = 2_000
    name = [n.to_bytes(16, "big") for n in range(length + 1)]
    links = Counted({name[n]: (n - 1, name[n - 1] if n > 1 else b"") for n in range(1, length + 1)})
    chain = Chain(links)
    for tip in (length, length // 2, 700, 3, length - 1):
        for act in range(1, length + 1):
            assert chain.place(name[act], act - 1, name[tip], tip - 1) is (BEHIND if act <= tip else ASIDE)
    assert links.looks <= length + 10
