"""How long work tells where it stands and learns that it should stop."""

from typing import Protocol


class Watch(Protocol):
    """Whoever waits for a protection or an attack."""

    def step(self, done: int, total: int) -> None:
        """`done` of `total` pieces of work are behind us."""

    def stopped(self) -> bool:
        """Whether the person in front of the screen asked to stop."""


class Nobody:
    """Nobody waits: nothing is told and nothing is stopped."""

    def step(self, done: int, total: int) -> None:
        """Say nothing."""

    def stopped(self) -> bool:
        """Never."""
        return False
