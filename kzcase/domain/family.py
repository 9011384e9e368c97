"""The family graph: who stands where around a person, by generation; drawn alike on the screen and on paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.domain.person_rows import RelationRow

_ABOVE: Final = ("mother", "father", "parent", "step_parent", "adoptive_parent", "guardian", "foster_carer",
                 "has_custody", "uncle_father", "aunt_father", "uncle_aunt_mother")  # fmt: skip
_BESIDE: Final = ("husband", "wife", "partner", "brother_elder", "brother_younger", "sister_elder", "sister_younger",
                  "cousin", "in_law")  # fmt: skip
GENERATION: Final[Mapping[str, int]] = {
    "grandfather": -2,
    "grandmother": -2,
    **dict.fromkeys(_ABOVE, -1),
    **dict.fromkeys(_BESIDE, 0),
    **dict.fromkeys(("son", "daughter", "nephew_niece"), 1),
    "grandchild": 2,
}
"""In which row somebody stands; whoever is no kin stands below them all."""
NO_KIN: Final = 3
MOST_IN_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class Kin:
    """One person of the graph: what they are to the one in the middle, and where they stand; `name` may be hidden."""

    person: str
    name: str | None
    relation: str
    theirs: bool
    row: int
    column: int
    hidden: bool = False
    suspected: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Everybody around one person. `row` is where that one stands; of `rows` rows the longest has `columns`."""

    kin: tuple[Kin, ...]
    row: int
    column: int
    rows: int
    columns: int


def family_of(relations: Iterable[RelationRow], suspicions: Iterable[str]) -> Family:
    """Rows from the oldest generation to the youngest, the person in the middle of theirs; long rows are broken."""
    by_generation: dict[int, list[RelationRow]] = defaultdict(list)
    for relation in relations:
        if not relation.until:
            by_generation[_generation(relation)].append(relation)
    suspected, found = frozenset(suspicions), list[Kin]()
    row, own_row = 0, 0
    own_column = (min(len(by_generation[0]), MOST_IN_ROW - 1) + 1) // 2
    for generation in sorted({0, *by_generation}):
        places = [(r, c) for r in range(len(by_generation[generation]) // 2 + 2) for c in range(MOST_IN_ROW)]
        if generation == 0:
            own_row = row
            places.remove((0, own_column))
        used = 0
        for (down, column), relation in zip(places, by_generation[generation], strict=False):
            found.append(_kin(relation, row + down, column, suspected))
            used = max(used, down)
        row += used + 1
    columns = max([own_column, *(kin.column for kin in found)]) + 1
    return Family(tuple(found), own_row, own_column, row, columns)


def _generation(relation: RelationRow) -> int:
    found = GENERATION.get(relation.kind or "", NO_KIN)
    return -found if relation.theirs and found != NO_KIN else found


def _kin(relation: RelationRow, row: int, column: int, suspected: frozenset[str]) -> Kin:
    kind = relation.kind or "unknown"
    hidden = "name" in relation.masked
    return Kin(relation.other, relation.name, kind, relation.theirs, row, column, hidden, kind in suspected)


def suspicions(ties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Those of the ties that are suspicions: the list says how long they may be kept."""
    return tuple(code for code, keep_days in ties if keep_days)
