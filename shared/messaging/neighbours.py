"""What is known of each neighbour: up to when it has receipted, and when it was last probed or heard of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.database import upsert


def move_up(conn: Connection, neighbour: Table, receiver: str, up_to: datetime, now: datetime) -> None:
    """A row that was published at `up_to` was receipted by this neighbour, which therefore need not be probed yet. What
    is known ahead of now is replaced: the clock was put back.

    It may be working off a backlog. A probe would publish again what waits there, and the receipt of the first copy
    would be taken for one of the second: all that was published before the probe would seem overtaken, and be resent.
    """
    ensure(conn, neighbour, receiver)
    conn.execute(sa.update(neighbour).where(neighbour.c.receiver == receiver).values(probed_at=now))
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
