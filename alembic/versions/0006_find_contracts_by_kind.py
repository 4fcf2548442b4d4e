"""Find an account's contracts of a kind without reading the others."""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_contract_kind', 'contract', ['account_id', 'kind'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_contract_kind', table_name='contract')
