"""Find the countries of a brand's accounts without looking at every account."""

from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_account_brand_id_country', 'account', ['brand_id', 'country'], unique=False
    )


def downgrade() -> None:
    op.drop_index('ix_account_brand_id_country', table_name='account')
