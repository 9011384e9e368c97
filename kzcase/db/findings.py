"""One thing a check found."""

from dataclasses import dataclass

from kzcase.i18n import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is the code of the check; `what` says it in words, with ids and counts only."""

    check: str
    what: Words
