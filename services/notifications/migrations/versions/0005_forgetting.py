"""Whether the guests of a sitting are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("known_sitting", sa.Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("known_sitting_forgotten", "known_sitting", ["forgotten", "starts_at"])
