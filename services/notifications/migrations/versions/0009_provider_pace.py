"""Until when the permits of each provider are spent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "provider_pace",
        Column("provider", sa.String(40), primary_key=True),
        Column("spent_until", Instant, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("provider_pace")
