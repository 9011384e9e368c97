"""Migrations end where the models are, and the triggers of the journal are there."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kzcase.db.engine import connect, make_engine
from kzcase.db.migrations import SCHEMA_NUMBER, schema_number
from kzcase.db.tables import Base
from tests.db.books import KEY, founded

TRIGGERS = {
    *("acts_no_delete", "acts_no_update", "parts_no_delete", "parts_no_update"),
    *("bodies_no_delete", "bodies_only_emptied"),
}


def test_migrations_equal_the_models(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        database = book.folder.database
    engine = make_engine(database, KEY, writable=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        different = [d for d in compare_metadata(context, Base.metadata) if "alembic_version" not in str(d)]
    engine.dispose()
    assert different == []


def test_a_model_that_grew_is_noticed(tmp_path: Path) -> None:
    """The canary of the test above."""
    with founded(tmp_path) as book:
        database = book.folder.database
    connection = connect(database, KEY)
    connection.execute("ALTER TABLE notes DROP COLUMN author_id")
    connection.close()
    engine = make_engine(database, KEY, writable=True)
    with engine.connect() as opened:
        assert compare_metadata(MigrationContext.configure(opened), Base.metadata)
    engine.dispose()


def test_the_triggers_are_there(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        database = book.folder.database
    connection = connect(database, KEY)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert schema_number(connection) == SCHEMA_NUMBER
    connection.close()
    assert found == TRIGGERS
