"""Who comes along, whether a guest shows a first name to the others, and who welcomes or is welcomed."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("booking", sa.Column("companions", sa.JSON, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("booking", sa.Column("shows_name", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("booking", sa.Column("greeting", sa.String(10), nullable=True))
