"""Looks that are recorded: an entry in the read log first, then the look."""

from functools import partial

from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, ReadEntry
from kzcase.keys.identity import seal_to


def show_names(book: Casebook) -> None:
    """Show the names of one's own caseload until the lock; who did so and when is sealed to the audit key."""
    entry = ReadEntry("names.shown", book.acting.staff_id, book.facts.organisation, book.now())
    book.record_look(entry, partial(seal_to, book.facts.audit_key, PURPOSE))
    book.show_names()
