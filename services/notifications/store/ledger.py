"""Everything that notifications keeps, in order, read as it is told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Row

from services.notifications.store.tables import MESSAGING, known_booking, known_sitting, letter
from shared.contracts.booking import BookingNotice
from shared.contracts.sitting import SittingNotice
from shared.database import by_code_point
from shared.ledger.lines import rows


def bookings(conn: Connection, since: datetime) -> Iterator[Row[Any]]:
    """All bookings of sittings since then, or of unknown ones, with the revision that was `heard`, and when their meal
    starts.
    """
    heard, same = _heard(BookingNotice.kind, known_booking.c.id)
    query = (
        sa.select(known_booking, heard.c.revision, known_sitting.c.starts_at, known_sitting.c.status.label("meal"))
        .outerjoin(heard, same)
        .outerjoin(known_sitting, known_sitting.c.id == known_booking.c.sitting)
        .where(_since(since))
    )
    return rows(conn, query.order_by(by_code_point(conn, known_booking.c.id)))


def sittings(conn: Connection, since: datetime) -> Iterator[Row[Any]]:
    """All sittings since then with the revision that was `heard`; those of which only the id is known are left out."""
    heard, same = _heard(SittingNotice.kind, known_sitting.c.id)
    query = sa.select(known_sitting, heard.c.revision).outerjoin(heard, same)
    query = query.where(known_sitting.c.starts_at > since)
    return rows(conn, query.order_by(by_code_point(conn, known_sitting.c.id)))


def letters_to_guests(conn: Connection, since: datetime) -> Iterator[Row[Any]]:
    """All letters about bookings of sittings since then, or of unknown ones, by booking."""
    here = sa.select(known_sitting.c.id).where(known_sitting.c.starts_at <= since)
    of_long_ago = sa.select(known_booking.c.id).where(known_booking.c.sitting.in_(here))
    which = sa.and_(letter.c.booking.is_not(None), letter.c.booking.not_in(of_long_ago))
    return _letters(conn, letter.c.booking, which)


def letters_to_staff(conn: Connection) -> Iterator[Row[Any]]:
    """All other letters, to persons and to staff, by key."""
    return _letters(conn, letter.c.key, letter.c.booking.is_(None))


def _letters(conn: Connection, order: Column[Any], which: Any) -> Iterator[Row[Any]]:
    own = sa.and_(which, letter.c.again_of.is_(None))  # what staff had sent again tells nothing new
    query = sa.select(letter.c.key, letter.c.kind, letter.c.booking, letter.c.state, letter.c.reason).where(own)
    return rows(conn, query.order_by(by_code_point(conn, order)))


def _since(since: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(known_sitting.c.starts_at.is_(None), known_sitting.c.starts_at > since)


def _heard(kind: str, thing: Column[Any]) -> tuple[sa.Table, Any]:
    heard = MESSAGING.heard
    return heard, sa.and_(heard.c.kind == kind, heard.c.thing == thing)
