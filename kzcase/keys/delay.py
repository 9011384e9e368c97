"""The growing wait after wrong passphrases: slows a colleague at the keyboard; Argon2id slows all others."""

from dataclasses import dataclass, replace
from typing import Final

FREE_TRIES: Final = 3
LONGEST_WAIT: Final = 300.0


def wait_after(failures: int) -> float:
    """Seconds to wait after so many wrong ones in a row: none for three, then 1, 2, 4 … at most 300."""
    doublings = min(failures - FREE_TRIES - 1, 16)
    return 0.0 if doublings < 0 else min(2.0**doublings, LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong passphrases in a row, and when the last was (seconds of the wall clock). The caller keeps it."""

    failures: int = 0
    last: float = 0.0

    def failed(self, now: float) -> "Tries":
        """After one more wrong passphrase."""
        return Tries(self.failures + 1, now)

    def settled(self, now: float) -> "Tries":
        """The same, counted from now when the clock was put back: otherwise it might never let anybody in."""
        return replace(self, last=min(self.last, now))

    def seconds_to_wait(self, now: float) -> float:
        """How long until the next try; never more than the wait itself, whatever the clock says."""
        return max(0.0, wait_after(self.failures) - max(0.0, now - self.last))
