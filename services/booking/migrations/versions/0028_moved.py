"""When a meal was last moved: who is not written to is called about it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("moved", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("sitting", "moved")
