"""The journal's own tables: acts, their parts and bodies, keyrings, and what waits or was refused."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kzcase.db.tables.base import JournalTable


class Act(JournalTable):
    """One signed header. `number` is the order in which this laptop took it in."""

    __tablename__ = "acts"
    __table_args__ = (Index(None, "incarnation", "index_in_chain"), Index(None, "author"))

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    kind: Mapped[str]
    author: Mapped[bytes]
    incarnation: Mapped[bytes]
    index_in_chain: Mapped[int]
    hlc: Mapped[int]
    parent: Mapped[bytes | None]
    header: Mapped[bytes]
    signature: Mapped[bytes]


class PartRow(JournalTable):
    """One act's operations in one scope, without their values."""

    __tablename__ = "parts"
    __table_args__ = (Index(None, "scope", "incarnation", "first_seq"),)

    act_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    scope: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    incarnation: Mapped[bytes]
    first_seq: Mapped[int]
    operation_count: Mapped[int]
    content: Mapped[bytes]


class Body(JournalTable):
    """The sealed values of one subject in one part; NULL once erased."""

    __tablename__ = "bodies"

    act_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    scope: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    body: Mapped[bytes | None]


class Keyring(JournalTable):
    """The subject keys of one scope, sealed under the scope's key. Replaceable."""

    __tablename__ = "keyrings"

    scope: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sealed: Mapped[bytes]


class Waiting(JournalTable):
    """An act whose authority has not arrived yet: kept, not applied."""

    __tablename__ = "waiting"

    act_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    why: Mapped[str]


class Quarantined(JournalTable):
    """An act whose authority was refuted: kept for review, changes nothing, replaces nothing."""

    __tablename__ = "quarantine"

    act_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    why: Mapped[str]
