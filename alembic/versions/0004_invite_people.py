"""Invite people: links, who has been written to, and who comes in by them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contract_greeting',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('kind', sa.Enum('invited', 'covered', 'told', name='greetingkind', native_enum=False, length=24), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_contract_greeting_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_greeting_contract_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contract_greeting_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_greeting')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_contract_greeting_contract_id'))
    )
    with op.batch_alter_table('contract_greeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_greeting_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_greeting_person_id'), ['person_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('purpose', sa.Enum('account_setup', 'application_access', 'household', name='invitationpurpose', native_enum=False, length=24), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('account_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('state', sa.Enum('draft', 'issued', 'opened', 'activated', 'expired', 'revoked', 'superseded', name='invitationstate', native_enum=False, length=24), nullable=False),
    sa.Column('method', sa.Enum('email', 'copied_link', name='invitationmethod', native_enum=False, length=24), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
    sa.Column('invited_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('verified_by_staff', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('verification_note', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('issued_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('activated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('superseded_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('renewal_asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_invitation_account_id')),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_invitation_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_invitation_contract_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id')),
    sa.ForeignKeyConstraint(['superseded_by'], ['invitation.id'], name=op.f('fk_invitation_superseded_by')),
    sa.ForeignKeyConstraint(['verified_by_staff'], ['portal_user.id'], name=op.f('fk_invitation_verified_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_invitation_asked', ['brand_id', 'renewal_asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index('ix_invitation_list', ['brand_id', 'created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_verified_by_staff'), ['verified_by_staff'], unique=False)
        batch_op.create_index('uq_invitation_live_setup', ['person_id'], unique=True, sqlite_where=sa.text("purpose = 'account_setup' AND state IN ('draft', 'issued', 'opened')"), postgresql_where=sa.text("purpose = 'account_setup' AND state IN ('draft', 'issued', 'opened')"))

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_service_contracts', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.execute(
        "UPDATE account SET has_service_contracts = true WHERE EXISTS (SELECT 1 FROM contract "
        "WHERE contract.account_id = account.id AND contract.ended_at IS NULL "
        "AND contract.kind IN ('service_contract', 'finance'))"
    )
    # Vehicle numbers are compared in capitals and without spaces from now on.
    op.execute("UPDATE asset SET vin = upper(replace(replace(vin, ' ', ''), '-', ''))")

    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.create_index('ix_asset_vin', ['brand_id', 'vin'], unique=False)

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.create_index('ix_contract_holders', ['account_id', 'holder_id'], unique=False)
        batch_op.create_index('ix_contract_purchased', ['brand_id', 'purchased_on'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_email', ['brand_id', 'email'], unique=False)
        batch_op.create_index('ix_person_mobile', ['brand_id', 'mobile_e164'], unique=False)
        batch_op.create_index('ix_person_phone', ['brand_id', 'phone_e164'], unique=False)

    with op.batch_alter_table('portal_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('invitation_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True))
        batch_op.create_index(batch_op.f('ix_portal_session_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_portal_session_invitation_id'), 'invitation', ['invitation_id'], ['id'])

    with op.batch_alter_table('portal_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cutover_date', sa.Date(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('portal_settings', schema=None) as batch_op:
        batch_op.drop_column('cutover_date')

    with op.batch_alter_table('portal_session', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_portal_session_invitation_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_portal_session_invitation_id'))
        batch_op.drop_column('invitation_id')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index('ix_person_phone')
        batch_op.drop_index('ix_person_mobile')
        batch_op.drop_index('ix_person_email')

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_index('ix_contract_purchased')
        batch_op.drop_index('ix_contract_holders')

    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_vin')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('has_service_contracts')

    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_invitation_live_setup', sqlite_where=sa.text("purpose = 'account_setup' AND state IN ('draft', 'issued', 'opened')"), postgresql_where=sa.text("purpose = 'account_setup' AND state IN ('draft', 'issued', 'opened')"))
        batch_op.drop_index(batch_op.f('ix_invitation_verified_by_staff'))
        batch_op.drop_index(batch_op.f('ix_invitation_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_invitation_person_id'))
        batch_op.drop_index('ix_invitation_list')
        batch_op.drop_index(batch_op.f('ix_invitation_contract_id'))
        batch_op.drop_index('ix_invitation_asked')
        batch_op.drop_index(batch_op.f('ix_invitation_account_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('contract_greeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_greeting_person_id'))
        batch_op.drop_index(batch_op.f('ix_contract_greeting_brand_id'))

    op.drop_table('contract_greeting')
