"""Keeping who came."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.attendance import Count
from services.booking.store.tables import attendance, booking, check_in, sitting, walk_in
from shared.contracts.booking import BookingStatus
from shared.database import upsert
from shared.keeping import keep_rows


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Some people who had not reserved, recorded together."""

    id: str
    people: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Together:
    """So many bookings that were marked by one press, at an instant (UTC)."""

    at: datetime
    bookings: int


def lock(conn: Connection, sitting_id: str) -> int:
    """Nobody else writes at the door of this sitting until the end of the transaction. Gives the revision of its count.

    Two helpers wait for each other for a moment, so that neither counts without the other's guests.
    """
    zero = {"sitting": sitting_id, "revision": 0, "came": 0, "absent": 0, "walk_ins": 0}
    keep_rows(conn, attendance, [zero])
    row = sa.select(attendance.c.revision).where(attendance.c.sitting == sitting_id).with_for_update()
    revision: int = conn.execute(row).scalar_one()
    return revision


def marks(conn: Connection, sitting_id: str) -> dict[str, int]:
    """How many people of each booking came (0: absent), of those who were checked in."""
    rows = conn.execute(sa.select(check_in.c.booking, check_in.c.came).where(check_in.c.sitting == sitting_id))
    return {row.booking: row.came for row in rows}


def mark(conn: Connection, sitting_id: str, booking_id: str, came: int, *, by: str, now: datetime) -> None:
    """Keep how many of a booking came: who says it last is believed."""
    values = {"sitting": sitting_id, "came": came, "by": by, "at": now}
    new = upsert(conn, check_in).values(booking=booking_id, **values)
    conn.execute(new.on_conflict_do_update(index_elements=["booking"], set_=values))


def mark_others(conn: Connection, sitting_id: str, came: dict[str, int], by: str, now: datetime) -> None:
    """Keep how many of these bookings came, of those only that nobody has checked in yet."""
    keep_rows(
        conn,
        check_in,
        [
            {"booking": one, "sitting": sitting_id, "came": people, "by": by, "at": now}
            for one, people in sorted(came.items())
        ],
    )


def marked_together(conn: Connection, sitting_id: str) -> Together | None:
    """The last press that marked several bookings of a sitting: as many of them as nobody has marked again since."""
    counted = sa.func.count()
    presses = sa.select(check_in.c.at, counted).where(check_in.c.sitting == sitting_id).group_by(check_in.c.at)
    last = conn.execute(presses.having(counted > 1).order_by(check_in.c.at.desc()).limit(1)).first()
    return Together(at=last[0], bookings=last[1]) if last else None


def unmark_together(conn: Connection, sitting_id: str, at: datetime) -> None:
    """Nobody knows whether those came who were marked by the press of that instant."""
    conn.execute(sa.delete(check_in).where(check_in.c.sitting == sitting_id, check_in.c.at == at))


def unmark(conn: Connection, sitting_id: str, booking_id: str) -> None:
    """Nobody knows whether they came."""
    conn.execute(sa.delete(check_in).where(check_in.c.sitting == sitting_id, check_in.c.booking == booking_id))


def add_walk_in(conn: Connection, key: str, sitting_id: str, people: int, *, by: str, now: datetime) -> None:
    """Some people who had not reserved; the same key once."""
    row = {"id": key, "sitting": sitting_id, "people": people, "by": by, "at": now, "taken_back": False}
    keep_rows(conn, walk_in, [row])


def take_back_walk_in(conn: Connection, sitting_id: str, key: str) -> None:
    """It was a slip of the finger."""
    this = sa.and_(walk_in.c.sitting == sitting_id, walk_in.c.id == key)
    conn.execute(sa.update(walk_in).where(this).values(taken_back=True))


def walk_ins(conn: Connection, sitting_id: str) -> list[WalkIn]:
    """Those who had not reserved, as they came."""
    query = sa.select(walk_in).where(walk_in.c.sitting == sitting_id, sa.not_(walk_in.c.taken_back))
    return [WalkIn(id=row.id, people=row.people, at=row.at) for row in conn.execute(query.order_by(walk_in.c.at))]


