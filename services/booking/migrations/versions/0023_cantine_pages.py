"""What a cantine tells of itself, and its photos."""

import sqlalchemy as sa
from alembic import op

from shared.database import Instant

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "cantine_page",
        sa.Column("cantine", sa.String(60), primary_key=True),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("first_visit", sa.Text, nullable=False),
        sa.Column("phone_hours", sa.Text, nullable=False),
        sa.Column("way_in", sa.Text, nullable=False),
        sa.Column("step_free", sa.Boolean, nullable=True),
        sa.Column("accessible_toilets", sa.Boolean, nullable=True),
        sa.Column("hearing_loop", sa.Boolean, nullable=True),
        sa.Column("north", sa.Float, nullable=True),
        sa.Column("east", sa.Float, nullable=True),
    )
    op.create_table(
        "cantine_photo",
        sa.Column("cantine", sa.String(60), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("added_at", Instant, nullable=False),
    )
