"""Before a casebook is brought up to a newer schema it is copied as it is, and the copy read back and compared.

The copy lies beside the database, under the same key, until the casebook was opened once more in its new schema: no
older copy of people's data stays longer than it may be needed.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kzcase.db.backup import copy_closed_store, copy_findings
from kzcase.db.engine import Key
from kzcase.db.files import Folder
from kzcase.db.migrations import EARLIER
from kzcase.domain.errors import CasebookDamaged, DiskTrouble

_UNFINISHED: Final = "earlier.new"
Progress = Callable[[int, int], object]


def earlier(database: Path) -> Folder:
    """Where the copy lies."""
    return Folder(database.parent / EARLIER)


def keep(database: Path, key: Key, progress: Progress = lambda _done, _total: None) -> None:
    """Copy the database; it gets its name only when it was read back the same. CasebookDamaged, DiskTrouble."""
    unfinished = Folder(database.parent / _UNFINISHED)
    try:
        shutil.rmtree(unfinished.path, ignore_errors=True)
        unfinished.path.mkdir(mode=0o700)
        held = copy_closed_store(database, bytes(key), unfinished.database, bytes(key), progress)
        if copy_findings(unfinished, bytes(key), held, progress):
            raise CasebookDamaged(part=EARLIER)
        forget(database)
        unfinished.path.rename(earlier(database).path)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or "") from error
    finally:
        shutil.rmtree(unfinished.path, ignore_errors=True)


def forget(database: Path) -> None:
    """The copy is not needed any more."""
    shutil.rmtree(earlier(database).path, ignore_errors=True)
