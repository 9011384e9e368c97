"""After the disk failed once: nothing more is told as saved until all that was saved before has a new place.

A disk that refuses at the moment of waiting for it says so once. The system then holds as written what never reached
the disk, and a later wait may succeed although it still is not there: whoever writes on at the same place of the log
can lose what was told as saved long after the trouble is over. So a file of its own is tried first; once that holds,
everything is brought from the log into the database, and the log begins anew. Until then the casebook can be read and
not written.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kzcase.db.files import Folder
from kzcase.db.room import room_to_write
from kzcase.db.sql import Sql
from kzcase.db.troubles import DISK_FAILED, in_words
from kzcase.domain.errors import DiskTrouble, reason_of
from kzcase.paths import open_own

_TRIAL: Final = "trial"
_MORE: Final = 1 << 20
_PIECE: Final = 1 << 18


class Footing:
    """Whether what is written can still be relied on to be written."""

    def __init__(self, folder: Folder, writer: Engine, session: Session) -> None:
        self._folder, self._writer, self._session = folder, writer, session
        self._lost, self._stopped = False, False

    @contextmanager
    def to_write(self, door: str) -> Iterator[None]:
        """Around a transaction. `DiskTrouble` when it was refused, or when an earlier trouble is not over yet."""
        if self._lost:
            self._regain()
        try:
            with room_to_write(self._folder.path, door):
                yield
        except DiskTrouble as trouble:
            self._lost = self._lost or _in_doubt(trouble)
            raise

    def to_clear_up(self, work: Callable[[Sql, Callable[[], bool]], None]) -> None:
        """What is done again at the next opening: trouble of the disk is noticed, and keeps nobody from anything."""
        with suppress(DiskTrouble), self.to_write("local"):
            self._session.rollback()  # inside a look that is still open no file is written anew
            with self._writer.connect() as connection:
                work(Sql.of(connection), lambda: self._stopped)

    def stop_clearing(self) -> None:
        """At the lock, from another thread: writing the file anew stops, and is done again at the next opening."""
        self._stopped = True

    def _regain(self) -> None:
        self._try()
        self._session.rollback()  # a look that is still open on this connection would keep the log from ending
        with in_words(), self._writer.connect() as connection:
            busy = Sql.of(connection).value("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise DiskTrouble(reason=DISK_FAILED)
        self._lost = False

    def _try(self) -> None:
        """As much as waits in the log is written elsewhere and waited for: no place is tried in vain that counts."""
        file = self._folder.path / _TRIAL
        try:
            waiting = self._folder.database.with_name(f"{self._folder.database.name}-wal").stat().st_size
            with open_own(file, make=True, empty=True) as stream:
                for _piece in range(-(-(waiting + _MORE) // _PIECE)):
                    stream.write(os.urandom(_PIECE))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise DiskTrouble(reason=reason_of(error)) from error
        finally:
            with suppress(OSError):
                file.unlink()


def _in_doubt(trouble: DiskTrouble) -> bool:
    return DISK_FAILED in str(trouble.__cause__).lower()
