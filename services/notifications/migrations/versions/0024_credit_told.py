"""The credit with SMS providers is told to capacity, which knows whom it concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("sms_credit", sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
