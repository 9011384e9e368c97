"""What somebody chose to take in: a file as it is, or a folder copied from a phone as one package."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kzcase.domain.errors import BadSubmission, TooLarge, while_reading
from kzcase.exchange.packages import LARGEST_FILE, MOST_FILES
from kzcase.i18n import _
from kzcase.paths import open_plain

_DEEPEST: Final = 8
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


def read_source(path: Path) -> bytes:
    """The bytes of a file, or of a package of all files in a folder. What the disk refuses is said in words."""
    try:
        if path.is_dir():
            return _packed(path)
        with open_plain(path) as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise while_reading(error, path.name[:100]) from error
    if len(content) > LARGEST_FILE:
        raise TooLarge(path.name[:100], limit=f"{LARGEST_FILE >> 20} MB")
    return content


def _packed(folder: Path) -> bytes:
    """In the order of names. Links are not followed, and nothing but ordinary files is read."""
    out, left, count = io.BytesIO(), LARGEST_FILE, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, path in _files(folder, "", 0):
            count += 1
            if count > MOST_FILES:
                raise TooLarge(folder.name[:100], limit=_("{count} files", count=MOST_FILES))
            with open_plain(path) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise TooLarge(folder.name[:100], limit=f"{LARGEST_FILE >> 20} MB")
            package.writestr(zipfile.ZipInfo(name, _STAMP), content)
    if not count:
        raise BadSubmission(folder.name[:100], why=_("There are no answers in this folder."))
    return out.getvalue()


def _files(folder: Path, above: str, depth: int) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{above}{entry.name}".encode(errors="replace").decode()
        if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
            yield from _files(Path(entry.path), f"{name}/", depth + 1)
        elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            yield name, Path(entry.path)
