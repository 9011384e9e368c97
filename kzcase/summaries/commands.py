"""What the command line asks of this room: protect a file of cases, and attack releases."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kzcase.disclosure.attacker import AttackReport, Published, attack
from kzcase.disclosure.tables import label, table_label
from kzcase.disclosure.watch import Watch
from kzcase.i18n import Language
from kzcase.summaries.cases_file import read_cases
from kzcase.summaries.files import write_release
from kzcase.summaries.protecting import columns_from_data, protect_cases, wanted_columns
from kzcase.summaries.reading import read_release
from kzcase.summaries.spec import read_spec


def summarise_cases(
    csv_path: Path,
    spec_path: Path,
    out_dir: Path,
    language: Language,
    *,
    printed_on: date | None = None,
    watch: Watch | None = None,
) -> dict[str, object] | None:
    """Protect a file of cases and write the release; None if the watch stopped it."""
    spec = read_spec(spec_path)
    cases = read_cases(csv_path, wanted_columns(spec))
    release = protect_cases(cases, spec, watch)
    if release is None:
        return None
    prints = write_release(release, out_dir, language=language, printed_on=printed_on or date.today(), replace=True)
    return {
        "out": str(out_dir),
        "files": sorted(prints),
        "fingerprints": prints,
        "base": release.base,
        "bound": release.bound,
        "people": release.counts[()],
        "cells": len(release.counts),
        "stamps": list(release.stamps),
        "notes": list(release.notes),
        "from_data": columns_from_data(cases, spec),
    }


def attack_directories(dirs: Sequence[Path], watch: Watch | None = None) -> dict[str, object] | None:
    """Attack releases together; `exposed` lists what gave way. None if the watch stopped it.

    Releases of the same period, or without one, are taken to speak of the same people: the worst case. If that
    cannot be (they contradict each other), releases without a period are attacked one by one as well.
    """
    read = [read_release(Path(folder)) for folder in dirs]
    releases = [one.published for one in read]
    report = attack(releases, quick=True, watch=watch)
    if report is not None and report.contradictory and _may_be_others(releases):
        report = _one_by_one(releases, watch)
    if report is None:
        return None
    return {
        "cells": report.cells,
        "exposed": [
            {
                "table": table_label(one.table),
                "cell": label(one.cell),
                "low": one.low,
                "high": one.high,
                "release": str(dirs[one.release]),
            }
            for one in report.exposed
        ],
        "contradictory": report.contradictory,
        "altered": [str(folder) for folder, one in zip(dirs, read, strict=True) if one.altered],
        "undescribed": [str(folder) for folder, one in zip(dirs, read, strict=True) if not one.described],
    }


def _may_be_others(releases: Sequence[Published]) -> bool:
    return len(releases) > 1 and all(release.periods == ("",) for release in releases)


def _one_by_one(releases: Sequence[Published], watch: Watch | None) -> AttackReport | None:
    cells, programs, contradictory = 0, 0, False
    exposed = []
    for number, release in enumerate(releases):
        report = attack([release], quick=True, watch=watch)
        if report is None:
            return None
        cells, programs = cells + report.cells, programs + report.programs
        contradictory |= report.contradictory
        exposed += [type(one)(number, one.table, one.cell, one.low, one.high) for one in report.exposed]
    return AttackReport(cells, tuple(exposed), programs, contradictory)
