"""What belongs to this laptop alone: its identity, the scope keys it holds, counters, drafts and the read log."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kzcase.db.tables.base import Local


class Fact(Local):
    """One fact about this copy: its incarnation, its short code, format versions."""

    __tablename__ = "local_facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class ScopeKey(Local):
    """The key of one scope this laptop may read."""

    __tablename__ = "scope_keys"

    scope: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    key: Mapped[bytes]


class Counter(Local):
    """The last number given out under one prefix by this device."""

    __tablename__ = "counters"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Draft(Local):
    """Unsaved typing of one person in one form or dialog; offered again after a lock or a crash."""

    __tablename__ = "drafts"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    staff_id: Mapped[bytes]
    place: Mapped[str]
    content: Mapped[bytes]
    saved_at: Mapped[datetime]


class ReadEntry(Local):
    """One entry of the read log: chained, its body sealed to the audit key, without typed text."""

    __tablename__ = "read_log"

    index_in_chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    incarnation: Mapped[bytes]
    previous: Mapped[bytes]
    sealed: Mapped[bytes]
    digest: Mapped[bytes]


class SeenDue(Local):
    """That somebody has seen a reminder on this laptop and does not want to hear of it before a day."""

    __tablename__ = "seen_dues"

    staff_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    due: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[str]
