"""Plain statements on the driver's own connection, for the hot paths of `db`: an ORM would cost more than the work."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection


class Sql:
    """Statements inside the transaction that is open on this connection. Only `db` and search use it."""

    __slots__ = ("_driver",)

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    @classmethod
    def of(cls, connection: Connection) -> "Sql":
        """The driver's connection below SQLAlchemy's, in the same transaction."""
        return cls(connection.connection.driver_connection)

    def run(self, sql: str, given: Sequence[Any] = ()) -> None:
        """Perform a statement."""
        self._driver.execute(sql, given)

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Perform a statement once for each row."""
        self._driver.executemany(sql, rows)

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer."""
        found: list[tuple[Any, ...]] = self._driver.execute(sql, given).fetchall()
        return found

    def each(self, sql: str, given: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer one after the other, for answers too large to hold."""
        yield from self._driver.execute(sql, given)

    def row(self, sql: str, given: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found: tuple[Any, ...] | None = self._driver.execute(sql, given).fetchone()
        return found

    def value(self, sql: str, given: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, given)
        return found[0] if found else None
