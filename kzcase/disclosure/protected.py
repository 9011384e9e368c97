"""What protection gives: published counts, the sealed protected file behind them, and how they were made."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kzcase.disclosure.codebook import Codebook
from kzcase.disclosure.frame import State
from kzcase.disclosure.tables import Cell, Table

METHOD: Final = "additive group rounding"
ENGINE: Final = "R1"


@dataclass(frozen=True, slots=True)
class Protected:
    """One period, protected once. `groups` and `drift` are secret: they stay in the ledger inside the casebook."""

    period: str
    codebook: Codebook
    tables: tuple[Table, ...]
    base: int
    bound: int
    counts: Mapping[Cell, int]
    """Every cell of every table and margin; multiples of the base."""
    variables: tuple[str, ...]
    groups: tuple[tuple[State, int], ...]
    """The protected file: combinations of `variables` with how many people stand for each."""
    drift: Mapping[Cell, int]
    """Published minus true, of this period; needed so that a year's sums stay within the bound."""
    wider: Mapping[Cell, int]
    """Cells whose year-to-date sum has a wider bound than `bound`, with that bound."""
    key_id: str
    source: str
    """Keyed fingerprint of the true counts: says whether two runs saw the same people, only to who holds the key."""
    gap: float
    proven: bool
    solver: str

    def total(self) -> int:
        """The protected number of people."""
        return self.counts[()]

    def fingerprint(self) -> str:
        """SHA-256 of the protected file, for the ledger."""
        said = [self.period, self.base, list(self.variables), [[*state, count] for state, count in self.groups]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def summed(periods: Sequence[Protected]) -> dict[Cell, int]:
    """The counts of a longer period: stored results added up, never protected again."""
    total: dict[Cell, int] = {}
    for protected in periods:
        for cell, count in protected.counts.items():
            total[cell] = total.get(cell, 0) + count
    return total
