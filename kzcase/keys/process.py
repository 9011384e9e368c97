"""The program's own process: no core dump may hold its memory, and no other program of the same user may read it."""

import ctypes
import os
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_PR_GET_DUMPABLE: Final = 3
_PT_DENY_ATTACH: Final = 31
_NO_FAULT_BOX: Final = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: Windows then makes no report with memory in it."""


def shield() -> None:
    """Called once, before anything secret is there. What a system does not know is left out."""
    if os.name == "nt":
        ctypes.windll.kernel32.SetErrorMode(_NO_FAULT_BOX)  # type: ignore[attr-defined,unused-ignore]
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    if sys.platform == "linux":
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    elif sys.platform == "darwin":
        libc.ptrace(_PT_DENY_ATTACH, 0, 0, 0)


def is_dumpable() -> bool:
    """Whether Linux would let this process be dumped or read by others of the same user."""
    return bool(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0))
