"""Events that would be recognised: twelve men freed from one farm are a bump in a table, whatever the rounding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kzcase.disclosure.tables import Cell, Table, cells_of_person
from kzcase.domain.errors import OneEventStandsOut

HIGH: Final = 10
"""From this base on, an event no larger than the base hides in the rounding."""


@dataclass(frozen=True, slots=True)
class StandsOut:
    """An event or family that fills more than half of a cell, or is larger than the base."""

    incident: str
    people: int
    cells: tuple[Cell, ...]


def standing_out(
    people: Iterable[tuple[Mapping[str, str], str]], tables: Sequence[Table], base: int
) -> tuple[StandsOut, ...]:
    """Incidents to merge, to wait with or to hide behind a larger base; `people` are (categories, incident or "")."""
    totals: dict[Cell, int] = {}
    shares: dict[str, dict[Cell, int]] = {}
    for person, incident in people:
        for cell in cells_of_person(person, tables):
            totals[cell] = totals.get(cell, 0) + 1
            if incident:
                share = shares.setdefault(incident, {})
                share[cell] = share.get(cell, 0) + 1
    found = (_judged(incident, share, totals, base) for incident, share in sorted(shares.items()))
    return tuple(one for one in found if one is not None)


def _judged(incident: str, share: Mapping[Cell, int], totals: Mapping[Cell, int], base: int) -> StandsOut | None:
    size = share[()]
    if size < 2 or (base >= HIGH and size <= base):
        return None
    filled = tuple(cell for cell, count in share.items() if totals[cell] >= base and 2 * count > totals[cell])
    return StandsOut(incident, size, filled) if filled or size > base else None


def refuse_events(people: Iterable[tuple[Mapping[str, str], str]], tables: Sequence[Table], base: int) -> None:
    """OneEventStandsOut for the largest event that would be recognised; says how many people, never which event."""
    found = standing_out(people, tables, base)
    if found:
        largest = max(one.people for one in found)
        raise OneEventStandsOut(people=largest, base=max(HIGH, largest))
