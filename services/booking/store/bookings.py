"""Keeping bookings."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.store.rows import booking_of, changing, row_of
from services.booking.store.tables import booking, sitting
from shared.contracts.booking import BookingStatus
from shared.keeping import OneOf, keep_rows

_SOME = sa.select(booking).where(OneOf(booking.c.id, "ids"))  # made once: to make it costs more than to ask
_LOCKED = _SOME.order_by(booking.c.id).with_for_update()


def find(conn: Connection, booking_id: str) -> Booking | None:
    """A booking, to look at."""
    row = conn.execute(sa.select(booking).where(booking.c.id == booking_id)).first()
    return booking_of(row) if row else None


def some(conn: Connection, ids: Collection[str]) -> dict[str, Booking]:
    """These bookings, by id, to look at."""
    return {row.id: booking_of(row) for row in conn.execute(_SOME, {"ids": list(ids)})}


def of_sittings(conn: Connection, ids: Collection[str]) -> dict[str, list[Booking]]:
    """All bookings of these sittings, by sitting, to look at."""
    found: dict[str, list[Booking]] = {}
    for row in conn.execute(sa.select(booking).where(booking.c.sitting.in_(ids)).order_by(booking.c.id)):
        found.setdefault(row.sitting, []).append(booking_of(row))
    return found


def without_email(conn: Connection, sittings: Collection[str], *, or_with: Collection[str] = ()) -> list[Booking]:
    """The bookings of these sittings whose guest gave no e-mail address, or one of these, to look at."""
    these = sa.or_(booking.c.email.is_(None), sa.func.lower(booking.c.email).in_(or_with))
    query = sa.select(booking).where(booking.c.sitting.in_(sittings), these).order_by(booking.c.id)
    return [booking_of(row) for row in conn.execute(query)]


def addresses_at(conn: Connection, sittings: Collection[str]) -> set[str]:
    """All e-mail addresses and telephone numbers at these sittings."""
    query = sa.select(booking.c.email, booking.c.phone).where(booking.c.sitting.in_(sittings))
    return {one.casefold() for row in conn.execute(query) for one in row if one}


def has_any(conn: Connection, address: str) -> bool:
    """Whether anybody booked with this address or number (as `domain.persons.address_of` gives it)."""
    return conn.execute(sa.select(booking.c.id).where(_with(address)).limit(1)).first() is not None


def ids_with(conn: Connection, address: str, before: datetime) -> list[str]:
    """The bookings with this address or number that were made until then."""
    query = sa.select(booking.c.id).where(_with(address), booking.c.created_at <= before)
    return list(conn.scalars(query.order_by(booking.c.id)))


def all_of(conn: Connection, address: str) -> list[Booking]:
    """All bookings with this address or number, to look at, in order of asking."""
    query = sa.select(booking).where(_with(address)).order_by(booking.c.created_at, booking.c.id)
    return [booking_of(row) for row in conn.execute(query)]


def to_come_of(conn: Connection, address: str, since: datetime) -> list[Booking]:
    """The bookings with this address or number that were not cancelled, of meals since then, or not yet heard of."""
    query = (
        sa.select(booking)
        .outerjoin(sitting, sitting.c.id == booking.c.sitting)
        .where(_with(address), booking.c.cancelled_at.is_(None))
        .where(sa.or_(sitting.c.id.is_(None), sitting.c.starts_at > since))
        .order_by(booking.c.id)
    )
    return [booking_of(row) for row in conn.execute(query)]


def lock(conn: Connection, ids: Collection[str]) -> dict[str, Booking]:
    """These bookings, by id, to change: locked in ascending order. Unknown ones are left out."""
    return {row.id: booking_of(row) for row in conn.execute(_LOCKED, {"ids": list(ids)})}


def add(conn: Connection, bookings: Sequence[Booking]) -> None:
    """Keep new bookings."""
    keep_rows(conn, booking, [row_of(one) for one in bookings])


def keep(conn: Connection, bookings: Sequence[Booking]) -> None:
    """Keep what changed of bookings that are locked."""
    if bookings:
        keep_rows(conn, booking, [row_of(one) for one in bookings], changes=changing(bookings[0]))


def place_in_line(conn: Connection, one: Booking) -> int:
    """The place of a waiting booking in its sitting's waiting list, from 1: the line is by (asked at, id)."""
    before = sa.or_(
        booking.c.asked_at < one.asked_at,
        sa.and_(booking.c.asked_at == one.asked_at, booking.c.id < one.id),
    )
    ahead = sa.select(sa.func.count()).where(booking.c.sitting == one.sitting, booking.c.waiting, before)
    return conn.execute(ahead).scalar_one() + 1


