"""How many letters there were, once they are forgotten."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "letter_count",
        Column("day", sa.Date, primary_key=True),
        Column("kind", sa.String(40), primary_key=True),
        Column("channel", sa.String(10), primary_key=True),
        Column("state", sa.String(20), primary_key=True),
        Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("letter_count")
