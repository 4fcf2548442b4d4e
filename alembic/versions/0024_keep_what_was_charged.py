"""Keep with each attempt what the gateway calls the method that it was made with."""

import sqlalchemy as sa

from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('payment_attempt') as batch:
        batch.add_column(
            sa.Column('gateway_token', sa.String(length=200), nullable=False, server_default='')
        )
    # Until now an attempt was looked for by what its method was called at that moment.
    op.execute(
        sa.text(
            'UPDATE payment_attempt SET gateway_token = (SELECT payment_method.gateway_token'
            ' FROM payment_method WHERE payment_method.id = payment_attempt.method_id)'
            ' WHERE method_id IS NOT NULL'
        )
    )


def downgrade() -> None:
    with op.batch_alter_table('payment_attempt') as batch:
        batch.drop_column('gateway_token')
