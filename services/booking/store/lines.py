"""What a new party could have now: no place for which others wait in their turn.

Capacity tells the places that nobody has. Under a strict line they are not free while somebody waits for seats: who
asks now waits behind them. Who waits only for a place to cook holds up nobody who comes to eat. Capacity decides; this
is only what residents are told.
"""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.booking.store.tables import booking, sitting
from shared.contracts.sitting import SittingNotice, WaitlistPolicy


def _is_held_up() -> ColumnElement[bool]:
    """Whether somebody waits for seats of a meal. While we do not know for what the line waits, it is for seats."""
    mine = sa.select(booking.c.id).where(booking.c.sitting == sitting.c.id, booking.c.waiting)
    wished = booking.c.cooks + booking.c.eaters + booking.c.children
    held = booking.c.held_cooks + booking.c.held_eaters + booking.c.held_children
    for_seats = mine.where(wished - held > sitting.c.seats_left)
    return sa.and_(
        sitting.c.waitlist_policy == WaitlistPolicy.STRICT.value,
        sitting.c.waitlist_length > 0,
        sa.or_(~mine.correlate(sitting).exists(), for_seats.correlate(sitting).exists()),
    )


IS_HELD_UP = _is_held_up()


def as_told(conn: Connection, meals: Sequence[SittingNotice]) -> list[SittingNotice]:
    """These meals with the places that a new party could have. What is kept for some stays as it is."""
    strict = WaitlistPolicy.STRICT
    asked = [one.thing for one in meals if one.waitlist_policy is strict and one.waitlist_length and one.seats_left]
    if not asked:
        return list(meals)
    held_up = set(conn.scalars(sa.select(sitting.c.id).where(sitting.c.id.in_(asked), IS_HELD_UP)))
    return [replace(one, seats_left=0) if one.thing in held_up else one for one in meals]
