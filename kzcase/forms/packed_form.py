"""A form that came with the files it needs: from a folder, from further files, or in one .zip; bounded."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.directories import PACKINGS, check_directory, files_of
from kzcase.forms.outside_lists import LARGEST_LIST, Beside
from kzcase.i18n import _

FORM_ENDINGS: Final = (".yaml", ".yml", ".xlsx", ".md")
MOST_FILES: Final = 100
MOST_UNPACKED: Final = 32 * 2**20
MOST_UNREAD: Final = 400
"""Folders, and what computers leave in packages by themselves."""
_RATIO: Final = 200
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, RuntimeError, NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
"""What reading a damaged package comes to, by the way it is packed."""


def among(files: Mapping[str, bytes]) -> Beside:
    """Files that were given together with a form, by their bare names."""
    return files.get


def unpacked(filename: str, untrusted_data: bytes) -> tuple[str, bytes, Beside]:
    """The form in a .zip, its name, and what lies beside it. Raises BadForm where it is not clear which is the form."""
    files = _files(untrusted_data)
    named = [name for name in files if PurePosixPath(name).suffix.lower() in FORM_ENDINGS]
    named = named or [name for name, content in files.items() if _is_xform(name, content)]
    named = named or [name for name in files if name.lower().endswith(".csv") and b"survey" in files[name][:200]]
    if len(named) != 1:
        raise BadForm(filename[:80], why=_("A package holds exactly one form, and the files it needs."))
    return named[0], files[named[0]], among({name: content for name, content in files.items() if name != named[0]})


def _is_xform(name: str, content: bytes) -> bool:
    return name.lower().endswith(".xml") and b"www.w3.org/1999/xhtml" in content[:2_000]


def _files(untrusted_data: bytes) -> dict[str, bytes]:
    """Every file by its bare name, counted while it is unpacked."""
    check_directory(untrusted_data, MOST_FILES + MOST_UNREAD)
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(untrusted_data)) as package:
            listed = [each for each in files_of(package) if not _is_hidden(each.filename)]
            if len(listed) > MOST_FILES:
                raise TooLarge(limit=_("{count} files", count=MOST_FILES))
            if sum(each.file_size for each in listed) > MOST_UNPACKED:
                raise TooLarge(limit=f"{MOST_UNPACKED >> 20} MB")
            if any(each.compress_type not in PACKINGS for each in listed):
                raise BadForm(
                    why=_("The package is packed in a way that is not read. Please make it anew as a plain .zip.")
                )
            for each in listed:
                most = min(left, max(LARGEST_LIST, _RATIO * each.compress_size))
                with package.open(each) as stream:
                    content = stream.read(most + 1)
                if len(content) > most:
                    raise TooLarge(each.filename[-80:], limit=f"{MOST_UNPACKED >> 20} MB")
                left -= len(content)
                found[PurePosixPath(each.filename.replace("\\", "/")).name] = content
    except _BROKEN as error:
        raise BadForm(why=_("The package is damaged. Please make it again.")) from error
    return found


def _is_hidden(name: str) -> bool:
    """What computers leave in packages by themselves."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
