"""A casebook put back from an older copy: whoever was erased since is erased again, as far as this laptop knows."""

from kzcase.db.casebook import Casebook
from kzcase.db.erasure_register import adopt, remember_refilled, unknown_here
from kzcase.db.sql import Sql

__all__ = ["adopt", "erase_again"]


def erase_again(book: Casebook) -> int:
    """Take in what the register outside the database has and this copy does not; how many erasures these were."""
    with book.read("long") as reader:
        found = list(unknown_here(Sql.of(reader.session.connection())))
    if found:
        with book.local() as session:
            remember_refilled(Sql.of(session.connection()), [act_id for act_id, _, _ in found])
        parts = [part for _, some, _ in found for part in some]
        book.take_in(parts, [key for _, _, keys in found for key in keys])
    return len(found)
