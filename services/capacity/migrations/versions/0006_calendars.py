"""When a meal last changed for calendars, and the secret addresses of the coordinators' own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("sitting", Column("described", sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE sitting SET described = revision")
    op.create_table(
        "calendar",
        Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
        Column("key", sa.String(32), nullable=False, unique=True),
    )
