"""Linear programs in plain words for HiGHS: columns, rows, one objective at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

INFINITY = float("inf")


@dataclass(slots=True)
class Program:
    """Columns with bounds and costs, rows with bounds; `whole` columns take whole numbers only."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)

    def column(self, lower: float, upper: float, cost: float = 0.0, *, whole: bool = False) -> int:
        """Add a column; gives its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, lower: float, upper: float, terms: Sequence[tuple[int, float]]) -> int:
        """Add lower ≤ Σ value·column ≤ upper; gives the row's number."""
        self.columns.extend(column for column, _value in terms)
        self.values.extend(value for _column, value in terms)
        self.starts.append(len(self.columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def solver(self, **options: object) -> Any:
        """A HiGHS instance that holds this program, silent, on one thread so that a run can be repeated."""
        import highspy

        solver = highspy.Highs()
        always = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 1}
        for name, value in {**always, **options}.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highspy))
        return solver

    def _model(self, highspy: Any) -> Any:
        import numpy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.row_lower)
        model.col_cost_ = numpy.array(self.cost, dtype=float)
        model.col_lower_ = numpy.array(self.lower, dtype=float)
        model.col_upper_ = numpy.array(self.upper, dtype=float)
        model.row_lower_ = numpy.array(self.row_lower, dtype=float)
        model.row_upper_ = numpy.array(self.row_upper, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = numpy.array(self.starts, dtype=numpy.int32)
        model.a_matrix_.index_ = numpy.array(self.columns, dtype=numpy.int32)
        model.a_matrix_.value_ = numpy.array(self.values, dtype=float)
        if any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in self.whole]
        return model


@dataclass(frozen=True, slots=True)
class Solution:
    """What HiGHS found: the columns' values, how far from the best possible, and whether it proved it."""

    values: tuple[float, ...]
    gap: float
    stopped_early: bool


def solved(solver: Any, stop: Callable[[], bool] | None = None) -> Solution | None:
    """Run and give the best solution found, or None if there is none (infeasible, or stopped before the first)."""
    if stop is not None:
        asked = stop
        solver.cbMipInterrupt += lambda event: event.interrupt(asked())
        solver.cbSimplexInterrupt += lambda event: event.interrupt(asked())
    import highspy

    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    early = solver.getModelStatus() != highspy.HighsModelStatus.kOptimal
    return Solution(tuple(solver.getSolution().col_value), float(info.mip_gap), early)
