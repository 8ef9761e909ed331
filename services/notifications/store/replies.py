"""What guests answered, as it was said to booking."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.store.tables import guest_reply, known_sitting
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.keeping import keep_rows

_NAMES = ("thing", "revision", "answer", "said_at", "booking", "person", "sitting")


def keep(conn: Connection, reply: GuestReply, sitting: str | None) -> None:
    """Keep an answer, also one that is given again, and the sitting with whose guests it is forgotten."""
    row = {name: getattr(reply, name) for name in _NAMES} | {"answer": reply.answer.value, "sitting": sitting}
    keep_rows(conn, guest_reply, [row], changes=("revision", "answer", "said_at"))


def of_bookings(conn: Connection, bookings: Collection[str]) -> dict[str, dict[GuestAnswer, datetime]]:
    """What was answered about these bookings, and when last (UTC)."""
    found: dict[str, dict[GuestAnswer, datetime]] = {one: {} for one in bookings}
    query = sa.select(guest_reply.c.booking, guest_reply.c.answer, guest_reply.c.said_at)
    for row in conn.execute(query.where(guest_reply.c.booking.in_(bookings)).order_by(guest_reply.c.said_at)):
        found[row.booking][GuestAnswer(row.answer)] = row.said_at
    return found


def of_meals_to_come(conn: Connection, now: datetime) -> list[GuestReply]:
    """What was answered about meals to come, and about no meal, in order."""
    query = (
        sa.select(*(guest_reply.c[name] for name in _NAMES))
        .outerjoin(known_sitting, known_sitting.c.id == guest_reply.c.sitting)
        .where(sa.or_(guest_reply.c.sitting.is_(None), known_sitting.c.starts_at > now))
        .order_by(guest_reply.c.thing)
    )
    return [GuestReply(**{**row._mapping, "answer": GuestAnswer(row.answer)}) for row in conn.execute(query)]
