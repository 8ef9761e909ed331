"""For how many people one booking of a meal may be."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("largest_party", sa.Integer, nullable=True))
