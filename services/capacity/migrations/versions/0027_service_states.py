"""How each of the three services told last that it is."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "service_state",
        sa.Column("service", sa.String(40), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("heard_at", Instant, nullable=False),
        sa.Column("deaf_since", Instant, nullable=True),
    )
