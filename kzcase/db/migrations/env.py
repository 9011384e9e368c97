"""Runs migrations on the connection that the casebook hands over; there is no other way to run them."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None, transactional_ddl=True)
context.run_migrations()
