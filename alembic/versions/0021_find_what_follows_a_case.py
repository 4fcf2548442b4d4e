"""Find a case's neighbours, and who works on what, among the few cases that have either."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

_QUEUE = ['state', 'created_at', 'id']
_AMONG = (
    ('follow_up_of', ['follow_up_of'], 'follow_up_of IS NOT NULL'),
    ('merged_into', ['merged_into'], 'merged_into IS NOT NULL'),
    ('assigned', ['assigned_to', *_QUEUE], 'assigned_to IS NOT NULL'),
    ('unassigned', ['brand_id', *_QUEUE], 'assigned_to IS NULL'),
)
_BEFORE = (
    ('follow_up_of', ['follow_up_of']),
    ('merged_into', ['merged_into']),
    ('assigned', ['assigned_to', 'state']),
)


def upgrade() -> None:
    for name, _columns in _BEFORE:
        op.drop_index(f'ix_case_{name}', table_name='case')
    for name, columns, condition in _AMONG:
        where = sa.text(condition)
        op.create_index(
            f'ix_case_{name}', 'case', columns, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    for name, _columns, _condition in _AMONG:
        op.drop_index(f'ix_case_{name}', table_name='case')
    for name, columns in _BEFORE:
        op.create_index(f'ix_case_{name}', 'case', columns)
