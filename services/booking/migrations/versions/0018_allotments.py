"""Who comes for the first time, or with a partner; and what a meal keeps for them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("newcomer_seats", sa.Integer, nullable=False, server_default="0"))
    op.add_column("sitting", sa.Column("partners", sa.JSON, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("sitting", sa.Column("walk_ins", sa.Integer, nullable=False, server_default="0"))
    op.add_column("booking", sa.Column("newcomer", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", sa.Column("partner", sa.String(64), nullable=True))
    op.add_column("visit", sa.Column("newcomer", sa.Boolean, nullable=True))
    op.add_column("booking", sa.Column("meals_left", sa.Integer, nullable=True))
