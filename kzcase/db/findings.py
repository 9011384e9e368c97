"""One thing a check found, and what to do about what it found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kzcase.i18n import Words, _


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is the code of the check; `what` says it in words, with ids and counts only."""

    check: str
    what: Words


_ADVICE: Final[tuple[tuple[frozenset[str], Words], ...]] = (
    (
        frozenset({"pages", "structure", "encryption"}),
        _(
            "The file itself is damaged. Do not delete anything; make a new casebook from the last backup and what can "
            "still be read: kzcase salvage CASEBOOK NEW --backup B."
        ),
    ),
    (
        frozenset({"rollback", "copied"}),
        _("When it is opened it goes on as a new laptop. What is missing comes from other laptops or a newer backup."),
    ),
    (
        frozenset({"chain", "parts", "forks", "signatures", "triggers", "heads", "tables", "search"}),
        _(
            "Acts are missing or were changed. Do not delete anything; build it anew from what holds: "
            "kzcase salvage CASEBOOK NEW --backup B. Other laptops may still have what is missing."
        ),
    ),
    (
        frozenset({"attachments"}),
        _("Look for the attachments in a backup: they lie in its folder under the same names."),
    ),
)


def what_to_do(findings: Iterable[Finding]) -> Words | None:
    """The one sentence that helps most; None where nothing was found, or nothing needs to be done by hand."""
    found = {one.check for one in findings}
    return next((advice for checks, advice in _ADVICE if checks & found), None)
