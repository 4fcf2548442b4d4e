"""Tell a click for one command from a click for another that carries the same key."""

import sqlalchemy as sa

from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

_NAME = 'pk_idempotency_key'


def upgrade() -> None:
    _keyed_by('owner', 'key', 'command')


def downgrade() -> None:
    # What may be remembered only once per key is remembered for the command that comes first.
    op.execute(
        sa.text(
            'DELETE FROM idempotency_key WHERE EXISTS (SELECT 1 FROM idempotency_key AS other'
            ' WHERE other.owner = idempotency_key.owner AND other.key = idempotency_key.key'
            ' AND other.command < idempotency_key.command)'
        )
    )
    _keyed_by('owner', 'key')


def _keyed_by(*columns: str) -> None:
    with op.batch_alter_table('idempotency_key') as batch:
        batch.drop_constraint(_NAME, type_='primary')
        batch.create_primary_key(_NAME, list(columns))
