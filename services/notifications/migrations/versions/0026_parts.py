"""As how many SMS letters are paid, and what they cost."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("letter", Column("parts", sa.SmallInteger, nullable=False, server_default="0"))
    op.add_column("letter", Column("cost", sa.Integer, nullable=False, server_default="0"))
    op.add_column("letter_count", Column("parts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("letter_count", Column("cost", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    for table in ("letter_count", "letter"):
        op.drop_column(table, "cost")
        op.drop_column(table, "parts")
