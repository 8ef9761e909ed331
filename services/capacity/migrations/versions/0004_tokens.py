"""Secrets of programs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

from shared.database import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "token",
        Column("id", sa.String(36), primary_key=True),
        Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
        Column("name", sa.String(60), nullable=False),
        Column("digest", sa.String(64), nullable=False, unique=True),
        Column("made_at", Instant, nullable=False),
        Column("last_used_at", Instant, nullable=True),
    )
    op.create_index("token_of_staff", "token", ["staff", "made_at"])
