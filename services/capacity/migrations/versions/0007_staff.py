"""Staff are said to the other services, change roles, are removed; a tablet needs no address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from shared.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("staff", Column("revision", sa.BigInteger, nullable=False, server_default="1"))
    op.add_column("staff", Column("until", Instant, nullable=True))
    _let_the_address_be_missing()
    op.create_table(
        "former_staff",
        Column("id", sa.String(36), primary_key=True),
        Column("role", sa.String(20), nullable=False),
        Column("revision", sa.BigInteger, nullable=False),
        Column("removed_at", Instant, nullable=False),
    )
    op.create_table(
        "staff_deed",
        Column("id", sa.Integer, primary_key=True),
        Column("at", Instant, nullable=False),
        Column("by", sa.String(200), nullable=True),
        Column("whom", sa.String(200), nullable=False),
        Column("deed", sa.String(20), nullable=False),
        Column("role", sa.String(20), nullable=False),
        Column("cantines", sa.JSON, nullable=False),
        Column("concerns", sa.Text, nullable=False),
    )


def _let_the_address_be_missing() -> None:
    """SQLite makes the table anew for that, and what belongs to a row of it goes with the row: it is put back."""
    conn = op.get_bind()
    if conn.dialect.name != "sqlite":
        op.alter_column("staff", "email", existing_type=sa.String(320), nullable=True)
        return
    tables = sa.inspect(conn)
    belonging = {
        name: conn.execute(sa.text(f"SELECT * FROM {name}")).mappings().all()  # noqa: S608 - names of ours
        for name in tables.get_table_names()
        if any(key["referred_table"] == "staff" for key in tables.get_foreign_keys(name))
    }
    with op.batch_alter_table("staff") as batch:
        batch.alter_column("email", existing_type=sa.String(320), nullable=True)
    for name, rows in belonging.items():
        for row in rows:
            columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
            conn.execute(sa.text(f"INSERT OR IGNORE INTO {name} ({columns}) VALUES ({values})"), dict(row))  # noqa: S608
