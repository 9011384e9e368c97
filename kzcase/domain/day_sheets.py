"""The rows of a printed day sheet: numbers of cases and their hours, and nothing that tells what a case is about."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.due import DueRow
from kzcase.domain.papers import SheetHeader

CODE: Final = "P47"
VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class DaySheet:
    """What is due from a day to another; `worker` is whose it is, empty for the whole office."""

    header: SheetHeader
    first: date
    last: date
    rows: tuple[DueRow, ...]
    worker: str = ""
