"""Erasures: which bodies and keys may be held. A function of the acts that count, whatever order they came in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kzcase.journal.operations import Id
from kzcase.journal.parts import Part, keys_of
from kzcase.journal.sealing import Ring

Pair = tuple[Id, Id]
"""(scope, subject)."""
BodyName = tuple[Id, Id, Id]
"""(act id, scope, subject)."""


@dataclass(frozen=True, slots=True)
class Erasures:
    """Every erasure that counts. `kept`: of an erased subject only what these keys close may be held."""

    kept: Mapping[Pair, frozenset[bytes]] = field(default_factory=dict)
    bodies: frozenset[BodyName] = frozenset()

    @classmethod
    def of(
        cls, subjects: Iterable[tuple[Id, Id, bytes]], bodies: Iterable[BodyName], organisation: Id, office: Id
    ) -> "Erasures":
        """From what the acts say: (scope, subject, kept key) and bodies.

        Who may act, and what the office has in common, nobody can erase: an act that says so says nothing.
        """
        kept: dict[Pair, set[bytes]] = {}
        for scope, subject, key in subjects:
            if scope != organisation and subject != office:
                kept.setdefault((scope, subject), set()).update({key} - {b""})
        named = frozenset(name for name in bodies if name[1] != organisation)
        return cls({pair: frozenset(keys) for pair, keys in kept.items()}, named)

    def may_hold(self, name: BodyName, key: bytes) -> bool:
        """Whether a body may be held, which was closed under the key of this id."""
        return name not in self.bodies and self.may_hold_key(name[1], name[2], key)

    def may_hold_key(self, scope: Id, subject: Id, key: bytes) -> bool:
        """Whether a key of a subject may be held."""
        kept = self.kept.get((scope, subject))
        return kept is None or key in kept

    def refused(self, part: Part) -> frozenset[Id]:
        """The subjects of a part whose bodies may not be held."""
        if not self:
            return frozenset()
        named = ((subject, (part.act_id, part.scope, subject), key) for subject, key in keys_of(part.content).items())
        return frozenset(subject for subject, name, key in named if not self.may_hold(name, key))

    def allowed(self, scope: Id, ring: Ring) -> Ring:
        """The keys of a ring that may be held; a subject that has none left is not there."""
        if not self.kept:
            return ring
        left = {
            subject: {key_id: key for key_id, key in keys.items() if self.may_hold_key(scope, subject, key_id)}
            for subject, keys in ring.items()
        }
        return {subject: keys for subject, keys in left.items() if keys}

    def beyond(self, before: "Erasures") -> "Erasures":
        """What is erased here and was not before."""
        new = {pair: keys for pair, keys in self.kept.items() if not before.kept.get(pair, _ANY) <= keys}
        return Erasures(new, self.bodies - before.bodies)

    def __bool__(self) -> bool:
        return bool(self.kept or self.bodies)

    @property
    def scopes(self) -> Collection[Id]:
        """The scopes something was erased in."""
        return {scope for scope, _ in self.kept} | {scope for _, scope, _ in self.bodies}


_ANY: Final = frozenset({b"any key"})
"""Stands for the keys of a subject that was not erased: more than any list of kept ones."""
NOTHING: Final = Erasures()
