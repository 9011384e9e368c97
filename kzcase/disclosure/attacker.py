"""The attacker: reads releases as an outsider would and bounds every number by linear programming.

The unknown is the list of real people over every combination the codebook allows, one list a period. Each published
number is a row of the program; for each cell the attacker asks for the smallest and the largest possible truth. All
tables, all periods and all sums over periods stand in one program: attacking tables one by one misses most of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

from kzcase.disclosure.codebook import Codebook, Link, Variable
from kzcase.disclosure.frame import Frame, frame_of
from kzcase.disclosure.linear import Program, solved
from kzcase.disclosure.tables import Cell, Table, ordered_table
from kzcase.disclosure.watch import Nobody, Watch

PRIMAL: Final = 4
"""HiGHS's primal simplex: only the objective changes between programs, and the last answer stays feasible."""
TOLERANCE: Final = 1e-6
INFINITY: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody can read of one release."""

    codebook: Codebook
    tables: tuple[Table, ...]
    counts: Mapping[Cell, int | None]
    """None: a cell that is shown as hidden."""
    base: int
    bound: int
    """How far a count may be from the truth; 0: counts are exact."""
    periods: tuple[str, ...] = ("",)
    """More than one: a sum of periods."""
    hidden: tuple[int, int] = (1, 4)
    """What a hidden cell is known to lie between."""
    wider: Mapping[Cell, int] | None = None
    """Cells with a declared bound of their own."""

    def declared(self, cell: Cell) -> tuple[int, int]:
        """The interval the release itself declares for the truth of a cell."""
        count = self.counts[cell]
        if count is None:
            return self.hidden
        bound = (self.wider or {}).get(cell, self.bound)
        return max(0, count - bound), count + bound


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known from elsewhere: a total in a newspaper, people somebody knows in person."""

    cell: Cell
    low: int
    high: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A number that can be made more exact than its release declares."""

    release: int
    table: Table
    cell: Cell
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AttackReport:
    """How many numbers were attacked, and which gave way."""

    cells: int
    exposed: tuple[Exposed, ...]
    programs: int
    """How many linear programs it took; 1 when one witness proved all intervals at once."""
    contradictory: bool = False
    """The releases cannot all be true; what had to be bent most is among the exposed."""


@dataclass(slots=True)
class _Board:
    """The program with, for each period, where its frame's columns start and which columns make up a cell."""

    program: Program
    frames: dict[str, tuple[Frame, int]]
    members: dict[str, dict[frozenset[tuple[str, str]], tuple[int, ...]]]
    """By what a cell says, not in which order: each release writes its variables in an order of its own."""

    def columns(self, periods: Sequence[str], cell: Cell) -> list[int]:
        """The columns that add up to a cell; none if the codebook does not allow it."""
        said = frozenset(cell)
        return [column for period in periods for column in self.members[period].get(said, ())]


def attack(
    releases: Sequence[Published],
    facts: Sequence[Fact] = (),
    *,
    quick: bool = False,
    watch: Watch | None = None,
) -> AttackReport | None:
    """Bound every cell of every release jointly; None if the watch stopped it.

    `quick` first looks for one witness that proves all intervals at once (sound: a witness is a proof) and bounds
    cell by cell only without one.
    """
    watch = watch or Nobody()
    if quick and not facts and _witnessed(releases):
        return AttackReport(sum(len(release.counts) for release in releases), (), 1)
    board = _board(releases)
    rows = _rows(board, releases, facts)
    bent = _made_feasible(board.program, rows)
    return _bounded(board, releases, bent, watch)


def intervals(
    releases: Sequence[Published], facts: Sequence[Fact] = (), *, release: int = 0
) -> dict[Cell, tuple[int, int]]:
    """The attacker's interval for every cell of one of the releases."""
    board = _board(releases)
    _made_feasible(board.program, _rows(board, releases, facts))
    solver = _prepared(board.program)
    one = releases[release]
    return {cell: _interval(solver, board.columns(one.periods, cell), len(board.program.lower)) for cell in one.counts}


