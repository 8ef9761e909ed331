"""Whether the cantine's team booked for a guest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("known_booking", Column("by_team", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("known_booking", "by_team")
