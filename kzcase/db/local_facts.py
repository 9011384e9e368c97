"""Facts about this copy of a casebook: read and written by name, inside the transaction that is open."""

from kzcase.db.sql import Sql


def fact(sql: Sql, name: str) -> bytes:
    """One local fact, empty when it is not there."""
    return sql.value("SELECT value FROM local_facts WHERE name = ?", (name,)) or b""


def put_fact(sql: Sql, name: str, value: bytes) -> None:
    """Set a local fact; an empty value removes it."""
    if value:
        sql.run("INSERT OR REPLACE INTO local_facts (name, value) VALUES (?, ?)", (name, value))
    else:
        sql.run("DELETE FROM local_facts WHERE name = ?", (name,))
