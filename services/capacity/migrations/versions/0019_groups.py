"""Which claims are of bookings that share a contact."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("claim", sa.Column("group_key", sa.String(64), nullable=True))
    of_a_group = sa.text("group_key IS NOT NULL")
    op.create_index(
        "claim_of_group", "claim", ["sitting", "group_key"], postgresql_where=of_a_group, sqlite_where=of_a_group
    )
