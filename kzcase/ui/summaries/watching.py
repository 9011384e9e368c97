"""The link between a long protection and the window: how far it is, and whether to stop."""

from kzcase.ui.work import LongWork


class Watching:
    """Tells a long job's progress to the window and asks it whether to stop."""

    def __init__(self, progress: LongWork) -> None:
        self._progress = progress

    def step(self, done: int, total: int) -> None:
        """So many of so many."""
        self._progress.report(done, total)

    def stopped(self) -> bool:
        """Has somebody cancelled?"""
        return self._progress.cancelled
