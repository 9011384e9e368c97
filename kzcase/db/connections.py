"""The connections of an open casebook: one that writes, two that answer questions, and a new key for all of them."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kzcase.db import doors, erasing
from kzcase.db.engine import Key, key_in_force, make_engine, rekey
from kzcase.db.files import Folder
from kzcase.db.footing import Footing
from kzcase.db.troubles import in_words
from kzcase.db.vault import Vault


class Connections:
    """One writer with its session; readers are opened when they are first needed."""

    def __init__(self, folder: Folder, key: Key) -> None:
        self.folder = folder
        self._key = bytearray(key)
        self._readers: dict[str, Engine] = {}
        self._raw: dict[str, Any] = {}
        self._reader_locks = {"interactive": threading.RLock(), "long": threading.RLock()}
        self._write_lock = doors.Turn()
        self._connect()

    def interrupt_reader(self, lane: str = "interactive") -> None:
        """Stop the question that is running, if any: a newer keystroke or a lock made it stale."""
        raw = self._raw.get(lane)
        if raw is not None:
            raw.interrupt()

    def stop_tidying(self) -> None:
        """The casebook is about to be locked: what can be done at the next opening as well does not hold it up."""
        self._footing.stop_clearing()

    def write_anew(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """What an erasing left to a quiet moment: the file is written anew, however long it takes.

        It stops as soon as somebody wants to write, and where `stopped` says so, and then still waits to be done.
        """
        with self._write_lock:
            self._clear_up(whole=True, stopped=lambda: self._write_lock.wanted or stopped())

    def _clear_up(self, *, whole: bool, stopped: Callable[[], bool] = lambda: False) -> None:
        vault = Vault(self.folder.attachments)
        self._footing.to_clear_up(
            lambda sql, locked: erasing.finish(sql, vault, lambda: locked() or stopped(), whole=whole)
        )

    def rekey(self, new: Key) -> None:
        """Encrypt everything anew under another store key, once nobody reads or writes; all of it or nothing."""
        with doors.alone(self._write_lock, *self._reader_locks.values()), in_words():
            if self._session.in_transaction():
                raise doors.NotThroughADoor("rekey")
            self._disconnect()
            try:
                rekey(self.folder.database, self._key, new)
            finally:
                self._take(key_in_force(self.folder.database, (new, self._key)))
                self._connect()

    def _take(self, key: Key) -> None:
        """Hold this key, and no longer the one before: engines made with it are closed already."""
        self._key[:] = key

    def _forget_key(self) -> None:
        """Overwrite the key; nothing can be opened with it any more."""
        self._key[:] = bytes(len(self._key))

    def _connect(self) -> None:
        self._writer: Engine = make_engine(self.folder.database, self._key, writable=True)
        self._session: Session = doors.guarded_session(self._writer)
        self._footing = Footing(self.folder, self._writer, self._session)

    def _disconnect(self) -> None:
        self._raw.clear()
        self._session.close()
        for engine in (self._writer, *self._readers.values()):
            engine.dispose()
        self._readers.clear()

    def _reader(self, lane: str) -> Engine:
        if lane not in self._readers:
            self._readers[lane] = make_engine(
                self.folder.database,
                self._key,
                writable=False,
                prepare=lambda raw: self._raw.update({lane: raw}),
            )
        return self._readers[lane]