def _board(releases: Sequence[Published]) -> _Board:
    program = Program()
    frames: dict[str, tuple[Frame, int]] = {}
    members: dict[str, dict[frozenset[tuple[str, str]], tuple[int, ...]]] = {}
    for period in dict.fromkeys(period for release in releases for period in release.periods):
        own = [release for release in releases if period in release.periods]
        codebook = merged([release.codebook for release in own])
        tables = {ordered_table(table, codebook) for release in own for table in release.tables}
        frame = frame_of(codebook, sorted(tables))
        start = len(program.lower)
        for _column in range(frame.width):
            program.column(0, INFINITY)
        for one, other in frame.ties:
            terms = [*((start + column, 1.0) for column in one), *((start + column, -1.0) for column in other)]
            program.row(0, 0, terms)
        frames[period] = (frame, start)
        members[period] = {
            frozenset(cell): tuple(start + column for column in columns)
            for cell, columns in zip(frame.cells, frame.members, strict=True)
        }
    return _Board(program, frames, members)


def merged(codebooks: Sequence[Codebook]) -> Codebook:
    """One codebook for several: all categories, and the links that all of them declare."""
    categories: dict[str, dict[str, None]] = {}
    for codebook in codebooks:
        for variable in codebook.variables:
            categories.setdefault(variable.name, {}).update(dict.fromkeys(variable.categories))
    variables = tuple(Variable(name, tuple(found)) for name, found in categories.items())
    return Codebook(variables, tuple(_common_links(codebooks)))


def _common_links(codebooks: Sequence[Codebook]) -> Iterable[Link]:
    pairs: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
    declared: dict[tuple[str, str], int] = {}
    for codebook in codebooks:
        for link in codebook.links:
            pair = (link.first, link.second)
            pairs[pair] = pairs.get(pair, frozenset()) | link.allowed
            declared[pair] = declared.get(pair, 0) + 1
    for (first, second), allowed in pairs.items():
        having = sum({first, second} <= set(codebook.names()) for codebook in codebooks)
        if declared[first, second] == having:
            yield Link(first, second, allowed)


def _rows(board: _Board, releases: Sequence[Published], facts: Sequence[Fact]) -> dict[int, tuple[int, Cell] | None]:
    """Add what is published and known; gives for each row the release and cell it came from (None for facts)."""
    rows: dict[int, tuple[int, Cell] | None] = {}
    for number, release in enumerate(releases):
        for cell in release.counts:
            terms = [(column, 1.0) for column in board.columns(release.periods, cell)]
            low, high = release.declared(cell)
            rows[board.program.row(low, high, terms)] = (number, cell)
    for fact in facts:
        terms = [(column, 1.0) for column in board.columns((fact.period,), fact.cell)]
        rows[board.program.row(fact.low, INFINITY if fact.high is None else fact.high, terms)] = None
    return rows


def _made_feasible(program: Program, rows: Mapping[int, tuple[int, Cell] | None]) -> frozenset[tuple[int, Cell]]:
    """If the releases contradict each other, bend as little as possible, and say which cells had to bend."""
    if solved(_prepared(program)) is not None:
        return frozenset()
    elastic = Program(list(program.lower), list(program.upper), list(program.cost), list(program.whole))
    slack: dict[int, tuple[int, int]] = {}
    for row, (low, high) in enumerate(zip(program.row_lower, program.row_upper, strict=True)):
        own = slice(program.starts[row], program.starts[row + 1])
        terms = list(zip(program.columns[own], program.values[own], strict=True))
        if row in rows:
            slack[row] = elastic.column(0, INFINITY, 1), elastic.column(0, INFINITY, 1)
            terms += [(slack[row][0], 1.0), (slack[row][1], -1.0)]
        elastic.row(low, high, terms)
    solution = solved(_prepared(elastic))
    assert solution is not None, "bending every row is always possible"
    bent = set()
    for row, (less, more) in slack.items():
        below, above = solution.values[less], solution.values[more]
        program.row_lower[row] -= below + TOLERANCE * (below > 0)
        program.row_upper[row] += above + TOLERANCE * (above > 0)
        came_from = rows[row]
        if below + above > TOLERANCE and came_from is not None:
            bent.add(came_from)
    return frozenset(bent)


