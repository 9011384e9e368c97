"""Removals of colleagues: which of them stand, and where an act stands seen from the last ones they accept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.journal.acts import Header, act_id_of
from kzcase.journal.chains import Chain, Place
from kzcase.journal.operations import Id

ANY_OTHER_DEVICE: Final = b""
"""Stands in a revocation for every device it does not name."""

ChainOf = Callable[[Id], Chain]
"""The chain of a device, as far as it is held."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """Of `staff_id`'s acts on one device those count that lie behind the act with this index and digest.

    One removal may name several acts of a device: its chain may have forked before.
    """

    staff_id: Id
    incarnation: Id
    last_index: int
    last_digest: bytes
    by: Header


@dataclass(frozen=True, slots=True)
class Admitted:
    """An act of the organisation's scope that key and role speak for, and the acts that gave its author both.

    `safe` acts no removal touches: the founding act, and what the root key signed.
    """

    header: Header
    rests_on: tuple[Id, ...] = ()
    safe: bool = False


class Removals:
    """All removals that arrived, and those that stand. Whatever order they came in, the answers are the same."""

    def __init__(self, revocations: Iterable[Revoked], admitted: Mapping[Id, Admitted], chain_of: ChainOf) -> None:
        self._chain_of = chain_of
        self._named: dict[Id, dict[Id, dict[Id, list[tuple[int, Id]]]]] = {}
        """By removal, colleague and device: the last acts that count."""
        self._of: dict[Id, list[Id]] = {}
        """The removals of each colleague that stand."""
        acts = dict(admitted)
        for revoked in revocations:
            acts.setdefault(revoked.by.act_id, Admitted(revoked.by))
            devices = self._named.setdefault(revoked.by.act_id, {}).setdefault(revoked.staff_id, {})
            devices.setdefault(revoked.incarnation, []).append((revoked.last_index, act_id_of(revoked.last_digest)))
        self._acts = acts
        standing = self._which_stand()
        for removal in sorted(standing):
            for staff_id in self._named[removal]:
                self._of.setdefault(staff_id, []).append(removal)

    def place(self, act: Admitted) -> Place:
        """Where an act stands, seen from all removals that stand, its own aside: it must lie behind every one."""
        header = act.header
        return _worst(self._seen(act, r) for r in self._of.get(header.author, ()) if r != header.act_id)

    def _seen(self, act: Admitted, removal: Id) -> Place:
        """Where an act stands, seen from one removal. What it does not list, it does not accept."""
        header, devices = act.header, self._named[removal].get(act.header.author)
        if devices is None or act.safe:
            return Place.BEHIND
        tips = devices.get(header.incarnation)
        if tips is None:
            return Place.ASIDE if ANY_OTHER_DEVICE in devices else Place.BEHIND
        chain = self._chain_of(header.incarnation)
        return _best(chain.place(header.act_id, header.index, tip, index) for index, tip in tips)

    def _which_stand(self) -> frozenset[Id]:
        """The removals that stand: all but those that came after their author was removed by one that stands.

        Nor does one stand whose author's right to it came after such a removal, nor one that would take away what
        its author's own right rests on. People who remove each other, in a pair or a ring, are all suspended until
        somebody else decides: none of these removals falls. One that fell takes nobody's removals down with it.
        """
        concerned = {act_id for removal in self._named for act_id in (removal, *self._below(removal))}
        against = {act_id: self._against(act_id) for act_id in concerned}
        stands: dict[Id, bool] = {act_id: False for act_id in self._named if self._saws_off_its_branch(act_id)}
        while True:
            open_yet = [act_id for act_id in concerned if act_id not in stands]
            decided = {a: found for a in open_yet if (found := self._stands(a, against[a], stands)) is not None}
            if not decided:
                return frozenset(removal for removal in self._named if stands.get(removal) is not False)
            stands |= decided

    def _stands(self, act_id: Id, against: set[Id], stands: Mapping[Id, bool]) -> bool | None:
        """Whether an act stands for sure or has fallen for sure, as far as others are decided."""
        above = [stands.get(removal) for removal in against]
        below = [stands.get(act) for act in self._acts[act_id].rests_on if act in self._acts]
        if True in above or False in below:
            return False
        return True if all(one is False for one in above) and all(below) else None

    def _against(self, act_id: Id) -> set[Id]:
        """The removals, itself aside, behind whose last acts it does not lie, or not as far as one can see."""
        act = self._acts[act_id]
        return {r for r in self._named if r != act_id and self._seen(act, r) is not Place.BEHIND}

    def _saws_off_its_branch(self, removal: Id) -> bool:
        """Whether a removal would void what its own author's right rests on: its author had seen that, and lies."""
        return any(self._seen(self._acts[below], removal) is Place.ASIDE for below in self._below(removal))

    def _below(self, act_id: Id) -> Iterator[Id]:
        """All acts that this one rests on, down to the founding."""
        reached, to_do = {act_id}, [act_id]
        while to_do:
            for below in self._acts[to_do.pop()].rests_on:
                if below in self._acts and below not in reached:
                    reached.add(below)
                    to_do.append(below)
                    yield below


def no_chain(_incarnation: Id) -> Chain:
    """Of no device is anything held."""
    return Chain({})


def _worst(places: Iterable[Place]) -> Place:
    return max(places, key=_GRAVITY.index, default=Place.BEHIND)


def _best(places: Iterable[Place]) -> Place:
    return min(places, key=_GRAVITY.index, default=Place.ASIDE)


_GRAVITY: Final = (Place.BEHIND, Place.UNKNOWN, Place.ASIDE)
