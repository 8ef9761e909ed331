"""A kitchen for each cantine, and for each sitting: how many can eat depends on how many cook."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

from shared.database import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "kitchen",
        Column("cantine", sa.String(60), ForeignKey("cantine.slug", ondelete="CASCADE"), primary_key=True),
        Column("rule", sa.JSON, nullable=False),
    )
    empty = sa.text("'{}'")
    op.add_column("sitting", Column("kitchen", sa.JSON, nullable=False, server_default=empty))
    op.add_column("sitting", Column("own_kitchen", sa.JSON, nullable=False, server_default=empty))
    op.add_column("sitting", Column("confirmed_only", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sitting", Column("confirmed_only_from", Instant, nullable=True))
    op.create_index("sitting_confirmed_only_due", "sitting", ["confirmed_only", "confirmed_only_from"])
    _keep_the_limits_of_sittings()
    _keep_the_limits_of_templates()
    _let_parties_of_cooks_wait_apart()


def _keep_the_limits_of_sittings() -> None:
    """The seats and cook places that were given to a sitting are its own."""
    sitting = sa.table(
        "sitting", *map(sa.column, ("id", "seats", "cook_places")), _json("kitchen"), _json("own_kitchen")
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(sitting.c.id, sitting.c.seats, sitting.c.cook_places)).all():
        own = {"room": row.seats, "cook_places": row.cook_places}
        connection.execute(sa.update(sitting).where(sitting.c.id == row.id).values(kitchen=own, own_kitchen=own))


def _keep_the_limits_of_templates() -> None:
    """And those that were given to a weekly meal are its own."""
    template = sa.table("sitting_template", sa.column("id"), _json("usual"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(template)).all():
        usual = dict(row.usual)
        usual["kitchen"] = {"room": usual.pop("seats"), "cook_places": usual.pop("cook_places")}
        connection.execute(sa.update(template).where(template.c.id == row.id).values(usual=usual))


def _json(name: str) -> sa.ColumnClause[Any]:
    return sa.column(name, sa.JSON)


def _let_parties_of_cooks_wait_apart() -> None:
    """Their seats may be brought: they are in a queue of their own."""
    op.execute(
        "UPDATE claim SET waits_for = 'cook_places+own_seats' WHERE waits_for = 'cook_places+seats'"
        " AND wished_cooks - held_cooks ="
        " wished_cooks + wished_eaters + wished_children - held_cooks - held_eaters - held_children"
    )
