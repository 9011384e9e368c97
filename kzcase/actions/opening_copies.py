"""A key that was closed to several people: opened from one of one's own copies, wiped afterwards."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from kzcase.domain.errors import NotSealedForYou


class Wiped(Protocol):
    """Key material that can be taken out of memory."""

    def wipe(self) -> None: ...


Key = TypeVar("Key", bound=Wiped)


@contextmanager
def opened_from(copies: Iterable[bytes], opened: Callable[[bytes], Key]) -> Iterator[Key]:
    """The key while it is needed; `NotSealedForYou` where none of these copies opens."""
    for sealed in copies:
        try:
            key = opened(sealed)
        except NotSealedForYou:  # closed to keys this colleague had before a recovery
            continue
        try:
            yield key
        finally:
            key.wipe()
        return
    raise NotSealedForYou
