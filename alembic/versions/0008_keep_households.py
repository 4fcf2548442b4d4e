"""Keep households, their members, and what people let one another do."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('household',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('timezone', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_household_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_household_brand_id_external_id'))
    )
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_brand_id'), ['brand_id'], unique=False)

    op.create_table('household_membership',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('household_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('role', sa.Enum('head', 'member', name='memberrole', native_enum=False, length=24), nullable=False),
    sa.Column('relationship', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('is_primary', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_household_membership_brand_id')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_membership_household_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_household_membership_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_membership')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_household_membership_brand_id_external_id'))
    )
    with op.batch_alter_table('household_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_membership_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_membership_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_membership_person_id'), ['person_id'], unique=False)

    op.create_table('grant',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('grantor_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('grantee_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('responsibility', sa.Enum('authorized_representative', 'custom', name='responsibility', native_enum=False, length=32), nullable=False),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('revoked_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('revoked_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_grant_brand_id')),
    sa.ForeignKeyConstraint(['grantee_id'], ['person.id'], name=op.f('fk_grant_grantee_id')),
    sa.ForeignKeyConstraint(['grantor_id'], ['person.id'], name=op.f('fk_grant_grantor_id')),
    sa.ForeignKeyConstraint(['revoked_by'], ['portal_user.id'], name=op.f('fk_grant_revoked_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grant')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_grant_brand_id_external_id'))
    )
    with op.batch_alter_table('grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grant_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_grantee_id'), ['grantee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_grantor_id'), ['grantor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grant_revoked_by'), ['revoked_by'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grant_revoked_by'))
        batch_op.drop_index(batch_op.f('ix_grant_grantor_id'))
        batch_op.drop_index(batch_op.f('ix_grant_grantee_id'))
        batch_op.drop_index(batch_op.f('ix_grant_brand_id'))

    op.drop_table('grant')
    with op.batch_alter_table('household_membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_membership_person_id'))
        batch_op.drop_index(batch_op.f('ix_household_membership_household_id'))
        batch_op.drop_index(batch_op.f('ix_household_membership_brand_id'))

    op.drop_table('household_membership')
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_brand_id'))

    op.drop_table('household')
