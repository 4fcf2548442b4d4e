"""Brings the database to the version that the code expects."""

from alembic.config import Config

from alembic import command


def migrate() -> None:
    """Run every migration that has not run yet."""
    command.upgrade(Config("alembic.ini"), "head")
