"""How providers are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "provider_health",
        Column("provider", sa.String(40), primary_key=True),
        Column("accepted_at", Instant, nullable=True),
        Column("failed_at", Instant, nullable=True),
        Column("failure", sa.String(200), nullable=True),
        Column("rests_until", Instant, nullable=True),
    )


def downgrade() -> None:
    op.drop_table("provider_health")
