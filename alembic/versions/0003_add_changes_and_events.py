"""add changes and events."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_token',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('hint', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('last_used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_api_token_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_token_token_hash'))
    )
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_token_brand_id'), ['brand_id'], unique=False)

    op.create_table('change_rule',
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('policy', sa.Enum('auto', 'review', 'proof', name='changepolicy', native_enum=False, length=24), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_change_rule_brand_id')),
    sa.PrimaryKeyConstraint('brand_id', 'kind', name=op.f('pk_change_rule'))
    )
    op.create_table('outgoing_event',
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('type', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('subject_type', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_outgoing_event_brand_id')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_outgoing_event')),
    sa.UniqueConstraint('id', name=op.f('uq_outgoing_event_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('outgoing_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_event_at'), ['at'], unique=False)
        batch_op.create_index('ix_outgoing_event_feed', ['brand_id', 'sequence'], unique=False)

    op.create_table('webhook_endpoint',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('url', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('secret_sealed', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('is_enabled', sa.Boolean(), nullable=False),
    sa.Column('off_because', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_webhook_endpoint_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_endpoint'))
    )
    with op.batch_alter_table('webhook_endpoint', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_webhook_endpoint_brand_id'), ['brand_id'], unique=False)

    op.create_table('webhook_delivery',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('event_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('endpoint_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'delivered', 'dead', 'skipped', name='deliverystate', native_enum=False, length=24), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('tried_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('delivered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_webhook_delivery_brand_id')),
    sa.ForeignKeyConstraint(['endpoint_id'], ['webhook_endpoint.id'], name=op.f('fk_webhook_delivery_endpoint_id')),
    sa.ForeignKeyConstraint(['event_id'], ['outgoing_event.id'], name=op.f('fk_webhook_delivery_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_delivery')),
    sa.UniqueConstraint('event_id', 'endpoint_id', name=op.f('uq_webhook_delivery_event_id_endpoint_id'))
    )
    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_webhook_delivery_endpoint_id'), ['endpoint_id'], unique=False)
        batch_op.create_index('ix_webhook_delivery_list', ['brand_id', 'state', 'created_at', 'id'], unique=False)

    op.create_table('change_request',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('state', sa.Enum('submitted', 'pending_review', 'approved', 'applied', 'apply_failed', 'rejected', 'withdrawn', name='changestate', native_enum=False, length=24), nullable=False),
    sa.Column('policy', sa.Enum('auto', 'review', 'proof', name='changepolicy', native_enum=False, length=24), nullable=False),
    sa.Column('origin', sa.Enum('consumer', 'staff', 'system', name='changeorigin', native_enum=False, length=24), nullable=False),
    sa.Column('subject_type', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('subject_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('subject_name', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('account_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('requester_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('requester_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('decided_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('applied_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('failure', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('superseded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('superseded', sa.JSON(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_change_request_account_id')),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_change_request_brand_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['portal_user.id'], name=op.f('fk_change_request_decided_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_change_request_person_id')),
    sa.ForeignKeyConstraint(['requester_id'], ['portal_user.id'], name=op.f('fk_change_request_requester_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_request')),
    sa.UniqueConstraint('number', name=op.f('uq_change_request_number'))
    )
    with op.batch_alter_table('change_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_request_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_request_decided_by'), ['decided_by'], unique=False)
        batch_op.create_index('ix_change_request_person', ['person_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_change_request_queue', ['brand_id', 'state', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_change_request_recent', ['brand_id', 'created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_request_requester_id'), ['requester_id'], unique=False)
        batch_op.create_index('ix_change_request_subject', ['subject_type', 'subject_id', 'created_at', 'id'], unique=False)

    op.create_table('change_moment',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('request_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['change_request.id'], name=op.f('fk_change_moment_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_moment'))
    )
    with op.batch_alter_table('change_moment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_moment_request_id'), ['request_id'], unique=False)

    op.create_table('change_step',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('request_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('done_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('done_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.ForeignKeyConstraint(['done_by'], ['portal_user.id'], name=op.f('fk_change_step_done_by')),
    sa.ForeignKeyConstraint(['request_id'], ['change_request.id'], name=op.f('fk_change_step_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_step')),
    sa.UniqueConstraint('request_id', 'position', name=op.f('uq_change_step_request_id_position'))
    )
    with op.batch_alter_table('change_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_step_done_by'), ['done_by'], unique=False)

    with op.batch_alter_table('otp_challenge', schema=None) as batch_op:
        batch_op.add_column(sa.Column('destination', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False, server_default=''))



def downgrade() -> None:
    with op.batch_alter_table('otp_challenge', schema=None) as batch_op:
        batch_op.drop_column('destination')

    with op.batch_alter_table('change_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_step_done_by'))

    op.drop_table('change_step')
    with op.batch_alter_table('change_moment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_moment_request_id'))

    op.drop_table('change_moment')
    with op.batch_alter_table('change_request', schema=None) as batch_op:
        batch_op.drop_index('ix_change_request_subject')
        batch_op.drop_index(batch_op.f('ix_change_request_requester_id'))
        batch_op.drop_index('ix_change_request_recent')
        batch_op.drop_index('ix_change_request_queue')
        batch_op.drop_index('ix_change_request_person')
        batch_op.drop_index(batch_op.f('ix_change_request_decided_by'))
        batch_op.drop_index(batch_op.f('ix_change_request_account_id'))

    op.drop_table('change_request')
    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_webhook_delivery_list')
        batch_op.drop_index(batch_op.f('ix_webhook_delivery_endpoint_id'))

    op.drop_table('webhook_delivery')
    with op.batch_alter_table('webhook_endpoint', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_webhook_endpoint_brand_id'))

    op.drop_table('webhook_endpoint')
    with op.batch_alter_table('outgoing_event', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_event_feed')
        batch_op.drop_index(batch_op.f('ix_outgoing_event_at'))

    op.drop_table('outgoing_event')
    op.drop_table('change_rule')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_token_brand_id'))

    op.drop_table('api_token')
