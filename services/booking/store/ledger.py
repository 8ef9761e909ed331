"""Everything that booking keeps, in order, read as it is told."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.booking import Booking
from services.booking.store.rows import booking_of, sitting_of
from services.booking.store.tables import booking, sitting
from shared.contracts.sitting import SittingNotice
from shared.database import by_code_point
from shared.ledger.lines import rows


def bookings(conn: Connection) -> Iterator[tuple[Booking, Row[Any]]]:
    """All bookings, each with its row, where `status` and `waiting` are kept beside."""
    query = sa.select(booking).order_by(by_code_point(conn, booking.c.id))
    return ((booking_of(row), row) for row in rows(conn, query))


def sittings(conn: Connection) -> Iterator[SittingNotice]:
    """All sittings, as they were last heard of."""
    return map(sitting_of, rows(conn, sa.select(sitting).order_by(by_code_point(conn, sitting.c.id))))
