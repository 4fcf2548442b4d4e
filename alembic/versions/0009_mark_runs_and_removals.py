"""Remember how far the contracts of a payment run are queued, and which methods were removed."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('payment_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('queued_to', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('queued_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table('payment_method', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    # Runs of before were queued whole.
    op.execute('UPDATE payment_run SET queued_at = started_at')


def downgrade() -> None:
    with op.batch_alter_table('payment_method', schema=None) as batch_op:
        batch_op.drop_column('removed_at')
    with op.batch_alter_table('payment_run', schema=None) as batch_op:
        batch_op.drop_column('queued_at')
        batch_op.drop_column('queued_to')
