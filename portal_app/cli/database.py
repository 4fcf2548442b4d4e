"""Brings the database to the version that the code expects."""

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from alembic import command
from portal_app.models import database


def migrate() -> None:
    """Run every migration that has not run yet."""
    command.upgrade(Config("alembic.ini"), "head")


def is_migrated() -> bool:
    """Say whether every migration has run."""
    with database.engine().connect() as connection:
        held = set(MigrationContext.configure(connection).get_current_heads())
    return held == set(ScriptDirectory.from_config(Config("alembic.ini")).get_heads())
