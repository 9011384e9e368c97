"""The whole casebook looked through while it is open, once a week in a quiet moment; what was found is remembered."""

from kzcase.actions.desk import Desk
from kzcase.db.backup_memory import save_checked
from kzcase.db.check import content_findings, file_findings
from kzcase.db.files import Folder
from kzcase.db.sql import Sql
from kzcase.domain.backups import SelfCheck
from kzcase.domain.errors import CasebookDamaged


def look_through(desk: Desk) -> SelfCheck:
    """Check pages, journal, tables and attachments. What looks wrong is looked at again while nobody can write."""
    found = _findings(desk)
    with desk.book.local() as session:
        if found:
            found = _findings(desk)
        checked = SelfCheck(desk.book.now(), found)
        save_checked(Sql.of(session.connection()), checked)
    return checked


def _findings(desk: Desk) -> int:
    """How many things are wrong; one at least where it cannot be read to its end."""
    folder = Folder(desk.path)
    try:
        found = len(file_findings(folder, bytes(desk.keys.store_key.reveal())))
        with desk.book.read("long") as reader:
            return found + len(content_findings(folder, Sql.of(reader.session.connection())))
    except CasebookDamaged:
        return 1
