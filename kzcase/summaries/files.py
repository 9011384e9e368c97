"""A release on disk: cells.csv, release.json, summary.xlsx and summary.pdf, each whole or not there at all."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from kzcase.disclosure.codebook import ALL
from kzcase.disclosure.tables import Cell, label, margins, table_label
from kzcase.domain.errors import AlreadyThere, DiskTrouble
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.paper.tables import csv_bytes, safe
from kzcase.summaries.indicators import Indicators
from kzcase.summaries.release import Release
from kzcase.summaries.sheets import Reader, summary_sheet, workbook

FORMAT: Final = "kzcase summary 1"
CELLS: Final = "cells.csv"
ABOUT: Final = "release.json"


def write_release(
    release: Release,
    out_dir: Path,
    *,
    language: Language,
    printed_on: date,
    organisation: str = "",
    indicators: Indicators | None = None,
    demonstration: bool = False,
    replace: bool = False,
) -> dict[str, str]:
    """Write the four files and give their SHA-256 by name. release.json comes last: without it nothing was released.

    AlreadyThere if the folder holds a release and `replace` is not asked for; DiskTrouble if the disk refuses.
    """
    from kzcase.paper.summary import summary_pdf

    if (out_dir / ABOUT).exists() and not replace:
        raise AlreadyThere(out_dir.name)
    reader = Reader(language, indicators)
    sheet = summary_sheet(
        release, reader, organisation=organisation, printed_on=printed_on, demonstration=demonstration
    )
    files = {
        CELLS: cells_csv(release),
        "summary.xlsx": workbook(release, reader, sheet),
        "summary.pdf": summary_pdf(sheet, language),
    }
    prints = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files[ABOUT] = json.dumps(about(release, prints), ensure_ascii=False, indent=1).encode()
    _write_all(out_dir, files)
    return {**prints, ABOUT: hashlib.sha256(files[ABOUT]).hexdigest()}


def cells_csv(release: Release) -> bytes:
    """Every cell of every table with its margins; `*` is all."""
    names = release.codebook.names()
    return csv_bytes(("table", *names, "count"), list(_lines(release, names)))


def _lines(release: Release, names: tuple[str, ...]) -> Iterator[tuple[str | int, ...]]:
    by_part: dict[tuple[str, ...], list[Cell]] = {}
    for cell in release.counts:
        by_part.setdefault(tuple(name for name, _category in cell), []).append(cell)
    for table in release.tables:
        for part in margins([table]):
            for cell in by_part.get(part, ()):
                named = dict(cell)
                said = (_category(named, name) for name in names)
                yield (table_label(table), *said, release.counts[cell])


def _category(named: Mapping[str, str], name: str) -> str:
    return named.get(name, ALL)


def about(release: Release, prints: Mapping[str, str]) -> dict[str, object]:
    """What release.json says: enough to read, compare and attack the release, nothing about true counts."""
    filled = {"base": release.base, "bound": release.bound}
    return {
        "format": FORMAT,
        **release.made,
        "base": release.base,
        "bound": release.bound,
        "periods": list(release.periods),
        "people": release.counts[()],
        "stamps": list(release.stamps),
        "tables": [list(table) for table in release.tables],
        "variables": {
            variable.name: [safe(one) for one in variable.categories] for variable in release.codebook.variables
        },
        "links": [
            {
                "variables": [link.first, link.second],
                "allowed": sorted([safe(a), safe(b)] for a, b in link.allowed),
            }
            for link in release.codebook.links
        ],
        "wider": [{"cell": dict(cell), "said": label(cell), "bound": bound} for cell, bound in release.wider.items()],
        "guarantee": {language: render(release.guarantee.with_arguments(**filled), language) for language in LANGUAGES},
        "footnote": {language: render(release.footnote.with_arguments(**filled), language) for language in LANGUAGES},
        "notes": list(release.notes),
        "fingerprints": {"codebook": release.codebook.fingerprint(), "files": dict(prints)},
    }


def _write_all(out_dir: Path, files: Mapping[str, bytes]) -> None:
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (out_dir / ABOUT).unlink()  # an old description must never stand beside new numbers
        for name, content in files.items():
            _write_whole(out_dir / name, content)
        _sync_folder(out_dir)
    except OSError as error:
        raise DiskTrouble(out_dir.name, reason=error.strerror or type(error).__name__) from None


def _write_whole(path: Path, content: bytes) -> None:
    """A temporary name in the same folder, synced, then renamed: a power cut leaves the whole file or none."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows keeps renames in its own journal
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
