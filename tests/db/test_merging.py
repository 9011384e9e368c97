"""The second property: laptops that exchanged the same parts, in any order, with losses and duplicates, end equal."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kzcase.db import store
from kzcase.db.casebook import Casebook
from kzcase.db.recorder import stored_heads
from kzcase.db.sql import Sql
from kzcase.journal.heads import FieldHeads
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot, Operation
from kzcase.keys.identity import Identity
from tests.db.books import TickingClock, founded, replica
from tests.db.drivers import World, _add_staff, perform
from tests.db.dump import differences, still_there
from tests.db.test_replay import FEW, NOTICED, forgetting_what_was_replaced, last_writer_wins

_MANY = settings(stateful_step_count=6, phases=(Phase.generate,))


class Meeting(RuleBasedStateMachine):
    """Three laptops: two of the founder, one of a colleague. They work apart and meet as chance has it."""

    examples = 0
    performed: set[str] = set()  # noqa: RUF012  # counted over all examples

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder, self.chance = Path(mkdtemp(prefix="kzcase-meeting-")), Random(seed)
        first = World(founded(self.folder), Random(seed))
        colleague: Identity = _add_staff(first)  # type: ignore[assignment]
        parts, keys = first.book.everything()
        second = World(replica(self.folder, first.book._identity, TickingClock()), Random(seed + 1), [colleague])  # type: ignore[arg-type]
        third = World(replica(self.folder, colleague, TickingClock()), Random(seed + 2))
        self.worlds = [first, second, third]
        for world in (second, third):
            world.book.take_in(parts, keys)
        if Meeting.examples == 0:
            for kind in KINDS:
                for laptop in range(3):
                    self.act(kind, laptop)
                self.meet(laptop, (laptop + 1) % 3, 0.5)
        Meeting.examples += 1

    @rule(kind=st.sampled_from(sorted(KINDS)), laptop=st.integers(0, 2))
    def act(self, kind: str, laptop: int) -> None:
        if kind not in ("batch.added",) and not isinstance(perform(self.worlds[laptop], kind), Exception):
            Meeting.performed.add(kind)

    @rule(giver=st.integers(0, 2), taker=st.integers(0, 2), share=st.floats(0.1, 1))
    def meet(self, giver: int, taker: int, share: float) -> None:
        """One laptop takes in some of the other's parts: shuffled, some lost, some twice."""
        parts, keys = self.worlds[giver].book.everything()
        given = [part for part in parts if self.chance.random() < share]
        given += [part for part in given if self.chance.random() < 0.2]
        self.chance.shuffle(given)
        if giver != taker:
            self.worlds[taker].book.take_in(given, keys)

    def teardown(self) -> None:
        if not hasattr(self, "worlds"):
            return
        try:
            self._meet_fully()
            books = [world.book for world in self.worlds]
            assert not differences(*books)
            assert not lost_values(books[0])
            assert not [found for book in books for found in still_there(book)]
        finally:
            for world in self.worlds:
                world.book.close()
            shutil.rmtree(self.folder)

    def _meet_fully(self) -> None:
        for giver in self.worlds:
            parts, keys = giver.book.everything()
            for taker in self.worlds:
                self.chance.shuffle(parts)
                taker.book.take_in(parts, keys)


def lost_values(book: Casebook) -> list[Dot]:
    """Operations that count, are nobody's head and were replaced by nobody: there must be none."""
    lost = []
    with book._write_lock, book._transaction("take_in"):
        sql: Sql = book._sql
        left_out = store.not_counting(sql)
        held: dict[tuple[str, bytes, str], list[Operation]] = {}
        for (act_id,) in sql.rows("SELECT DISTINCT act_id FROM parts"):
            for part in store.parts_of(sql, act_id) if act_id not in left_out else ():
                for operation in store.operations_of(sql, part, book._keyrings.ring(sql, part.scope)):
                    held.setdefault((operation.entity, operation.id, operation.field), []).append(operation)
        for (entity, row_id, name), operations in held.items():
            replaced = {dot for operation in operations for dot in operation.seen}
            live = set(stored_heads(sql, entity, row_id).of(name).dots)
            lost += [o.dot for o in operations if (o.dot in live) == (o.dot in replaced)]
    return lost


def test_laptops_that_met_end_equal() -> None:
    Meeting.performed, Meeting.examples = set(), 0
    run_state_machine_as_test(Meeting, settings=_MANY)
    assert Meeting.examples >= settings().max_examples
    assert Meeting.performed == set(KINDS) - {"casebook.founded", "batch.added"}


@pytest.mark.parametrize("fault", [last_writer_wins, forgetting_what_was_replaced])
def test_a_planted_fault_is_caught(fault: Callable[[Any, Operation], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FieldHeads, "take", fault)
    Meeting.examples = 0
    with pytest.raises(NOTICED):
        run_state_machine_as_test(Meeting, settings=FEW)


def test_a_part_with_one_flipped_byte_is_refused(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        perform(World(book, Random(1)), "case.opened")
        parts, keys = book.everything()
        with replica(tmp_path, book._identity) as other:  # type: ignore[arg-type]
            for part in parts[:3]:
                at = Random(os.urandom(4)).randrange(len(part))
                spoiled = part[:at] + bytes([part[at] ^ 1]) + part[at + 1 :]
                before = len(other.everything()[0])
                taken = other.take_in([spoiled], keys)
                grown = len(other.everything()[0]) - before
                assert taken.refused + grown <= 1
                assert not taken.rows
