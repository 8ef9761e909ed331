"""What is known of each neighbour: up to when it has receipted, and when it was last probed or heard of."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.database import upsert
from shared.keeping import keep_rows


def heard_of(conn: Connection, neighbour: Table, receiver: str, now: datetime, up_to: datetime | None) -> None:
    """This neighbour receipted something, so it need not be probed yet: it may be working off a backlog. `up_to` is
    when the latest of it was published, where that is known.
    """
    row = {"receiver": receiver, "probed_at": now, "receipted_up_to": up_to}
    keep_rows(conn, neighbour, [row], changes=["probed_at"], computed=_moved_up)


def _moved_up(old: Any, new: Any) -> dict[str, sa.ColumnElement[Any]]:
    """What is known ahead of now is replaced: the clock was put back."""
    rises = sa.or_(
        old.receipted_up_to.is_(None),
        old.receipted_up_to < new.receipted_up_to,
        old.receipted_up_to > new.probed_at,
    )
    known = sa.case((sa.and_(new.receipted_up_to.is_not(None), rises), new.receipted_up_to), else_=old.receipted_up_to)
    return {"receipted_up_to": known}


def ensure(conn: Connection, neighbour: Table, receiver: str) -> None:
    """Have a row for this neighbour."""
    conn.execute(upsert(conn, neighbour).on_conflict_do_nothing(), {"receiver": receiver})
