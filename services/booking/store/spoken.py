"""What guests were told by voice."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.calls import Spoken
from services.booking.store.tables import spoken
from shared.database import upsert


def of_bookings(conn: Connection, ids: Collection[str]) -> dict[str, Spoken]:
    """What was said, by booking; nothing was to those that are not there."""
    rows = conn.execute(sa.select(spoken).where(spoken.c.booking.in_(ids)))
    return {row.booking: Spoken(news=row.news, reminded=row.reminded, at=row.at) for row in rows}


def keep(conn: Connection, booking: str, said: Spoken, by: str, now: datetime) -> None:
    """Keep what was said to the guest of a booking that is locked, and by whom (an id of staff)."""
    values = {"news": said.news, "reminded": said.reminded, "by": by, "at": now}
    new = upsert(conn, spoken).values(booking=booking, **values)
    conn.execute(new.on_conflict_do_update(index_elements=["booking"], set_=values))
