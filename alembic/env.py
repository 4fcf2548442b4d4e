"""Run migrations on the database that the settings name, SQLite or PostgreSQL."""

from sqlalchemy import create_engine
from sqlmodel import SQLModel

import portal_app.models  # noqa: F401 - loads every table
from alembic import context
from portal_app.core.settings import settings
from portal_app.models.database import make_folder


def run() -> None:
    """Migrate over the caller's connection when there is one, else over a fresh one."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    make_folder(settings().database_url)
    # Foreign keys stay unchecked here: SQLite rebuilds a table to alter it.
    with create_engine(settings().database_url).connect() as connection:
        migrate(connection)
        connection.commit()


def migrate(connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
