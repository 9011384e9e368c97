"""Checking: the passphrase opens the keys, and everything below them is looked through."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kzcase.actions.key_changes import unlocked
from kzcase.db.check import Report, check_files
from kzcase.db.files import Lock, existing
from kzcase.db.findings import Finding
from kzcase.domain.errors import NotYourSlot
from kzcase.i18n import _
from kzcase.keys.copies import load
from kzcase.keys.derivation import FLOOR, Parameters


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `mended` when a damaged or missing copy of the key file was written anew."""

    report: Report
    mended: bool


def check_casebook(
    path: Path,
    passphrase: str,
    *,
    as_name: str | None = None,
    deep: bool = False,
    floor: Parameters = FLOOR,
    progress: Callable[[int, int], object] | None = None,
) -> Checked:
    """Look a casebook through. Nothing that people entered is changed or told."""
    lock = Lock(existing(path))
    lock.take()  # an interrupted change of the key is finished first, and nobody else may be in the middle of one
    try:
        damaged_copy = load(path, floor).needs_repair
        keys = unlocked(path, passphrase, floor)
    finally:
        lock.release()
    try:
        if as_name is not None and keys.identity.name != as_name:
            raise NotYourSlot
        report = check_files(path, bytes(keys.store_key.reveal()), deep=deep, progress=progress)
    finally:
        keys.wipe()
    if keys.needs_repair:
        only_one = Finding("keys", _("Only one copy of the key file is sound, and the other cannot be written."))
        report = Report((*report.findings, only_one), report.cases, report.operations)
    return Checked(report, damaged_copy and not keys.needs_repair)
