"""The credit with SMS providers, as last told."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "sms_credit",
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("remaining", sa.Integer, nullable=False),
        sa.Column("told_at", Instant, nullable=False),
        sa.Column("low_since", Instant, nullable=True),
    )
