"""The policy of a meal's waiting list."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("waitlist_policy", sa.String(20), nullable=False, server_default="strict"))
