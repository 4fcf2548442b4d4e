"""Take applications: what is applied for, by whom, and the forms that they fill in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('form_template',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('kind', sa.Enum('section', 'questionnaire', name='formkind', native_enum=False, length=24), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'retired', name='formstate', native_enum=False, length=24), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('introduction', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('per_person', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('changed_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_form_template_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_template')),
    sa.UniqueConstraint('brand_id', 'key', 'number', name=op.f('uq_form_template_brand_id_key_number'))
    )
    with op.batch_alter_table('form_template', schema=None) as batch_op:
        batch_op.create_index('ix_form_template_list', ['brand_id', 'kind', 'position', 'id'], unique=False)
        batch_op.create_index('uq_form_template_in_use', ['brand_id', 'key'], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))

    op.create_table('application',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('stage', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('account_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('asset_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('finance_type', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('rate_milli', sa.Integer(), nullable=True),
    sa.Column('term_months', sa.Integer(), nullable=True),
    sa.Column('total_cash_price_minor', sa.BigInteger(), nullable=True),
    sa.Column('deposit_minor', sa.BigInteger(), nullable=True),
    sa.Column('part_exchange_minor', sa.BigInteger(), nullable=True),
    sa.Column('cash_minor', sa.BigInteger(), nullable=True),
    sa.Column('settlement_minor', sa.BigInteger(), nullable=True),
    sa.Column('balance_to_finance_minor', sa.BigInteger(), nullable=True),
    sa.Column('registration_fee_minor', sa.BigInteger(), nullable=True),
    sa.Column('balloon_minor', sa.BigInteger(), nullable=True),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('introduced_on', sa.Date(), nullable=False),
    sa.Column('sharing_mode', sa.Enum('shared', 'own_sections', name='sharingmode', native_enum=False, length=24), nullable=False),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('submitted_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_application_account_id')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_application_asset_id')),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_application_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_application_brand_id_external_id')),
    sa.UniqueConstraint('brand_id', 'number', name=op.f('uq_application_brand_id_number'))
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_asset_id'), ['asset_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_application_kind', ['brand_id', 'kind', 'introduced_on', 'id'], unique=False)
        batch_op.create_index('ix_application_list', ['brand_id', 'introduced_on', 'id'], unique=False)

    op.create_table('application_party',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('application_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('role', sa.Enum('primary_applicant', 'applicant', 'guarantor', 'other', name='partyrole', native_enum=False, length=24), nullable=False),
    sa.Column('portal_enabled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_party_application_id')),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_application_party_brand_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_application_party_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_party')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_application_party_brand_id_external_id'))
    )
    with op.batch_alter_table('application_party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_party_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_application_party_of', ['application_id', 'role', 'id'], unique=False)
        batch_op.create_index('ix_application_party_person', ['person_id', 'application_id'], unique=False)

    op.create_table('form_share',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('application_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('template_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('template_key', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('party_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('state', sa.Enum('hidden', 'shared', 'in_progress', 'complete', 'reopened', name='sharestate', native_enum=False, length=24), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('shared_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_form_share_application_id')),
    sa.ForeignKeyConstraint(['party_id'], ['application_party.id'], name=op.f('fk_form_share_party_id')),
    sa.ForeignKeyConstraint(['template_id'], ['form_template.id'], name=op.f('fk_form_share_template_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_share')),
    sa.UniqueConstraint('application_id', 'template_key', 'party_id', name=op.f('uq_form_share_application_id_template_key_party_id'))
    )
    with op.batch_alter_table('form_share', schema=None) as batch_op:
        batch_op.create_index('ix_form_share_of', ['application_id', 'position', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_form_share_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_form_share_template_id'), ['template_id'], unique=False)
        batch_op.create_index('uq_form_share_of_all', ['application_id', 'template_key'], unique=True, sqlite_where=sa.text('party_id IS NULL'), postgresql_where=sa.text('party_id IS NULL'))

    op.create_table('form_answer',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('share_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('party_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('field_key', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edited_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('edited_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('edited_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['edited_by'], ['person.id'], name=op.f('fk_form_answer_edited_by')),
    sa.ForeignKeyConstraint(['party_id'], ['application_party.id'], name=op.f('fk_form_answer_party_id')),
    sa.ForeignKeyConstraint(['share_id'], ['form_share.id'], name=op.f('fk_form_answer_share_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_answer')),
    sa.UniqueConstraint('share_id', 'party_id', 'field_key', name=op.f('uq_form_answer_share_id_party_id_field_key'))
    )
    with op.batch_alter_table('form_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_answer_edited_by'), ['edited_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_form_answer_party_id'), ['party_id'], unique=False)
        batch_op.create_index('uq_form_answer_of_application', ['share_id', 'field_key'], unique=True, sqlite_where=sa.text('party_id IS NULL'), postgresql_where=sa.text('party_id IS NULL'))

    op.create_table('form_answer_history',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('answer_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('edited_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('edited_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('edited_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['form_answer.id'], name=op.f('fk_form_answer_history_answer_id')),
    sa.ForeignKeyConstraint(['edited_by'], ['person.id'], name=op.f('fk_form_answer_history_edited_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_answer_history')),
    sa.UniqueConstraint('answer_id', 'version', name=op.f('uq_form_answer_history_answer_id_version'))
    )
    with op.batch_alter_table('form_answer_history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_answer_history_edited_by'), ['edited_by'], unique=False)

    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('application_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True))
        batch_op.create_index(batch_op.f('ix_invitation_application_id'), ['application_id'], unique=False)
        batch_op.create_index('uq_invitation_live_access', ['application_id', 'person_id'], unique=True, sqlite_where=sa.text("purpose = 'application_access' AND state IN ('draft', 'issued', 'opened', 'activated')"), postgresql_where=sa.text("purpose = 'application_access' AND state IN ('draft', 'issued', 'opened', 'activated')"))
        batch_op.create_foreign_key(batch_op.f('fk_invitation_application_id'), 'application', ['application_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_invitation_application_id'), type_='foreignkey')
        batch_op.drop_index('uq_invitation_live_access', sqlite_where=sa.text("purpose = 'application_access' AND state IN ('draft', 'issued', 'opened', 'activated')"), postgresql_where=sa.text("purpose = 'application_access' AND state IN ('draft', 'issued', 'opened', 'activated')"))
        batch_op.drop_index(batch_op.f('ix_invitation_application_id'))
        batch_op.drop_column('application_id')

    with op.batch_alter_table('form_answer_history', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_answer_history_edited_by'))

    op.drop_table('form_answer_history')
    with op.batch_alter_table('form_answer', schema=None) as batch_op:
        batch_op.drop_index('uq_form_answer_of_application', sqlite_where=sa.text('party_id IS NULL'), postgresql_where=sa.text('party_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_form_answer_party_id'))
        batch_op.drop_index(batch_op.f('ix_form_answer_edited_by'))

    op.drop_table('form_answer')
    with op.batch_alter_table('form_share', schema=None) as batch_op:
        batch_op.drop_index('uq_form_share_of_all', sqlite_where=sa.text('party_id IS NULL'), postgresql_where=sa.text('party_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_form_share_template_id'))
        batch_op.drop_index(batch_op.f('ix_form_share_party_id'))
        batch_op.drop_index('ix_form_share_of')

    op.drop_table('form_share')
    with op.batch_alter_table('application_party', schema=None) as batch_op:
        batch_op.drop_index('ix_application_party_person')
        batch_op.drop_index('ix_application_party_of')
        batch_op.drop_index(batch_op.f('ix_application_party_brand_id'))

    op.drop_table('application_party')
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index('ix_application_list')
        batch_op.drop_index('ix_application_kind')
        batch_op.drop_index(batch_op.f('ix_application_brand_id'))
        batch_op.drop_index(batch_op.f('ix_application_asset_id'))
        batch_op.drop_index(batch_op.f('ix_application_account_id'))

    op.drop_table('application')
    with op.batch_alter_table('form_template', schema=None) as batch_op:
        batch_op.drop_index('uq_form_template_in_use', sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
        batch_op.drop_index('ix_form_template_list')

    op.drop_table('form_template')
