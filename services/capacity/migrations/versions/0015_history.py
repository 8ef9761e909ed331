"""Who changed what of a sitting, and when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

from shared.database import Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "sitting_deed",
        Column("id", sa.Integer, primary_key=True),
        Column("sitting", sa.String(36), ForeignKey("sitting.id", ondelete="CASCADE"), nullable=False),
        Column("at", Instant, nullable=False),
        Column("by", sa.String(200), nullable=True),
        Column("program", sa.Boolean, nullable=False),
        Column("cause", sa.String(20), nullable=False),
        Column("changes", sa.JSON, nullable=False),
    )
    op.create_index("deed_of_sitting", "sitting_deed", ["sitting", "id"])
