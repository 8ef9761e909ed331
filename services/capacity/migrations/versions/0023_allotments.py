"""Seats that are kept for newcomers, partners and walk-ins: what each kind has taken, and when they are released."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("sitting", Column("taken_by", sa.JSON, nullable=False, server_default=sa.text("'{}'")))
    for name in ("released", "let_go"):
        op.add_column("sitting", Column(name, sa.JSON, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("sitting", Column("release_at", Instant, nullable=True))
    op.create_index("sitting_release_due", "sitting", ["release_at"])
    op.add_column("claim", Column("kind", sa.String(64), nullable=True))
    op.add_column("claim", Column("meals_left", sa.Integer, nullable=True))
    of_a_kind = sa.text("waits_for IS NOT NULL AND kind IS NOT NULL")
    op.create_index(
        "claim_of_kind_in_line",
        "claim",
        ["sitting", "kind", "standing", "waits_for", "asked_at", "booking"],
        postgresql_where=of_a_kind,
        sqlite_where=of_a_kind,
    )
    op.create_table(
        "partner_month",
        Column("partner", sa.String(64), primary_key=True),
        Column("month", sa.Date, primary_key=True),
    )
