"""Brings a casebook's schema up to date from code: copied first, forward only, all of it in one transaction."""

from pathlib import Path
from types import ModuleType
from typing import Any, Final

from kzcase.db.engine import Key, connect, make_engine
from kzcase.db.room import look_for_room
from kzcase.db.schema import SCHEMA_NUMBER as SCHEMA_NUMBER
from kzcase.db.sql import Sql
from kzcase.domain.errors import NewerVersionNeeded

EARLIER: Final = "earlier"
SCRIPTS: Path = Path(__file__).parent


def schema_number(connection: Any) -> int:
    """The schema number a file carries."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def bring_up_to_date(database: Path, key: Key) -> None:
    """Migrate when the file is older; refuse, touching nothing, when it is newer than this program."""
    look_for_room(database.parent)
    connection = connect(database, key)
    try:
        number = schema_number(connection)
    finally:
        connection.close()
    if number > SCHEMA_NUMBER:
        raise NewerVersionNeeded(version=f"0.{number}")
    if number < SCHEMA_NUMBER:
        _migrate(database, key, number)
    elif (database.parent / EARLIER).exists():
        _earlier().forget(database)


def _earlier() -> ModuleType:
    """Loaded only where there is something to copy or to forget."""
    from kzcase.db.migrations import earlier

    return earlier


def _migrate(database: Path, key: Key, number: int) -> None:
    from alembic import command
    from alembic.config import Config

    if number:
        _earlier().keep(database, key)
    engine = make_engine(database, key, writable=True)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if number:
                _project_anew(Sql.of(connection))
            else:
                _begin(Sql.of(connection))
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_NUMBER}")
    finally:
        engine.dispose()


def _begin(sql: Sql) -> None:
    """A new casebook has nothing that older rules worked out."""
    from kzcase.db.rederive import note_derived
    from kzcase.db.rulebook import rulebook_of

    note_derived(sql, rulebook_of(sql))


def _project_anew(sql: Sql) -> None:
    """What an older version could not show stands in the journal already; everything derived follows."""
    from kzcase.db.derive import derive
    from kzcase.db.keyrings import Keyrings
    from kzcase.db.local_facts import fact
    from kzcase.db.projector import project_scope
    from kzcase.db.rederive import note_derived
    from kzcase.db.rulebook import rulebook_of

    keyrings, organisation = Keyrings(), fact(sql, "organisation")
    scopes = [scope for (scope,) in sql.rows("SELECT scope FROM parts UNION SELECT scope FROM heads ORDER BY 1")]
    for scope in sorted(scopes, key=lambda each: each != organisation):  # its rules first
        derive(sql, rulebook_of(sql), project_scope(sql, keyrings, scope))
    note_derived(sql, rulebook_of(sql))
