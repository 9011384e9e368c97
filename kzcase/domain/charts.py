"""A chart described in words and numbers; the screen and the paper draw it each in their own way."""

from dataclasses import dataclass

from kzcase.domain.errors import BadInput
from kzcase.i18n import Words

MOST_BARS = 60
MOST_SERIES = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label and one value for each series; None where the number is withheld."""

    label: Words | str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars lying under each other; with several series each bar is stacked."""

    title: Words | str
    series: tuple[Words | str, ...]
    bars: tuple[Bar, ...]
    note: Words | str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise BadInput("chart.series")
        if not 1 <= len(self.bars) <= MOST_BARS:
            raise BadInput("chart.bars")
        for index, bar in enumerate(self.bars):
            if len(bar.values) != len(self.series) or any(
                value is not None and not 0 <= value < 1e12 for value in bar.values
            ):
                raise BadInput(f"chart.bars[{index}]")

    def longest(self) -> float:
        """The length of the longest bar, in its own unit; 0 if all are empty."""
        return max(sum(value or 0 for value in bar.values) for bar in self.bars)
