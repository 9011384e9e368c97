"""Frozen rows of the rules in force: what holds, since when, from which source, and whether it is ours."""

from dataclasses import dataclass
from datetime import date

from kzcase.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule as it ships or as the organisation changed it (`change` is the id of the change).

    `shadowed`: it ships so, and a change of ours holds in its place. `updated`: an update of kzcase changed what this
    was laid over, and somebody has to look. `disputed`: two laptops changed it without knowing of each other.
    `refused` says why a change cannot be used.
    """

    what: str
    rule: str
    name: Words
    value: Words
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    checked_on: date | None = None
    doubtful: bool = False
    change: str = ""
    note: str = ""
    by: str | None = None
    shadowed: bool = False
    updated: bool = False
    disputed: bool = False
    refused: Words | None = None
    content: str = ""

    @property
    def ours(self) -> bool:
        """Whether the organisation wrote it."""
        return bool(self.change)
