"""Weekly meals that sittings are made from, and the days on which a cantine is closed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("sitting", Column("template", sa.String(36), nullable=True))
    op.add_column("sitting", Column("template_day", sa.Date, nullable=True))
    op.create_index("sitting_of_template", "sitting", ["template", "template_day"], unique=True)
    op.create_table(
        "sitting_template",
        Column("id", sa.String(36), primary_key=True),
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
        Column("first", sa.Date, nullable=False),
        Column("until", sa.Date, nullable=True),
        Column("every", sa.Integer, nullable=False),
        Column("on_holidays", sa.Boolean, nullable=False),
        Column("usual", sa.JSON, nullable=False),
        Column("made_until", sa.Date, nullable=True),
    )
    op.create_index("template_of_cantine", "sitting_template", ["cantine"])
    op.create_table(
        "closure",
        Column("id", sa.String(36), primary_key=True),
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
        Column("name", sa.String(100), nullable=False),
        Column("first", sa.Date, nullable=False),
        Column("last", sa.Date, nullable=False),
    )
    op.create_index("closure_of_cantine", "closure", ["cantine", "first"])
    op.create_table(
        "observance",
        Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
        Column("region", sa.String(20), nullable=False),
    )
