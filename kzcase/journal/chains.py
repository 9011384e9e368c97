"""The chain of one device: whether an act lies behind another one, as far as the acts between them are here."""

from collections.abc import Mapping
from enum import StrEnum

from kzcase.journal.operations import Id

Links = Mapping[Id, tuple[int, Id]]
"""For each act of a device that is held: its index, and the id of the act it names as the one before it."""

_NOWHERE = -1


class Place(StrEnum):
    """Where an act stands, seen from one that is named."""

    BEHIND = "behind"
    """It is the act named, or one of those that led to it."""
    ASIDE = "aside"
    """It is none of them, whatever may still arrive."""
    UNKNOWN = "unknown"
    """An act between the two has not arrived."""


class Chain:
    """What is held of one device's chain. Each act is walked over once, however many acts are asked about.

    Every act holds the digest of the one before it, so whoever names an act has named everything behind it, and
    nobody can put another act there. A device used by several people has one chain for all of them.
    """

    def __init__(self, links: Links) -> None:
        self._links = links
        self._line: dict[Id, int] = {}
        """The line each act walked over lies on."""
        self._ends: list[tuple[int, int]] = []
        """How each line ends: it joins another at an index, or (`_NOWHERE`, n) nothing is known from index n down."""
        self._tips: dict[tuple[Id, int], tuple[int, int]] = {}

    def place(self, act_id: Id, index: int, tip: Id, tip_index: int) -> Place:
        """Where a held act of this device stands, seen from the act `tip` that is said to have `tip_index`."""
        line, top = self._from(tip, tip_index)
        while line != _NOWHERE:
            if index <= top and self._line.get(act_id) == line:
                return Place.BEHIND
            line, top = self._ends[line]
        return Place.UNKNOWN if index <= top else Place.ASIDE

    def is_news(self, act_id: Id, index: int) -> bool:
        """Whether an act lies behind none that was asked about before; asked from the highest index down."""
        if act_id in self._line:
            return False
        self._from(act_id, index)
        return True

    def _from(self, tip: Id, index: int) -> tuple[int, int]:
        """The line a named act lies on, and how far up; walked over when it is named for the first time."""
        if (tip, index) not in self._tips:
            self._tips[tip, index] = self._walk(tip, index)
        return self._tips[tip, index]

    def _walk(self, act_id: Id, index: int) -> tuple[int, int]:
        """Go back from act to act: to the first, to one walked over before, or to one that is missing.

        An act whose index does not follow was written by no program of ours: nothing lies behind what names it.
        """
        line, top = len(self._ends), index
        self._ends.append((_NOWHERE, _NOWHERE))
        while act_id not in self._line:
            held = self._links.get(act_id)
            if held is None or held[0] != index:
                self._ends[line] = (_NOWHERE, index if held is None and act_id else _NOWHERE)  # the first names none
                return line, top
            self._line[act_id] = line
            act_id, index = held[1], index - 1
        joined = self._links[act_id][0] == index
        self._ends[line] = (self._line[act_id], index) if joined else (_NOWHERE, _NOWHERE)
        return line, top
