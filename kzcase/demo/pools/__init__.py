"""Ordinary given names and family names, one module a people; persons are put together from them at random.

The names are common ones, listed without regard to anybody; that a combination belongs to a real person is chance.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """The common names of one people, in its own Cyrillic spelling; `families` as a man bears them or as stems."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    pet_names_of_men: tuple[str, ...]
    pet_names_of_women: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a paragraph."""
    return tuple(text.split())
