"""What is computed from the journal and rebuilt with it: heads, grants and the search index."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kzcase.db.tables.base import Derived


class HeadsRow(Derived):
    """For one row: which operations are live in each field, and whether people must look."""

    __tablename__ = "heads"
    __table_args__ = (Index(None, "scope"), Index(None, "disputed"), {"sqlite_with_rowid": False})

    entity: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    scope: Mapped[bytes]
    heads: Mapped[bytes]
    disputed: Mapped[str | None]


class SearchKey(Derived):
    """One folded word, sound, number or phone that finds a person's cases.

    `all_keys` are all words, sounds and phones of the person: search reads one range of this table and nothing else.
    """

    __tablename__ = "search_keys"
    __table_args__ = (Index(None, "source"), {"sqlite_with_rowid": False})

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    source: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    kind: Mapped[str]
    all_keys: Mapped[str]


class DueDate(Derived):
    """One day of one case that somebody has to keep: a deadline, a paper that runs out, a birthday.

    `source` is the row it is read off and `key` which of its days; what depends on today stands in no row.
    """

    __tablename__ = "due_dates"
    __table_args__ = (
        Index(None, "worker_id", "day"),
        Index(None, "day"),
        Index(None, "case_id"),
        {"sqlite_with_rowid": False},
    )

    source: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    case_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    day: Mapped[str]
    moment: Mapped[str | None]
    worker_id: Mapped[bytes | None]
    rule: Mapped[str]
    rule_version: Mapped[str]
    until: Mapped[str]
