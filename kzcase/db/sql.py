"""Plain statements on the driver's own connection, for the hot paths of `db`: an ORM would cost more than the work."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection

from kzcase.db.engine import rewrite

_AT_ONCE: Final = 80
"""Things asked about in one statement: what it is given fits into the connection's own small memory."""
_FEW: Final = 8
"""So many are asked about one by one, by one statement that stays prepared. A statement given more is asked once more
for nothing afterwards, or what it was given would stay in that memory."""
_STEPS: Final = 1_000
"""Of SQLite's own: after so many it asks again whether to go on."""

EACH_ID: Final = """(WITH RECURSIVE places (at) AS
  (SELECT 1 UNION ALL SELECT at + 16 FROM places WHERE at + 16 < length(:ids))
SELECT substr(:ids, at, 16) AS id FROM places)"""
"""The ids given as `ids`, `together`: one statement whatever their number, at a fifth of what a list in JSON costs."""


def together(ids: Iterable[bytes]) -> bytes:
    """Ids one behind the other."""
    return b"".join(ids)


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

    @contextmanager
    def until(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """A statement inside ends with an error as soon as this is true, whichever thread made it so."""
        self._driver.set_progress_handler(stopped, _STEPS)
        try:
            yield
        finally:
            self._driver.set_progress_handler(None, 0)

    def rewrite(self) -> bool:
        """Write every page anew; False where something is in the way."""
        return rewrite(self._driver)

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Perform a statement once for each row."""
        rows = list(rows)
        if rows:
            self._driver.executemany(sql, rows)

    def rows(self, sql: str, given: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer; what is given stands in it by place or by name."""
        found: list[tuple[Any, ...]] = self._driver.execute(sql, given).fetchall()
        return found

    def rows_with(self, sql: str, some: Iterable[Any]) -> list[tuple[Any, ...]]:
        """All rows of an answer about these things, however many; `{}` in the statement is where they stand."""
        asked = list(some)
        if len(asked) <= _FEW:
            one = sql.format("?")
            return [row for each in asked for row in self.rows(one, (each,))]
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(asked), _AT_ONCE):
            part = asked[start : start + _AT_ONCE]
            asking = sql.format(", ".join("?" * len(part)))
            found += self.rows(asking, part)
            self.rows(asking, [None] * len(part))
        return found

    def each(self, sql: str, given: Sequence[Any] = ()) -> Generator[tuple[Any, ...]]:
        """The rows of an answer one after the other, for answers too large to hold."""
        yield from self._driver.execute(sql, given)

    def row(self, sql: str, given: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found: tuple[Any, ...] | None = self._driver.execute(sql, given).fetchone()
        return found

    def copy_into(self, target: Any, pages: int, progress: Callable[[int, int], object]) -> None:
        """Copy the whole database into another connection's, so many pages at a time."""
        self._driver.backup(target, pages=pages, progress=lambda _code, left, total: progress(total - left, total))

    def value(self, sql: str, given: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, given)
        return found[0] if found else None
