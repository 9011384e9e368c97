"""How far a long command is, on standard error, so that nobody thinks it hangs."""

import sys
import time
from typing import Final

from kzcase.cli.output import said, tell_part
from kzcase.i18n import Words

_EVERY: Final = 0.2
_EVERY_IN_A_LOG: Final = 10.0


class Progress:
    """A line that is written over on a terminal, and now and then a line where there is none."""

    def __init__(self, title: Words) -> None:
        self._title, self._terminal = said(title), sys.stderr is not None and sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """So many of so many."""
        now, every = time.monotonic(), _EVERY if self._terminal else _EVERY_IN_A_LOG
        if now - self._last < every and not (self._terminal and done == total):
            return
        self._last = now
        line = f"{self._title}: {done:,} / {total:,}"
        tell_part(f"\r{line}" + ("\n" if done == total else "") if self._terminal else f"{line}\n")
