"""From passphrase to key: Argon2id, how much of it this laptop can bear, and what a file may ask for."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kzcase.domain.errors import NotEnoughMemory

MASTER_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Parameters:
    """The cost of one derivation: memory in KiB, passes over it, lanes side by side (RFC 9106)."""

    memory_kib: int
    iterations: int
    lanes: int

    def allowed(self, floor: "Parameters") -> bool:
        """Whether a key file may carry these: not weaker than the floor, not more than a laptop can bear."""
        return (
            max(floor.memory_kib, 8 * self.lanes) <= self.memory_kib <= CEILING.memory_kib
            and floor.iterations <= self.iterations <= CEILING.iterations
            and 1 <= self.lanes <= CEILING.lanes
        )


DEFAULT: Final = Parameters(256 * 1024, 3, 4)
FLOOR: Final = Parameters(64 * 1024, 3, 4)
"""RFC 9106, the second recommended choice."""
CEILING: Final = Parameters(1024 * 1024, 10, 8)

Derive = Callable[[bytes, bytes, Parameters], bytes]
"""(normalised passphrase, 16-byte salt, parameters) → 32 bytes."""


def argon2id(passphrase: bytes, salt: bytes, parameters: Parameters) -> bytes:
    """One Argon2id derivation; lets other threads run meanwhile."""
    return Argon2id(
        salt=salt,
        length=MASTER_BYTES,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    ).derive(passphrase)


def ensure_affordable(parameters: Parameters, free_kib: int | None) -> None:
    """`NotEnoughMemory` when the derivation would take more than half of the free memory (None: unknown)."""
    if free_kib is not None and parameters.memory_kib > free_kib // 2:
        raise NotEnoughMemory(megabytes=parameters.memory_kib * 2 // 1024)


def choose(floor_seconds: float, free_kib: int | None, budget_seconds: float = 1.5) -> Parameters:
    """The strongest parameters, from the default down to the floor, that stay within time and memory.

    `floor_seconds`: what one derivation at the floor took; the time grows with the memory. A quarter of the
    free memory at most: the laptop will be busier on other days.
    """
    for mebibytes in (256, 192, 128, 96):
        memory_kib = mebibytes * 1024
        fast = floor_seconds * memory_kib / FLOOR.memory_kib <= budget_seconds
        if fast and (free_kib is None or memory_kib <= free_kib // 4):
            return Parameters(memory_kib, DEFAULT.iterations, DEFAULT.lanes)
    return FLOOR


def calibrate(derive: Derive = argon2id, clock: Callable[[], float] = time.perf_counter) -> Parameters:
    """Parameters for this laptop, from one derivation at the floor."""
    began = clock()
    derive(b"calibration", bytes(16), FLOOR)
    return choose(clock() - began, free_memory_kib())


def free_memory_kib() -> int | None:
    """Memory that can be had without swapping; on macOS half of all memory; None where it cannot be told."""
    if sys.platform == "win32":
        return _free_on_windows()
    if sys.platform == "darwin":
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2048
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), None)
    except (OSError, ValueError):
        return None


def _free_on_windows() -> int | None:
    import ctypes

    class MemoryStatus(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", "a", "b", "c", "d", "e")),
        )

    status = MemoryStatus(length=ctypes.sizeof(MemoryStatus))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # only Windows has the attribute
    return status.available // 1024 if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None
