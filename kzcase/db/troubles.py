"""What a full disk or a damaged file did, told as trouble a person can understand instead of a driver's error."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from kzcase.domain.errors import CasebookDamaged, CasebookInUse, DiskTrouble, Trouble
from kzcase.journal.acts import BadAct
from kzcase.journal.sealing import SealBroken

_DAMAGED: Final = ("malformed", "not a database", "corrupt")
DISK_FAILED: Final = "disk i/o error"
"""What the database says of a disk that failed. One that is full refuses before it takes anything."""
_DISK: Final = ("disk is full", DISK_FAILED, "readonly database", "unable to open", "out of memory")
_LOCKED: Final = ("locked", "busy")


@contextmanager
def in_words() -> Iterator[None]:
    """Errors of the store inside this block leave it as `Trouble`; a mistake of ours stays what it is."""
    try:
        yield
    except (DBAPIError, sqlcipher.DatabaseError) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    except (BadAct, SealBroken) as error:
        raise CasebookDamaged(part="journal") from error


def trouble_of(error: Exception) -> Trouble | None:
    """What the store's error means for the person, or None when it is no trouble of the disk or the file."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    if any(sign in said for sign in _DAMAGED):
        return CasebookDamaged(part="casebook.db")
    if any(sign in said for sign in _DISK):
        return DiskTrouble(reason=said[:60])
    return CasebookInUse() if any(sign in said for sign in _LOCKED) else None
