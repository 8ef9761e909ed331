"""Bookings whose guests should hear that the answer takes a while."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("known_booking", Column("unanswered", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("known_booking", "unanswered")
