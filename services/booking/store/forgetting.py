"""Forgetting the guests of a meal: all rows that name one, or that lead to one."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.store.tables import (
    MESSAGING,
    booking,
    check_in,
    host_message,
    lost_contact,
    sitting,
    spoken,
    visit,
    walk_in,
)
from shared.contracts.attendance import Attendance
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.host_message import HostMessage
from shared.contracts.reply import ContactState, GuestReply
from shared.contracts.seats import SeatsAnswer, SeatsRequest
from shared.purge import KEPT


def due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The meals whose guests are to be forgotten, those of longest ago first."""
    of_long_ago = sa.select(sitting.c.id).where(sa.not_(sitting.c.forgotten), sitting.c.starts_at <= now - KEPT)
    return list(conn.scalars(of_long_ago.order_by(sitting.c.starts_at, sitting.c.id).limit(limit)))


def of_long_ago(conn: Connection, sittings: Collection[str], now: datetime) -> set[str]:
    """Those of these meals whose guests are forgotten, or about to be."""
    query = sa.select(sitting.c.id).where(sitting.c.id.in_(sittings), sitting.c.starts_at <= now - KEPT)
    return set(conn.scalars(query))


def forget(conn: Connection, sitting_id: str) -> int | None:
    """Forget the guests of a meal. Returns how many bookings it had; None, if it cannot be yet: something about them
    has no receipt.
    """
    conn.execute(sa.select(sitting.c.id).where(sitting.c.id == sitting_id).with_for_update())
    here = sa.select(booking.c.id).where(booking.c.sitting == sitting_id)
    ids = list(conn.scalars(here.order_by(booking.c.id).with_for_update()))
    if _has_something_on_its_way(conn, sitting_id, here):
        return None
    conn.execute(sa.insert(visit).from_select(_NAMES, _visits_of_bookings(sitting_id)))
    conn.execute(sa.insert(visit).from_select(_NAMES, _visits_of_others(sitting_id)))
    heard = MESSAGING.heard
    conn.execute(sa.delete(heard).where(heard.c.kind == SeatsAnswer.kind, heard.c.thing.in_(here)))
    conn.execute(sa.delete(spoken).where(spoken.c.booking.in_(here)))
    for table in (check_in, walk_in, host_message, booking):
        conn.execute(sa.delete(table).where(table.c.sitting == sitting_id))
    conn.execute(sa.update(sitting).where(sitting.c.id == sitting_id).values(forgotten=True))
    return len(ids)


def forget_answers(conn: Connection, answered_before: datetime, lost_before: datetime) -> int:
    """Forget which answers were heard so long ago, and contacts that were lost so long ago. Returns how many."""
    heard = MESSAGING.heard
    limits = {GuestReply.kind: answered_before, ContactState.kind: lost_before}
    count = conn.execute(sa.delete(lost_contact).where(lost_contact.c.heard_at < lost_before)).rowcount
    for kind, before in limits.items():  # a revision counts microseconds
        old = heard.c.kind == kind, heard.c.revision < int(before.timestamp() * 1_000_000)
        count += conn.execute(sa.delete(heard).where(*old)).rowcount
    return count


def _has_something_on_its_way(conn: Connection, sitting_id: str, here: sa.Select[tuple[str]]) -> bool:
    outbox = MESSAGING.outbox
    of_a_booking = sa.and_(outbox.c.kind.in_([SeatsRequest.kind, BookingNotice.kind]), outbox.c.thing.in_(here))
    of_the_meal = sa.and_(outbox.c.kind == Attendance.kind, outbox.c.thing == sitting_id)
    written = sa.select(host_message.c.id).where(host_message.c.sitting == sitting_id)
    of_a_host = sa.and_(outbox.c.kind == HostMessage.kind, outbox.c.thing.in_(written))
    anything = sa.select(1).where(sa.or_(of_a_booking, of_the_meal, of_a_host)).limit(1)
    return conn.execute(anything).first() is not None


_NAMES = ("sitting", "adults", "children", "cooks", "came", "walk_in", "newcomer")


def _visits_of_bookings(sitting_id: str) -> sa.Select[Any]:
    """Of those who had a place in the end."""
    return (
        sa.select(
            booking.c.sitting,
            booking.c.held_cooks + booking.c.held_eaters,
            booking.c.held_children,
            booking.c.held_cooks,
            check_in.c.came,
            sa.false(),
            booking.c.newcomer,
        )
        .outerjoin(check_in, check_in.c.booking == booking.c.id)
        .where(booking.c.sitting == sitting_id, booking.c.status == BookingStatus.CONFIRMED.value)
    )


def _visits_of_others(sitting_id: str) -> sa.Select[Any]:
    of_them = sa.select(
        walk_in.c.sitting, walk_in.c.people, sa.literal(0), sa.literal(0), walk_in.c.people, sa.true(), sa.null()
    )
    return of_them.where(walk_in.c.sitting == sitting_id, sa.not_(walk_in.c.taken_back))
