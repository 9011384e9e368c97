"""Checks the database as bytes on the disk: encrypted throughout, every page authentic, the tables hanging together."""

from collections.abc import Iterator
from contextlib import closing
from os import urandom
from pathlib import Path
from typing import Any, Final

from kzcase.db.engine import KEY_BYTES, SALT_BYTES, connect
from kzcase.db.files import Folder
from kzcase.db.findings import Finding
from kzcase.domain.errors import CasebookDamaged, DiskTrouble
from kzcase.i18n import _, verbatim

_LOOKED_THROUGH: Final = 1 << 20
_PLAIN_SIGNS: Final = (b"SQLite format 3\0", b"CREATE TABLE")


def encryption_findings(folder: Folder, key: bytes) -> Iterator[Finding]:
    """Really encrypted: no plain page in the file or its log, and no other key opens it."""
    for file in (folder.database, folder.path / "casebook.db-wal"):
        if file.exists() and any(sign in _beginning(file) for sign in _PLAIN_SIGNS):
            yield Finding("encryption", _("The file {name} is not encrypted.", name=file.name))
    if _opens(folder.database, urandom(KEY_BYTES)):
        yield Finding("encryption", _("The database opens without its key."))


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LOOKED_THROUGH)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or "") from error


def _opens(database: Path, key: bytes) -> bool:
    try:
        connect(database, key).close()
    except CasebookDamaged:
        return False
    return True


def page_findings(database: Path, key: bytes) -> Iterator[Finding]:
    """Every page's authentication code and the structure of the tables, each on a connection of its own.

    The log is laid into the file first: the codes of pages that wait in it would otherwise not be looked at.
    """
    _asked(database, key, "PRAGMA wal_checkpoint(TRUNCATE)")
    if not _beginning(database).startswith(key[-SALT_BYTES:]):  # no page's code covers them
        yield Finding("pages", _("The first bytes of the database were changed."))
    changed = _asked(database, key, "PRAGMA cipher_integrity_check")
    for row in changed:
        yield Finding("pages", _("A page was changed outside kzcase: {what}.", what=verbatim(str(row[0])[:120])))
    for row in () if changed else _asked(database, key, "PRAGMA integrity_check"):  # which would stop at such a page
        if row[0] != "ok":
            yield Finding("structure", _("The tables do not hang together: {what}.", what=verbatim(str(row[0])[:120])))


def _asked(database: Path, key: bytes, question: str) -> list[Any]:
    with closing(connect(database, key)) as connection:
        rows: list[Any] = connection.execute(question).fetchall()
    return rows
