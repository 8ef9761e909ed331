"""Usual places: who comes every week, where a place was kept, and how many seats are given so."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "usual",
        Column("id", sa.String(36), primary_key=True),
        Column("person", sa.String(36), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        Column("cantine", sa.String(60), nullable=False),
        Column("weekday", sa.Integer, nullable=False),
        Column("meal_starts", sa.Time, nullable=False),
        Column("cooks", sa.Integer, nullable=False),
        Column("eaters", sa.Integer, nullable=False),
        Column("children", sa.Integer, nullable=False),
        Column("since", Instant, nullable=False),
        Column("resumed_at", Instant, nullable=False),
        Column("paused_at", Instant, nullable=True),
    )
    op.create_index("usual_once", "usual", ["person", "cantine", "weekday", "meal_starts"], unique=True)
    op.create_index("usual_cantine", "usual", ["cantine", "since"])
    op.create_table(
        "usual_place",
        Column("usual", sa.String(36), sa.ForeignKey("usual.id", ondelete="CASCADE"), primary_key=True),
        Column("sitting", sa.String(80), primary_key=True),
        Column("at", Instant, nullable=False),
        Column("booking", sa.String(80), nullable=True),
        Column("no_place", sa.Boolean, nullable=False),
    )
    op.create_index("usual_place_sitting", "usual_place", ["sitting"])
    op.create_table(
        "usual_share",
        Column("cantine", sa.String(60), primary_key=True),
        Column("percent", sa.Integer, nullable=False),
    )
