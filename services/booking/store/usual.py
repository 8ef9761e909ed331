"""Keeping usual places."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.usual import SHARE, Kept, Usual
from services.booking.store.tables import booking, check_in, person, sitting, usual, usual_place, usual_share
from shared.contracts.booking import BookingStatus, Origin
from shared.contracts.party import Party
from shared.database import upsert
from shared.keeping import keep_rows

_GONE = (BookingStatus.CANCELLED.value, BookingStatus.REFUSED.value)


def some(conn: Connection, ids: Collection[str]) -> dict[str, Usual]:
    """These usual places, by id, to look at."""
    return {row.id: _usual(row) for row in conn.execute(sa.select(usual).where(usual.c.id.in_(ids)))}


def of_persons(conn: Connection, persons: Collection[str]) -> list[Usual]:
    """The usual places of these persons, in order of when they began."""
    query = sa.select(usual).where(usual.c.person.in_(persons)).order_by(usual.c.since, usual.c.id)
    return [_usual(row) for row in conn.execute(query)]


def of_cantine(conn: Connection, cantine: str) -> list[tuple[Usual, str | None]]:
    """The usual places of a cantine, each with its guest's name."""
    query = (
        sa.select(usual, person.c.name).join(person, person.c.id == usual.c.person).where(usual.c.cantine == cantine)
    )
    order = usual.c.weekday, usual.c.meal_starts, usual.c.since, usual.c.id
    return [(_usual(row), row.name) for row in conn.execute(query.order_by(*order))]


def awake(conn: Connection, limit: int, after: str = "") -> list[Usual]:
    """Usual places that do not rest, in order of their ids, in parts."""
    query = sa.select(usual).where(usual.c.paused_at.is_(None), usual.c.id > after).order_by(usual.c.id)
    return [_usual(row) for row in conn.execute(query.limit(limit))]


def cantines(conn: Connection) -> list[str]:
    """The cantines where somebody has a usual place."""
    return list(conn.scalars(sa.select(usual.c.cantine).distinct().order_by(usual.c.cantine)))


def add(conn: Connection, one: Usual) -> None:
    """Keep a new one, unless this person has one there already."""
    new = upsert(conn, usual).values(_row(one))
    key = ["person", "cantine", "weekday", "meal_starts"]
    conn.execute(new.on_conflict_do_nothing(index_elements=key))


def keep(conn: Connection, some_of_them: Sequence[Usual]) -> None:
    """Keep what changed of usual places whose persons are locked."""
    rows = [_row(one) for one in sorted(some_of_them, key=lambda one: one.id)]
    keep_rows(conn, usual, rows, changes=("resumed_at", "paused_at"))


def end(conn: Connection, usual_id: str) -> None:
    """Forget a usual place; the bookings that it made stay."""
    conn.execute(sa.delete(usual_place).where(usual_place.c.usual == usual_id))
    conn.execute(sa.delete(usual).where(usual.c.id == usual_id))


def end_of(conn: Connection, persons: Collection[str]) -> None:
    """Forget all usual places of persons who end."""
    theirs = sa.select(usual.c.id).where(usual.c.person.in_(persons))
    conn.execute(sa.delete(usual_place).where(usual_place.c.usual.in_(theirs)))
    conn.execute(sa.delete(usual).where(usual.c.person.in_(persons)))


def share_of(conn: Connection, cantine: str) -> int:
    """The percent of the seats that a cantine gives to usual places."""
    chosen = conn.scalar(sa.select(usual_share.c.percent).where(usual_share.c.cantine == cantine))
    return SHARE if chosen is None else chosen


def choose_share(conn: Connection, cantine: str, percent: int) -> None:
    """Keep what a cantine chose."""
    new = upsert(conn, usual_share).values(cantine=cantine, percent=percent)
    conn.execute(new.on_conflict_do_update(index_elements=["cantine"], set_={"percent": percent}))


def lock_sitting(conn: Connection, sitting_id: str) -> None:
    """Nobody else keeps usual places at this sitting until the end of the transaction."""
    conn.execute(sa.select(sitting.c.id).where(sitting.c.id == sitting_id).with_for_update())


def looked_at(conn: Connection, sittings: Collection[str]) -> set[tuple[str, str]]:
    """(usual place, sitting) of these sittings that need no second look."""
    rows = conn.execute(
        sa.select(usual_place.c.usual, usual_place.c.sitting).where(usual_place.c.sitting.in_(sittings))
    )
    return {(row.usual, row.sitting) for row in rows}


