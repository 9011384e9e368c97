"""Brings a casebook's schema up to date from code, forward only, each step in one transaction."""

from pathlib import Path
from typing import Any, Final

from kzcase.db.engine import Key, connect, make_engine
from kzcase.db.room import look_for_room
from kzcase.domain.errors import NewerVersionNeeded

SCHEMA_NUMBER: Final = 1
"""Stands in `user_version`; raised with every migration, so that a casebook of today opens without loading Alembic."""


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
        _migrate(database, key)


def _migrate(database: Path, key: Key) -> None:
    from alembic import command
    from alembic.config import Config

    engine = make_engine(database, key, writable=True)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_NUMBER}")
    finally:
        engine.dispose()
