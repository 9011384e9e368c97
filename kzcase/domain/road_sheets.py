"""The rows of a printed road: its stages and tracks in their order, and where this case stands."""

from dataclasses import dataclass
from typing import Literal

from kzcase.domain.papers import SheetHeader
from kzcase.i18n import Words

Mark = Literal["passed", "here", "ahead"]


@dataclass(frozen=True, slots=True)
class StageOnPaper:
    """One box of the drawing."""

    name: Words
    mark: Mark
    beside: bool = False
    """It stands beside the road: not every case comes through."""


@dataclass(frozen=True, slots=True)
class TrackOnPaper:
    """The road itself (without a name, because the paper shows no kind of case), or a track beside it."""

    name: Words | None
    stages: tuple[StageOnPaper, ...]


@dataclass(frozen=True, slots=True)
class RoadSheet:
    """Where a case stands, drawn; `notes` say why and what is missing."""

    header: SheetHeader
    tracks: tuple[TrackOnPaper, ...]
    notes: tuple[Words, ...] = ()
    worker: str = ""
