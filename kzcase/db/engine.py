"""Opens the encrypted file with a raw key, or refuses: nothing else in the program touches SQLCipher."""

import sqlite3 as _names  # only the authorizer's numbers; the store itself is never opened with it
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, StaticPool, create_engine, event

from kzcase.db.files import must_be_ours
from kzcase.db.room import must_have_room
from kzcase.db.troubles import DISK_FAILED, trouble_of
from kzcase.domain.errors import CasebookDamaged, DiskNearlyFull, DiskTrouble

KEY_BYTES: Final = 48
"""32 bytes of key and the file's 16-byte salt, which stands in its first bytes."""
Key = bytes | bytearray
"""A store key; as a `bytearray` it can be wiped by whoever holds it."""
SALT_BYTES: Final = 16

_PRAGMAS: Final = (
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
_STATEMENTS: Final = 5
"""Kept ready on each connection, the fewest the driver allows. One kept ready sits in SQLite's own small memory.
Once that is full, every passing need of a question goes to the system, which locks and wipes each piece."""
_DIGITS: Final = b"0123456789abcdef"
_SQLITE_MIN: Final = (3, 51, 3)
_CIPHER_MIN: Final = (4, 19)


def connect(file: Path, key: Key, *, must_exist: bool = True, writable: bool = True, journal: str = "WAL") -> Any:
    """A checked connection: keyed first, pragmas set and read back, side doors closed.

    `journal` is another one only for a copy that is thrown away unless it is finished.

    Raises `CasebookDamaged` when the file is not ours under this key, `DiskTrouble` when it cannot be read at all.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key is 48 bytes")
    must_be_ours(file)
    if must_exist and (not file.exists() or file.stat().st_size == 0):
        raise CasebookDamaged(part=file.name)
    if sqlcipher.sqlite_version_info < _SQLITE_MIN:
        raise DiskTrouble(reason=f"SQLite {sqlcipher.sqlite_version}")
    options = {"isolation_level": None, "check_same_thread": False, "timeout": 10, "cached_statements": _STATEMENTS}
    connection = sqlcipher.connect(str(file), **options)
    try:
        _prepare(connection, key, writable, journal)
    except BaseException:
        connection.close()
        raise
    if must_exist:
        _must_be_encrypted(file)
    return connection


def _numbers(version: str) -> tuple[int, ...]:
    """`4.19.0 community` as numbers."""
    return tuple(int(number) for number in version.split(" ")[0].split(".") if number.isdecimal())


def _prepare(connection: Any, key: Key, writable: bool, journal: str) -> None:
    try:
        with _digits(key) as digits:
            connection.set_key(digits)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA busy_timeout = 10000")
        version = connection.execute("PRAGMA cipher_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for name, value, expected in (("journal_mode", journal, journal.lower()), *_PRAGMAS):
            connection.execute(f"PRAGMA {name} = {value}")
            if connection.execute(f"PRAGMA {name}").fetchone() != (expected,):
                raise CasebookDamaged(part=name)
    except sqlcipher.DatabaseError as error:
        raise trouble_of(error) or CasebookDamaged(part="casebook.db") from error
    if not version or _numbers(version[0]) < _CIPHER_MIN:  # a build without encryption would write plain pages
        raise CasebookDamaged(part="cipher")
    connection.execute(f"PRAGMA query_only = {'OFF' if writable else 'ON'}")
    connection.set_authorizer(_authorize)


def rewrite(connection: Any) -> bool:
    """Write every page of the file anew, inside one transaction; False where the disk or another reader is in the way.

    What is deleted is overwritten, but rows that only moved to another page leave a copy between those that stayed.
    The log grows by a second copy of the file. Of a disk that failed the store's error is told: it leaves doubts.
    """
    connection.set_authorizer(None)  # the statement attaches a file of its own, and no other statement runs meanwhile
    try:
        file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
        must_have_room(file.parent, file.stat().st_size)
        connection.execute("VACUUM")
    except (DiskNearlyFull, MemoryError):
        return False
    except sqlcipher.DatabaseError as error:  # a page that cannot be read is for `check` to tell of
        if DISK_FAILED in str(error).lower():
            raise
        return False
    finally:
        connection.set_authorizer(_authorize)
    return True


@contextmanager
def _digits(key: Key) -> Iterator[bytearray]:
    """The key as SQLCipher takes it, made without a copy that nobody could wipe afterwards."""
    digits = bytearray(b"x'" + bytes(2 * len(key)) + b"'")
    for place, byte in enumerate(key):
        digits[2 + 2 * place] = _DIGITS[byte >> 4]
        digits[3 + 2 * place] = _DIGITS[byte & 15]
    try:
        yield digits
    finally:
        digits[:] = bytes(len(digits))


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


def make_engine(file: Path, key: Key, *, writable: bool, prepare: Callable[[Any], None] | None = None) -> Engine:
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


def rekey(file: Path, old: Key, new: Key) -> None:
    """Encrypt the whole database anew; nobody else may have it open.

    A kill or a power cut at any moment leaves it under exactly one of the two keys. `DiskTrouble` when there is
    no room for a second copy of it.
    """
    must_have_room(file.parent, file.stat().st_size)  # every page is written into the log before it is laid down
    with closing(connect(file, old)) as connection, _digits(new) as digits:
        connection.reset_key(digits)
    with closing(connect(file, new)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the check below reads the file past its log
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise CasebookDamaged(part=file.name)


def key_in_force(file: Path, keys: Iterable[Key]) -> Key:
    """Which of these keys opens the database; `CasebookDamaged` when none does."""
    for key in keys:
        try:
            connect(file, key).close()
        except CasebookDamaged:
            continue
        return key
    raise CasebookDamaged(part=file.name)
