"""Heads: any order and any repetition of the same operations end the same, and nothing comes back to life."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzcase.journal.heads import EntityHeads, FieldHeads, decode, new_row
from kzcase.journal.operations import Dot, Operation
from tests.journal.making import an_id


def operation(act: int, seq: int, hlc: int, seen: tuple[Dot, ...] = (), name: str = "text") -> Operation:
    return Operation(an_id(1), an_id(2), seq, an_id(act), hlc, "notes", an_id(5), an_id(2), name, None, seen)


@st.composite
def histories(draw: st.DrawFn) -> list[Operation]:
    """Operations of three laptops on two fields, each naming some that were there before it; clocks as they like."""
    found: list[Operation] = []
    for seq in range(draw(st.integers(1, 12))):
        name = draw(st.sampled_from(("text", "kind")))
        before = [o.dot for o in found if o.field == name]
        seen = tuple(draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else ())
        found.append(operation(draw(st.integers(10, 12)), seq, draw(st.integers(0, 5)), seen, name))
    return found


def counted(operations: list[Operation]) -> EntityHeads:
    heads = EntityHeads()
    for one in operations:
        heads.of(one.field).take(one)
    return heads


def order_matters(histories_seen: list[Operation], seed: int) -> bool:
    chance = Random(seed)
    again = histories_seen + chance.sample(histories_seen, len(histories_seen) // 2)
    chance.shuffle(again)
    return counted(again).encoded() != counted(histories_seen).encoded()


LATE = [operation(10, 0, 1), operation(10, 1, 2, ((an_id(10), 0),))]


@given(histories(), st.integers(0, 1 << 32))
@example(LATE, 1)
def test_any_order_and_repetition_end_the_same(history: list[Operation], seed: int) -> None:
    assert not order_matters(history, seed)


@given(histories())
def test_live_is_what_nobody_replaced(history: list[Operation]) -> None:
    heads = counted(history)
    for name, field in heads.fields.items():
        own = [o for o in history if o.field == name]
        replaced = {dot for o in own for dot in o.seen}
        assert set(field.dots) == {o.dot for o in own} - replaced
    assert set(heads.disputed) == {name for name, field in heads.fields.items() if len(field.dots) > 1}


@given(histories())
def test_heads_read_as_they_were_written(history: list[Operation]) -> None:
    encoded = counted(history).encoded()
    assert decode(encoded).encoded() == encoded


def last_writer_wins(heads: FieldHeads, taken: Operation) -> None:
    newest = max([*heads.live, (taken.act_id, taken.seq, taken.hlc)], key=lambda head: head[2])
    heads.live = [newest]


def forgetting(heads: FieldHeads, taken: Operation) -> None:
    heads.live = [head for head in heads.live if (head[0], head[1]) not in taken.seen]
    heads.live.append((taken.act_id, taken.seq, taken.hlc))


@pytest.mark.parametrize("fault", [last_writer_wins, forgetting])
def test_planted_faults_are_caught(
    fault: Callable[[FieldHeads, Operation], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FieldHeads, "take", fault)
    equal_clocks = [operation(10, 0, 1), operation(11, 0, 1)]
    assert any(order_matters(history, seed) for history in (LATE, equal_clocks) for seed in range(20))


def test_the_highest_stamp_is_shown_first_and_both_stay() -> None:
    heads = counted([operation(10, 0, 5), operation(11, 0, 9), operation(12, 0, 9)])
    assert heads.of("text").winner == (an_id(12), 0, 9)
    assert len(heads.of("text").dots) == 3


def test_an_edit_made_after_seeing_wins_over_any_clock() -> None:
    history = [operation(10, 0, 1 << 60), operation(11, 0, 1, ((an_id(10), 0),))]
    assert counted(history).of("text").winner == (an_id(11), 0, 1)


def test_two_acts_of_one_device_under_one_number_stand_beside_each_other() -> None:
    """A copied casebook writes on under the numbers of the first: neither answer hides the other, seen or not."""
    both = [operation(10, 0, 5), operation(11, 0, 5)]
    seeing_one = operation(12, 1, 6, ((an_id(10), 0),))
    assert len(counted(both).of("text").dots) == 2
    assert counted([*both, seeing_one]).of("text").dots == ((an_id(11), 0), (an_id(12), 1))


def test_a_new_row_has_one_head_a_field() -> None:
    heads = new_row(an_id(10), 4, 7, ("text", "kind"))
    assert [heads.of(name).dots for name in ("text", "kind")] == [((an_id(10), 4),), ((an_id(10), 5),)]
    assert not heads.disputed
    assert heads.of("unknown").winner is None
    assert all(one <= other for one, other in pairwise(heads.of("text").dots))
