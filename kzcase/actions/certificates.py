"""The certificate of an erasing, as paper: what it says is asked anew, so it can be printed again later."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kzcase.actions.backup_files import backups_in, tag_of
from kzcase.actions.desk import Desk
from kzcase.db.backup_memory import target_of
from kzcase.db.casebook import Casebook
from kzcase.db.local_facts import fact
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.erasures import ErasureRow
from kzcase.i18n import Language, verbatim
from kzcase.queries.erasures import erasure, when_erased
from kzcase.queries.letters import header


def erasure_row(desk: Desk, reference: str) -> ErasureRow:
    """One erasing with the backups that still hold what was erased, as far as this laptop can see them."""
    with desk.book.read("long") as reader:
        row = erasure(reader, reference)
        older = _older_backups(desk, reader, reference)
    return replace(row, backups=older)


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


def _older_backups(desk: Desk, reader: Reader, reference: str) -> tuple[str, ...]:
    sql = Sql.of(reader.session.connection())
    target, at = target_of(sql), when_erased(reader, reference)
    tag = tag_of(desk.keys.keyfile.casebook_id, fact(sql, "incarnation"))
    with suppress(OSError):
        found = backups_in(Path(target), tag) if target else []
        return tuple(each.path.name for each in found if each.taken_at <= at)
    return ()
