"""The casebook: read it, or write an act. There is no other way in, except for what comes from other laptops."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kzcase.db import doors, migrations, read_log, store, take_in
from kzcase.db.derive import derive
from kzcase.db.engine import connect, make_engine
from kzcase.db.facts import Facts, Local, load_acting
from kzcase.db.files import Folder, Lock, existing, made
from kzcase.db.keyrings import Keyrings, ScopeKeys, all_scope_keys
from kzcase.db.read_log import ReadEntry, Seal
from kzcase.db.reader import Act, Acting, Reader
from kzcase.db.recorder import insert, recorded
from kzcase.db.rulebook import baseline
from kzcase.db.sealer import Chain, Unsealed, load_chain, remember_stamp, seal_act
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.db.tables.office import Batch as BatchRow
from kzcase.db.troubles import in_words
from kzcase.db.undoing import Inverse, inverse
from kzcase.domain.errors import NotAllowed, NothingToChange
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import MAY, Role
from kzcase.domain.rulebook import Rulebook
from kzcase.journal.acts import Identity
from kzcase.journal.authority import ANY_OTHER_DEVICE
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot

Clock = Callable[[], datetime]
FOUNDING = "casebook.founded"


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """What it takes to open a casebook: the store key, who acts, and the clock."""

    key: bytes
    identity: Identity
    clock: Clock = utc_now


class Casebook:
    """One encrypted casebook, opened by one person. One writer; readers have connections of their own."""

    def __init__(self, folder: Folder, opening: Opening, lock: Lock) -> None:
        self.folder = folder
        self.rulebook: Rulebook = baseline()
        self._key, self._identity, self._clock, self._lock = (
            opening.key,
            opening.identity,
            opening.clock,
            lock,
        )
        self._writer = make_engine(folder.database, opening.key, writable=True)
        self._readers: dict[str, Engine] = {}
        self._raw: dict[str, Any] = {}
        self._reader_locks = {"interactive": threading.RLock(), "long": threading.RLock()}
        self._write_lock = threading.RLock()
        self._keyrings = Keyrings()
        self._session = doors.guarded_session(self._writer)
        self._batch: Id | None = None
        self._depth, self._half_written = 0, False
        self._changed: frozenset[str] = frozenset()
        self._load()

    @classmethod
    def open(cls, path: Path, opening: Opening) -> "Casebook":
        """Open a casebook that is there: locked to this program, encrypted, and of a schema this version knows."""
        folder = existing(path)
        lock = Lock(folder)
        lock.take()
        try:
            with in_words():
                migrations.bring_up_to_date(folder.database, opening.key)
                return cls(folder, opening, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def create(cls, path: Path, opening: Opening, organisation: Id) -> "Casebook":
        """Make a new casebook; its founding act is then written by `actions`."""
        folder = made(path)
        lock = Lock(folder)
        lock.take()
        connect(folder.database, opening.key, must_exist=False).close()
        migrations.bring_up_to_date(folder.database, opening.key)
        Local(folder.database, opening.key).begin(organisation)
        return cls(folder, opening, lock)

    def _load(self) -> None:
        with self._writer.connect() as connection:
            sql = Sql.of(connection)
            self.facts = Facts.load(sql)
            self._chain: Chain = load_chain(sql, self.facts.incarnation)
            self.acting: Acting = load_acting(sql, self.facts, self._identity.staff_id)

    def close(self) -> None:
        """Forget the keys and let go of the files."""
        self._keyrings.forget()
        self._session.close()
        for engine in (self._writer, *self._readers.values()):
            engine.dispose()
        self._readers.clear()
        self._raw.clear()
        self._lock.release()

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show_names(self) -> None:
        """From now on names of this person's own caseload are shown, until the casebook is locked."""
        self.acting = self.acting.showing_names()

    def take_changes(self) -> frozenset[str]:
        """The features whose rows changed since this was last asked, so that their screens look again."""
        changed, self._changed = self._changed, frozenset()
        return changed

    # Reading

    @contextmanager
    def read(self, lane: str = "interactive") -> Iterator[Reader]:
        """A question, on a connection that cannot write. `lane` is `interactive` or `long`."""
        with in_words(), self._reader_locks[lane], Session(self._reader(lane), autoflush=False) as session:
            yield Reader(session, self.rulebook, self.acting, self._clock(), self.facts.organisation, self.facts.office)

    def _reader(self, lane: str) -> Engine:
        if lane not in self._readers:
            self._readers[lane] = make_engine(
                self.folder.database,
                self._key,
                writable=False,
                prepare=lambda raw: self._raw.update({lane: raw}),
            )
        return self._readers[lane]

    def interrupt_reader(self, lane: str = "interactive") -> None:
        """Stop the question that is running, if any: a newer keystroke or a lock made it stale."""
        if lane in self._raw:
            self._raw[lane].interrupt()

    # Writing

    @contextmanager
    def write(self, kind: str, reason: str = "") -> Iterator[Act]:
        """One act: change rows through `act.session`; at the end everything is committed together, or nothing is."""
        with self._write_lock, self._transaction("write"):
            act = self._begin(kind)
            yield act
            self._finish(act, reason)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many acts in one transaction under one parent act: imports, demonstration data."""
        with self._write_lock, self._transaction("write"):
            parent = self._begin("batch.added")
            parent.add(BatchRow(id=parent.id, started_at=parent.now))
            self._finish(parent, "")
            self._batch = parent.id
            try:
                yield
            finally:
                self._batch = None

    @contextmanager
    def local(self) -> Iterator[Session]:
        """Change what belongs to this laptop alone: drafts, counters, cursors. Never journaled."""
        with self._write_lock, self._transaction("local"):
            yield self._session

    def now(self) -> datetime:
        """The moment, by this laptop's clock."""
        return self._clock()

    def record_look(self, entry: ReadEntry, seal: Seal) -> None:
        """Enter a look in this laptop's read log; it is there before the look is taken."""
        with self._write_lock, self._transaction("local"):
            read_log.append(self._sql, entry, seal)

    def everything(self) -> tuple[list[bytes], list[ScopeKeys]]:
        """Every part as it travels, and the keys of every scope: what a second laptop of the office begins with."""
        with self._write_lock, self._transaction("take_in"):
            return list(store.all_serialised(self._sql)), all_scope_keys(self._sql)

    def take_in(self, parts: Iterable[bytes], keys: Iterable[ScopeKeys] = ()) -> take_in.Taken:
        """Take in parts of acts from other laptops: checked, never trusted; the third door."""
        with self._write_lock, self._transaction("take_in"):
            sql = self._sql
            opened = {given.scope for given in keys if self._keyrings.take_in(sql, given)}
            taken = take_in.take_in(sql, self._keyrings, self.facts.organisation, parts, opened)
            derive(sql, self.rulebook, taken.rows)
            remember_stamp(sql, taken.latest)
        self._changed |= {shape(entity).feature for entity, _ in taken.rows}
        shown = self.acting.names_shown
        self._load()
        self.acting = replace(self.acting, names_shown=shown)
        return taken

    def frontier(self, author: Id) -> list[tuple[bytes, int]]:
        """For each device the last act of a colleague that still counts; on any other device none does."""
        query = "SELECT incarnation, max(index_in_chain) FROM acts WHERE author = ? GROUP BY 1"
        rows = self._sql.rows(query, (author,))
        return [*((incarnation, last) for incarnation, last in rows), (ANY_OTHER_DEVICE, -1)]

    def inverse(self, act_id: Id) -> tuple[str, Inverse]:
        """What undoing an act would set; asked inside the act that undoes it."""
        return inverse(self._sql, self._keyrings, act_id)

    @property
    def _sql(self) -> Sql:
        return Sql.of(self._session.connection())

    @contextmanager
    def _transaction(self, door: str) -> Iterator[None]:
        if self._depth:  # inside a batch: its transaction is ours
            with doors.through(self._session, door), self._taken_back_alone():
                yield
            return
        before, self._depth = self._chain, 1
        try:
            with in_words(), doors.through(self._session, door):
                yield
                self._must_be_whole()
                self._session.commit()
        except BaseException:
            self._session.rollback()
            self._chain = before
            self._keyrings.forget()
            raise
        finally:
            self._depth, self._half_written = 0, False
            self._session.expunge_all()

    def _must_be_whole(self) -> None:
        if self._half_written:  # somebody caught the error of an act that failed while it was being written
            raise doors.NotThroughADoor("half an act")

    @contextmanager
    def _taken_back_alone(self) -> Iterator[None]:
        """An act of a batch that was refused leaves nothing behind, also where the batch goes on without it.

        Rows are written when an act is finished, so forgetting its objects is enough: a savepoint would cost more
        than the act itself.
        """
        try:
            yield
            self._session.flush()
        except BaseException:
            self._session.expunge_all()
            raise

    def _begin(self, kind: str) -> Act:
        now = self._clock()
        facts = self.facts
        ids = (facts.organisation, facts.office, new_id())
        return Act(self._session, self.rulebook, self.acting, now, *ids, kind, self._authority(kind))

    def _finish(self, act: Act, reason: str) -> None:
        rows = [*act.made, *(row for row in self._session.dirty if row not in act.made)]
        changes = recorded(self._sql, rows, self.facts.organisation, self.facts.office)
        for row in act.made:  # put in plainly below: the unit of work would cost more than all the rest
            self._session.expunge(row)
        if not changes:
            raise NothingToChange(place=act.kind)
        self._half_written = True
        insert(self._sql, changes)
        self._session.flush()
        unsealed = Unsealed(act.id, act.kind, self.acting.staff_id, act.authority, reason, self._batch, act.now)
        self._chain = seal_act(self._sql, self._keyrings, self._identity, self._chain, unsealed, changes)
        touched = [(change.entity, change.id) for _, change, _ in changes]
        derive(self._sql, self.rulebook, touched)
        self._half_written = False
        act.changed = frozenset(shape(entity).feature for entity, _ in touched)
        self._changed |= act.changed
        if self._batch:
            self._session.expunge_all()
        if act.kind in _CHANGES_STAFF:
            self._reload_staff()

    def _authority(self, kind: str) -> Dot:
        if kind == FOUNDING:
            if self.facts.office:  # there is one founding act, and others would refute a second
                raise NotAllowed(place=kind)
            return (self.facts.incarnation, 0)
        allowed = [role for role in Role if role in MAY[KINDS[kind].permission] and role in self.acting.grants]
        if not allowed:
            raise NotAllowed(place=kind)
        return self.acting.grants[allowed[0]]

    def _reload_staff(self) -> None:
        self.facts = Facts.load(self._sql)
        self.acting = load_acting(self._sql, self.facts, self._identity.staff_id, self.acting.names_shown)


_CHANGES_STAFF = frozenset({FOUNDING, "staff.added", "staff.removed"})
