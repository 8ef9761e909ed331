"""What guests need to come and sit, beside what they do not eat: with the same consent, and deleted with it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("needs", sa.Column("access", sa.JSON, nullable=False, server_default=sa.text("'{}'")))
