"""What was told of a low credit is not told again when its letters have been forgotten."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "credit_telling",
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("raised_at", Instant, nullable=False),
        sa.Column("telling", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("credit_telling")
