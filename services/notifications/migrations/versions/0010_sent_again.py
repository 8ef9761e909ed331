"""Letters that staff sent again: of which letter, and who asked for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("letter", Column("again_of", sa.String(200), nullable=True))
    op.add_column("letter", Column("asked_by", sa.String(80), nullable=True))


def downgrade() -> None:
    op.drop_column("letter", "asked_by")
    op.drop_column("letter", "again_of")
