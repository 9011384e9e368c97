"""The first property: replaying the journal, in any order, into an empty casebook gives the same tables."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kzcase.journal.heads import FieldHeads
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Operation
from tests.db.books import empty, founded
from tests.db.drivers import DRIVERS, World, perform
from tests.db.dump import differences

# Ids and keys are random, so shrinking a failure would chase a moving target.
_MANY = settings(stateful_step_count=6, phases=(Phase.generate,))
FEW = settings(max_examples=25, stateful_step_count=6, phases=(Phase.generate,))
NOTICED = (AssertionError, FlakyFailure)


def test_every_kind_has_a_driver() -> None:
    assert set(DRIVERS) == set(KINDS)


class Replay(RuleBasedStateMachine):
    """One laptop at work; at the end its journal is replayed in a drawn order."""

    performed: set[str] = set()  # noqa: RUF012  # counted over all examples
    examples = 0

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder = Path(mkdtemp(prefix="kzcase-replay-"))
        self.world = World(founded(self.folder), Random(seed))
        if Replay.examples == 0:
            for kind in KINDS:
                self.act(kind)
        Replay.examples += 1

    @rule(kind=st.sampled_from(sorted(KINDS)))
    def act(self, kind: str) -> None:
        if not isinstance(perform(self.world, kind), Exception):
            Replay.performed.add(kind)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            parts, keys = self.world.book.everything()
            self.world.chance.shuffle(parts)
            with empty(self.folder) as replayed:
                replayed.take_in(parts, keys)
                differing = differences(self.world.book, replayed)
            self.world.book.close()
            shutil.rmtree(self.folder)
            assert not differing


def test_replay_gives_the_same_tables() -> None:
    Replay.performed, Replay.examples = set(), 0
    run_state_machine_as_test(Replay, settings=_MANY)
    assert Replay.examples >= settings().max_examples
    assert Replay.performed == set(KINDS) - {"casebook.founded"}  # which stands in every casebook and is never repeated


# Canaries: the property must notice planted faults


def last_writer_wins(heads: FieldHeads, operation: Operation) -> None:
    newest = max([*heads.live, (operation.incarnation, operation.seq, operation.hlc)], key=lambda head: head[2])
    heads.live = [newest]


def forgetting_what_was_replaced(heads: FieldHeads, operation: Operation) -> None:
    heads.live = [head for head in heads.live if (head[0], head[1]) not in operation.seen]
    heads.live.append((operation.incarnation, operation.seq, operation.hlc))


@pytest.mark.parametrize("fault", [last_writer_wins, forgetting_what_was_replaced])
def test_a_planted_fault_is_caught(fault: Callable[[Any, Operation], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FieldHeads, "take", fault)
    Replay.examples = 0
    with pytest.raises(NOTICED):
        run_state_machine_as_test(Replay, settings=FEW)
