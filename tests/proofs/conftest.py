"""Gives each proof its numbers, and lets it say how far it is although output is captured."""

import sys
from collections.abc import Callable

import pytest

from tests.proofs.proving import Proof

Proving = Callable[[str, int], Proof]


@pytest.fixture
def proving(request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> Proving:
    """`proving(name, total)`. The short tier, which runs with all other tests, says nothing and begins at 0."""
    long = request.node.get_closest_marker("proof") is not None

    def say(line: str) -> None:
        with capfd.disabled():
            sys.stderr.write(f"\n{line}\n")

    def made(name: str, total: int) -> Proof:
        return Proof(name, total, say) if long else Proof(name, total, lambda _line: None, seed=1, first=0, kept=False)

    return made
