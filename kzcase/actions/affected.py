"""Who an incident may endanger, asked with a record: from the casebook and, where it opens, from the read log."""

from kzcase.actions.read_log import looked_at
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.domain.ids import Id
from kzcase.domain.incidents import Affected, Concerned
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.queries.affected import affected, days_as_moments
from kzcase.queries.incidents import concerned_by, incident_named

Looked = frozenset[Id] | None


def looked_into(book: Casebook, concerned: Concerned) -> Looked:
    """The cases the colleague it concerns looked into; nobody named: none; None where the log cannot be opened."""
    if concerned.staff is None:
        return frozenset()
    return looked_at(book, concerned.staff, *days_as_moments(concerned.first, concerned.last))


def affected_by(book: Casebook, reference: str, lane: str = "interactive") -> Affected:
    """Everybody an incident may endanger, the most endangered first; entered in the read log before it is shown."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.KEEP_REGISTERS)
        found = incident_named(reader, reference)
        number, concerned = found.number or "", concerned_by(found, reader.today)
    record_look(book, Look.AFFECTED, detail=number)
    looked = looked_into(book, concerned)
    with book.read(lane) as reader:
        return affected(reader, concerned, looked)