def count(conn: Connection, sitting_id: str) -> Count:
    """All at the door, counted anew. A booking that was cancelled after it was marked does not count, and of one that
    became smaller no more came than are expected.
    """
    held = booking.c.held_cooks + booking.c.held_eaters + booking.c.held_children
    confirmed = booking.c.status == BookingStatus.CONFIRMED.value
    came_of_them = sa.case((check_in.c.came > held, held), else_=check_in.c.came)
    of_bookings = (
        sa.select(sa.func.coalesce(sa.func.sum(came_of_them), 0), sa.func.coalesce(sa.func.sum(held), 0))
        .join_from(check_in, booking, booking.c.id == check_in.c.booking)
        .where(check_in.c.sitting == sitting_id, confirmed)
    )
    came, expected = conn.execute(of_bookings).one()
    others = sa.select(sa.func.coalesce(sa.func.sum(walk_in.c.people), 0))
    walked_in = conn.execute(others.where(walk_in.c.sitting == sitting_id, sa.not_(walk_in.c.taken_back))).scalar_one()
    return Count(came=came, absent=expected - came, walk_ins=walked_in)


def where_marked(conn: Connection, bookings: Collection[str]) -> list[str]:
    """The meals, in order, at whose door any of these bookings was marked."""
    found = sa.select(check_in.c.sitting).where(check_in.c.booking.in_(bookings)).distinct()
    return list(conn.scalars(found.order_by(check_in.c.sitting)))


def keep_count(conn: Connection, sitting_id: str, revision: int, counted: Count) -> None:
    """Keep the count of a sitting whose door is locked."""
    conn.execute(
        sa.update(attendance)
        .where(attendance.c.sitting == sitting_id)
        .values(revision=revision, came=counted.came, absent=counted.absent, walk_ins=counted.walk_ins)
    )


def counts_of(conn: Connection, cantine: str, since: datetime, before: datetime) -> list[tuple[str, date, Count]]:
    """(sitting, its local day, count) of the meals of a cantine that began between two instants."""
    query = (
        sa.select(attendance, sitting.c.date)
        .join(sitting, sitting.c.id == attendance.c.sitting)
        .where(sitting.c.cantine_slug == cantine, sitting.c.starts_at >= since, sitting.c.starts_at < before)
        .order_by(sitting.c.starts_at, sitting.c.id)
    )
    return [
        (row.sitting, row.date, Count(came=row.came, absent=row.absent, walk_ins=row.walk_ins))
        for row in conn.execute(query)
    ]


def summed(conn: Connection, since: datetime, before: datetime, *, but: str) -> tuple[Count, int]:
    """All meals but one that began between two instants, added up by the database, and how many they were."""
    query = (
        sa.select(
            sa.func.coalesce(sa.func.sum(attendance.c.came), 0).label("came"),
            sa.func.coalesce(sa.func.sum(attendance.c.absent), 0).label("absent"),
            sa.func.coalesce(sa.func.sum(attendance.c.walk_ins), 0).label("walk_ins"),
            sa.func.count().label("meals"),
        )
        .join(sitting, sitting.c.id == attendance.c.sitting)
        .where(sitting.c.starts_at >= since, sitting.c.starts_at < before, sitting.c.id != but)
    )
    row = conn.execute(query).one()
    return Count(came=row.came, absent=row.absent, walk_ins=row.walk_ins), row.meals


def counts(
    conn: Connection, *, of: Collection[str] | None = None, since: datetime | None = None
) -> Sequence[tuple[str, int, Count]]:
    """(sitting, revision, count), in order: of these sittings, or of those that began since an instant."""
    query = sa.select(attendance).order_by(attendance.c.sitting)
    if of is not None:
        query = query.where(attendance.c.sitting.in_(of))
    if since is not None:
        query = query.join(sitting, sitting.c.id == attendance.c.sitting).where(sitting.c.starts_at >= since)
    return [
        (row.sitting, row.revision, Count(came=row.came, absent=row.absent, walk_ins=row.walk_ins))
        for row in conn.execute(query)
    ]
