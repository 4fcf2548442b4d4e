"""Take files from people who came by a link and have no sign-in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

KEY = 'fk_document_person_id'
OWN = """
UPDATE document SET person_id = (SELECT person_id FROM portal_user WHERE portal_user.id = document.uploaded_by)
WHERE by_staff = :no
"""


def upgrade() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True))
        batch_op.alter_column('uploaded_by', existing_type=sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True)
        batch_op.create_foreign_key(batch_op.f(KEY), 'person', ['person_id'], ['id'])
        batch_op.create_index('ix_document_person', ['person_id', 'created_at'], unique=False)
    op.get_bind().execute(sa.text(OWN), {"no": False})


def downgrade() -> None:
    op.execute("DELETE FROM upload_session WHERE document_id IN (SELECT id FROM document WHERE uploaded_by IS NULL)")
    op.execute("DELETE FROM document WHERE uploaded_by IS NULL")
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index('ix_document_person')
        batch_op.drop_constraint(batch_op.f(KEY), type_='foreignkey')
        batch_op.alter_column('uploaded_by', existing_type=sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False)
        batch_op.drop_column('person_id')
