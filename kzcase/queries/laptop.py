"""What is known of the laptop a casebook lies on."""

from pathlib import Path

from kzcase.db.disk_cover import DiskCover, disk_cover
from kzcase.db.reader import Reader
from kzcase.db.sealer import latest_stamp
from kzcase.db.sql import Sql
from kzcase.domain.clocks import clock_doubt
from kzcase.i18n import Words, _
from kzcase.journal.hlc import moment

__all__ = ["OPEN_DISK", "DiskCover", "disk_is_open", "wrong_clock"]

OPEN_DISK = _(
    "The disk of this laptop is not encrypted. The casebook is, but what the system writes while it swaps, sleeps or "
    "prints is not. Please ask whoever looks after the laptop to switch disk encryption on."
)


def disk_is_open(path: Path) -> Words | None:
    """What to tell where the disk is surely not encrypted; nothing where it is, or where nobody can know."""
    return OPEN_DISK if disk_cover(path) is DiskCover.OPEN else None


def wrong_clock(reader: Reader) -> Words | None:
    """What to tell where this laptop's clock does not fit what was written; nothing where it does."""
    return clock_doubt(reader.now, moment(latest_stamp(Sql.of(reader.session.connection()))))
