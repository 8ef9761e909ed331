"""Meals in the guests' own calendars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("known_sitting", Column("replanned", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("mailbox", Column("calendar", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("mailbox", "calendar")
    op.drop_column("known_sitting", "replanned")
