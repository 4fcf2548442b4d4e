"""Find what follows up a case, or was merged into it, among the few that do.

Hardly any case has a neighbour. An index over all of them tells a planner that a value it looks for
is in nearly every row, and it reads the whole table instead.
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

_NEIGHBOURS = ('follow_up_of', 'merged_into')


def upgrade() -> None:
    for column in _NEIGHBOURS:
        op.drop_index(f'ix_case_{column}', table_name='case')
        there = sa.text(f'{column} IS NOT NULL')
        op.create_index(
            f'ix_case_{column}', 'case', [column], sqlite_where=there, postgresql_where=there
        )


def downgrade() -> None:
    for column in _NEIGHBOURS:
        op.drop_index(f'ix_case_{column}', table_name='case')
        op.create_index(f'ix_case_{column}', 'case', [column])
