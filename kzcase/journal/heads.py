"""Heads: for each field, the operations that nobody has replaced. Several heads are several answers, all kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import cbor2

from kzcase.journal.operations import Dot, Id, Operation

Head = tuple[bytes, int, int]
"""(act id, seq, hlc)"""


@dataclass(slots=True)
class FieldHeads:
    """The live operations of one field, and the names of all that were replaced."""

    live: list[Head] = field(default_factory=list)
    replaced: set[Dot] = field(default_factory=set)
    """Without these a replaced value would come back to life when its part arrives late or twice."""

    def take(self, operation: Operation) -> None:
        """Count one operation in. Any order and any repetition end the same."""
        self.replaced.update(operation.seen)
        self.live = [head for head in self.live if (head[0], head[1]) not in self.replaced]
        head = (*operation.dot, operation.hlc)
        if operation.dot not in self.replaced and head not in self.live:
            self.live.append(head)

    @property
    def winner(self) -> Head | None:
        """The head shown first: the highest (hlc, act id)."""
        return max(self.live, key=lambda head: (head[2], head[0], head[1]), default=None)

    @property
    def dots(self) -> tuple[Dot, ...]:
        """What a new operation on this field names as seen."""
        return tuple((act_id, seq) for act_id, seq, _ in sorted(self.live))


class EntityHeads:
    """The heads of every field of one row; stored as one value beside it, holding no field's value."""

    __slots__ = ("fields",)

    def __init__(self, fields: dict[str, FieldHeads] | None = None) -> None:
        self.fields: dict[str, FieldHeads] = fields or {}

    def of(self, name: str) -> FieldHeads:
        """The heads of one field, made empty when there are none yet."""
        found = self.fields.get(name)
        if found is None:
            found = self.fields[name] = FieldHeads()
        return found

    @property
    def disputed(self) -> list[str]:
        """Fields with more than one answer."""
        return [name for name, heads in self.fields.items() if len(heads.live) > 1]

    def encoded(self) -> bytes:
        """Bytes that are equal for equal heads, whatever order the operations came in."""
        acts = sorted({head[0] for heads in self.fields.values() for head in heads.live})
        acts += sorted({dot[0] for heads in self.fields.values() for dot in heads.replaced} - set(acts))
        number = {act_id: position for position, act_id in enumerate(acts)}
        fields = {
            name: [
                [[number[i], seq, hlc] for i, seq, hlc in sorted(heads.live)],
                [[number[i], seq] for i, seq in sorted(heads.replaced)],
            ]
            for name, heads in sorted(self.fields.items())
        }
        return cbor2.dumps([acts, fields])


def decode(encoded: bytes) -> EntityHeads:
    """Heads again from their stored bytes."""
    acts, fields = cbor2.loads(encoded)
    return EntityHeads(
        {
            name: FieldHeads([(acts[i], s, h) for i, s, h in live], {(acts[i], s) for i, s in replaced})
            for name, (live, replaced) in fields.items()
        }
    )


def new_row(act_id: Id, first_seq: int, hlc: int, fields: Iterable[str]) -> EntityHeads:
    """The heads of a row just made: one operation a field."""
    return EntityHeads({name: FieldHeads([(act_id, first_seq + offset, hlc)]) for offset, name in enumerate(fields)})
