"""Opens the encrypted file with a raw key, or refuses: nothing else in the program touches SQLCipher."""

import sqlite3 as _names  # only the authorizer's numbers; the store itself is never opened with it
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, StaticPool, create_engine, event

from kzcase.domain.errors import CasebookDamaged, DiskTrouble

KEY_BYTES: Final = 48
"""32 bytes of key and the file's 16-byte salt, which stands in its first bytes."""

_PRAGMAS: Final = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("cipher_memory_security", "ON", "1"),
    ("foreign_keys", "OFF", 0),
    ("cache_size", "-16384", -16384),
)
_READABLE: Final = frozenset(
    [
        "cipher_integrity_check",
        "integrity_check",
        "quick_check",
        "user_version",
        "query_only",
        "data_version",
        "page_count",
        "freelist_count",
        "table_list",
        "cipher_version",
        "journal_mode",
        "synchronous",
        "busy_timeout",
        "read_uncommitted",
    ]
)
"""Pragmas that may be asked after opening."""
_WITH_ARGUMENT: Final = frozenset(
    [
        "wal_checkpoint",
        "table_info",
        "table_xinfo",
        "index_list",
        "index_info",
        "index_xinfo",
        "foreign_key_list",
        "user_version",
    ]
)
"""Pragmas that may be given an argument after opening."""
_STATEMENTS: Final = 512
"""Kept ready on each connection: preparing one costs many small allocations, each of them locked and wiped."""
_SQLITE_MIN: Final = (3, 51, 3)


def connect(file: Path, key: bytes, *, must_exist: bool = True, writable: bool = True) -> Any:
    """A checked connection: keyed first, pragmas set and read back, side doors closed.

    Raises `CasebookDamaged` when the file is not ours under this key, `DiskTrouble` when it cannot be read at all.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key is 48 bytes")
    if must_exist and (not file.exists() or file.stat().st_size == 0):
        raise CasebookDamaged(part=file.name)
    if sqlcipher.sqlite_version_info < _SQLITE_MIN:
        raise DiskTrouble(reason=f"SQLite {sqlcipher.sqlite_version}")
    options = {"isolation_level": None, "check_same_thread": False, "timeout": 10, "cached_statements": _STATEMENTS}
    connection = sqlcipher.connect(str(file), **options)
    try:
        _prepare(connection, key, writable)
    except BaseException:
        connection.close()
        raise
    if must_exist:
        _must_be_encrypted(file)
    return connection


def _prepare(connection: Any, key: bytes, writable: bool) -> None:
    try:
        connection.set_key(f"x'{key.hex()}'")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA busy_timeout = 10000")
        version = connection.execute("PRAGMA cipher_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for name, value, expected in _PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}")
            if connection.execute(f"PRAGMA {name}").fetchone() != (expected,):
                raise CasebookDamaged(part=name)
    except sqlcipher.DatabaseError as error:
        raise CasebookDamaged(part="casebook.db") from error
    if not version:  # a build without encryption would write plain pages
        raise CasebookDamaged(part="cipher")
    connection.execute(f"PRAGMA query_only = {'OFF' if writable else 'ON'}")
    connection.set_authorizer(_authorize)


def _must_be_encrypted(file: Path) -> None:
    with file.open("rb") as stream:
        if stream.read(16) == b"SQLite format 3\0":
            raise CasebookDamaged(part="cipher")


def _authorize(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    """Deny what could open a plain side door or re-key the file from SQL."""
    if action in (_names.SQLITE_ATTACH, _names.SQLITE_DETACH):
        return _names.SQLITE_DENY
    if action == _names.SQLITE_PRAGMA:
        allowed = _READABLE if second is None else _WITH_ARGUMENT
        return _names.SQLITE_OK if (first or "").lower() in allowed else _names.SQLITE_DENY
    return _names.SQLITE_OK


def make_engine(file: Path, key: bytes, *, writable: bool, prepare: Callable[[Any], None] | None = None) -> Engine:
    """An engine over exactly one connection. Readers are `query_only`; writers begin immediately.

    Created by our own `creator`, so that no dialect ever sends a key as SQL text.
    """

    def creator() -> Any:
        connection = connect(file, key, writable=writable)
        if prepare:
            prepare(connection)
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=creator, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN"))
    return engine
