"""Offers: places that are kept for who waits, until they answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("waiting_list", Column("offers_hours", sa.Integer, nullable=False, server_default="24"))
    op.add_column("sitting", Column("offers_hours", sa.Integer, nullable=False, server_default="24"))
    op.add_column("sitting", Column("zone", sa.String(60), nullable=False, server_default="UTC"))
    _count_who_is_asked()
    op.execute("UPDATE sitting SET zone = (SELECT zone FROM cantine WHERE cantine.slug = sitting.cantine)")
    op.add_column("claim", Column("offer_id", sa.String(64), nullable=True))
    op.add_column("claim", Column("offer_until", Instant, nullable=True))
    for name in ("kept_cooks", "kept_eaters"):
        op.add_column("claim", Column(name, sa.Integer, nullable=False, server_default="0"))
    known = sa.text("offer_until IS NOT NULL")
    for index, columns in (("claim_offered", ["sitting", "booking"]), ("claim_offer_ends", ["offer_until", "sitting"])):
        op.create_index(index, "claim", columns, postgresql_where=known, sqlite_where=known)


def _count_who_is_asked() -> None:
    """SQLite would make the whole table anew for a constraint, and what belongs to its rows would go, or forbid it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE sitting ADD COLUMN offered INTEGER DEFAULT '0' NOT NULL "
            "CONSTRAINT offered_counts CHECK (offered >= 0)"
        )
        return
    op.add_column("sitting", Column("offered", sa.Integer, nullable=False, server_default="0"))
    op.create_check_constraint("offered_counts", "sitting", "offered >= 0")
