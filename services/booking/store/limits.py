"""Counting what was booked from a place and with a contact, for all who ask at the same moment in one statement."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.limits import Tally
from services.booking.store.tables import booking, idempotency_key, sitting
from shared.contracts.booking import BookingStatus
from shared.keeping import OneOf

_GONE = (BookingStatus.CANCELLED.value, BookingStatus.REFUSED.value)
_CONTACT = sa.func.coalesce(sa.func.lower(booking.c.email), booking.c.phone)  # as `Contact.shared` has it
_SINCE = sa.bindparam("since", type_=booking.c.created_at.type)
_NOW = sa.bindparam("now", type_=booking.c.created_at.type)
_LATELY = sa.case((booking.c.created_at > _SINCE, 1), else_=0)
_OPEN = sa.case((sa.and_(booking.c.status.not_in(_GONE), sitting.c.starts_at > _NOW), 1), else_=0)

# Two questions, each by its index: one with an "or" would read every booking.
_WITH_THEM = sa.union(
    sa.select(booking.c.id).where(OneOf(sa.func.lower(booking.c.email), "contacts")),
    sa.select(booking.c.id).where(OneOf(booking.c.phone, "contacts")),
).subquery()

# Made once: to make it costs more than to ask.
_MADE = sa.union_all(
    sa.select(
        sa.literal("place").label("what"),
        idempotency_key.c.client.label("who"),
        sa.func.count().label("lately"),
        sa.literal(0),
    )
    .where(OneOf(idempotency_key.c.client, "places"), idempotency_key.c.created_at > _SINCE)
    .group_by(idempotency_key.c.client),
    sa.select(sa.literal("contact"), _CONTACT, sa.func.sum(_LATELY), sa.func.sum(_OPEN))
    .join_from(booking, sitting, sitting.c.id == booking.c.sitting)
    .where(booking.c.id.in_(sa.select(_WITH_THEM.c.id)))
    .group_by(_CONTACT),
)


def made(conn: Connection, places: Collection[str], contacts: Collection[str], since: datetime, now: datetime) -> Tally:
    """What was booked since then from these places and with these contacts, and what of it is open."""
    tally = Tally()
    given = {"places": list(places), "contacts": list(contacts), "since": since, "now": now}
    for what, who, lately, still_open in conn.execute(_MADE, given):
        if what == "place":
            tally.by_place[who] = lately
        else:
            tally.by_contact[who], tally.still_open[who] = lately, still_open
    return tally
