"""The certificate of an erasing, as paper: what it says is asked anew, so it can be printed again later."""

from dataclasses import replace

from kzcase.actions.desk import Desk
from kzcase.actions.older_backups import older_than
from kzcase.db.casebook import Casebook
from kzcase.domain.erasures import ErasureRow
from kzcase.i18n import Language, verbatim
from kzcase.queries.erasures import erasure
from kzcase.queries.letters import header


def erasure_row(desk: Desk, reference: str) -> ErasureRow:
    """One erasing with the backups that still hold what was erased, as far as this laptop can see them."""
    with desk.book.read("long") as reader:
        row = erasure(reader, reference)
    return replace(row, backups=older_than(desk, reference).names)


def erasure_certificate(desk: Desk, reference: str, language: Language) -> bytes:
    """The certificate of one erasing as PDF."""
    from kzcase.paper.certificates import CODE, VERSION, certificate

    row = erasure_row(desk, reference)
    with desk.book.read("long") as reader:
        head = header(reader, CODE, row.number, VERSION)
    return certificate(head, row, verbatim(reason_name(desk.book, row, language)), language)


def reason_name(book: Casebook, row: ErasureRow, language: Language) -> str:
    """Why, in words; a reason of a newer version stays as it is."""
    found = book.rulebook.list("erasure_reason").get(row.reason)
    return found.name(language) if found else row.reason
