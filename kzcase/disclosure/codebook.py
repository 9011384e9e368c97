"""The release codebook: which variables may be counted, their categories, and which pairs can never occur together."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ALL: Final = "*"


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing people are counted by, with every category it can take (not only those seen)."""

    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Which categories of two variables can occur in one person: a region lies in one macro-region, and so on.

    Whatever is not allowed is a structural zero, known to everybody, and needs no protection.
    """

    first: str
    second: str
    allowed: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Variables in a fixed order, and the links between them."""

    variables: tuple[Variable, ...]
    links: tuple[Link, ...] = ()
    version: str = ""

    def names(self) -> tuple[str, ...]:
        """The variables' names in order."""
        return tuple(variable.name for variable in self.variables)

    def categories(self, name: str) -> tuple[str, ...]:
        """The categories of one variable; KeyError if it is not in the codebook."""
        for variable in self.variables:
            if variable.name == name:
                return variable.categories
        raise KeyError(name)

    def allows(self, person: Mapping[str, str]) -> bool:
        """Whether these categories can occur together in one person."""
        return all(
            (person[link.first], person[link.second]) in link.allowed
            for link in self.links
            if link.first in person and link.second in person
        )

    def fingerprint(self) -> str:
        """SHA-256 over a canonical form, so that two releases can be seen to use the same codebook."""
        canonical = {
            "variables": [[variable.name, *variable.categories] for variable in self.variables],
            "links": sorted([link.first, link.second, sorted(link.allowed)] for link in self.links),
        }
        text = json.dumps(canonical, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def within(child: str, parent: str, parent_of: Mapping[str, str]) -> Link:
    """Every category of `child` lies in one category of `parent` (regions in macro-regions)."""
    return Link(child, parent, frozenset(parent_of.items()))


def never(first: Variable, some_first: Iterable[str], second: Variable, some_second: Iterable[str]) -> Link:
    """None of `some_first` ever goes with any of `some_second`; every other pair is possible."""
    refused = {(a, b) for a in some_first for b in tuple(some_second)}
    every = {(a, b) for a in first.categories for b in second.categories}
    return Link(first.name, second.name, frozenset(every - refused))


def both(one: Link, other: Link) -> Link:
    """The link that holds when two links between the same two variables hold."""
    if (one.first, one.second) == (other.first, other.second):
        return Link(one.first, one.second, one.allowed & other.allowed)
    turned = frozenset((a, b) for b, a in other.allowed)
    return Link(one.first, one.second, one.allowed & turned)


def joined(links: Iterable[Link]) -> tuple[Link, ...]:
    """At most one link between any two variables."""
    found: dict[frozenset[str], Link] = {}
    for link in links:
        pair = frozenset((link.first, link.second))
        found[pair] = both(found[pair], link) if pair in found else link
    return tuple(found.values())
