"""The row of a printed weighing: what one filing makes visible, to whom, and what was decided with the person."""

from dataclasses import dataclass
from typing import Final

from kzcase.domain.papers import SheetHeader
from kzcase.i18n import Words

WEIGHING_CODE: Final = "P49"


@dataclass(frozen=True, slots=True)
class WeighingSheet:
    """One weighing. It names the case by its number; of relatives it says what was written."""

    header: SheetHeader
    filing: Words | str = ""
    weighed_on: str = ""
    authority: str = ""
    learns: str = ""
    relatives: str = ""
    decision: str = ""
    decided_with: str = ""
    ground: str = ""
    worker: str = ""
