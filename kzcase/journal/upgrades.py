"""Reading what older versions wrote: operations of an older field vocabulary become today's."""

from collections.abc import Callable, Mapping
from typing import Final

from kzcase.journal.operations import Operation

UPGRADES: Final[Mapping[int, Callable[[Operation], Operation]]] = {}
"""Schema number → the step from it to the next. Empty while there has been one vocabulary only."""


def upgraded(operation: Operation) -> Operation:
    """The operation in today's vocabulary; unknown fields pass through untouched."""
    while operation.schema in UPGRADES:
        operation = UPGRADES[operation.schema](operation)
    return operation
