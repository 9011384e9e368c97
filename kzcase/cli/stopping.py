"""Ctrl-C: whatever it interrupts, it ends as a stop that somebody asked for and never as a mistake of the program.

An interrupt that falls into a function the database calls back comes out of it as an error of the database.
"""

import signal
from types import FrameType

from kzcase.cli.output import STOPPED, tell
from kzcase.i18n import _

_asked = False


def listen() -> None:
    """From now on Ctrl-C stops what is being done, and is remembered."""
    signal.signal(signal.SIGINT, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    global _asked
    _asked = True
    raise KeyboardInterrupt


def asked() -> bool:
    """Whether somebody pressed Ctrl-C."""
    return _asked


def told() -> int:
    """Say that it was stopped; gives the exit code."""
    tell(_("Stopped. What was committed before stays."))
    return STOPPED
