"""Remember for whom a session acts."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('portal_session') as batch:
        batch.add_column(
            sa.Column('context', sa.String(length=47), nullable=False, server_default='')
        )


def downgrade() -> None:
    with op.batch_alter_table('portal_session') as batch:
        batch.drop_column('context')
