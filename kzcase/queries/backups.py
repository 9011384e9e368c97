"""What is known of this casebook's backups on this laptop: for the settings, the window and its watch."""

from kzcase.db.backup_memory import load_checked, load_drill, load_made, target_of
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.backups import BackupState


def backup_state(reader: Reader) -> BackupState:
    """Where backups go, the last verified one, the last restore that was tried, and the last check."""
    sql = Sql.of(reader.session.connection())
    made = load_made(sql)
    last = made.row if made else None
    return BackupState(target_of(sql), last, load_drill(sql), reader.now, load_checked(sql))
