"""Offers: places that are kept for who waits, until they answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("waiting_list", Column("offers_hours", sa.Integer, nullable=False, server_default="24"))
    with op.batch_alter_table("sitting") as sitting:
        sitting.add_column(Column("offers_hours", sa.Integer, nullable=False, server_default="24"))
        sitting.add_column(Column("offered", sa.Integer, nullable=False, server_default="0"))
        sitting.add_column(Column("zone", sa.String(60), nullable=False, server_default="UTC"))
        sitting.create_check_constraint("offered_counts", "offered >= 0")
    op.execute("UPDATE sitting SET zone = (SELECT zone FROM cantine WHERE cantine.slug = sitting.cantine)")
    op.add_column("claim", Column("offer_id", sa.String(64), nullable=True))
    op.add_column("claim", Column("offer_until", Instant, nullable=True))
    for name in ("kept_cooks", "kept_eaters"):
        op.add_column("claim", Column(name, sa.Integer, nullable=False, server_default="0"))
    known = sa.text("offer_until IS NOT NULL")
    for index, columns in (("claim_offered", ["sitting", "booking"]), ("claim_offer_ends", ["offer_until", "sitting"])):
        op.create_index(index, "claim", columns, postgresql_where=known, sqlite_where=known)
