"""The rows of the helpline's papers: the hand-over sheet of a signal, the report of a shift, an information sheet."""

from dataclasses import dataclass

from kzcase.domain.papers import SheetHeader, Text


@dataclass(frozen=True, slots=True)
class SignalSheet:
    """A signal for one unit. `identity` stands on a page of its own, and only where there is a ground."""

    header: SheetHeader
    unit: str
    made_at: str
    facts: tuple[tuple[Text, Text], ...]
    told: str
    heard: str
    ground: Text
    identity: str
    reason: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """A shift on paper: what was counted, what goes on, what else the next one must know. It names nobody."""

    header: SheetHeader
    facts: tuple[tuple[Text, Text], ...]
    counts: tuple[tuple[Text, Text], ...]
    call_backs: tuple[tuple[Text, ...], ...]
    signals: tuple[tuple[Text, ...], ...]
    urgent: tuple[tuple[Text, ...], ...]
    words: str


@dataclass(frozen=True, slots=True)
class InformationPaper:
    """An information sheet a caller or visitor takes away. `doubtful`: it says itself that it is to be checked."""

    header: SheetHeader
    title: str
    lines: tuple[str, ...]
    source: str
    checked_on: str
    doubtful: bool
