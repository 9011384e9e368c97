"""Operations: one value given to one field of one thing, naming the operations it replaces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SCHEMA: Final = 1
"""Version of the field vocabulary that operations are written in; `upgrades` reads older ones."""

Id = bytes
"""Sixteen random bytes."""

Dot = tuple[Id, int]
"""(act id, its number in its scope): the name of one operation. An act's id is its digest, so no two share a name."""

Value = str | int | bool | bytes | float | None | list["Value"]
"""What an operation can carry: what CBOR carries without tags."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an action did to one row: the fields it set, before they become operations."""

    entity: str
    id: Id
    subject: Id
    fields: tuple[str, ...]
    values: tuple[Value, ...]
    seen: tuple[tuple[Dot, ...], ...]
    """For each field the operations it replaces; an empty tuple for a new row."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One value given to one field; `seen` are the operations on the same field that it replaces."""

    incarnation: Id
    scope: Id
    seq: int
    act_id: Id
    hlc: int
    entity: str
    id: Id
    subject: Id
    field: str
    value: Value
    seen: tuple[Dot, ...]
    schema: int = SCHEMA
    makes_row: bool = False
    """Whether the row came into being with this operation."""

    @property
    def dot(self) -> Dot:
        """Its name."""
        return (self.act_id, self.seq)


def count(changes: Sequence[Change]) -> int:
    """How many operations these changes will become."""
    return sum(len(change.fields) for change in changes)


def by_subject(changes: Sequence[Change]) -> dict[Id, list[Value]]:
    """The values of each subject, in the order in which its operations stand."""
    gathered: dict[Id, list[Value]] = {}
    for change in changes:
        gathered.setdefault(change.subject, []).extend(change.values)
    return gathered


def numbered(changes: Sequence[Change], first: int) -> Iterator[tuple[Change, int]]:
    """Each change with the sequence number of its first operation."""
    for change in changes:
        yield change, first
        first += len(change.fields)
