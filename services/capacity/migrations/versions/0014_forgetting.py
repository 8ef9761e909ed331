"""Whether the claims on a sitting are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("sitting_forgotten", "sitting", ["forgotten", "starts_at"])
