"""The shipped code lists, as the tests of the generated people read them."""

import csv
from functools import cache

from kzcase import paths


@cache
def codes(name: str) -> frozenset[str]:
    """The codes of one list."""
    return frozenset(row["code"] for row in rows(name))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one list."""
    with paths.resources("codes", f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
