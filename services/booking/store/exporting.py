"""What is kept of somebody besides their bookings and what they agreed to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.needs import Needs
from services.booking.store.needs import read
from services.booking.store.tables import check_in, cook_ask, needs, spoken


def came(conn: Connection, bookings: Collection[str]) -> dict[str, int]:
    """How many of these bookings came, as was marked at the door."""
    rows = conn.execute(sa.select(check_in.c.booking, check_in.c.came).where(check_in.c.booking.in_(bookings)))
    return {row.booking: row.came for row in rows}


def needed(conn: Connection, bookings: Collection[str]) -> dict[str, Needs]:
    """What was told with these bookings of what their guests do not eat, or need."""
    rows = conn.execute(sa.select(needs).where(needs.c.booking.in_(bookings)))
    return {row.booking: read(row) for row in rows}


def told_by_voice(conn: Connection, bookings: Collection[str]) -> dict[str, datetime]:
    """When the guests of these bookings were last told something by voice."""
    rows = conn.execute(sa.select(spoken.c.booking, spoken.c.at).where(spoken.c.booking.in_(bookings)))
    return {row.booking: row.at for row in rows}


def asked_to_cook(conn: Connection, person: str) -> list[tuple[str, datetime, str | None]]:
    """For which meals a person was asked to cook, when, and what they replied."""
    query = sa.select(cook_ask.c.sitting, cook_ask.c.at, cook_ask.c.reply).where(cook_ask.c.person == person)
    rows: list[Any] = list(conn.execute(query.order_by(cook_ask.c.at, cook_ask.c.sitting)))
    return [(row.sitting, row.at, row.reply) for row in rows]
