"""Asks the system whether the disk under a casebook is encrypted as a whole: LUKS, BitLocker or FileVault.

The casebook is encrypted in any case. What the system swaps out, keeps while it sleeps or prints is only covered by
the encryption of the disk.
"""

import os
import platform
import re
import subprocess
from enum import StrEnum
from pathlib import Path
from typing import Final

LIMIT: Final = 10
"""Seconds the system has to answer."""
DEEPEST: Final = 8
_SYSTEM: Final = Path("/sys/dev/block")


class DiskCover(StrEnum):
    """What is known of a disk."""

    ENCRYPTED = "encrypted"
    OPEN = "open"
    UNKNOWN = "unknown"


def disk_cover(path: Path) -> DiskCover:
    """Whether the disk this folder lies on is encrypted; unknown where the system does not tell."""
    match platform.system():
        case "Linux":
            return of_block_device(path, _SYSTEM)
        case "Windows":
            return of_bitlocker(_answer("manage-bde.exe", "-status", path.resolve().drive))
        case "Darwin":
            return of_filevault(_answer("fdesetup", "status"))
        case _:
            return DiskCover.UNKNOWN


def of_block_device(path: Path, system: Path) -> DiskCover:
    """From what the kernel says of the device and of those it is built on (LVM on LUKS counts)."""
    try:
        number = path.stat().st_dev
    except OSError:
        return DiskCover.UNKNOWN
    device = system / f"{os.major(number)}:{os.minor(number)}"
    if not os.major(number) or not device.is_dir():  # no disk of its own: memory, network, a file in a file
        return DiskCover.UNKNOWN
    return DiskCover.ENCRYPTED if _is_covered(device, DEEPEST) else DiskCover.OPEN


def _is_covered(device: Path, deepest: int) -> bool:
    """Whether this device, or every one it is built on, goes through dm-crypt."""
    kind = device / "dm" / "uuid"
    if kind.is_file() and kind.read_text(errors="replace").startswith("CRYPT-"):
        return True
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    return bool(below) and deepest > 0 and all(_is_covered(each, deepest - 1) for each in below)


def of_bitlocker(told: str) -> DiskCover:
    """From `manage-bde -status C:`. In every language of Windows the version line tells; 100 % and a method mean on."""
    if not re.search(r"\d+[.,]\d+\s*%|\d+\s*%", told):
        return DiskCover.UNKNOWN
    whole = re.search(r"\b100([.,]0+)?\s*%", told) is not None
    method = re.search(r"\b(XTS-)?AES[ -]?(128|256)\b", told) is not None
    return DiskCover.ENCRYPTED if whole and method else DiskCover.OPEN


def of_filevault(told: str) -> DiskCover:
    """From `fdesetup status`, which always answers in English."""
    if re.search(r"^FileVault is On\.", told, re.MULTILINE):
        return DiskCover.OPEN if "Decryption in progress" in told else DiskCover.ENCRYPTED
    return DiskCover.OPEN if re.search(r"^FileVault is Off\.", told, re.MULTILINE) else DiskCover.UNKNOWN


def _answer(*command: str) -> str:
    """What a tool of the system says; nothing where it is missing, forbidden or slow."""
    try:
        ran = subprocess.run(command, capture_output=True, timeout=LIMIT, check=False)  # noqa: S603  # fixed words
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.decode(errors="replace")
