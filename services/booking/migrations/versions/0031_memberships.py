"""Who is a member of a cantine's association; and who says at booking that they are, or would like to be."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("booking", sa.Column("membership", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "membership",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("cantine", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("known_as", sa.String(200), nullable=False),
        sa.Column("email", sa.String(64), nullable=True),
        sa.Column("phone", sa.String(64), nullable=True),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("before", sa.Date, nullable=True),
        sa.Column("noted_at", Instant, nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
    )
    op.create_index("membership_name", "membership", ["cantine", "known_as"])
    op.create_index("membership_email", "membership", ["email"])
    op.create_index("membership_phone", "membership", ["phone"])
