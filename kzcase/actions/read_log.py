"""Looking into the read log: only with a copy of the audit key, and itself an entry in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from kzcase.actions.log_key import own_log_key
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE
from kzcase.domain.errors import NoLogKeyYet, NotAllowed, NotSealedForYou
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look, LookPage
from kzcase.domain.permissions import Permission
from kzcase.keys.identity import OpeningKey
from kzcase.queries.looks import LooksWish, Unseal, cases_looked_at, looks, what_left


def read_log(book: Casebook, wish: LooksWish, lane: str = "interactive") -> LookPage:
    """Who looked at what. `NotAllowed` without the role, `NoLogKeyYet` without a copy of the key."""
    with _unsealing(book) as unseal:
        record_look(book, Look.LOG)
        with book.read(lane) as reader:
            return looks(reader, unseal, wish)


def looked_at(book: Casebook, staff: Id, first: datetime, last: datetime) -> frozenset[Id] | None:
    """The cases a colleague looked into on this laptop within a time; None for whoever cannot open the log.

    Whoever asks enters their own look under what they ask for.
    """
    try:
        with _unsealing(book) as unseal, book.read("long") as reader:
            return cases_looked_at(reader, unseal, staff, first, last)
    except (NotAllowed, NoLogKeyYet):
        return None


def left_house(book: Casebook) -> tuple[int, int, int] | None:
    """How many papers, copies and lists the log of this laptop holds; None for whoever cannot open the log."""
    try:
        with _unsealing(book) as unseal, book.read("long") as reader:
            return what_left(reader, unseal)
    except (NotAllowed, NoLogKeyYet):
        return None


@contextmanager
def _unsealing(book: Casebook) -> Iterator[Unseal]:
    key = _audit_key(book)
    try:
        yield partial(key.open_sealed, PURPOSE)
    finally:
        key.wipe()


def _audit_key(book: Casebook) -> OpeningKey:
    with book.read() as reader:
        reader.must_be_allowed(Permission.READ_LOG)
    try:
        return own_log_key(book)
    except NotSealedForYou as error:
        raise NoLogKeyYet(place="log") from error
