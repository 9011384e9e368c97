"""The list of files in a .zip, counted before anything builds it: sixty thousand empty files cost a lot."""

import zipfile
from collections.abc import Sequence
from typing import Final

from kzcase.domain.errors import TooLarge
from kzcase.i18n import _

PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How every program packs unless told otherwise; the others unpack slowly and grow much."""
_ENTRY: Final = b"PK\x01\x02"
"""How each entry of the list begins, wherever the package says that its list stands."""


def check_directory(untrusted_data: bytes, most: int) -> None:
    """Refuse a package of more files than this."""
    if untrusted_data.count(_ENTRY) > most:
        raise TooLarge(limit=_("{count} files", count=most))


def files_of(package: zipfile.ZipFile) -> Sequence[zipfile.ZipInfo]:
    """What it lists without its folders; a damaged package lists files that have no name."""
    return [each for each in package.infolist() if not each.filename.endswith("/")]
