"""Engine R: one period's true counts become counts in groups of `base`, additive and off by at most `base`.

Every published number counts the same list of protected people, in which each combination stands for 0, b, 2b, …
people. Moving up to b real people into or out of any combination changes no published number by more than b, so no
arithmetic on published numbers can narrow any of them (the bound must therefore be b itself, not b − 1).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kzcase.disclosure.checks import check
from kzcase.disclosure.frame import Frame
from kzcase.disclosure.linear import Program, Solution, solved
from kzcase.disclosure.people import glued
from kzcase.disclosure.protected import Protected
from kzcase.disclosure.rounding import drawn, key_id, keyed_fingerprint, leanings
from kzcase.disclosure.sampling import thinned
from kzcase.disclosure.tables import Cell, label
from kzcase.disclosure.watch import Nobody, Watch
from kzcase.domain.errors import BadInput, CannotProtect, TooFewPeople

FEWEST: Final = 30
"""Below this protected total a summary says more about people than about numbers."""
WEIGHTS: Final = (20.0, 4.0, 1.5, 1.0)
"""What leaving a cell's leaning costs, by how many variables it names; further dimensions like the last."""
DECOY_WEIGHT: Final = 6.0
"""A drawn decoy is hard to lose: the chance of a published group in a truly empty cell must have a floor."""
TOWARDS_TRUTH: Final = 0.02
"""Among equally good answers prefer, a little, the one nearer the truth."""
UNREST: Final = 0.2
"""Width of the keyed random cost of each column; it decides between equally good answers."""
OVER_THE_YEAR: Final = 50.0
GAP: Final = 0.01
SECONDS: Final = 30.0


def protect(
    counts: Mapping[Cell, int],
    frame: Frame,
    *,
    base: int,
    key: bytes,
    period: str = "",
    earlier: Sequence[Protected] = (),
    fewest: int = FEWEST,
    watch: Watch | None = None,
) -> Protected | None:
    """Protect one period's true counts (cells missing from `counts` are 0). None if the watch stopped it.

    `earlier` are the protected periods of the same year: their errors are balanced so that the year's sums stay
    within the bound. TooFewPeople below `fewest`; CannotProtect if no answer keeps every bound.
    """
    watch = watch or Nobody()
    _refuse_unknown(counts, frame)
    before = _drift(earlier)
    watch.step(0, 3)
    frame = thinned(frame, key=key, period=period)
    program, strain = _program(counts, frame, base, key, period, before)
    solver = program.solver(mip_rel_gap=GAP, time_limit=SECONDS)
    solution = solved(solver, watch.stopped)
    if watch.stopped():
        return None
    if solution is None:
        raise CannotProtect(period)
    watch.step(1, 3)
    protected = _protected(counts, frame, base, key, period, solution, strain, solver)
    watch.step(2, 3)
    check(protected, counts, frame)
    if protected.total() < fewest:
        raise TooFewPeople(period, total=protected.total(), fewest=fewest)
    watch.step(3, 3)
    return protected


def _refuse_unknown(counts: Mapping[Cell, int], frame: Frame) -> None:
    known = set(frame.cells)
    for cell, count in counts.items():
        if count and cell not in known:
            raise BadInput(label(cell))


def _drift(earlier: Sequence[Protected]) -> dict[Cell, int]:
    total: dict[Cell, int] = {}
    for protected in earlier:
        for cell, error in protected.drift.items():
            total[cell] = total.get(cell, 0) + error
    return total


def _program(
    counts: Mapping[Cell, int], frame: Frame, base: int, key: bytes, period: str, before: Mapping[Cell, int]
) -> tuple[Program, dict[Cell, int]]:
    """Whole groups per column, near the leanings, inside the bounds; and the columns that widen a year's bound."""
    program = Program()
    strain: dict[Cell, int] = {}
    ceilings = _ceilings(counts, frame, base)
    for column in range(frame.width):
        restless = UNREST * (drawn(key, period, "column", column) - 0.5)
        program.column(0, ceilings[column], restless, whole=True)
    leaning = leanings(counts, frame.cells, base=base, key=key, period=period)
    for cell, members, target in zip(frame.cells, frame.members, leaning, strict=True):
        count = counts.get(cell, 0)
        more, less = _prices(count, target, len(cell), base)
        groups = [(column, 1.0) for column in members]
        over, under = program.column(0, float("inf"), more), program.column(0, float("inf"), less)
        program.row(target, target, [*groups, (over, -1.0), (under, 1.0)])
        program.row(max(0, -(-(count - base) // base)), (count + base) // base, groups)
        if before.get(cell):
            strain[cell] = program.column(0, 1, OVER_THE_YEAR)
            middle = (count - before[cell]) / base
            program.row(-float("inf"), middle + 1, [*groups, (strain[cell], -1.0)])
            program.row(middle - 1, float("inf"), [*groups, (strain[cell], 1.0)])
    for one, other in frame.ties:
        program.row(0, 0, [*((column, 1.0) for column in one), *((column, -1.0) for column in other)])
    return program, strain


def _ceilings(counts: Mapping[Cell, int], frame: Frame, base: int) -> list[int]:
    """The most groups a column can hold without breaking the bound of a cell it belongs to."""
    highest = (counts.get((), 0) + base) // base
    ceilings = [highest] * frame.width
    for cell, members in zip(frame.cells, frame.members, strict=True):
        most = (counts.get(cell, 0) + base) // base
        for column in members:
            ceilings[column] = min(ceilings[column], most)
    return ceilings


def _prices(count: int, target: int, dimensions: int, base: int) -> tuple[float, float]:
    """What one group more, or one less, than the leaning costs in a cell."""
    weight = WEIGHTS[min(dimensions, len(WEIGHTS) - 1)]
    now = abs(base * target - count)
    more = weight * (1 + TOWARDS_TRUTH * (abs(base * (target + 1) - count) - now) / base)
    less = weight * (1 + TOWARDS_TRUTH * (abs(base * (target - 1) - count) - now) / base)
    return more, less * (DECOY_WEIGHT if count == 0 else 1)


def _protected(
    counts: Mapping[Cell, int],
    frame: Frame,
    base: int,
    key: bytes,
    period: str,
    solution: Solution,
    strain: Mapping[Cell, int],
    solver: Any,
) -> Protected:
    groups = [round(value) for value in solution.values[: frame.width]]
    published = {
        cell: base * sum(groups[column] for column in members)
        for cell, members in zip(frame.cells, frame.members, strict=True)
    }
    truth = sorted((cell, count) for cell, count in counts.items() if count)
    return Protected(
        period=period,
        codebook=frame.codebook,
        tables=frame.tables,
        base=base,
        bound=base,
        counts=published,
        variables=frame.variables(),
        groups=glued(frame, groups, base=base, key=key, period=period),
        drift={cell: count - counts.get(cell, 0) for cell, count in published.items()},
        wider={cell: 2 * base for cell, column in strain.items() if solution.values[column] > 1e-6},
        key_id=key_id(key),
        source=keyed_fingerprint(key, period, truth),
        gap=solution.gap,
        proven=not solution.stopped_early,
        solver=f"HiGHS {solver.version()}",
    )
