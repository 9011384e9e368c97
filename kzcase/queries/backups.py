"""What is known of this casebook's backups on this laptop: for the settings, the window and its watch."""

from kzcase.db.backup_memory import load_drill, load_made, target_of
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.backups import BackupState


def backup_state(reader: Reader) -> BackupState:
    """Where backups go, the last verified one, and the last restore that was tried."""
    sql = Sql.of(reader.session.connection())
    made = load_made(sql)
    return BackupState(target_of(sql), made.row if made else None, load_drill(sql), reader.now)
