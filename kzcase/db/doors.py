"""The doors of the casebook: outside them a session cannot flush, and raw changes are refused."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, UOWTransaction

from kzcase.db.tables.base import Journaled, Local
from kzcase.domain.errors import CasebookInUse

_ALLOWED: Final[dict[str, type]] = {"write": Journaled, "local": Local}
_PATIENCE: Final = 0.05
_HURRY: Final = 0.3
_READS: Final = ("SELECT", "PRAGMA", "WITH", "BEGIN", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


class NotThroughADoor(Exception):
    """Code tried to change the casebook otherwise than through its doors. Always our mistake, never the person's."""


class Turn:
    """The lock of whoever writes, which knows whether somebody stands before it: work that can wait lets them in."""

    def __init__(self) -> None:
        self._lock, self._counting, self._waiting = threading.RLock(), threading.Lock(), 0

    @property
    def wanted(self) -> bool:
        """Does somebody wait for whoever has it?"""
        return self._waiting > 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As of any lock; one may take it again who has it already."""
        self._count(1)
        try:
            return self._lock.acquire(blocking, timeout)
        finally:
            self._count(-1)

    def release(self) -> None:
        """Let the next one in."""
        self._lock.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more


def guarded_session(engine: Engine) -> Session:
    """The one session that writes, shut until a door opens it."""
    session = Session(engine, autoflush=False, expire_on_commit=False)
    session.info["door"] = None
    event.listen(session, "before_flush", _guard_flush)
    event.listen(engine, "before_cursor_execute", lambda c, _cursor, sql, *rest: _guard_statement(session, sql))
    return session


@contextmanager
def through(session: Session, door: str) -> Iterator[None]:
    """Open one door for the length of a block."""
    before, session.info["door"] = session.info["door"], door
    try:
        yield
    finally:
        session.info["door"] = before


@contextmanager
def alone(*locks: Any) -> Iterator[None]:
    """Hold all these locks; none is held while another is waited for, so that two who want them cannot block."""
    while True:
        with ExitStack() as held:
            if all(_taken(lock, held) for lock in locks):
                yield
                return


@contextmanager
def held(lock: Any, *, hurry: bool) -> Iterator[None]:
    """Hold a lock; in a hurry, `CasebookInUse` where somebody keeps it longer than an ordinary act takes."""
    if not lock.acquire(timeout=_HURRY if hurry else -1):
        raise CasebookInUse
    try:
        yield
    finally:
        lock.release()


def _taken(lock: Any, held: ExitStack) -> bool:
    taken: bool = lock.acquire(timeout=_PATIENCE)
    if taken:
        held.callback(lock.release)
    return taken


def _guard_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    allowed = _ALLOWED.get(session.info["door"])
    changed = [*session.new, *session.dirty, *session.deleted]
    if changed and (allowed is None or not all(isinstance(row, allowed) for row in changed)):
        raise NotThroughADoor(session.info["door"])
    if allowed is Journaled and session.deleted:  # deletion is a strike
        raise NotThroughADoor("delete")


def _guard_statement(session: Session, sql: str) -> None:
    if session.info["door"] is None and not sql.lstrip().upper().startswith(_READS):
        raise NotThroughADoor("statement")
