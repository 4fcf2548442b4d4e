"""Seal what people answer in applications, and what they answered before, each for its own row.

Needs the secret of the portal, as the portal itself does.
"""

import sqlalchemy as sa

from alembic import op
from portal_app.core import vault

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

_SOME = 1_000
_TABLES = ('form_answer', 'form_answer_history')


def upgrade() -> None:
    # An SQLite file shall hold no old row in its free pages.
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('PRAGMA secure_delete = ON'))
    for table in _TABLES:
        with op.batch_alter_table(table) as batch:
            batch.alter_column('value', new_column_name='value_sealed', existing_type=sa.Text())
        _each(table, vault.keep_text)


def downgrade() -> None:
    for table in _TABLES:
        _each(table, _opened)
        with op.batch_alter_table(table) as batch:
            batch.alter_column('value_sealed', new_column_name='value', existing_type=sa.Text())


def _opened(held, place) -> str:
    """Open a text without what filled it up; what does not open stops the way down."""
    return vault.opened(held, place=place).rstrip('\0')


def _each(table, made_of) -> None:
    """Replace every value of a table, some at a time and in the order of their ids."""
    rows = sa.table(table, sa.column('id', sa.String), sa.column('value_sealed', sa.Text))
    wanted = sa.select(rows).where(rows.c.value_sealed != '').order_by(rows.c.id).limit(_SOME)
    bound, after = op.get_bind(), ''
    while some := bound.execute(wanted.where(rows.c.id > after)).all():
        for row_id, held in some:
            made = made_of(held, place=f'{table}:value:{row_id}')
            bound.execute(sa.update(rows).where(rows.c.id == row_id).values(value_sealed=made))
        after = some[-1][0]
