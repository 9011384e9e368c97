"""Opens a file of answers from phones safely: one XML, or a zip of many with their photos, bounded in every way."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from kzcase.domain.errors import BadForm, BadSubmission, KzcaseError, TooLarge
from kzcase.forms.directories import PACKINGS, check_directory, files_of
from kzcase.forms.xml_reading import child, local, read_xml
from kzcase.i18n import Words, _

LARGEST_FILE: Final = 64 << 20
LARGEST_ANSWERS: Final = 4 << 20
"""Bytes of one XML: the answers of a form of 500 questions are 50 KB."""
MOST_UNPACKED: Final = 72 << 20
"""Photos and recordings hardly shrink when they are packed, and answers are small."""
MOST_FILES: Final = 5_000
MOST_SUBMISSIONS: Final = 1_000
MOST_ELEMENTS: Final = 120_000
"""In one XML: a server lists a thousand sets of a hundred answers."""
MOST_TAGS: Final = 500_000
"""Signs `<` in all answers of a package: a thousand sets of two hundred and fifty."""
RATIO: Final = 200
_SMALL: Final = 1 << 20
_PIECE: Final = 1 << 16
_LOCKED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, RuntimeError, NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
"""What reading a damaged package comes to, by the way it is packed."""
_DAMAGED: Final = _("This file of the package is damaged. Please send it again.")
NAMELESS: Final = "?"
"""Stands for the name of a file whose own is destroyed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One set of answers as it lay in the file: its XML, or why that cannot be read, and what lay beside it."""

    place: str
    root: Element | None = field(default=None, repr=False)
    problem: Words | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def read_package(filename: str, untrusted_data: bytes) -> tuple[Found, ...]:
    """Every set of answers in a file, in the order of their names. Raises BadSubmission or TooLarge for all of it."""
    if len(untrusted_data) > LARGEST_FILE:
        raise TooLarge(limit="64 MB")
    name = PurePosixPath(filename.replace("\\", "/")).name[:100]
    if not untrusted_data.startswith(b"PK\x03\x04"):
        found = tuple(_sets(name, untrusted_data, {}))
    else:
        found = _unpacked(untrusted_data)
    if not found:
        raise BadSubmission(name, why=_("There are no answers in this file."))
    if len(found) > MOST_SUBMISSIONS:
        raise TooLarge(name, limit=MOST_SUBMISSIONS)
    return found


def _unpacked(data: bytes) -> tuple[Found, ...]:
    """One bad file in a package stands for itself: it is named, and the others are read."""
    check_directory(data, 2 * MOST_FILES)  # folders are listed, too
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            folders, bad = _folders(package)
    except _BROKEN as error:
        raise BadSubmission(why=_("The package is damaged. Please make it again.")) from error
    _check_answers([data for files in folders.values() for name, data in files.items() if _is_answers(name)])
    found: list[Found] = []
    for folder, files in sorted(folders.items()):
        texts = {name: data for name, data in files.items() if _is_answers(name)}
        beside = MappingProxyType({name: data for name, data in files.items() if name not in texts})
        for name, text in sorted(texts.items()):
            found += _sets(f"{folder}/{name}".lstrip("/")[-100:], text, beside)
    return (*found, *bad)


def _is_answers(name: str) -> bool:
    return name.lower().endswith(".xml")


def _check_answers(texts: Sequence[bytes]) -> None:
    """Too many are refused before any is read."""
    if len(texts) > MOST_SUBMISSIONS:
        raise TooLarge(limit=MOST_SUBMISSIONS)
    if sum(text.count(b"<") for text in texts) > MOST_TAGS:
        raise TooLarge(limit=_("{count} answers", count=MOST_TAGS // 2))


def _folders(package: zipfile.ZipFile) -> tuple[dict[str, dict[str, bytes]], list[Found]]:
    """The files of each folder by their bare name, and those that cannot be read. Names are never written to."""
    listed = [each for each in files_of(package) if not _is_hidden(each.filename)]
    if len(listed) > MOST_FILES:
        raise TooLarge(limit=_("{count} files", count=MOST_FILES))
    if sum(each.file_size for each in listed) > MOST_UNPACKED:
        raise TooLarge(limit=f"{MOST_UNPACKED >> 20} MB")
    room, folders, bad = _Room(MOST_UNPACKED), dict[str, dict[str, bytes]](), dict[str, Words]()
    for each in listed:
        path = PurePosixPath(each.filename.replace("\\", "/"))
        name = str(path).strip("./")[-100:]
        if not path.name:
            bad[NAMELESS] = _DAMAGED
            continue
        folder = folders.setdefault(str(path.parent).removesuffix("/media").strip("./"), {})
        if path.name in folder or name in bad:
            folder.pop(path.name, None)
            bad[name] = _("Two files in this package have the same name.")
            continue
        try:
            folder[path.name] = _read(package, each, room)
        except BadSubmission as error:
            bad[name] = error.why
    return folders, [Found(name, problem=problem) for name, problem in bad.items()]


def _is_hidden(name: str) -> bool:
    """What computers leave in packages by themselves. A name that leads elsewhere is none: it is only a name here."""
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


@dataclass(slots=True)
class _Room:
    """How many bytes may still be unpacked, of all files together."""

    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooLarge(limit=f"{MOST_UNPACKED >> 20} MB")


def _read(package: zipfile.ZipFile, each: zipfile.ZipInfo, room: _Room) -> bytes:
    """The bytes of one file, counted while they are unpacked: what the package says of their number is not believed.

    Raises BadSubmission for this file, TooLarge where all together are too much.
    """
    if each.flag_bits & _LOCKED:
        raise BadSubmission(why=_("The package is locked with a password."))
    if each.compress_type not in PACKINGS:
        raise BadSubmission(
            why=_("The package is packed in a way that is not read. Please make it anew as a plain .zip.")
        )
    most, pieces, count = max(_SMALL, RATIO * each.compress_size), [], 0
    try:
        with package.open(each) as stream:
            while piece := stream.read(_PIECE):
                count += len(piece)
                room.take(len(piece))
                if count > most:
                    raise BadSubmission(why=_("It unpacks to far more than a phone sends."))
                pieces.append(piece)
    except _BROKEN as error:
        raise BadSubmission(why=_DAMAGED) from error
    return b"".join(pieces)


def _sets(place: str, data: bytes, files: Mapping[str, bytes]) -> Iterator[Found]:
    """The answers of one XML: one set, or all that a server lists in one document."""
    try:
        if len(data) > LARGEST_ANSWERS:
            raise TooLarge(limit=f"{LARGEST_ANSWERS >> 20} MB")
        root = read_xml(data, MOST_ELEMENTS)
    except BadForm as error:
        yield Found(place, problem=error.why)
        return
    except KzcaseError as error:
        yield Found(place, problem=error.sentence())
        return
    listed = child(root, "results") if local(root.tag) == "root" else None
    if listed is None:
        yield Found(place, root, None, files)
        return
    for number, one in enumerate(listed, 1):
        yield Found(f"{place} · {number}", one, None, files)
