"""What somebody should still look at after an act was taken."""

from dataclasses import dataclass

from kzcase.i18n import Words


@dataclass(frozen=True, slots=True)
class Warned:
    """Where, a code that says what, and the same in words."""

    place: str
    warning: str
    what: Words
