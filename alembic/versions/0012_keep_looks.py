"""Keep what a brand's portal looks like, says and shows, revision by revision."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('brand_logo',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('sent_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_brand_logo_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brand_logo')),
    sa.UniqueConstraint('brand_id', 'fingerprint', name=op.f('uq_brand_logo_brand_id_fingerprint'))
    )
    op.create_table('brand_revision',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('part', sa.Enum('theme', 'logo', 'text', 'fields', name='brandpart', native_enum=False, length=24), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'replaced', name='versionstate', native_enum=False, length=24), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('written_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('written_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_brand_revision_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brand_revision')),
    sa.UniqueConstraint('brand_id', 'part', 'number', name=op.f('uq_brand_revision_brand_id_part_number'))
    )


def downgrade() -> None:
    op.drop_table('brand_revision')
    op.drop_table('brand_logo')
