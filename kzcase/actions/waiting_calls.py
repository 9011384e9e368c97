"""Calls written down while the casebook was locked: closed to the line's key on disk, taken in at the next unlock."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kzcase.actions.calls import LogCall, log_call_as
from kzcase.actions.drafts import drop_draft
from kzcase.actions.line_keys import private_line_key
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Call
from kzcase.domain.errors import DiskTrouble, NotOurFile, NotSealedForYou, RuleBroken, TooLarge, reason_of
from kzcase.domain.ids import Id, new_id
from kzcase.keys.identity import OpeningKey
from kzcase.keys.line_keys import opened_sheet, sealed_sheet
from kzcase.paths import NotPlain, must_be_plain, open_own
from kzcase.queries.line_keys import line_keys

PLACE: Final = "waiting"
DRAFT: Final = "call"
LARGEST: Final = 1 << 21
MOST: Final = 2_000
BEFORE, AFTER = "before", "after"
"""The two halves of one sheet: what stood on the page when it was locked, and what was written since."""
_NAME: Final = re.compile(r"([0-9a-f]{32})\.(before|after)")
_ALWAYS: Final = {"channel": "phone", "language": "kk", "topics": ["other"], "outcome": "out_cut"}
"""What stands for what nobody came to say before the line was cut."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the sheets that waited: numbers of calls logged, and how many sheets could not be opened."""

    calls: tuple[str, ...]
    closed: int


Fields = Mapping[str, object]


def keep_waiting(casebook: Path, public: bytes, sheet: Id, half: str, fields: Fields) -> None:
    """Close one half of a sheet to the line and put it on disk, in place of what was there. Nobody here can read it
    again: neither the program nor whoever takes the laptop. Survives a power cut once this returns."""
    content = msgspec.json.encode(dict(fields))
    if len(content) > LARGEST // 2:
        raise TooLarge(place="call", limit="1 MB")
    sealed = sealed_sheet(public, sheet + half.encode(), content)
    folder = casebook / PLACE
    try:
        must_be_plain(folder, folder=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        fresh = folder / f"{sheet.hex()}.{half}.new"
        with open_own(fresh, make=True, empty=True) as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(folder / f"{sheet.hex()}.{half}")
        _settle(folder)
    except NotPlain as error:
        raise NotOurFile(PLACE, what=PLACE) from error
    except OSError as error:
        raise DiskTrouble(reason=reason_of(error)) from error


def _settle(folder: Path) -> None:
    """The name is on disk too; where folders cannot be opened (Windows), the system sees to it itself."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def new_sheet() -> Id:
    """The id of a sheet, which becomes that of its call: a sheet taken in twice is one call."""
    return new_id()


def waiting_sheets(casebook: Path) -> list[Id]:
    """The sheets that wait, each once."""
    with suppress(OSError):
        must_be_plain(casebook / PLACE, folder=True)
        names = (_NAME.fullmatch(file.name) for file in sorted((casebook / PLACE).iterdir()))
        return list(dict.fromkeys(bytes.fromhex(found[1]) for found in names if found))[:MOST]
    return []


def take_waiting_calls(book: Casebook) -> Taken:
    """Log every call that waits, then let go of its sheet. What does not open stays for a colleague."""
    folder, numbers, closed = book.folder.path, list[str](), 0
    sheets = waiting_sheets(folder)
    if not sheets:
        return Taken((), 0)
    with ExitStack() as held:
        keys = list(_own_keys(book, held))
        for sheet in sheets:
            found = _opened(folder, sheet, keys)
            if found is None:
                closed += 1
                continue
            if not _is_logged(book, sheet):
                numbers.append(log_call_as(book, found, sheet).number)
            drop_draft(book, DRAFT)  # the same call, kept as it stood on the page that was locked
            _let_go(folder, sheet)
    return Taken(tuple(numbers), closed)


def _own_keys(book: Casebook, held: ExitStack) -> Iterator[OpeningKey]:
    with book.read() as reader:
        for row in line_keys(reader):
            with suppress(NotSealedForYou):
                yield held.enter_context(private_line_key(book, reader, row.id, row.public or b""))


def _is_logged(book: Casebook, sheet: Id) -> bool:
    with book.read() as reader:
        return reader.session.get(Call, sheet) is not None


def _opened(folder: Path, sheet: Id, keys: list[OpeningKey]) -> LogCall | None:
    """The call of a sheet; None where it is closed to others, or is none. Half a sheet is a call too."""
    halves = [_half(folder, sheet, half, keys) for half in (BEFORE, AFTER)]
    there = [half for half in halves if half is not None]
    lost = any(map(_is_lost, zip(halves, _files(folder, sheet), strict=True)))
    return wish_of(*there) if there and not lost else None


def _is_lost(half: tuple[object, Path]) -> bool:
    """A half that is on disk and does not open: nothing is logged without it."""
    return half[0] is None and half[1].exists()


def _files(folder: Path, sheet: Id) -> list[Path]:
    return [folder / PLACE / f"{sheet.hex()}.{half}" for half in (BEFORE, AFTER)]


def _half(folder: Path, sheet: Id, half: str, keys: list[OpeningKey]) -> Mapping[str, object] | None:
    path = folder / PLACE / f"{sheet.hex()}.{half}"
    try:
        if not path.exists() or path.stat().st_size > LARGEST:
            return None
        sealed = path.read_bytes()
    except OSError:
        return None
    for key in keys:
        with suppress(NotSealedForYou):
            return fields_of(opened_sheet(key, sheet + half.encode(), sealed))
    return None


def fields_of(untrusted: bytes) -> Mapping[str, object] | None:
    """The fields of a sheet; None for what is not one: whoever knows the line's public key could have written it."""
    try:
        return msgspec.json.decode(untrusted, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def wish_of(*halves: Mapping[str, object]) -> LogCall | None:
    """One call of both halves: what was chosen last holds, topics and notes of both are kept."""
    said: dict[str, object] = {**_ALWAYS}
    for half in halves:
        said |= {name: value for name, value in half.items() if value not in (None, "", [])}
    for name, join in (("topics", _topics), ("note", _notes)):
        found = join([half.get(name) for half in halves])
        if found:
            said[name] = found
    try:
        return msgspec.convert(said, LogCall)
    except (msgspec.ValidationError, RuleBroken):
        return None


def _topics(given: list[object]) -> list[object]:
    return list(dict.fromkeys(str(one) for each in given if isinstance(each, list) for one in each))


def _notes(given: list[object]) -> str:
    return "\n".join(each for each in given if isinstance(each, str) and each.strip())


def _let_go(folder: Path, sheet: Id) -> None:
    for path in _files(folder, sheet):
        with suppress(OSError):
            path.unlink(missing_ok=True)
