"""Keep cases: what is asked, what is said about it, and how a brand treats them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('case_policy',
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('visibility', sa.Enum('none', 'head', 'chosen', 'everyone', name='casevisibility', native_enum=False, length=24), nullable=False),
    sa.Column('auto_close_days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_case_policy_brand_id')),
    sa.PrimaryKeyConstraint('brand_id', name=op.f('pk_case_policy'))
    )
    op.create_table('case_template',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_case_template_brand_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_template'))
    )
    with op.batch_alter_table('case_template', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_template_brand_id'), ['brand_id'], unique=False)

    op.create_table('case_reader',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('household_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('chosen_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('chosen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_case_reader_household_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_case_reader_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_reader')),
    sa.UniqueConstraint('household_id', 'person_id', name=op.f('uq_case_reader_household_id_person_id'))
    )
    with op.batch_alter_table('case_reader', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_reader_person_id'), ['person_id'], unique=False)

    op.create_table('case',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('brand_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('household_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('consumer_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('opener_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('opener_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('topic', sa.Enum('contract', 'payment', 'item', 'details', 'other', name='casetopic', native_enum=False, length=24), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('priority', sa.Enum('low', 'normal', 'high', 'urgent', name='casepriority', native_enum=False, length=24), nullable=False),
    sa.Column('state', sa.Enum('new', 'open', 'awaiting_info', 'resolved', 'closed', name='casestate', native_enum=False, length=24), nullable=False),
    sa.Column('assigned_to', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('assigned_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('resolution', sa.Enum('solved', 'explained', 'replaced', 'not_possible', name='resolution', native_enum=False, length=24), nullable=True),
    sa.Column('resolution_notes', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('resolved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('warned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('follow_up_of', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('merged_into', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('rating_words', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assigned_to'], ['portal_user.id'], name=op.f('fk_case_assigned_to')),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_case_brand_id')),
    sa.ForeignKeyConstraint(['consumer_id'], ['person.id'], name=op.f('fk_case_consumer_id')),
    sa.ForeignKeyConstraint(['follow_up_of'], ['case.id'], name=op.f('fk_case_follow_up_of')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_case_household_id')),
    sa.ForeignKeyConstraint(['merged_into'], ['case.id'], name=op.f('fk_case_merged_into')),
    sa.ForeignKeyConstraint(['opener_id'], ['person.id'], name=op.f('fk_case_opener_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('number', name=op.f('uq_case_number'))
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_index('ix_case_assigned', ['assigned_to', 'state'], unique=False)
        batch_op.create_index('ix_case_consumer', ['consumer_id', 'changed_at', 'id'], unique=False)
        batch_op.create_index('ix_case_consumer_state', ['consumer_id', 'state', 'changed_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_follow_up_of'), ['follow_up_of'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_merged_into'), ['merged_into'], unique=False)
        batch_op.create_index('ix_case_opener', ['opener_id', 'changed_at', 'id'], unique=False)
        batch_op.create_index('ix_case_queue', ['brand_id', 'state', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_case_recent', ['brand_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_case_resolved', ['state', 'resolved_at'], unique=False)

    op.create_table('case_message',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['portal_user.id'], name=op.f('fk_case_message_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_message_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_case_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_message'))
    )
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.create_index('ix_case_message_author', ['author_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_message_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_case_message_thread', ['case_id', 'at', 'id'], unique=False)

    op.create_table('case_moment',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_moment_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_moment'))
    )
    with op.batch_alter_table('case_moment', schema=None) as batch_op:
        batch_op.create_index('ix_case_moment_thread', ['case_id', 'at', 'id'], unique=False)

    op.create_table('case_note',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['portal_user.id'], name=op.f('fk_case_note_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_note_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note'))
    )
    with op.batch_alter_table('case_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_note_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_case_note_thread', ['case_id', 'at', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('case_note', schema=None) as batch_op:
        batch_op.drop_index('ix_case_note_thread')
        batch_op.drop_index(batch_op.f('ix_case_note_author_id'))

    op.drop_table('case_note')
    with op.batch_alter_table('case_moment', schema=None) as batch_op:
        batch_op.drop_index('ix_case_moment_thread')

    op.drop_table('case_moment')
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.drop_index('ix_case_message_thread')
        batch_op.drop_index(batch_op.f('ix_case_message_person_id'))
        batch_op.drop_index('ix_case_message_author')

    op.drop_table('case_message')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index('ix_case_resolved')
        batch_op.drop_index('ix_case_recent')
        batch_op.drop_index('ix_case_queue')
        batch_op.drop_index('ix_case_opener')
        batch_op.drop_index(batch_op.f('ix_case_merged_into'))
        batch_op.drop_index(batch_op.f('ix_case_household_id'))
        batch_op.drop_index(batch_op.f('ix_case_follow_up_of'))
        batch_op.drop_index('ix_case_consumer_state')
        batch_op.drop_index('ix_case_consumer')
        batch_op.drop_index('ix_case_assigned')

    op.drop_table('case')
    with op.batch_alter_table('case_reader', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_reader_person_id'))

    op.drop_table('case_reader')
    with op.batch_alter_table('case_template', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_template_brand_id'))

    op.drop_table('case_template')
    op.drop_table('case_policy')