def take(
    conn: Connection, usual_id: str, sitting_id: str, *, booking_id: str | None, no_place: bool, now: datetime
) -> bool:
    """Note that a usual place is kept at a sitting, or cannot be. False if that was noted before."""
    row = {"usual": usual_id, "sitting": sitting_id, "at": now, "booking": booking_id, "no_place": no_place}
    return bool(keep_rows(conn, usual_place, [row], returning=(usual_place.c.usual,)))


def seats_taken(conn: Connection, sitting_id: str) -> int:
    """How many seats of a sitting usual places take, or ask for."""
    wished = booking.c.cooks + booking.c.eaters + booking.c.children
    of_it = (
        booking.c.sitting == sitting_id,
        booking.c.origin == Origin.STANDING.value,
        booking.c.status.not_in(_GONE),
    )
    total: int = conn.execute(sa.select(sa.func.coalesce(sa.func.sum(wished), 0)).where(*of_it)).scalar_one()
    return total


def seats_promised(conn: Connection, one: Usual) -> int:
    """How many seats the usual places at the meals of another one take each time, those that rest left out."""
    wished = usual.c.cooks + usual.c.eaters + usual.c.children
    same = (
        usual.c.cantine == one.cantine,
        usual.c.weekday == one.weekday,
        usual.c.meal_starts == one.meal_starts,
        usual.c.paused_at.is_(None),
        usual.c.id != one.id,
    )
    total: int = conn.execute(sa.select(sa.func.coalesce(sa.func.sum(wished), 0)).where(*same)).scalar_one()
    return total


def meals_of(conn: Connection, usuals: Collection[str], since: datetime, now: datetime) -> dict[str, list[Kept]]:
    """The meals since an instant at which these usual places had a place in the end, and whether anybody came."""
    query = (
        sa.select(usual_place.c.usual, sitting.c.starts_at, check_in.c.came)
        .join_from(usual_place, sitting, sitting.c.id == usual_place.c.sitting)
        .join(booking, booking.c.id == usual_place.c.booking)
        .outerjoin(check_in, check_in.c.booking == booking.c.id)
        .where(
            usual_place.c.usual.in_(usuals),
            sitting.c.starts_at > since,
            sitting.c.starts_at <= now,
            booking.c.status == BookingStatus.CONFIRMED.value,
        )
        .order_by(sitting.c.starts_at)
    )
    found: dict[str, list[Kept]] = {one: [] for one in usuals}
    for row in conn.execute(query):
        came = None if row.came is None else row.came > 0
        found[row.usual].append(Kept(starts_at=row.starts_at, came=came))
    return found


def without_place(conn: Connection, usuals: Collection[str], now: datetime) -> list[tuple[str, str]]:
    """(usual place, sitting) of meals to come at which there was no place for them."""
    query = (
        sa.select(usual_place.c.usual, usual_place.c.sitting)
        .join(sitting, sitting.c.id == usual_place.c.sitting)
        .where(usual_place.c.usual.in_(usuals), usual_place.c.no_place, sitting.c.starts_at > now)
        .order_by(usual_place.c.usual, usual_place.c.sitting)
    )
    return [(row.usual, row.sitting) for row in conn.execute(query)]


def forget_before(conn: Connection, instant: datetime) -> int:
    """Forget at which old meals places were kept. Returns how many."""
    return conn.execute(sa.delete(usual_place).where(usual_place.c.at < instant)).rowcount


def _usual(row: Row[Any]) -> Usual:
    return Usual(
        id=row.id,
        person=row.person,
        cantine=row.cantine,
        weekday=row.weekday,
        meal_starts=row.meal_starts,
        party=Party(cooks=row.cooks, eaters=row.eaters, children=row.children),
        since=row.since,
        resumed_at=row.resumed_at,
        paused_at=row.paused_at,
    )


def _row(one: Usual) -> dict[str, Any]:
    return {
        "id": one.id,
        "person": one.person,
        "cantine": one.cantine,
        "weekday": one.weekday,
        "meal_starts": one.meal_starts,
        "cooks": one.party.cooks,
        "eaters": one.party.eaters,
        "children": one.party.children,
        "since": one.since,
        "resumed_at": one.resumed_at,
        "paused_at": one.paused_at,
    }
