"""Timers that fail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "ailing_timer",
        Column("name", sa.String(80), primary_key=True),
        Column("since", Instant, nullable=False),
        Column("last_at", Instant, nullable=False),
        Column("times", sa.Integer, nullable=False),
        Column("error", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("ailing_timer")
