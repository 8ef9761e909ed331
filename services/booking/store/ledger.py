"""Everything that booking keeps, in order, read as it is told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.booking import Booking
from services.booking.store.rows import booking_of, sitting_of
from services.booking.store.tables import booking, sitting
from shared.contracts.sitting import SittingNotice
from shared.database import by_code_point
from shared.ledger.lines import rows


def bookings(conn: Connection, since: datetime) -> Iterator[tuple[Booking, Row[Any]]]:
    """All bookings of meals since then, or unknown ones, each with its row, where `status` and `waiting` are kept
    beside.
    """
    query = sa.select(booking).outerjoin(sitting, sitting.c.id == booking.c.sitting)
    query = query.where(sa.or_(sitting.c.id.is_(None), sitting.c.starts_at > since))
    query = query.order_by(by_code_point(conn, booking.c.id))
    return ((booking_of(row), row) for row in rows(conn, query))


def sittings(conn: Connection, since: datetime) -> Iterator[SittingNotice]:
    """All sittings since then, as they were last heard of."""
    query = sa.select(sitting).where(sitting.c.starts_at > since)
    return map(sitting_of, rows(conn, query.order_by(by_code_point(conn, sitting.c.id))))
