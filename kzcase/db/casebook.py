"""The casebook: read it, or write an act. There is no other way in, except for what comes from other laptops."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kzcase.db import doors, erasing, migrations, store, take_in
from kzcase.db.connections import Connections
from kzcase.db.engine import connect
from kzcase.db.facts import Facts, Local, load_acting
from kzcase.db.files import Folder, Lock, existing, made
from kzcase.db.keyrings import Keyrings, ScopeKeys, all_scope_keys
from kzcase.db.look_log import LookLog
from kzcase.db.opening import Clock, Opening, utc_now
from kzcase.db.read_log import Place, ReadEntry, Seal
from kzcase.db.reader import Act, Acting, Reader
from kzcase.db.recorder import insert, recorded
from kzcase.db.rederive import derived
from kzcase.db.rulebook import rulebook_of
from kzcase.db.sealer import Chain, Unsealed, load_chain, remember_stamp, remember_tip, seal_act
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.db.standing import load_standing, next_mark, settle
from kzcase.db.tables.office import Batch as BatchRow
from kzcase.db.troubles import in_words
from kzcase.db.undoing import Undoing, undoing
from kzcase.db.vault import Vault, named_chunks
from kzcase.domain.errors import CasebookInUse, NotAllowed, NothingToChange
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Role
from kzcase.domain.rulebook import Rulebook
from kzcase.journal.acts import Identity
from kzcase.journal.authority import BY_ROOT
from kzcase.journal.erasures import Pair
from kzcase.journal.kinds import KINDS
from kzcase.journal.operations import Dot
from kzcase.journal.removals import ANY_OTHER_DEVICE

FOUNDING = "casebook.founded"
__all__ = ["FOUNDING", "Casebook", "Clock", "Opening", "utc_now"]


class Casebook(Connections):
    """One encrypted casebook, opened by one person. One writer; readers have connections of their own."""

    def __init__(self, folder: Folder, opening: Opening, lock: Lock) -> None:
        super().__init__(folder, opening.key)
        self._identity, self._clock, self._lock = opening.identity, opening.clock, lock
        self._keyrings = Keyrings()
        self._batch: Id | None = None
        self._depth, self._half_written = 0, False
        self._changed: frozenset[str] = frozenset()
        self._settle()
        with self._writer.connect() as connection:
            self._looks = LookLog.of(Sql.of(connection), folder, self._hurried)
        self._load()

    @classmethod
    def open(cls, path: Path, opening: Opening, lock: Lock | None = None) -> "Casebook":
        """Open a casebook that is there: locked to this program, encrypted, and of a schema this version knows.

        A `lock` that is held already becomes the casebook's own.
        """
        folder = existing(path)
        if lock is None:
            lock = Lock(folder)
            lock.take()
        try:
            with in_words():
                migrations.bring_up_to_date(folder.database, opening.key)
                book = cls(folder, opening, lock)
                Vault(folder.attachments).settle(lambda: named_chunks(book._sql))
                book.drop_erased()
                return book
        except BaseException:
            lock.release()
            raise

    @classmethod
    def create(cls, path: Path, opening: Opening, organisation: Id) -> "Casebook":
        """Make a new casebook; its founding act is then written by `actions`."""
        folder = made(path)
        lock = Lock(folder)
        lock.take()
        try:
            with in_words():
                connect(folder.database, opening.key, must_exist=False).close()
                migrations.bring_up_to_date(folder.database, opening.key)
                Local(folder.database, opening.key).begin(organisation)
                return cls(folder, opening, lock)
        except BaseException:
            lock.release()
            raise

    def _settle(self, *, shared: bool = False) -> None:
        with self._writer.connect() as connection:
            self._witnesses = settle(Sql.of(connection), self.folder, self._clock(), shared=shared)

    def _load(self) -> None:
        with self._writer.connect() as connection:
            sql = Sql.of(connection)
            self.facts, self.standing = Facts.load(sql), load_standing(sql)
            self._chain: Chain = load_chain(sql, self.facts.incarnation)
            self.acting: Acting = load_acting(sql, self.facts, self._identity.staff_id)
            self.rulebook: Rulebook = rulebook_of(sql)

    def _load_again(self) -> None:
        before = self.acting
        self._load()
        self.acting = self.acting.as_before(before)

    def close(self) -> None:
        """Forget the keys and let go of the files."""
        self._keyrings.forget()
        self._disconnect()
        self._forget_key()
        self._witnesses.flush()
        self._lock.release()

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show_names(self) -> None:
        """From now on names of this person's own caseload are shown, until the casebook is locked."""
        self.acting = self.acting.showing_names()

    def having_opened(self, case: Id) -> None:
        """From now on this case is shown to this person as one of their own, until the casebook is locked."""
        self.acting = self.acting.having_opened(case)

    def open_sealed(self, purpose: bytes, sealed: bytes) -> bytes:
        """What was sealed to the person at the laptop; `NotSealedForYou` otherwise."""
        return self._identity.open_sealed(purpose, sealed)

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

    # Writing

    @contextmanager
    def write(self, kind: str, reason: str = "") -> Iterator[Act]:
        """One act: change rows through `act.session`; at the end everything is committed together, or nothing is."""
        with self._write_lock, self._transaction("write"):
            act = self._begin(kind)
            yield act
            self._finish(act, reason)

    @contextmanager
    def batch(self, kind: str = "batch.added", fill: Callable[[Act], object] | None = None) -> Iterator[Act]:
        """Many acts in one transaction under one parent act, which `fill` writes: imports, work handed on."""
        with self._write_lock, self._transaction("write"):
            parent = self._begin(kind)
            (fill or _begun)(parent)
            self._finish(parent, "")
            self._batch = parent.id
            try:
                yield parent
            finally:
                self._batch = None

    @contextmanager
    def signed_by(self, identity: Identity) -> Iterator[None]:
        """Acts in this block are somebody else's: what the organisation's root key alone may sign."""
        with self._write_lock:
            own, self._identity = self._identity, identity
            self._load_again()
            try:
                yield
            finally:
                self._identity = own
                self._load_again()

    @contextmanager
    def local(self) -> Iterator[Session]:
        """Change what belongs to this laptop alone: drafts, counters, cursors. Never journaled."""
        with self._write_lock, self._transaction("local"):
            yield self._session

    def now(self) -> datetime:
        """The moment, by this laptop's clock."""
        return self._clock()

    def record_look(self, entry: ReadEntry, seal: Seal, *, urgent: bool = True) -> None:
        """Enter a look in this laptop's read log; it is there before the look is taken, or this raises `Trouble`."""
        self._looks.record(entry, Place.of(self.facts), self._identity.sign, seal, urgent=urgent)

    @contextmanager
    def _hurried(self, urgent: bool) -> Iterator[Sql]:
        """The local door; `urgent`, it does not wait for an act, and is not taken back with one."""
        with doors.held(self._write_lock, hurry=urgent):
            if urgent and self._depth:
                raise CasebookInUse
            with self._transaction("local"):
                yield self._sql

    def everything(self) -> tuple[list[bytes], list[ScopeKeys]]:
        """Every part as it travels, and the keys of every scope: what a second laptop of the office begins with."""
        with self._write_lock, self._transaction("take_in"):
            return list(store.all_serialised(self._sql)), all_scope_keys(self._sql)

    def take_in(self, parts: Iterable[bytes], keys: Iterable[ScopeKeys] = ()) -> take_in.Taken:
        """Take in parts of acts from other laptops: checked, never trusted; the third door."""
        with self._write_lock, self._transaction("take_in"):
            sql = self._sql
            taken = take_in.take_in(sql, self._keyrings, self.facts.organisation, parts, keys)
            self.rulebook = derived(sql, self.rulebook, taken.rows)
            remember_stamp(sql, taken.latest)
        self._changed |= {shape(entity).feature for entity, _ in taken.rows}
        if self.facts.incarnation in taken.devices:  # a copy of this casebook is at work, or a forger
            self._settle(shared=True)
        self._load_again()
        self.drop_erased()
        return taken

    def renew_keys(self, pairs: Iterable[tuple[Pair, bool]]) -> dict[Pair, bytes]:
        """Inside the act that erases: new keys for what remains of these subjects, none for the others; their ids."""
        return {pair: self._keyrings.renew(self._sql, *pair, remains=remains) for pair, remains in pairs}

    def drop_erased(self) -> None:
        """After an erasure: take attachments from the disk, and leave no old page in the log or in a small file."""
        with self._write_lock:
            if not self._depth:
                self._clear_up(whole=False)

    def frontier(self, author: Id) -> list[tuple[Id, int, bytes]]:
        """Where a removal draws the line: device, index and digest of a colleague's last acts that count."""
        return [*store.last_acts(self._sql, author), (ANY_OTHER_DEVICE, -1, b"")]

    def undoing(self, act_id: Id) -> Undoing | None:
        """An act to be undone, with what that would set; asked inside the act that undoes it."""
        return undoing(self._sql, self._keyrings, act_id)

    @property
    def _sql(self) -> Sql:
        return Sql.of(self._session.connection())

    @contextmanager
    def _transaction(self, door: str) -> Iterator[None]:
        if self._depth:  # inside a batch: its transaction is ours
            with doors.through(self._session, door), self._taken_back_alone():
                yield
            return
        before, rules, self._depth = self._chain, self.rulebook, 1
        try:
            with self._footing.to_write(door), doors.through(self._session, door):
                yield
                self._must_be_whole()
                if self._chain.index != before.index:
                    remember_tip(self._sql, self._chain)
                mark = next_mark(self._sql, self._clock())
                self._session.commit()
        except BaseException:
            self._session.rollback()
            self._chain, self.rulebook = before, rules
            self._keyrings.forget()
            raise
        else:
            self._witnesses.note(mark)
        finally:
            self._depth, self._half_written = 0, False
            self._session.expunge_all()

    def _must_be_whole(self) -> None:
        if self._half_written:  # somebody caught the error of an act that failed while it was being written
            raise doors.NotThroughADoor("half an act")

    @contextmanager
    def _taken_back_alone(self) -> Iterator[None]:
        """A refused act of a batch leaves nothing: rows are written when it is finished, so no savepoint is needed."""
        try:
            yield
            self._session.flush()
        except BaseException:
            self._session.expunge_all()
            raise

    def _begin(self, kind: str) -> Act:
        where = (self.facts.organisation, self.facts.office)
        return Act(self._session, self.rulebook, self.acting, self._clock(), *where, kind, self._authority(kind))

    def _finish(self, act: Act, reason: str) -> None:
        rows = [*act.made, *(row for row in self._session.dirty if row not in act.made)]
        changes = recorded(self._sql, rows, self.facts.organisation, self.facts.office) + act.restated
        for row in act.made:  # put in plainly below: the unit of work would cost more than all the rest
            self._session.expunge(row)
        if not changes:
            raise NothingToChange(place=act.kind)
        self._half_written = True
        erased = erasing.before(self._sql, act.kind)
        insert(self._sql, changes)
        self._session.flush()
        unsealed = Unsealed(act.kind, self.acting.staff_id, act.authority, reason, self._batch, act.now)
        self._chain = seal_act(self._sql, self._keyrings, self._identity, self._chain, unsealed, changes)
        act.sealed_as = self._chain.last_act
        touched = [(change.entity, change.id) for _, change, _ in changes]
        touched += erasing.carry_out_own(self._sql, self._keyrings, erased)
        self.rulebook = derived(self._sql, self.rulebook, touched)
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
        if kind in BY_ROOT:
            return self._own_authority(kind)
        allowed = [role for role in Role if role in MAY[KINDS[kind].permission] and role in self.acting.grants]
        if not allowed:
            raise NotAllowed(place=kind)
        return self.acting.grants[allowed[0]]

    def _own_authority(self, kind: str) -> Dot:
        """What the root key signs needs no role: it names its own first operation."""
        if self._identity.public_sign != self.facts.root_key:
            raise NotAllowed(place=kind)
        return (self.facts.incarnation, store.next_seq(self._sql, self.facts.incarnation, self.facts.organisation))

    def _reload_staff(self) -> None:
        self.facts = Facts.load(self._sql)
        self.acting = load_acting(self._sql, self.facts, self._identity.staff_id).as_before(self.acting)


def _begun(batch: Act) -> None:
    batch.add(BatchRow(started_at=batch.now))


_CHANGES_STAFF = frozenset({FOUNDING, "staff.added", "staff.removed", "staff.recovered", "staff.roles_changed"})
