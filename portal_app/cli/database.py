"""Brings the database to the version that the code expects."""

import time
from collections.abc import Callable

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from alembic import command
from portal_app.core.errors import Unavailable
from portal_app.models import database
from portal_app.services import health


def wait_until_it_answers(tell: Callable[[str], None], *, seconds: float = 60) -> None:
    """Return once the database answers; raises `Unavailable` when it has not for a minute."""
    deadline, is_told = time.monotonic() + seconds, False
    while True:
        try:
            return health.check()
        except Unavailable:
            if time.monotonic() > deadline:
                raise
        if not is_told:
            tell("The database does not answer yet. Trying again for a minute.")
            is_told = True
        time.sleep(1)


def migrate() -> None:
    """Run every migration that has not run yet."""
    command.upgrade(Config("alembic.ini"), "head")


def is_migrated() -> bool:
    """Say whether every migration has run."""
    with database.engine().connect() as connection:
        held = set(MigrationContext.configure(connection).get_current_heads())
    return held == set(ScriptDirectory.from_config(Config("alembic.ini")).get_heads())
