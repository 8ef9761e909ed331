"""The months of partners in the database: rows that are locked, and say nothing else."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.store.tables import partner_month
from shared.keeping import keep_rows


def lock(conn: Connection, months: Iterable[tuple[str, date]]) -> None:
    """Lock these months of partners (each by its first day), the earliest first; sittings and claims are to be locked
    before.
    """
    rows = sorted(months, key=lambda row: (row[1], row[0]))
    if not rows:
        return
    keep_rows(conn, partner_month, [{"partner": partner, "month": month} for partner, month in rows])
    key = sa.tuple_(partner_month.c.partner, partner_month.c.month)
    query = sa.select(partner_month.c.partner).where(key.in_(rows))
    conn.execute(query.order_by(partner_month.c.month, partner_month.c.partner).with_for_update())
