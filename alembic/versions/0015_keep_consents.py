"""Keep what people agreed to, refuse any change to it, and know whom marketing is for."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


REFUSAL = "what people agreed to is append-only"
SQLITE = """
CREATE TRIGGER consent_event_no_{verb} BEFORE {verb} ON consent_event
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_consent_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER consent_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_consent_change()
"""


def upgrade() -> None:
    op.create_table('consent_event',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('marketing', name='consentpurpose', native_enum=False, length=24), nullable=False),
    sa.Column('channel', sa.Enum('email', 'sms', 'phone', 'post', name='consentchannel', native_enum=False, length=24), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('text_version', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('source', sa.Enum('portal', 'staff', name='consentsource', native_enum=False, length=24), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('actor_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('ip', sqlmodel.sql.sqltypes.AutoString(length=45), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('receipt_no', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_consent_event_brand_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_event_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_event')),
    sa.UniqueConstraint('person_id', 'sequence', name=op.f('uq_consent_event_person_id_sequence')),
    sa.UniqueConstraint('receipt_no', name=op.f('uq_consent_event_receipt_no'))
    )
    with op.batch_alter_table('consent_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_event_brand_id'), ['brand_id'], unique=False)
        batch_op.create_index('ix_consent_event_latest', ['person_id', 'purpose', 'channel', 'sequence'], unique=False)

    with op.batch_alter_table('outbound_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True))
        batch_op.create_index(batch_op.f('ix_outbound_message_person_id'), ['person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_outbound_message_person_id'), 'person', ['person_id'], ['id'])


    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION.format(refusal=REFUSAL))
        op.execute(POSTGRESQL_TRIGGER)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(verb=verb, refusal=REFUSAL))


def downgrade() -> None:
    with op.batch_alter_table('outbound_message', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outbound_message_person_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_outbound_message_person_id'))
        batch_op.drop_column('person_id')

    with op.batch_alter_table('consent_event', schema=None) as batch_op:
        batch_op.drop_index('ix_consent_event_latest')
        batch_op.drop_index(batch_op.f('ix_consent_event_brand_id'))

    op.drop_table('consent_event')  # its triggers go with it
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_consent_change()")
