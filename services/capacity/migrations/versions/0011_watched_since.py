"""When a sitting was opened: it gets some time to fill before anybody is said to be missing."""

from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("sitting", Column("watched_since", Instant, nullable=True))
