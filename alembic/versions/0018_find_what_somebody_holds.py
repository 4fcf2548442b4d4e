"""Find what somebody holds without looking at every contract."""

from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_contract_held', 'contract', ['holder_id', 'account_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_contract_held', table_name='contract')
