"""Whether guests who wished for a word after the meal came."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("known_booking", Column("attended", sa.String(10), nullable=True))


def downgrade() -> None:
    op.drop_column("known_booking", "attended")
