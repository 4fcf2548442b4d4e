"""Keep every conversation in one place, and ask for documents on applications."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


COLUMNS = "id, at, author_id, person_id, by_name, by_staff, body"
THERE = f"""
INSERT INTO message (owner_type, owner_id, {COLUMNS}) SELECT 'case', case_id, {COLUMNS} FROM case_message
"""
BACK = f"""
INSERT INTO case_message (case_id, {COLUMNS}) SELECT owner_id, {COLUMNS} FROM message WHERE owner_type = 'case'
"""


def upgrade() -> None:
    op.create_table('message',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('owner_type', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.Column('by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('by_staff', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['portal_user.id'], name=op.f('fk_message_author_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_author', ['author_id', 'at'], unique=False)
        batch_op.create_index('ix_message_person', ['person_id', 'at'], unique=False)
        batch_op.create_index('ix_message_thread', ['owner_type', 'owner_id', 'at', 'id'], unique=False)

    op.create_table('document_request',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('application_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('requested', 'received', 'accepted', 'rejected', name='askedstate', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('asked_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_by_name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_document_request_application_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_request')),
    sa.UniqueConstraint('application_id', 'label', name=op.f('uq_document_request_application_id_label'))
    )
    op.execute(THERE)
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_message_author'))
        batch_op.drop_index(batch_op.f('ix_case_message_person_id'))
        batch_op.drop_index(batch_op.f('ix_case_message_thread'))

    op.drop_table('case_message')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False, server_default=''))




def downgrade() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_column('label')

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
        batch_op.create_index(batch_op.f('ix_case_message_thread'), ['case_id', 'at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_message_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_message_author'), ['author_id', 'at'], unique=False)

    op.drop_table('document_request')
    op.execute(BACK)
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_thread')
        batch_op.drop_index('ix_message_person')
        batch_op.drop_index('ix_message_author')

    op.drop_table('message')
