"""Why an answer is missing: never asked, refused, or not known."""

from typing import Final, Literal, get_args

from kzcase.domain.errors import NotAReason

Missing = Literal["not_asked", "refused", "unknown"]
MISSING: Final[tuple[Missing, ...]] = get_args(Missing)


def known_reason(reason: str, path: str) -> str:
    """The reason, as given. Raises NotAReason for any other."""
    if reason not in MISSING:
        raise NotAReason(path[:200], known=", ".join(MISSING))
    return reason