def wishing_thanks(conn: Connection, sittings: Collection[str]) -> dict[str, list[str]]:
    """Ids of the bookings of these sittings whose guests wish for a word after the meal, by sitting, in order."""
    found: dict[str, list[str]] = {}
    query = sa.select(booking.c.id, booking.c.sitting).where(booking.c.sitting.in_(sittings), booking.c.thanks)
    for row in conn.execute(query.order_by(booking.c.sitting, booking.c.id)):
        found.setdefault(row.sitting, []).append(row.id)
    return found


def showing_names(conn: Connection, sitting_id: str) -> list[Booking]:
    """The bookings of a sitting whose guests show a first name to the others, to look at."""
    query = sa.select(booking).where(booking.c.sitting == sitting_id, booking.c.shows_name).order_by(booking.c.id)
    return [booking_of(row) for row in conn.execute(query)]


def with_contact_of(conn: Connection, ids: Collection[str]) -> list[str]:
    """Ids of these bookings, and of those with the same contact that wish for a word after their meal; in order."""
    same = booking.alias()
    email, address = sa.func.lower(booking.c.email), sa.func.lower(same.c.email)
    by_phone = sa.and_(booking.c.email.is_(None), same.c.email.is_(None), booking.c.phone == same.c.phone)
    shared = sa.and_(booking.c.thanks, sa.or_(email == address, by_phone))
    query = sa.select(booking.c.id).distinct().join_from(booking, same, sa.or_(shared, booking.c.id == same.c.id))
    return list(conn.scalars(query.where(same.c.id.in_(ids)).order_by(booking.c.id)))


def unanswered(conn: Connection, now: datetime, asked_after: datetime, wished_before: datetime) -> list[str]:
    """Ids of bookings of meals to come, asked since an instant, whose guests were told nothing yet though their wish is
    older than another; in order.
    """
    recent = booking.c.sitting == sitting.c.id, sa.not_(booking.c.waiting), booking.c.asked_at >= asked_after
    untold = booking.c.status == BookingStatus.REQUESTED.value, booking.c.told == ""
    old = booking.c.revision <= int(wished_before.timestamp() * 1_000_000)  # a revision counts microseconds
    query = sa.select(booking.c.id).join_from(sitting, booking, sa.and_(*recent)).where(*untold, old)
    return list(conn.scalars(query.where(sitting.c.starts_at > now).order_by(booking.c.id)))


def of_meals_to_come(conn: Connection, now: datetime, after: str, limit: int) -> list[str]:
    """Ids of bookings, also cancelled ones, of sittings that are not over or not yet heard of; ascending, in parts."""
    return list(
        conn.execute(
            sa.select(booking.c.id)
            .outerjoin(sitting, sitting.c.id == booking.c.sitting)
            .where(booking.c.id > after, sa.or_(sitting.c.id.is_(None), sitting.c.starts_at > now))
            .order_by(booking.c.id)
            .limit(limit)
        ).scalars()
    )


def _with(address: str) -> sa.ColumnElement[bool]:
    if "@" in address:
        return sa.func.lower(booking.c.email) == sa.func.lower(address)
    return booking.c.phone == address


def is_empty(conn: Connection) -> bool:
    """Whether there is no booking at all."""
    return conn.execute(sa.select(booking.c.id).limit(1)).first() is None
