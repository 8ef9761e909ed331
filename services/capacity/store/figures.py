"""Sums over sittings, day by day: the database adds up, so that a year of a large network is a few thousand rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.figures import Day, Figures
from services.capacity.store.tables import alert, sitting
from shared.contracts.sitting import SittingStatus


def by_day(
    conn: Connection, first: date, last: date, *, begun_by: datetime | None = None, begin_after: datetime | None = None
) -> list[Day]:
    """The meals of each cantine and local day (both included), but for cancelled ones.

    If given, only those that begin until `begun_by`, or after `begin_after` (UTC).
    """
    conditions = [sitting.c.date >= first, sitting.c.date <= last, sitting.c.status != SittingStatus.CANCELLED]
    if begun_by is not None:
        conditions.append(sitting.c.starts_at <= begun_by)
    if begin_after is not None:
        conditions.append(sitting.c.starts_at > begin_after)
    rows = conn.execute(
        sa.select(
            sitting.c.cantine,
            sitting.c.date,
            sa.func.count().label("meals"),
            sa.func.sum(sitting.c.held).label("covers"),
            sa.func.sum(sitting.c.cooks_held).label("cooks"),
            sa.func.sum(sitting.c.seats).label("seats"),
        )
        .where(*conditions)
        .group_by(sitting.c.cantine, sitting.c.date)
        .order_by(sitting.c.date, sitting.c.cantine)
    )
    return [
        Day(
            cantine=row.cantine,
            date=row.date,
            figures=Figures(meals=row.meals, covers=row.covers, cooks=row.cooks, seats=row.seats),
        )
        for row in rows
    ]


def standing_alerts(conn: Connection) -> dict[str, int]:
    """How many alerts stand, by cantine."""
    query = sa.select(alert.c.cantine, sa.func.count().label("number")).where(alert.c.resolved_at.is_(None))
    return {row.cantine: row.number for row in conn.execute(query.group_by(alert.c.cantine))}
