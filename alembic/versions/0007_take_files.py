"""Take files that people send."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('owner_type', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('purpose', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('state', sa.Enum('requested', 'uploading', 'received', 'scanning', 'sealing', 'failed', 'imported', 'rejected', 'abandoned', name='uploadstate', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('is_visible', sa.Boolean(), nullable=False),
    sa.Column('storage_key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('stored_size', sa.Integer(), nullable=False),
    sa.Column('wrapped_key', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('uploaded_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('uploaded_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_document_brand_id')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['portal_user.id'], name=op.f('fk_document_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_document_owner', ['owner_type', 'owner_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_document_sender', ['uploaded_by', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_storage_key'), ['storage_key'], unique=False)
        batch_op.create_index('ix_document_waiting', ['state', 'changed_at'], unique=False)

    op.create_table('upload_session',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('document_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('landing_key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('parts', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('emptied_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_upload_session_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_session')),
    sa.UniqueConstraint('document_id', name=op.f('uq_upload_session_document_id')),
    sa.UniqueConstraint('landing_key', name=op.f('uq_upload_session_landing_key'))
    )
    with op.batch_alter_table('upload_session', schema=None) as batch_op:
        batch_op.create_index('ix_upload_session_open', ['emptied_at', 'expires_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('upload_session', schema=None) as batch_op:
        batch_op.drop_index('ix_upload_session_open')

    op.drop_table('upload_session')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index('ix_document_waiting')
        batch_op.drop_index(batch_op.f('ix_document_storage_key'))
        batch_op.drop_index('ix_document_sender')
        batch_op.drop_index('ix_document_owner')
        batch_op.drop_index(batch_op.f('ix_document_brand_id'))

    op.drop_table('document')
