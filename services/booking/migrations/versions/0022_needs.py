"""What guests do not eat, told with consent and deleted the day after the meal."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "needs",
        sa.Column("booking", sa.String(80), sa.ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sitting", sa.String(80), nullable=False),
        sa.Column("diets", sa.JSON, nullable=False),
        sa.Column("allergens", sa.JSON, nullable=False),
        sa.Column("agreed_at", Instant, nullable=False),
    )
    op.create_index("needs_of_meal", "needs", ["sitting"])
