"""Take payments: methods, schedules, attempts, runs, and requests to cancel."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('payment_notice',
    sa.Column('notice_id', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('notice_id', name=op.f('pk_payment_notice'))
    )
    with op.batch_alter_table('payment_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_notice_received_at'), ['received_at'], unique=False)

    op.create_table('payment_policy',
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('takes_payments', sa.Boolean(), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('retry_first', sa.Boolean(), nullable=False),
    sa.Column('hold_next', sa.Boolean(), nullable=False),
    sa.Column('run_at', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_payment_policy_brand_id')),
    sa.PrimaryKeyConstraint('brand_id', name=op.f('pk_payment_policy'))
    )
    op.create_table('payment_run',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('run_on', sa.Date(), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('contracts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_payment_run_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_run')),
    sa.UniqueConstraint('brand_id', 'zone', 'run_on', name=op.f('uq_payment_run_brand_id_zone_run_on'))
    )
    with op.batch_alter_table('payment_run', schema=None) as batch_op:
        batch_op.create_index('ix_payment_run_list', ['brand_id', 'started_at', 'id'], unique=False)

    op.create_table('cancellation_request',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('origin', sa.Enum('system', 'consumer', 'staff', name='cancellationorigin', native_enum=False, length=24), nullable=False),
    sa.Column('state', sa.Enum('open', 'approved', 'declined', name='cancellationstate', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('requested_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('decided_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_cancellation_request_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_cancellation_request_contract_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['portal_user.id'], name=op.f('fk_cancellation_request_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cancellation_request')),
    sa.UniqueConstraint('number', name=op.f('uq_cancellation_request_number'))
    )
    with op.batch_alter_table('cancellation_request', schema=None) as batch_op:
        batch_op.create_index('ix_cancellation_request_contract', ['contract_id', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_cancellation_request_decided_by'), ['decided_by'], unique=False)
        batch_op.create_index('ix_cancellation_request_queue', ['brand_id', 'state', 'created_at', 'id'], unique=False)
        batch_op.create_index('uq_cancellation_request_open', ['contract_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('instalment',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('scheduled', 'processing', 'paid', 'missed', 'retrying', 'paid_late', 'defaulted', 'waived', 'on_hold', 'cancelled', 'written_off', name='instalmentstate', native_enum=False, length=24), nullable=False),
    sa.Column('retry_on', sa.Date(), nullable=True),
    sa.Column('rescheduled_from', sa.Date(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_instalment_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_instalment_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalment')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_instalment_brand_id_external_id'))
    )
    with op.batch_alter_table('instalment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instalment_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_instalment_place', ['brand_id', 'place'], unique=False)
        batch_op.create_index('ix_instalment_schedule', ['contract_id', 'sequence'], unique=False)
        batch_op.create_index('ix_instalment_due', ['brand_id', 'state', 'due_on'], unique=False)
        batch_op.create_index('ix_instalment_retry', ['brand_id', 'state', 'retry_on'], unique=False)

    op.create_table('payment_method',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('source_system', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('source_updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('synced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('kind', sa.Enum('card', 'bank_account', name='methodkind', native_enum=False, length=24), nullable=False),
    sa.Column('brand', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('last4', sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
    sa.Column('exp_month', sa.Integer(), nullable=True),
    sa.Column('exp_year', sa.Integer(), nullable=True),
    sa.Column('holder', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('gateway_token', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('default_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('consent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('added_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('warned_days', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_payment_method_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_payment_method_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_method')),
    sa.UniqueConstraint('brand_id', 'external_id', name=op.f('uq_payment_method_brand_id_external_id'))
    )
    with op.batch_alter_table('payment_method', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_method_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_payment_method_contract', ['contract_id', 'ended_at'], unique=False)
        batch_op.create_index('ix_payment_method_same', ['brand_id', 'last4', 'exp_year', 'exp_month'], unique=False)
        batch_op.create_index('ix_payment_method_token', ['gateway_token'], unique=False)

    op.create_table('payment_attempt',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('instalment_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('due', 'retry', 'pay_now', name='attemptkind', native_enum=False, length=24), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('method_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('method_label', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('idempotency_key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('run_on', sa.Date(), nullable=False),
    sa.Column('run_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('state', sa.Enum('asked', 'pending', 'succeeded', 'failed', name='attemptstate', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sa.Enum('limit_exceeded', 'insufficient_funds', 'expired', 'authentication_required', 'method_gone', 'no_method', 'declined', name='failurereason', native_enum=False, length=24), nullable=True),
    sa.Column('gateway_reference', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('finished_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_payment_attempt_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_payment_attempt_contract_id')),
    sa.ForeignKeyConstraint(['instalment_id'], ['instalment.id'], name=op.f('fk_payment_attempt_instalment_id')),
    sa.ForeignKeyConstraint(['method_id'], ['payment_method.id'], name=op.f('fk_payment_attempt_method_id')),
    sa.ForeignKeyConstraint(['run_id'], ['payment_run.id'], name=op.f('fk_payment_attempt_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_attempt')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_payment_attempt_idempotency_key')),
    sa.UniqueConstraint('instalment_id', 'number', name=op.f('uq_payment_attempt_instalment_id_number'))
    )
    with op.batch_alter_table('payment_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_payment_attempt_contract', ['contract_id', 'started_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_attempt_method_id'), ['method_id'], unique=False)
        batch_op.create_index('ix_payment_attempt_open', ['brand_id', 'state', 'started_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_attempt_run_id'), ['run_id'], unique=False)

    op.create_table('payment_setup',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('contract_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('gateway_reference', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('state', sa.Enum('begun', 'finished', 'left', name='setupstate', native_enum=False, length=24), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('user_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('is_staff', sa.Boolean(), nullable=False),
    sa.Column('also', sa.JSON(), nullable=False),
    sa.Column('method_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('finished_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_payment_setup_brand_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_payment_setup_contract_id')),
    sa.ForeignKeyConstraint(['method_id'], ['payment_method.id'], name=op.f('fk_payment_setup_method_id')),
    sa.ForeignKeyConstraint(['user_id'], ['portal_user.id'], name=op.f('fk_payment_setup_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_setup')),
    sa.UniqueConstraint('reference', name=op.f('uq_payment_setup_reference'))
    )
    with op.batch_alter_table('payment_setup', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_setup_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_setup_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_setup_method_id'), ['method_id'], unique=False)
        batch_op.create_index('ix_payment_setup_open', ['state', 'started_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_setup_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_own_standing', sa.Boolean(), nullable=False, server_default=sa.false()))



def downgrade() -> None:
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_column('has_own_standing')

    with op.batch_alter_table('payment_setup', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_setup_user_id'))
        batch_op.drop_index('ix_payment_setup_open')
        batch_op.drop_index(batch_op.f('ix_payment_setup_method_id'))
        batch_op.drop_index(batch_op.f('ix_payment_setup_contract_id'))
        batch_op.drop_index(batch_op.f('ix_payment_setup_brand_id'))

    op.drop_table('payment_setup')
    with op.batch_alter_table('payment_attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_attempt_run_id'))
        batch_op.drop_index('ix_payment_attempt_open')
        batch_op.drop_index(batch_op.f('ix_payment_attempt_method_id'))
        batch_op.drop_index('ix_payment_attempt_contract')

    op.drop_table('payment_attempt')
    with op.batch_alter_table('payment_method', schema=None) as batch_op:
        batch_op.drop_index('ix_payment_method_token')
        batch_op.drop_index('ix_payment_method_same')
        batch_op.drop_index('ix_payment_method_contract')
        batch_op.drop_index(batch_op.f('ix_payment_method_brand_id'))

    op.drop_table('payment_method')
    with op.batch_alter_table('instalment', schema=None) as batch_op:
        batch_op.drop_index('ix_instalment_retry')
        batch_op.drop_index('ix_instalment_due')
        batch_op.drop_index('ix_instalment_schedule')
        batch_op.drop_index('ix_instalment_place')
        batch_op.drop_index(batch_op.f('ix_instalment_brand_id'))

    op.drop_table('instalment')
    with op.batch_alter_table('cancellation_request', schema=None) as batch_op:
        batch_op.drop_index('uq_cancellation_request_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_cancellation_request_queue')
        batch_op.drop_index(batch_op.f('ix_cancellation_request_decided_by'))
        batch_op.drop_index('ix_cancellation_request_contract')

    op.drop_table('cancellation_request')
    with op.batch_alter_table('payment_run', schema=None) as batch_op:
        batch_op.drop_index('ix_payment_run_list')

    op.drop_table('payment_run')
    op.drop_table('payment_policy')
    with op.batch_alter_table('payment_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_notice_received_at'))

    op.drop_table('payment_notice')
