"""Bookings made by voice, what was said to their guests, and when a booking was last changed."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("booking", sa.Column("calls_only", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", sa.Column("booked_by", sa.String(80), nullable=True))
    op.add_column("booking", sa.Column("changed_at", Instant, nullable=True))
    op.create_table(
        "spoken",
        sa.Column("booking", sa.String(80), primary_key=True),
        sa.Column("news", sa.BigInteger, nullable=False),
        sa.Column("reminded", sa.Boolean, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