def _prepared(program: Program) -> Any:
    return program.solver(solver="simplex", simplex_strategy=PRIMAL, presolve="off")


def _bounded(
    board: _Board,
    releases: Sequence[Published],
    bent: frozenset[tuple[int, Cell]],
    watch: Watch,
) -> AttackReport | None:
    solver = _prepared(board.program)
    width = len(board.program.lower)
    todo = [(number, cell) for number, release in enumerate(releases) for cell in release.counts]
    known: dict[tuple[tuple[str, ...], Cell], tuple[int, int]] = {}
    exposed = []
    for done, (number, cell) in enumerate(todo):
        if watch.stopped():
            return None
        release = releases[number]
        where = (release.periods, cell)
        if release.counts[cell] == 0 and not board.columns(*where):
            continue  # a structural zero is known to everybody
        if where not in known:
            known[where] = _interval(solver, board.columns(*where), width)
        low, high = known[where]
        if (number, cell) in bent or is_exposed(release, cell, low, high):
            exposed.append(Exposed(number, _table_of(release, cell), cell, low, high))
        watch.step(done + 1, len(todo))
    return AttackReport(len(todo), tuple(exposed), 2 * len(known), bool(bent))


def is_exposed(release: Published, cell: Cell, low: int, high: int) -> bool:
    """Narrower than declared, or than one base either way; a small number shown exactly; or not rounded as promised.

    A declared bound below the base would let every published group prove that somebody is there. A year's cell with a
    wider bound of its own (its error is larger) is promised no more secrecy than every other cell.
    """
    count = release.counts[cell]
    if count is None:
        return low > release.hidden[0] or high < release.hidden[1]
    if not release.bound:
        return 0 < count < release.base
    width = max(release.bound, release.base)
    return bool(count % release.base) or low > max(0, count - width) or high < count + width


def _table_of(release: Published, cell: Cell) -> Table:
    """The first table in which the cell, or its margin, stands."""
    named = {name for name, _category in cell}
    return next((table for table in release.tables if named <= set(table)), tuple(name for name, _c in cell))


def _interval(solver: Any, columns: Sequence[int], width: int) -> tuple[int, int]:
    """Smallest and largest possible truth of a sum of columns, as whole numbers."""
    import numpy

    cost = numpy.zeros(width)
    cost[list(columns)] = 1.0
    every = numpy.arange(width, dtype=numpy.int32)
    solver.changeColsCost(width, every, cost)
    low = solved(solver)
    least = solver.getInfo().objective_function_value
    solver.changeColsCost(width, every, -cost)
    high = solved(solver)
    most = -solver.getInfo().objective_function_value
    assert low is not None, "the program was made feasible before"
    assert high is not None, "sums are bounded by their own published number"
    return ceil(least - TOLERANCE), floor(most + TOLERANCE)


def _witnessed(releases: Sequence[Published]) -> bool:
    """Whether one list of people, the same for all tables, gives exactly the published numbers.

    Then moving up to `bound` people into or out of one combination of one period explains every declared interval
    at once: no published number moves by more than that.
    """
    bound = releases[0].bound
    if not bound or any(release.bound != bound or release.base > bound for release in releases):
        return False
    board = _board(releases)
    for release in releases:
        for cell, count in release.counts.items():
            if count is None or count % release.base:
                return False
            terms = [(column, 1.0) for column in board.columns(release.periods, cell)]
            if not terms:
                return False
            board.program.row(count, count, terms)
    return solved(_prepared(board.program)) is not None
