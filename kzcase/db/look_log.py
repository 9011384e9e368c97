"""Enters looks in the read log, those that waited in the spool first; an urgent look is never made to wait."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from os import urandom
from typing import Final

from kzcase.db import read_log
from kzcase.db.files import Folder
from kzcase.db.read_log import Place, ReadEntry, Seal, Sign
from kzcase.db.spool import SLOTS, Spool
from kzcase.db.sql import Sql
from kzcase.db.standing import load_standing
from kzcase.domain.errors import DiskTrouble, Trouble
from kzcase.domain.looks import Look
from kzcase.journal.sealing import KEY_BYTES

Door = Callable[[bool], AbstractContextManager[Sql]]
"""Opens the casebook for writing what is this laptop's own; told to hurry, it refuses rather than waits."""
_DRAINED: Final = "spool_drained"
_SPOOL_KEY: Final = "spool_key"
_FACT: Final = "SELECT value FROM local_facts WHERE name = ?"
_PUT: Final = "INSERT OR REPLACE INTO local_facts (name, value) VALUES (?, ?)"


class LookLog:
    """The read log of an open casebook. Any thread may call it."""

    def __init__(self, spool: Spool, door: Door, drained: int = 0) -> None:
        self._spool, self._door = spool, door
        self._lock = threading.Lock()
        self._waiting: dict[int, tuple[int, bytes]] | None = None
        self._last = drained

    @classmethod
    def of(cls, sql: Sql, folder: Folder, door: Door) -> "LookLog":
        """The log of a casebook that is being opened. The spool's key stays when the casebook's own is changed."""
        key = sql.value(_FACT, (_SPOOL_KEY,))
        if key is None:
            key = urandom(KEY_BYTES)
            sql.run("BEGIN IMMEDIATE")
            sql.run(_PUT, (_SPOOL_KEY, key))
            sql.run("COMMIT")
        spool = Spool(folder.path / "spool", key)
        spool.prepare()
        return cls(spool, door, _number(sql.value(_FACT, (_DRAINED,))))

    def record(self, entry: ReadEntry, place: Place, sign: Sign, seal: Seal, *, urgent: bool) -> None:
        """The entry is kept when this returns; `Trouble` when it is not, and then there must be no look.

        Only an `urgent` one waits in the spool where the disk is full or somebody is writing for long.
        """

        def sealed(look: ReadEntry) -> bytes:
            return seal(look.encoded(place, sign))

        wanted = sealed(entry)
        try:
            with self._door(urgent) as sql:
                drained = self._enter(sql, place, wanted, lambda what, why: sealed(_about_the_log(entry, what, why)))
        except Trouble:
            if not urgent:
                raise
            self._keep(wanted)
        else:
            self._forget(drained)

    def _enter(self, sql: Sql, place: Place, sealed: bytes, about: Callable[[Look, str], bytes]) -> list[int]:
        """In one transaction: what the log says about itself, what waited, and the new entry."""
        before = sql.value("SELECT incarnation FROM read_log ORDER BY index_in_chain DESC LIMIT 1")
        if before is not None and before != place.incarnation:
            standing = load_standing(sql)
            read_log.append(sql, place, about(Look.CUT, standing.why.value if standing else ""))
        last = _number(sql.value(_FACT, (_DRAINED,)))
        waiting = sorted((number, at, old) for at, (number, old) in self._waited().items())
        new = [(number, old) for number, _place, old in waiting if number > last]
        if new and (missing := new[-1][0] - last - len(new)):
            read_log.append(sql, place, about(Look.LOST, str(missing)))
        for _given, old in new:
            read_log.append(sql, place, old)
        if new:
            sql.run(_PUT, (_DRAINED, new[-1][0].to_bytes(8, "big")))
        read_log.append(sql, place, sealed)
        return [at for _given, at, _old in waiting]

    def _waited(self) -> dict[int, tuple[int, bytes]]:
        with self._lock:
            return dict(self._loaded())

    def _loaded(self) -> dict[int, tuple[int, bytes]]:
        if self._waiting is None:
            self._waiting = self._spool.waiting()
            self._last = max(self._last, *(number for number, _sealed in self._waiting.values()), 0)
        return self._waiting

    def _keep(self, sealed: bytes) -> None:
        with self._lock:
            waiting = self._loaded()
            free = next((at for at in range(SLOTS) if at not in waiting), None)
            if free is None:
                raise DiskTrouble(reason="read log")
            self._spool.put(free, self._last + 1, sealed)
            self._last += 1
            waiting[free] = (self._last, sealed)

    def _forget(self, places: list[int]) -> None:
        """They are in the log by now; where the file cannot be written, their numbers keep them from coming twice."""
        if places:
            with self._lock:
                for at in places:
                    self._loaded().pop(at, None)
                with suppress(DiskTrouble):
                    self._spool.clear(places)


def _number(stored: bytes | None) -> int:
    return int.from_bytes(stored or b"", "big")


def _about_the_log(entry: ReadEntry, what: Look, why: str) -> ReadEntry:
    return replace(entry, what=what.value, reason="", detail=why)
