"""Whether a proxy passed on what a guest does not eat, or needs."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("needs", sa.Column("by_proxy", sa.Boolean, nullable=False, server_default=sa.false()))
