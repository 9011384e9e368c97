"""The number of today's schema, raised with every migration."""

from typing import Final

SCHEMA_NUMBER: Final = 3
"""Stands in `user_version`, so that a casebook of today opens without loading Alembic."""
