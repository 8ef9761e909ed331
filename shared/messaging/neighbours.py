"""What is known of each neighbour: up to when it has receipted, and when it was last probed or heard of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.database import upsert


def heard_of(conn: Connection, neighbour: Table, receiver: str, now: datetime) -> None:
    """This neighbour receipted something, so it need not be probed yet: it may be working off a backlog."""
    ensure(conn, neighbour, receiver)
    conn.execute(sa.update(neighbour).where(neighbour.c.receiver == receiver).values(probed_at=now))


def move_up(conn: Connection, neighbour: Table, receiver: str, up_to: datetime, now: datetime) -> None:
    """A row that was published at `up_to` was receipted by this neighbour. What is known ahead of now is replaced: the
    clock was put back.
    """
    conn.execute(
        sa.update(neighbour)
        .where(
            neighbour.c.receiver == receiver,
            sa.or_(
                neighbour.c.receipted_up_to.is_(None),
                neighbour.c.receipted_up_to < up_to,
                neighbour.c.receipted_up_to > now,
            ),
        )
        .values(receipted_up_to=up_to)
    )


def ensure(conn: Connection, neighbour: Table, receiver: str) -> None:
    """Have a row for this neighbour."""
    conn.execute(upsert(conn, neighbour).on_conflict_do_nothing(), {"receiver": receiver})
