"""Several laptops of one organisation: colleagues with roles, meetings, and acts forged by hand on one's own laptop."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, text

from kzcase.actions.desk import add_staff_rows
from kzcase.db import store
from kzcase.db.casebook import Casebook
from kzcase.db.sealer import Unsealed, seal_act
from kzcase.db.tables.organisation import Revocation, Staff, StaffRole
from kzcase.db.take_in import Taken
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Role
from kzcase.journal.acts import digest
from kzcase.journal.operations import Change, Dot, Value
from kzcase.journal.parts import serialised
from kzcase.keys.identity import Identity
from tests.db.books import TickingClock, replica


def colleague(book: Casebook, *roles: Role) -> Identity:
    """A new colleague with these roles, added by whoever is at the laptop."""
    identity = Identity.fresh(new_id(), f"Colleague {new_id().hex()}")
    with book.write("staff.added") as act:
        add_staff_rows(act, identity, roles)
    return identity


def remove(book: Casebook, leaving: Identity) -> None:
    """Take a colleague's roles away, from what this laptop has seen of them on."""
    with book.write("staff.removed") as act:
        row = act.session.get_one(Staff, leaving.staff_id)
        row.removed_on = act.today
        for role in act.session.scalars(select(StaffRole).where(StaffRole.staff_id == leaving.staff_id)):
            role.struck = True
        for incarnation, index, digest in book.frontier(leaving.staff_id):
            row = {"incarnation": incarnation, "last_index": index, "last_digest": digest}
            act.add(Revocation(staff_id=leaving.staff_id, **row))


def laptop(folder: Path, identity: Identity, *met: Casebook, clock: TickingClock | None = None) -> Casebook:
    """A laptop of somebody, which has met these."""
    book = replica(folder, identity, clock)
    for other in met:
        give(other, book)
    return book


def give(giver: Casebook, taker: Casebook) -> Taken:
    """Hand over everything."""
    return taker.take_in(*giver.everything())


def meet(*books: Casebook) -> None:
    """Everybody gets everything."""
    for _ in range(2):
        for giver in books:
            for taker in books:
                if taker is not giver:
                    give(giver, taker)


def row(entity: str, row_id: Id, subject: Id, /, **values: Value) -> Change:
    """A new row, as an action would record it."""
    return Change(entity, row_id, subject, tuple(values), tuple(values.values()), ())


def forge(
    book: Casebook, kind: str, changes: Sequence[tuple[Id, Change]], authority: Dot | None = None, author: Id = b""
) -> list[bytes]:
    """An act sealed and signed by hand, past every check of one's own laptop; its parts as they travel."""
    acting = book.acting
    grant = authority or next(iter(acting.grants.values()), (bytes(16), 0))
    unsealed = Unsealed(kind, author or acting.staff_id, grant, "", None, book._clock())
    with book._write_lock, book._transaction("take_in"):
        sql = book._sql
        recorded = [(scope, change, None) for scope, change in changes]
        book._chain = seal_act(sql, book._keyrings, book._identity, book._chain, unsealed, recorded)
        _, header, signature = store.header_of(sql, book._chain.last_act)
        return [serialised(header, signature, part) for part in store.parts_of(sql, book._chain.last_act)]


def forge_at(
    book: Casebook, kind: str, changes: Sequence[tuple[Id, Change]], index: int, previous: bytes, device: Id = b""
) -> list[bytes]:
    """The same at any place of any device's chain; the laptop itself goes on where it was."""
    own = book._chain
    book._chain = replace(own, incarnation=device or own.incarnation, index=index, previous=previous)
    try:
        return forge(book, kind, changes)
    finally:
        with book._write_lock, book._transaction("take_in"):
            book._chain = own


def digests(book: Casebook, device: Id = b"") -> list[bytes]:
    """The digests of a device's acts, in the order of their numbers; what the next act of each names."""
    query = "SELECT header, signature FROM acts WHERE incarnation = ? ORDER BY index_in_chain"
    return [digest(*row) for row in book._sql.rows(query, (device or book.facts.incarnation,))]


def parts_of(book: Casebook, act_id: Id) -> list[bytes]:
    """The parts of one act as they travel."""
    with book._write_lock, book._transaction("take_in"):
        sql = book._sql
        _, header, signature = store.header_of(sql, act_id)
        return [serialised(header, signature, part) for part in store.parts_of(sql, act_id)]


def ids(book: Casebook, entity: str) -> set[Id]:
    """The ids of all live rows of a table."""
    with book.read("long") as reader:
        found = reader.session.execute(text(f"SELECT id FROM {entity} WHERE struck IS NOT 1"))
        return {bytes(row_id) for row_id in found.scalars()}


def value(book: Casebook, entity: str, row_id: Id, column: str) -> object:
    """What one field of one row shows."""
    with book.read("long") as reader:
        return reader.session.execute(text(f"SELECT {column} FROM {entity} WHERE id = :id"), {"id": row_id}).scalar()


def left_out(book: Casebook, table: str) -> dict[Id, str]:
    """The acts that wait or are in quarantine, and why."""
    with book.read("long") as reader:
        return {bytes(act): why for act, why in reader.session.execute(text(f"SELECT act_id, why FROM {table}"))}
